import { commands } from '../../src/commands/index.ts';
import { commandPage } from './command-page.ts';
import { configurationPage } from './configuration-page.ts';

/** File below docs/reference/ → text. */
export async function referencePages(): Promise<ReadonlyMap<string, string>> {
  const definitions = await Promise.all(commands.map(async (entry) => entry.load()));
  const index = definitions.map(({ name, summary }) => `| [\`berth ${name}\`](${fileOf(name)}) | ${summary} |`);
  return new Map([
    ['configuration.md', configurationPage()],
    ['commands/README.md', `# Commands\n\n| command | what it does |\n|---|---|\n${index.join('\n')}\n`],
    ...definitions.map((command) => [`commands/${fileOf(command.name)}`, commandPage(command)] as const),
  ]);
}

const fileOf = (name: string): string => `${name.replaceAll(' ', '-')}.md`;
