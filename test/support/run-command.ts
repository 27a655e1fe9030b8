import { Readable } from 'node:stream';
import { execute } from '../../src/cli/execute.ts';
import { createTerminal } from '../../src/cli/terminal.ts';
import type { Command, Context } from '../../src/commands/define-command.ts';
import { type MemoryFiles, memoryFiles } from './memory-files.ts';
import { testWorld } from './test-world.ts';

export interface CommandResult {
  exitCode: number;
  stdout: string;
  stderr: string;
  /** The working tree afterwards; empty for a real folder, which the test can read itself. */
  files: ReadonlyMap<string, string>;
}

export interface CommandSettings extends Partial<Context> {
  /** Lines that somebody types: makes both streams a terminal. */
  answers?: readonly string[];
}

/**
 * Runs a command through the real parser and terminal, and hands back all that a user could see. `files` is a working
 * tree in memory, or the absolute path of a real folder.
 */
export async function runCommand(
  command: Command,
  argv: readonly string[],
  files: Readonly<Record<string, string>> | string = {},
  { answers, ...settings }: CommandSettings = {},
): Promise<CommandResult> {
  const root = typeof files === 'string' ? files : '/repository';
  const tree: MemoryFiles | undefined = typeof files === 'string' ? undefined : memoryFiles(files);
  const stdout = sink(answers !== undefined);
  const stderr = sink(answers !== undefined);
  const stdin = Object.assign(Readable.from((answers ?? []).map((line) => `${line}\n`)), {
    isTTY: answers !== undefined,
  });
  const world = testWorld(root, { ...(tree ? { files: tree } : {}), ...settings });
  const terminal = createTerminal({ stdin, stdout, stderr, env: { NO_COLOR: '1' } });
  const exitCode = await execute(command, argv, world, terminal);
  return { exitCode, stdout: stdout.text(), stderr: stderr.text(), files: tree?.contents ?? new Map() };
}

function sink(isTTY: boolean) {
  const chunks: string[] = [];
  return { isTTY, columns: 100, write: (text: string) => chunks.push(text), text: () => chunks.join('') };
}
