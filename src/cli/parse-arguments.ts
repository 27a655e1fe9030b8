import parser from 'yargs-parser';
import type { Command } from '../commands/define-command.ts';
import { BerthError } from '../errors.ts';
import { nearestWord } from '../nearest-word.ts';
import { type CommandFlags, type Flag, type Format, flagsOf } from './flags.ts';

export interface Arguments {
  options: Record<string, unknown>;
  format: Format;
  help: boolean;
}

/** Reads `argv` (without the command's own words) after the command's schema. Errors: USAGE. */
export function parseArguments(command: Command, argv: readonly string[]): Arguments {
  const known = flagsOf(command);
  const raw = readRaw(command, known, argv);
  const format = (raw['format'] ?? 'human') as Format;
  if (raw['help'] === true) return { options: {}, format, help: true };
  delete raw['format'];
  delete raw['help'];

  const parsed = command.options.safeParse(raw);
  if (parsed.success) return { options: parsed.data, format, help: false };
  const [issue] = parsed.error.issues;
  const flag = [...known.positionals, ...known.flags].find(({ option }) => option === issue?.path[0]);
  if (!issue || !flag) throw usage(command, parsed.error.issues.map(({ message }) => message).join('; '));
  const shown = known.positionals.includes(flag) ? `<${flag.name}>` : `--${flag.name}`;
  if (raw[flag.option] === undefined) throw usage(command, `${shown} is missing`);
  throw usage(command, `${shown}: ${issue.message}`);
}

function readRaw(command: Command, { positionals, flags }: CommandFlags, argv: readonly string[]) {
  const values = flags.filter(({ kind }) => kind !== 'boolean').map(({ name }) => name);
  const needingValue = flags.filter(({ kind, valueOptional }) => kind !== 'boolean' && !valueOptional);
  const { argv: read, error } = parser.detailed([...argv], {
    boolean: flags.filter(({ kind }) => kind === 'boolean').map(({ name }) => name),
    string: values,
    array: flags.filter(({ list }) => list).map(({ name }) => name),
    narg: Object.fromEntries(needingValue.map(({ name }) => [name, 1])),
    alias: Object.fromEntries(flags.flatMap(({ name, alias }) => (alias ? [[name, [alias]]] : []))),
    configuration: {
      'camel-case-expansion': false,
      'dot-notation': false,
      'greedy-arrays': false,
      'parse-numbers': false,
      'parse-positional-numbers': false,
      'populate--': true,
      'strip-aliased': true,
    },
  });
  if (error) {
    const name = /: (\S+)$/.exec(error.message)?.[1];
    throw usage(command, name ? `--${name} needs a value` : error.message);
  }

  const { _: words, '--': rest = [], ...given } = read;
  const raw: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(given)) {
    const flag = flags.find((candidate) => candidate.name === name);
    if (!flag) throw unknownOption(command, name, flags);
    raw[flag.option] = convert(command, flag, `--${name}`, value);
  }
  const places = [...words, ...(rest as string[])].map(String);
  for (const flag of positionals) {
    const taken = places.splice(0, flag.list ? places.length : 1);
    if (taken.length > 0) raw[flag.option] = convert(command, flag, `<${flag.name}>`, flag.list ? taken : taken[0]);
  }
  if (places[0] !== undefined) throw usage(command, `Unexpected argument "${places[0]}"`);
  return raw;
}

function convert(command: Command, flag: Flag, shown: string, value: unknown): unknown {
  if (flag.kind === 'boolean') {
    if (typeof value === 'boolean') return value;
    throw usage(command, `${shown} takes no value and is given once`);
  }
  if (!flag.list && Array.isArray(value)) throw usage(command, `${shown} was given more than once`);
  const texts = (Array.isArray(value) ? value : [value]).map(String);
  const converted = texts.map((text) => convertText(command, flag, shown, text));
  if (flag.kind === 'pairs') return Object.fromEntries(converted as [string, string][]);
  return flag.list ? converted : converted[0];
}

function convertText(command: Command, { kind, choices }: Flag, shown: string, text: string): unknown {
  if (choices && !choices.includes(text)) {
    const nearest = nearestWord(text, choices);
    throw usage(command, `${shown} is one of ${choices.join(', ')}, not "${text}"`, nearest);
  }
  switch (kind) {
    case 'number': {
      const number = Number(text);
      if (text.trim() === '' || Number.isNaN(number)) throw usage(command, `${shown} needs a number, not "${text}"`);
      return number;
    }
    case 'pairs': {
      const equals = text.indexOf('=');
      // The value may be a secret typed in the wrong place: it is not repeated.
      if (equals < 1) throw usage(command, `${shown} needs KEY=VALUE`);
      return [text.slice(0, equals), text.slice(equals + 1)];
    }
    case 'json':
      try {
        return JSON.parse(text);
      } catch (cause) {
        throw usage(command, `${shown} needs JSON: ${(cause as Error).message}`);
      }
    case 'boolean':
    case 'string':
      return text;
  }
}

function unknownOption(command: Command, name: string, flags: readonly Flag[]): BerthError {
  const names = flags.flatMap((flag) => [flag.name, ...(flag.alias ? [flag.alias] : [])]);
  const nearest = name.length > 1 ? nearestWord(name, names) : undefined;
  return usage(command, `Unknown option ${name.length > 1 ? '--' : '-'}${name}`, nearest && `--${nearest}`);
}

function usage({ name }: Command, message: string, meant?: string): BerthError {
  return new BerthError('USAGE', message, {
    hint: meant ? `Did you mean ${meant}?` : `Run "berth ${name} --help" for what it takes.`,
  });
}
