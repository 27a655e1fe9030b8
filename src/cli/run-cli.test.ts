import { Readable } from 'node:stream';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { testWorld } from '../../test/support/test-world.ts';
import { type Command, defineCommand } from '../commands/define-command.ts';
import { complete } from './complete.ts';
import { runCli } from './run-cli.ts';
import { createTerminal } from './terminal.ts';

const command = (name: string): Command =>
  defineCommand({
    name,
    summary: `Summary of ${name}`,
    examples: [],
    effect: 'reads',
    positionals: ['entry'],
    options: z.object({
      entry: z.enum(['one', 'two']).optional().describe('Which'),
      level: z.enum(['low', 'high']).default('low').describe('How much'),
    }),
    run: async ({ entry, level }) => [name, entry ?? 'none', level].join(' '),
    toText: (text) => text,
  });

const commands = ['catalog list', 'catalog show', 'check', 'ports'].map((name) => ({
  name,
  summary: `Summary of ${name}`,
  load: async () => command(name),
}));

async function berth(...argv: string[]): Promise<{ exitCode: number; stdout: string; stderr: string }> {
  const stdout: string[] = [];
  const stderr: string[] = [];
  const terminal = createTerminal({
    stdin: Readable.from([]),
    stdout: { write: (text) => stdout.push(text) },
    stderr: { write: (text) => stderr.push(text) },
    env: {},
  });
  const exitCode = await runCli(argv, commands, { world: async () => testWorld('/'), terminal, version: '1.2.3' });
  return { exitCode, stdout: stdout.join(''), stderr: stderr.join('') };
}

test.each([
  ['check', 'check none low\n'],
  ['catalog show two --level high', 'catalog show two high\n'],
  ['--version', '1.2.3\n'],
])('berth %s', async (argv, stdout) => {
  expect(await berth(...argv.split(' '))).toEqual({ exitCode: 0, stdout, stderr: '' });
});

test.each([[[]], [['--help']], [['help']]])('berth %j shows the commands', async (argv) => {
  const { exitCode, stdout } = await berth(...argv);
  expect(exitCode).toBe(0);
  expect(stdout).toContain('  catalog show  Summary of catalog show\n');
});

test.each([['check --help'], ['help check'], ['check -h --level high']])('berth %s shows its options', async (argv) => {
  expect((await berth(...argv.split(' '))).stdout).toContain('Usage: berth check [entry] [options]');
});

test.each([
  ['chekc', 'There is no command "chekc"', 'Did you mean check?'],
  ['catalog', 'berth catalog needs one more word', 'One of: catalog list, catalog show.'],
  ['catalog shwo', 'There is no command "catalog shwo"', 'Did you mean catalog show?'],
  ['weather', 'There is no command "weather"', 'berth --help'],
  ['--fix check', '--fix stands before the command', 'berth <command> [options]'],
])('berth %s is a wrong use', async (argv, message, hint) => {
  const { exitCode, stderr } = await berth(...argv.split(' '));
  expect(exitCode).toBe(2);
  expect(stderr).toContain(message);
  expect(stderr).toContain(hint);
});

test('a wrong command is JSON where JSON was asked for', async () => {
  const { stdout, stderr } = await berth('chekc', '--format', 'json');
  expect(JSON.parse(stdout)).toMatchObject({ error: { code: 'USAGE', hint: 'Did you mean check?' } });
  expect(stderr).toBe('');
});

test.each([
  ['c', ['catalog', 'check']],
  ['catalog ', ['list', 'show']],
  ['check --l', ['--level']],
  ['check --level ', ['high', 'low']],
  ['check ', ['one', 'two']],
  ['-', ['--help', '--version']],
])('"%s" completes', async (typed, candidates) => {
  expect(await complete(typed.split(' '), commands)).toEqual(candidates);
});
