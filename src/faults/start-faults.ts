import { type Fault, seen } from './fault.ts';
import { lastWords } from './log-line.ts';

/** What ends a program while it starts, in its own last words. */
export const startFaults: readonly Fault[] = [
  {
    id: 'embedded-code-syntax',
    evidence: ['log'],
    message: 'The code does not parse',
    hint: 'Correct the source where the log says, then: berth new <name> --update, berth deploy <name>',
    match: (evidence) => seen(lastWords(evidence, /^\s*(?:\w+\.)?(SyntaxError|IndentationError|TabError)\b/)),
  },
  {
    id: 'code-missing',
    evidence: ['log'],
    message: 'The file that the command starts is not in the container',
    hint: "Give the command the path below its mount, and the file's name as the ConfigMap has it, then: berth deploy <name>",
    match: (evidence) =>
      seen(
        lastWords(
          evidence,
          /can't open file '[^']*'|Cannot find module '[./]|No such file or directory: '\/[^']*\.(?:py|m?js)'/,
        ),
      ),
  },
  {
    id: 'package-missing',
    evidence: ['log'],
    message: 'A package that the code imports is not installed',
    hint: 'Name the package: berth new <name> --update --requirement PACKAGE, then: berth deploy <name>',
    match(evidence) {
      const line = lastWords(evidence, missingPackage);
      const [, python, node] = missingPackage.exec(line ?? '') ?? [];
      const name = python?.split('.')[0] ?? node;
      if (name === undefined || !/^[@\w./-]+$/.test(name)) return seen(line);
      return seen(line, {
        message: `The code imports ${name}, which is not installed`,
        hint: python
          ? `Add it (where the package has another name than the module, that one): berth new <name> --update --requirement ${name}, then: berth deploy <name>`
          : `Add it to the dependencies of the source (npm install ${name}), then: berth new <name> --update, berth deploy <name>`,
      });
    },
  },
  {
    id: 'package-unavailable',
    evidence: ['log'],
    message: 'A package cannot be installed: the index does not have it at this version, or cannot be reached',
    hint: 'Pin a version that the index has, or let the pod reach the index, then: berth new <name> --update, berth deploy <name>',
    match: (evidence) =>
      seen(
        lastWords(
          evidence,
          /No matching distribution found|No solution found when resolving|Failed to (fetch|download)\b.*|npm (ERR!|error) (404|code E404|code ETARGET)/i,
        ),
      ),
  },
  {
    id: 'env-name-mismatch',
    evidence: ['log'],
    message: 'The code reads a variable that the manifest does not set',
    hint: 'Set the variable in the manifest of <name>, or read the name that is there, then: berth deploy <name>',
    match(evidence) {
      const line = lastWords(evidence, /^KeyError: '[A-Z][A-Z0-9_]*'/);
      const name = /'(.*)'/.exec(line ?? '')?.[1];
      return seen(line, { message: `The code reads ${name}, which the manifest does not set` });
    },
  },
  {
    id: 'service-link-env',
    evidence: ['log'],
    message: "Kubernetes' variable for a Service took the place of one that the program reads",
    hint: 'Set enableServiceLinks: false in the pod of <name>, then: berth deploy <name>',
    match: (evidence) =>
      seen(
        lastWords(
          evidence,
          /\b(ValueError|TypeError|RangeError|ERR_SOCKET_BAD_PORT|invalid|parse)\b.*tcp:\/\/[\d.]+:\d+/i,
        ),
      ),
  },
  {
    id: 'args-unknown-flag',
    evidence: ['log'],
    message: 'The program does not know a flag of its command line',
    hint: "Remove or correct the flag in the container's args (flag and value are two items of the list), then: berth deploy <name>",
    match: (evidence) =>
      seen(
        lastWords(
          evidence,
          /unrecognized arguments?:|unknown (option|flag|argument|shorthand flag)|no such option:|flag provided but not defined/i,
        ),
      ),
  },
];

const missingPackage = /ModuleNotFoundError: No module named '([^']+)'|Cannot find (?:package|module) '([^'./][^']*)'/;
