import { readsLikeAnError } from '../proof/reads-like-an-error.ts';
import { callError, callText } from './call-text.ts';
import { type Fault, seen } from './fault.ts';
import { logLine } from './log-line.ts';
import type { Evidence } from './types.ts';

const readOnly = /read-only file system|EROFS/i;

/** It lists its tools; what the call brings back is not what was asked for. */
export const callFaults: readonly Fault[] = [
  {
    id: 'tools-unstable',
    evidence: ['wire'],
    message: 'The tools differ between two looks at the list',
    hint: 'Register all tools before the server starts, the same in every replica: berth logs <name>',
    match: ({ observation: { unstableTools = [] } }) =>
      seen(
        unstableTools.length > 0 ? `different the second time: ${unstableTools.slice(0, 20).join(', ')}` : undefined,
      ),
  },
  {
    id: 'readonly-fs-write',
    evidence: ['wire', 'log'],
    message: 'The server writes where its file system is read-only',
    hint: 'Give it a writable place: berth new <name> --update --writable PATH, then: berth deploy <name>',
    match: (evidence) =>
      seen(
        readOnly.test(callError(evidence) ?? '')
          ? callText(evidence)
          : notProven(evidence, logLine(evidence, readOnly)),
      ),
  },
  {
    id: 'missing-binary',
    evidence: ['wire', 'log'],
    message: 'The code calls a program that the image lacks',
    hint: 'Use an image that has the program, or a library in its place, then: berth deploy <name>',
    match(evidence) {
      const pattern =
        /spawn \S+ ENOENT|\[Errno 2\] No such file or directory: '[\w.-]+'|: command not found|\b(?:sh|bash): .*: not found/;
      return seen(
        pattern.test(callError(evidence) ?? '') ? callText(evidence) : notProven(evidence, logLine(evidence, pattern)),
      );
    },
  },
  {
    id: 'tool-unknown',
    evidence: ['wire'],
    message: 'The server has no tool of this name',
    hint: 'Name a tool that it lists, in --tool or in the annotation mcp-berth.dev/canary of <name>',
    match(evidence) {
      const { call, tools } = evidence.observation;
      const text = callError(evidence);
      const unknown = tools
        ? !tools.some(({ name }) => name === call?.tool)
        : /unknown tool|tool ['"]?[\w.-]+['"]? (?:was )?not found/i.test(text ?? '');
      return call && unknown ? seen(`${call.tool}: ${text ?? 'not in the list of tools'}`) : undefined;
    },
  },
  {
    id: 'client-tool-args',
    evidence: ['wire'],
    message: 'The tool refuses the arguments of the call',
    hint: 'Give the arguments that its inputSchema asks for, in --args or in the annotation mcp-berth.dev/canary of <name>',
    match: (evidence) =>
      called(
        evidence,
        /invalid arguments|input validation error|validation errors? for|-32602|invalid params|missing required|required property|unexpected keyword argument/i,
      ),
  },
];

/** The last ones: nothing more precise is known about the call. */
export const otherCallFaults: readonly Fault[] = [
  {
    id: 'tool-call-failed',
    evidence: ['wire'],
    message: 'The server lists its tools, but the call fails',
    hint: 'Read what it says about the call: berth logs <name>',
    match: (evidence) => seen(callError(evidence) ?? evidence.observation.call?.error ?? failed(evidence, 'call')),
  },
  {
    id: 'tools-list-failed',
    evidence: ['wire'],
    message: 'The server answers the handshake and cannot list its tools',
    hint: 'Read what it says about tools/list: berth logs <name>',
    match: (evidence) => seen(failed(evidence, 'list')),
  },
  {
    id: 'tool-error-in-text',
    evidence: ['wire'],
    message: 'The call reports success, and its text is an error',
    hint: 'Let the tool raise its error, so that clients see isError; then repair what the text says: berth logs <name>',
    match: (evidence) => {
      const { result } = evidence.observation.call ?? {};
      return seen(result && !result.isError ? readsLikeAnError(result) : undefined);
    },
  },
  {
    id: 'canary-mismatch',
    evidence: ['wire'],
    message: "The call succeeded; its content is not what the canary's expressions ask for",
    hint: 'Compare the answer with --must-match and --must-not-match (annotation mcp-berth.dev/canary), and repair the one that is wrong',
    match({ observation: { call }, judgement }) {
      const { flaw } = judgement ?? {};
      if (!flaw || !call?.result) return undefined;
      const { text, structured } = call.result;
      const answered = text || (structured === undefined ? '(no text)' : JSON.stringify(structured));
      const missed = flaw.kind === 'missing' ? 'does not match' : 'matches, and must not,';
      return seen(`${call.tool} ${missed} /${flaw.expression}/: ${answered}`);
    },
  },
];

/** The call's error, where it fits. */
export function called(evidence: Evidence, pattern: RegExp): ReturnType<typeof seen> {
  const text = callError(evidence);
  return seen(text !== undefined && pattern.test(text) ? text : undefined);
}

function failed({ observation: { failure } }: Evidence, stage: 'list' | 'call'): string | undefined {
  return failure?.stage === stage ? failure.message : undefined;
}

function notProven(evidence: Evidence, line: string | undefined): string | undefined {
  const { connected, failure } = evidence.observation;
  return !connected || failure || callError(evidence) !== undefined ? line : undefined;
}
