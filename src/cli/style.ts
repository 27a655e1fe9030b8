import { styleText } from 'node:util';
import type { Style } from '../commands/define-command.ts';

/** FORCE_COLOR wins over NO_COLOR, both over what the stream is. */
export function wantsColour(env: NodeJS.ProcessEnv, stream: { isTTY?: boolean }): boolean {
  if (env['FORCE_COLOR'] !== undefined) return env['FORCE_COLOR'] !== '0';
  if (env['NO_COLOR']) return false;
  return stream.isTTY === true && env['TERM'] !== 'dumb';
}

export function createStyle(coloured: boolean, columns: number): Style {
  const paint = (format: Parameters<typeof styleText>[0]) => (text: string) =>
    coloured && text !== '' ? styleText(format, text, { validateStream: false }) : text;
  return {
    bold: paint('bold'),
    dim: paint('dim'),
    red: paint('red'),
    green: paint('green'),
    yellow: paint('yellow'),
    columns,
  };
}
