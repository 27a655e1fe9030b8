import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { runCommand } from '../../test/support/run-command.ts';
import { type Command, defineCommand } from '../commands/define-command.ts';
import { BerthError } from '../errors.ts';

const greet = defineCommand({
  name: 'greet',
  summary: 'Greet servers',
  description: 'A command with one option of each kind.',
  examples: [{ command: 'berth greet weather --loud', what: 'greet one server' }],
  effect: 'reads',
  positionals: ['names'],
  options: z.object({
    names: z.array(z.string()).default([]).describe('Servers; none: all'),
    loud: z.boolean().default(false).describe('Shout').meta({ alias: 'l' }),
    trim: z.boolean().default(true).describe('Remove spaces'),
    dryRun: z.boolean().default(false).describe('Only say what would be done'),
    times: z.number().int().min(1).max(9).default(1).describe('How often'),
    mood: z.enum(['calm', 'merry']).default('calm').describe('How'),
    header: z.array(z.string()).default([]).describe('Sent along').meta({ placeholder: 'NAME:VALUE' }),
    env: z.record(z.string(), z.string()).default({}).describe('Set in the container'),
    args: z.record(z.string(), z.unknown()).optional().describe('For the tool'),
    onto: z.string().optional().describe('Where'),
  }),
  async run(options, { emit, ask, progress }) {
    progress('greeting');
    if (options.mood === 'merry') await ask({ text: 'Really?', default: true, flag: '--yes', required: true });
    if (options.onto === 'nowhere') throw new BerthError('SERVER_UNKNOWN', 'no such place', { hint: 'Go home.' });
    if (options.onto === 'bug') throw new TypeError('a bug');
    for (const name of options.names) emit({ greeted: name });
    return options;
  },
  eventToText: ({ greeted }: { greeted: string }) => `hello ${greeted}`,
  toText: ({ names }, style) => style.bold(`${names.length} greeted`),
  failed: ({ names }) => names.includes('ghost'),
});

async function optionsOf(...argv: string[]): Promise<unknown> {
  const { stdout } = await runCommand(greet, ['--format', 'json', ...argv]);
  return JSON.parse(stdout);
}

test('flags are read after the schema, kebab-case, repeated, negated, as pairs and as JSON', async () => {
  const argv = 'a b -l --no-trim --dry-run --times 3 --header A:1 --header=B:2 --env X=1=2 --env Y= c'.split(' ');
  expect(await optionsOf(...argv, '--args', '{"city": "Oslo"}', '--onto', '007')).toEqual({
    names: ['a', 'b', 'c'],
    loud: true,
    trim: false,
    dryRun: true,
    times: 3,
    mood: 'calm',
    header: ['A:1', 'B:2'],
    env: { X: '1=2', Y: '' },
    args: { city: 'Oslo' },
    onto: '007',
  });
  expect(await optionsOf('--', '--loud', '12')).toMatchObject({ names: ['--loud', '12'], loud: false });
});

test.each([
  ['--laud', 'Unknown option --laud', 'Did you mean --loud?'],
  ['--dryrun', 'Unknown option --dryrun', 'Did you mean --dry-run?'],
  ['-x', 'Unknown option -x', 'Run "berth greet --help"'],
  ['--times many', '--times needs a number, not "many"', 'berth greet --help'],
  ['--times 12', '--times: Too big', 'berth greet --help'],
  ['--times 1 --times 2', '--times was given more than once', 'berth greet --help'],
  ['--mood mery', '--mood is one of calm, merry, not "mery"', 'Did you mean merry?'],
  ['--env secret', '--env needs KEY=VALUE', 'berth greet --help'],
  ['--args {', '--args needs JSON', 'berth greet --help'],
  ['--onto', '--onto needs a value', 'berth greet --help'],
  ['--format xml', '--format is one of human, json, ndjson, not "xml"', 'berth greet --help'],
])('%s is a wrong use that is explained', async (argv, message, hint) => {
  const { exitCode, stdout, stderr } = await runCommand(greet, argv.split(' '));
  expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
  expect(stderr).toContain(`error: ${message}`);
  expect(stderr).toContain(hint);
  expect(stderr).toContain('More: berth explain USAGE');
});

describe('formats', () => {
  test('human prints events as they come, then the result', async () => {
    const { stdout, stderr } = await runCommand(greet, ['a', 'b']);
    expect({ stdout, stderr }).toEqual({ stdout: 'hello a\nhello b\n2 greeted\n', stderr: '' });
  });
  test('json prints one document', async () => {
    const { stdout } = await runCommand(greet, ['a', '--format=json']);
    expect(JSON.parse(stdout)).toMatchObject({ names: ['a'] });
  });
  test('ndjson prints events, then the result, a line each', async () => {
    const { stdout } = await runCommand(greet, ['a', '--format', 'ndjson']);
    expect(
      stdout
        .trim()
        .split('\n')
        .map((line) => Object.keys(JSON.parse(line) as object)),
    ).toEqual([['event'], ['result']]);
  });
  test.each([
    ['--onto nowhere', 'SERVER_UNKNOWN', 2],
    ['--laud', 'USAGE', 2],
  ])('an error is JSON too: %s', async (argv, code, exit) => {
    const { exitCode, stdout, stderr } = await runCommand(greet, [...argv.split(' '), '--format', 'json']);
    expect(JSON.parse(stdout)).toMatchObject({ error: { code } });
    expect({ exitCode, stderr }).toEqual({ exitCode: exit, stderr: '' });
  });
});

test('a result that failed is exit code 1', async () => {
  expect((await runCommand(greet, ['ghost'])).exitCode).toBe(1);
});

test('what is a bug is not caught', async () => {
  await expect(runCommand(greet, ['--onto', 'bug'])).rejects.toThrow(TypeError);
});

test('an aborted command is exit code 130', async () => {
  const signal = AbortSignal.abort();
  const stop: Command = { ...greet, run: async (_, context) => context.signal.throwIfAborted() };
  expect(await runCommand(stop, [], {}, { signal })).toMatchObject({ exitCode: 130, stdout: '' });
});

describe('questions', () => {
  test('a terminal is asked until the answer is one', async () => {
    const { stderr, exitCode } = await runCommand(greet, ['--mood', 'merry'], {}, { answers: ['hm', 'y'] });
    expect(stderr).toBe('Really? [Y/n] Please answer y or n.\nReally? [Y/n] ');
    expect(exitCode).toBe(0);
  });
  test('without a terminal the flag that answers is named', async () => {
    const { stderr, exitCode } = await runCommand(greet, ['--mood', 'merry']);
    expect(exitCode).toBe(2);
    expect(stderr).toContain('Answer with --yes.');
  });
});

test('--help shows arguments, options with their values and defaults, and examples', async () => {
  const { stdout } = await runCommand(greet, ['--help']);
  expect(stdout).toMatchInlineSnapshot(`
    "Usage: berth greet [names…] [options]

    Greet servers. A command with one option of each kind.

    Arguments:
      [names…]  Servers; none: all

    Options:
      -l, --loud                      Shout
          --[no-]trim                 Remove spaces (default: yes)
          --dry-run                   Only say what would be done
          --times NUMBER              How often (default: 1)
          --mood calm|merry           How (default: calm)
          --header NAME:VALUE         Sent along (can be given more than once)
          --env KEY=VALUE             Set in the container (can be given more than once)
          --args JSON                 For the tool
          --onto TEXT                 Where
          --format human|json|ndjson  json: one document on stdout; ndjson: events, then the result
                                      (default: human)
      -h, --help                      Show this help

    Examples:
      berth greet weather --loud
          greet one server
    "
  `);
});
