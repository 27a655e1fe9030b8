import { type Interface, createInterface } from 'node:readline';
import type { Question } from '../commands/define-command.ts';

/** Hands out typed lines one by one. */
export type LineReader = (signal: AbortSignal) => Promise<string>;

/** Puts a question on a terminal: `Go on? [Y/n]`. Enter takes the default; nonsense is asked again. */
export async function ask(
  { text, default: preset }: Question,
  { readLine, write, signal }: { readLine: LineReader; write: (text: string) => void; signal: AbortSignal },
): Promise<boolean | string> {
  const choice = typeof preset === 'string' ? (preset === '' ? '' : ` [${preset}]`) : preset ? ' [Y/n]' : ' [y/N]';
  for (;;) {
    write(`${text}${choice} `);
    const answer = (await readLine(signal)).trim();
    if (answer === '') return preset;
    if (typeof preset === 'string') return answer;
    if (/^y(es)?$/i.test(answer)) return true;
    if (/^no?$/i.test(answer)) return false;
    write('Please answer y or n.\n');
  }
}

/** The lines of a stream, which is touched at the first question and held only while somebody is asked. */
export function lineReader(input: NodeJS.ReadableStream): LineReader {
  let opened: { lines: Interface; next: () => Promise<IteratorResult<string>> } | undefined;

  return async (signal) => {
    signal.throwIfAborted();
    opened ??= open(input);
    opened.lines.resume();
    try {
      const { value, done } = await Promise.race([opened.next(), rejectOnAbort(signal)]);
      if (done === true) throw new DOMException('The input ended', 'AbortError');
      return value;
    } finally {
      input.pause();
    }
  };
}

function open(input: NodeJS.ReadableStream) {
  // `terminal: false` leaves the line to the terminal's driver: Ctrl-C stays a signal.
  const lines = createInterface({ input, terminal: false });
  const iterator = lines[Symbol.asyncIterator]();
  return { lines, next: async () => iterator.next() };
}

async function rejectOnAbort(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
  });
}
