import type { Question, Style } from '../commands/define-command.ts';
import { BerthError } from '../errors.ts';
import { ask, lineReader } from './ask.ts';
import { printable } from './printable.ts';
import { createSpinner } from './spinner.ts';
import { createStyle, wantsColour } from './style.ts';

/** What stands between a command and the three streams of the process. */
export interface Terminal {
  style: Style;
  /** Somebody sits there and can be asked. */
  interactive: boolean;
  /** A result: stdout. */
  print(text: string): void;
  /** JSON and scripts: stdout, byte for byte. */
  printRaw(text: string): void;
  /** An error: stderr. */
  warn(text: string): void;
  progress(line: string): void;
  /** Takes a progress line off the screen. */
  settle(): void;
  ask(question: Question & { required?: boolean }, signal: AbortSignal): Promise<boolean | string>;
}

interface Output {
  isTTY?: boolean;
  columns?: number;
  write(text: string): unknown;
}

export interface Streams {
  stdin: NodeJS.ReadableStream & { isTTY?: boolean };
  stdout: Output;
  stderr: Output;
  env: NodeJS.ProcessEnv;
}

export function createTerminal({ stdin, stdout, stderr, env }: Streams): Terminal {
  const spinner = createSpinner(stderr);
  const readLine = lineReader(stdin);
  const interactive = stdin.isTTY === true && stderr.isTTY === true && !env['CI'];
  const write = (stream: Output, text: string): void => {
    spinner.clear();
    if (text !== '') stream.write(`${text}\n`);
  };
  return {
    style: createStyle(wantsColour(env, stdout), stdout.columns ?? 80),
    interactive,
    print: (text) => write(stdout, printable(text)),
    printRaw: (text) => write(stdout, text),
    warn: (text) => write(stderr, printable(text)),
    progress: (line) => spinner.show(printable(line).replaceAll('\n', ' ')),
    settle: () => spinner.clear(),
    async ask(question, signal) {
      spinner.clear();
      if (interactive) return ask(question, { readLine, write: (text) => void stderr.write(text), signal });
      if (!question.required) return question.default;
      throw new BerthError('USAGE', `Nobody is here to answer: ${question.text}`, {
        hint: `Answer with ${question.flag}.`,
      });
    },
  };
}
