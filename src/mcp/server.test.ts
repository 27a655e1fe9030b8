import { Client, InMemoryTransport } from '@modelcontextprotocol/client';
import { afterEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { memoryFiles } from '../../test/support/memory-files.ts';
import { testWorld } from '../../test/support/test-world.ts';
import { type Command, defineCommand, type World } from '../commands/define-command.ts';
import { BerthError } from '../errors.ts';
import { createMcpServer } from './server.ts';

const show = defineCommand({
  name: 'catalog show',
  summary: 'Show an entry',
  examples: [],
  effect: 'reads',
  positionals: ['entry'],
  options: z.object({ entry: z.string().describe('Its id'), loud: z.boolean().default(false).describe('Shout') }),
  async run({ entry, loud }, { progress, emit, ask, variable }) {
    if (entry === 'variables') return [variable('WEATHER_MCP_TOKEN'), variable('AWS_SECRET_ACCESS_KEY')];
    progress('looking');
    emit({ seen: entry });
    if (entry === 'locked') await ask({ text: 'Really?', default: true, flag: '--yes', required: true });
    if (entry === 'none') throw new BerthError('SERVER_UNKNOWN', 'no such entry', { hint: 'Take another.' });
    return [entry, loud];
  },
  eventToText: ({ seen }: { seen: string }) => `saw ${seen}`,
  toText: ([entry]) => `entry ${String(entry)}`,
});

const running: string[] = [];
const deploy = defineCommand({
  name: 'deploy',
  summary: 'Deploy a server',
  examples: [],
  effect: 'changes-cluster',
  destructive: true,
  options: z.object({ server: z.string(), dryRun: z.boolean().default(false) }),
  async run({ server }) {
    running.push(`${server} starts`);
    await new Promise((resolve) => setTimeout(resolve, 20));
    running.push(`${server} ends`);
    return { server };
  },
  toText: () => 'deployed',
});

const terminalOnly: Command = { ...show, name: 'completion', terminalOnly: true };

const opened: Client[] = [];
afterEach(async () => Promise.all(opened.splice(0).map(async (client) => client.close())));

async function connect(replaced: Partial<World> = {}): Promise<Client> {
  const world = testWorld('/repository', { files: memoryFiles(), ...replaced });
  const [clientSide, serverSide] = InMemoryTransport.createLinkedPair();
  await createMcpServer([show, deploy, terminalOnly], world, '0.0.0').connect(serverSide);
  const client = new Client({ name: 'test', version: '0.0.0' });
  await client.connect(clientSide);
  opened.push(client);
  return client;
}

test('a command is a tool with its options, its effect and without what belongs to a terminal', async () => {
  const { tools } = await (await connect()).listTools();
  expect(tools).toMatchObject([
    {
      name: 'catalog_show',
      inputSchema: { required: ['entry'], properties: { entry: { description: 'Its id' }, loud: { default: false } } },
      annotations: { readOnlyHint: true, destructiveHint: false },
    },
    {
      name: 'deploy',
      inputSchema: { required: ['server'], properties: { yes: { type: 'boolean' } } },
      annotations: { readOnlyHint: false, destructiveHint: true },
    },
  ]);
});

test('a result comes as text and as data, what happened meanwhile as progress', async () => {
  const lines: unknown[] = [];
  const client = await connect();
  const result = await client.callTool(
    { name: 'catalog_show', arguments: { entry: 'weather' } },
    { onprogress: ({ message }) => lines.push(message) },
  );
  expect(result.content).toEqual([{ type: 'text', text: 'entry weather' }]);
  expect(result.structuredContent).toEqual({ result: ['weather', false] });
  expect(lines).toEqual(['looking', 'saw weather']);
});

test('of the environment, an agent gets to the tokens of servers and to nothing else', async () => {
  const client = await connect({ variable: (name) => `value of ${name}` });
  const result = await client.callTool({ name: 'catalog_show', arguments: { entry: 'variables' } });
  expect(result.structuredContent).toEqual({ result: ['value of WEATHER_MCP_TOKEN', null] });
});

describe('refusals come back with their hint', () => {
  test.each([
    ['a BerthError', 'catalog_show', { entry: 'none' }, 'Take another.'],
    ['a question', 'catalog_show', { entry: 'locked' }, 'Answer with the argument yes.'],
    ['a change without consent', 'deploy', { server: 'weather' }, '"yes": true, or look first with "dryRun": true'],
    ['a wrong type', 'deploy', { server: 12 }, 'expected string'],
  ])('%s', async (_, name, args, hint) => {
    const result = await (await connect()).callTool({ name, arguments: args });
    expect(result.isError).toBe(true);
    expect(JSON.stringify(result.content)).toContain(JSON.stringify(hint).slice(1, -1));
    expect(running).toEqual([]);
  });
});

test('with consent it runs, and two changes wait for each other', async () => {
  const client = await connect();
  const call = async (server: string) => client.callTool({ name: 'deploy', arguments: { server, yes: true } });
  const results = await Promise.all([call('a'), call('b')]);
  expect(results.map(({ structuredContent }) => structuredContent)).toEqual([{ server: 'a' }, { server: 'b' }]);
  expect(running).toEqual(['a starts', 'a ends', 'b starts', 'b ends']);
});
