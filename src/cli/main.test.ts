import { type ChildProcessWithoutNullStreams, execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { text } from 'node:stream/consumers';
import { expect, test } from 'vitest';
import { berthBinary } from '../../test/support/bundle-once.ts';

const start = (...argv: string[]): ChildProcessWithoutNullStreams =>
  spawn(process.execPath, [berthBinary, ...argv], { cwd: mkdtempSync(join(tmpdir(), 'berth-main-')) });

async function endOf(child: ChildProcessWithoutNullStreams) {
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  const [stdout, stderr, exitCode] = await Promise.all([text(child.stdout), text(child.stderr), ended]);
  return { stdout, stderr, exitCode };
}

test('results go to stdout, mistakes to stderr with exit code 2', async () => {
  expect(await endOf(start('explain', 'usage'))).toMatchObject({ stderr: '', exitCode: 0 });
  expect(await endOf(start('chekc'))).toMatchObject({ stdout: '', exitCode: 2 });
});

test('a reader that has seen enough is no error', async () => {
  const child = start('explain');
  child.stdout.destroy();
  const exitCode = new Promise((resolve) => child.once('close', resolve));
  expect(await text(child.stderr)).toBe('');
  expect(await exitCode).toBe(0);
});

test.each(['SIGINT', 'SIGTERM'] as const)('%s ends what runs until it is stopped', async (signal) => {
  const child = start('mcp');
  child.stdin.write('{"jsonrpc":"2.0","id":1,"method":"ping"}\n');
  child.stdout.once('data', () => child.kill(signal));
  const { exitCode, stderr } = await endOf(child);
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
});

test('bash completes with the script that completion prints', async () => {
  const bin = mkdtempSync(join(tmpdir(), 'berth-bin-'));
  symlinkSync(berthBinary, join(bin, 'berth'));
  const script =
    'source <(berth completion bash); COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _berth; echo "${COMPREPLY[@]}"';
  const env = { ...process.env, PATH: [bin, process.env['PATH']].join(delimiter) };
  const completions = (...words: string[]): string =>
    execFileSync('bash', ['-c', script, 'bash', ...words], { encoding: 'utf8', env }).trim();
  expect(completions('berth', 'compl')).toBe('completion');
  expect(completions('berth', 'completion', '')).toBe('bash zsh');
  expect(completions('berth', 'explain', '--fo')).toBe('--format');
});
