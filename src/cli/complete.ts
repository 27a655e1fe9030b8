import type { CommandEntry } from '../commands/index.ts';
import { flagsOf } from './flags.ts';
import { findCommand } from './run-cli.ts';

/** What may stand in place of the last word; the shell narrows it down to what was typed so far. */
export async function complete(words: readonly string[], commands: readonly CommandEntry[]): Promise<string[]> {
  const before = words.slice(0, -1);
  const typed = words.at(-1) ?? '';
  const entry = findCommand(before, commands);
  const nextWords = commands
    .map(({ name }) => name.split(' '))
    .filter((name) => before.every((word, index) => name[index] === word) && name.length > before.length)
    .map((name) => name[before.length] ?? '');
  const candidates = entry
    ? await ofCommand(entry, before, typed)
    : typed.startsWith('-')
      ? ['--help', '--version']
      : [];
  return [...new Set([...nextWords, ...candidates])].filter((word) => word.startsWith(typed)).toSorted();
}

async function ofCommand(entry: CommandEntry, before: readonly string[], typed: string): Promise<readonly string[]> {
  const { positionals, flags } = flagsOf(await entry.load());
  const open = flags.find(({ name, kind }) => kind !== 'boolean' && `--${name}` === before.at(-1));
  if (open) return open.choices ?? [];
  if (typed.startsWith('-')) return flags.map(({ name }) => `--${name}`);
  return positionals.flatMap(({ choices }) => choices ?? []);
}
