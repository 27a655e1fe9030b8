import type { z } from 'zod';
import type { Effects } from '../effects/effects.ts';

export interface Question {
  text: string;
  /** What Enter means; a terminal shows it in capitals. */
  default: boolean | string;
  /** The flag that answers it where nobody can be asked: `--yes`. */
  flag: string;
}

/** What a command may touch. Nothing reads process, console or the clock by itself. */
export interface Context extends Effects {
  /** The folder that the command works on, absolute. */
  root: string;
  signal: AbortSignal;
  now: () => number;
  /** One line on what is going on: stderr in the CLI, a progress notification in MCP, an event in the dashboard. */
  progress: (line: string) => void;
  /** A part of the result, as soon as it is there: a line on a terminal, a document of `--format ndjson`. */
  emit: (event: unknown) => void;
  /** Asks where there is a terminal; else gives the default back, or ends with USAGE naming the flag where `required`. */
  ask: (question: Question & { required?: boolean }) => Promise<boolean | string>;
  /** The same world around another folder: what is a platform of its own. */
  elsewhere: (root: string) => Effects & { root: string };
  /** Serves all commands through another door, until its last visitor leaves. */
  openDoor: (door: 'mcp') => Promise<void>;
  /** Whether somebody can be asked. */
  interactive: boolean;
  /** Columns of the terminal; 80 in a pipe. */
  columns: number;
}

/** What a door gets from outside, before it adds its own ways to report and to ask. */
export type World = Omit<Context, 'progress' | 'emit' | 'ask' | 'interactive' | 'columns'>;

export interface Example {
  command: string;
  what: string;
}

/** Colours and marks for a terminal; plain in a pipe and with NO_COLOR. */
export interface Style {
  bold(text: string): string;
  dim(text: string): string;
  red(text: string): string;
  green(text: string): string;
  yellow(text: string): string;
  columns: number;
}

/** One definition gives the CLI its flags and `--help`, MCP its tool, the dashboard its route, the docs their page. */
export interface Command<Options extends z.ZodObject = z.ZodObject, Result = unknown, Event = unknown> {
  /** One word, or two for a subcommand: `catalog show`. */
  readonly name: string;
  readonly summary: string;
  readonly description?: string;
  readonly examples: readonly Example[];
  readonly effect: 'reads' | 'writes-files' | 'changes-cluster';
  /** It takes something away that only Git or a person can bring back. */
  readonly destructive?: boolean;
  /** Options that are given by their place, in this order; the last may be an array (`[name…]`). */
  readonly positionals?: readonly (keyof z.infer<Options> & string)[];
  /**
   * `.meta({ alias: 'f', placeholder: 'NAME:VALUE' })` gives a flag its short form and the name of its value;
   * `valueOptional: true` lets it stand alone, as the empty text.
   */
  readonly options: Options;
  /** Not offered through the MCP door: it runs until it is stopped, or belongs to a person's terminal. */
  readonly terminalOnly?: boolean;
  run(options: z.infer<Options>, context: Context): Promise<Result>;
  /** The result for human eyes; `--format json` and MCP hand out the result itself. */
  toText(result: Result, style: Style): string;
  eventToText?(event: Event, style: Style): string;
  /** Makes the exit code 1, though nothing went wrong on the way. */
  failed?(result: Result): boolean;
}

export function defineCommand<Options extends z.ZodObject, Result, Event = never>(
  command: Command<Options, Result, Event>,
): Command<Options, Result, Event> {
  return command;
}
