import type { Command, Context, World } from '../commands/define-command.ts';
import { BerthError } from '../errors.ts';
import type { Format } from './flags.ts';
import { commandHelp } from './help.ts';
import { parseArguments } from './parse-arguments.ts';
import type { Terminal } from './terminal.ts';

/** Parses the arguments, runs the command, prints what came of it and gives back the exit code. */
export async function execute(
  command: Command,
  argv: readonly string[],
  world: World,
  terminal: Terminal,
): Promise<number> {
  return report(terminal, formatOf(argv), world.signal, async () => {
    const { options, format, help } = parseArguments(command, argv);
    if (help) {
      terminal.print(commandHelp(command, terminal.style));
      return 0;
    }
    const result = await command.run(options, contextOf(command, world, format, terminal));
    terminal.settle();
    if (format === 'human') terminal.print(command.toText(result, terminal.style));
    else terminal.printRaw(format === 'json' ? JSON.stringify(result, null, 2) : JSON.stringify({ result }));
    return command.failed?.(result) ? 1 : 0;
  });
}

/** Turns what went wrong into text or JSON and an exit code; what is a bug goes on to the caller. */
export async function report(
  terminal: Terminal,
  format: Format,
  signal: AbortSignal,
  action: () => Promise<number>,
): Promise<number> {
  const fail = (error: { code: string; message: string }, text: string): void => {
    terminal.settle();
    if (format === 'human') terminal.warn(text);
    else terminal.printRaw(JSON.stringify({ error }, null, format === 'json' ? 2 : undefined));
  };
  try {
    return await action();
  } catch (error) {
    if (error instanceof BerthError) {
      fail(error.toJSON(), error.toText());
      return signal.aborted ? 130 : error.exitCode;
    }
    if (signal.aborted || (error instanceof Error && error.name === 'AbortError')) {
      fail({ code: 'INTERRUPTED', message: 'interrupted' }, 'Interrupted. The same command goes on from here.');
      return 130;
    }
    if (format !== 'human') fail({ code: 'BUG', message: error instanceof Error ? error.message : String(error) }, '');
    throw error;
  }
}

/** The format that was asked for, known before the arguments are: a mistake in them is reported in it too. */
export function formatOf(argv: readonly string[]): Format {
  const at = argv.findLastIndex((word) => word === '--format' || word.startsWith('--format='));
  const value = at < 0 ? undefined : argv[at] === '--format' ? argv[at + 1] : argv[at]?.slice('--format='.length);
  return value === 'json' || value === 'ndjson' ? value : 'human';
}

function contextOf(command: Command, world: World, format: Format, terminal: Terminal): Context {
  return {
    ...world,
    columns: terminal.style.columns,
    interactive: terminal.interactive && format === 'human',
    progress: (line) => terminal.progress(line),
    emit(event) {
      if (format === 'ndjson') terminal.printRaw(JSON.stringify({ event }));
      else if (format === 'human' && command.eventToText) terminal.print(command.eventToText(event, terminal.style));
    },
    ask: async (question) => terminal.ask(question, world.signal),
  };
}
