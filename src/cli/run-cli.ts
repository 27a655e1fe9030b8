import type { World } from '../commands/define-command.ts';
import type { CommandEntry } from '../commands/index.ts';
import { BerthError } from '../errors.ts';
import { nearestWord } from '../nearest-word.ts';
import { overview } from './help.ts';
import type { Terminal } from './terminal.ts';

/** The whole command line: finds the command, loads it and nothing else, and runs it. */
export async function runCli(
  argv: readonly string[],
  commands: readonly CommandEntry[],
  { world, terminal, version }: { world: () => Promise<World>; terminal: Terminal; version: string },
): Promise<number> {
  if (argv[0] === '--complete') {
    const { complete } = await import('./complete.ts');
    terminal.printRaw((await complete(argv.slice(1), commands)).join('\n'));
    return 0;
  }
  const words = argv[0] === 'help' ? [...argv.slice(1), '--help'] : argv;
  const [first] = words;
  if (first === undefined || first === '--help' || first === '-h') {
    terminal.print(overview(commands, version, terminal.style));
    return 0;
  }
  if (first === '--version' || first === '-V') {
    terminal.print(version);
    return 0;
  }

  const entry = findCommand(words, commands);
  const { execute, formatOf, report } = await import('./execute.ts');
  if (!entry) {
    return report(terminal, formatOf(argv), AbortSignal.any([]), async () => {
      throw unknownCommand(words, commands);
    });
  }
  const command = await entry.load();
  return execute(command, words.slice(entry.name.split(' ').length), await world(), terminal);
}

/** Two words before one: `catalog show`. */
export function findCommand(words: readonly string[], commands: readonly CommandEntry[]): CommandEntry | undefined {
  const named = (name: string) => commands.find((entry) => entry.name === name);
  return named(words.slice(0, 2).join(' ')) ?? named(words[0] ?? '');
}

function unknownCommand(words: readonly string[], commands: readonly CommandEntry[]): BerthError {
  const [first = '', second] = words;
  if (first.startsWith('-')) {
    return new BerthError('USAGE', `${first} stands before the command`, { hint: 'Write: berth <command> [options].' });
  }
  const subcommands = commands.map(({ name }) => name).filter((name) => name.startsWith(`${first} `));
  if (subcommands.length > 0) {
    const typed = second === undefined || second.startsWith('-') ? undefined : `${first} ${second}`;
    const meant = typed && nearestWord(typed, subcommands);
    return new BerthError('USAGE', typed ? `There is no command "${typed}"` : `berth ${first} needs one more word`, {
      hint: meant ? `Did you mean ${meant}?` : `One of: ${subcommands.join(', ')}.`,
    });
  }
  const meant = nearestWord(first, new Set(commands.flatMap(({ name }) => [name, name.split(' ')[0] ?? name])));
  return new BerthError('USAGE', `There is no command "${first}"`, {
    hint: meant ? `Did you mean ${meant}?` : 'Run "berth --help" for those there are.',
  });
}
