import { z } from 'zod';
import type { Command } from '../commands/define-command.ts';

/** How one option of a command looks on the command line. */
export interface Flag {
  /** The option's name in the schema: `mustMatch`. */
  option: string;
  /** As it is typed, without dashes: `must-match`. */
  name: string;
  alias?: string;
  kind: 'boolean' | 'string' | 'number' | 'pairs' | 'json';
  list: boolean;
  choices?: readonly string[];
  placeholder: string;
  /** It may stand alone, and is the empty text then: `--python [FILE]`. */
  valueOptional: boolean;
  description: string;
  default?: unknown;
  required: boolean;
}

export interface CommandFlags {
  positionals: readonly Flag[];
  /** Everything that takes dashes; `--format` and `--help` are among them on every command. */
  flags: readonly Flag[];
}

const formats = ['human', 'json', 'ndjson'] as const;
export type Format = (typeof formats)[number];

const everywhere = z.object({
  format: z.enum(formats).default('human').describe('json: one document on stdout; ndjson: events, then the result'),
  help: z.boolean().default(false).describe('Show this help').meta({ alias: 'h' }),
});

type JsonSchema = Exclude<z.core.JSONSchema._JSONSchema, boolean> & {
  alias?: string;
  placeholder?: string;
  valueOptional?: boolean;
};

/**
 * `.meta({ alias: 'f', placeholder: 'NAME:VALUE' })` on an option gives it a short form and names its value in the help;
 * with `valueOptional: true` the flag may stand alone.
 */
export function flagsOf(command: Pick<Command, 'options' | 'positionals'>): CommandFlags {
  const own = schemaFlags(command.options);
  const byPlace = command.positionals ?? [];
  return {
    positionals: byPlace.flatMap((name) => own.find(({ option }) => option === name) ?? []),
    flags: [...own.filter(({ option }) => !byPlace.includes(option)), ...schemaFlags(everywhere)],
  };
}

function schemaFlags(options: z.ZodObject): Flag[] {
  const { properties = {}, required = [] } = z.toJSONSchema(options, { io: 'input', unrepresentable: 'any' });
  return Object.entries(properties).map(([option, schema]) => {
    const outer = schema as JsonSchema;
    const { list, kind, choices } = valueOf(outer);
    const name = option.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
    return {
      option,
      name,
      ...(outer.alias === undefined ? {} : { alias: outer.alias }),
      kind,
      list,
      ...(choices === undefined ? {} : { choices }),
      placeholder: outer.placeholder ?? choices?.join('|') ?? placeholders[kind],
      valueOptional: outer.valueOptional ?? false,
      description: outer.description ?? '',
      default: outer.default,
      required: required.includes(option),
    };
  });
}

const placeholders = { boolean: '', string: 'TEXT', number: 'NUMBER', pairs: 'KEY=VALUE', json: 'JSON' };

function valueOf(schema: JsonSchema): { list: boolean; kind: Flag['kind']; choices?: string[] } {
  const [inner = schema] = (schema.anyOf ?? schema.oneOf ?? []) as JsonSchema[];
  if (inner.type === 'array') return { ...valueOf((inner.items ?? {}) as JsonSchema), list: true };
  if (inner.enum) return { list: false, kind: 'string', choices: inner.enum.map(String) };
  if (inner.type === 'object') {
    const values = inner.additionalProperties;
    const pairs = typeof values === 'object' && values.type === 'string';
    return { list: pairs, kind: pairs ? 'pairs' : 'json' };
  }
  if (inner.type === 'boolean') return { list: false, kind: 'boolean' };
  if (inner.type === 'number' || inner.type === 'integer') return { list: false, kind: 'number' };
  return { list: false, kind: 'string' };
}
