import type { Command, Style } from '../commands/define-command.ts';
import type { CommandEntry } from '../commands/index.ts';
import { type Flag, flagsOf } from './flags.ts';

/** `berth --help`: made from the list of commands alone, so that it is there at once. */
export function overview(commands: readonly CommandEntry[], version: string, style: Style): string {
  return [
    `${style.bold('berth')} ${version}: takes MCP servers to a proven tool call in the right cluster, through Git`,
    `${style.bold('Usage:')} berth <command> [options]`,
    section(
      'Commands',
      commands.map(({ name, summary }) => [name, summary] as const),
      style,
    ),
    'One command: berth <command> --help. A rule, error or fault: berth explain <id>.',
  ].join('\n\n');
}

/** `berth <command> --help`. */
export function commandHelp(command: Command, style: Style): string {
  const { positionals, flags } = flagsOf(command);
  const places = positionals.map((flag) => {
    const name = flag.list ? `${flag.name}…` : flag.name;
    return flag.required ? `<${name}>` : `[${name}]`;
  });
  const usage = ['berth', command.name, ...places, '[options]'].join(' ');
  const parts = [
    `${style.bold('Usage:')} ${usage}`,
    wrap(`${command.summary}.${command.description ? ` ${command.description}` : ''}`, style.columns).join('\n'),
    positionals.length > 0 &&
      section(
        'Arguments',
        positionals.map((flag, i) => [places[i] ?? '', describe(flag, true)] as const),
        style,
      ),
    section(
      'Options',
      flags.map((flag) => [spell(flag), describe(flag)] as const),
      style,
    ),
    command.examples.length > 0 &&
      [
        style.bold('Examples:'),
        ...command.examples.map(({ command: line, what }) => `  ${line}\n      ${style.dim(what)}`),
      ].join('\n'),
  ];
  return parts.filter(Boolean).join('\n\n');
}

function spell({ name, alias, placeholder, valueOptional, kind, default: preset }: Flag): string {
  const long = kind === 'boolean' && preset === true ? `--[no-]${name}` : `--${name}`;
  const value = valueOptional ? `[${placeholder}]` : placeholder;
  return `${alias ? `-${alias}, ` : '    '}${long}${value ? ` ${value}` : ''}`;
}

function describe({ description, list, required, kind, default: preset }: Flag, byPlace = false): string {
  const notes = [
    required && !byPlace ? 'required' : undefined,
    list && !byPlace ? 'can be given more than once' : undefined,
    kind === 'boolean' ? (preset === true ? 'default: yes' : undefined) : presetNote(preset),
  ].filter((note) => note !== undefined);
  return notes.length > 0 ? `${description} (${notes.join('; ')})` : description;
}

function presetNote(preset: unknown): string | undefined {
  if (typeof preset === 'string') return preset === '' ? undefined : `default: ${preset}`;
  if (typeof preset === 'object' && preset !== null && Object.keys(preset).length === 0) return undefined;
  return preset === undefined ? undefined : `default: ${JSON.stringify(preset)}`;
}

function section(title: string, rows: readonly (readonly [string, string])[], style: Style): string {
  const left = Math.min(30, Math.max(...rows.map(([name]) => name.length)));
  const lines = rows.flatMap(([name, text]) => {
    const [first = '', ...more] = wrap(text, Math.max(30, style.columns - left - 4));
    const indent = ' '.repeat(left + 4);
    const head = name.length > left ? [`  ${name}`, `${indent}${first}`] : [`  ${name.padEnd(left)}  ${first}`];
    return [...head, ...more.map((line) => `${indent}${line}`)];
  });
  return [style.bold(`${title}:`), ...lines].join('\n');
}

function wrap(text: string, width: number): string[] {
  const lines = [''];
  for (const word of text.split(/\s+/)) {
    const line = lines.at(-1) ?? '';
    if (line === '') lines[lines.length - 1] = word;
    else if (line.length + word.length < width) lines[lines.length - 1] = `${line} ${word}`;
    else lines.push(word);
  }
  return lines;
}
