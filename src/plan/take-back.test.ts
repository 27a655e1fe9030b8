import { describe, expect, test } from 'vitest';
import { claudeCode } from '../clients/claude-code/claude-code.ts';
import { printLock } from '../lock/print-lock.ts';
import { withServer } from '../lock/with-server.ts';
import { combined, takenBack } from './take-back.ts';

const shared = { name: 'weather', clientFiles: ['.mcp.json'] };
const hash = `sha256:${'a'.repeat(64)}`;
const entry = (name: string, port: number) =>
  ({ name, url: `http://x:${port}/mcp`, transport: 'streamable-http' }) as const;
const clients = (...ports: [string, number][]): string =>
  ports.reduce((text, [name, port]) => claudeCode.set(text, '.mcp.json', entry(name, port)), '{}\n');
const lock = (...names: string[]): string =>
  printLock(
    names.reduce(
      (all, name) =>
        withServer(all, name.slice(0, -1), {
          cluster: 'agentic',
          revision: name.slice(-1).repeat(40),
          image: 'node:22-slim',
          codeHash: null,
          contract: { hash, tools: {} },
          ports: { service: 8080, nodePort: null },
          secretKeys: {},
          clients: {},
          protocolVersions: [],
        }),
      { version: 1, servers: {} } as Parameters<typeof withServer>[0],
    ),
  );

test('what several commits did is what was before the first and after the last', () => {
  expect(
    combined([
      [{ file: 'a', before: undefined, after: '1' }],
      [
        { file: 'a', before: '1', after: '2' },
        { file: 'b', before: '1', after: undefined },
      ],
    ]),
  ).toEqual([
    { file: 'a', before: undefined, after: '2' },
    { file: 'b', before: '1', after: undefined },
  ]);
});

describe('a file is taken back', () => {
  const [list, lists] = ['resources: [a.yaml]\n', 'resources: [a.yaml, weather.yaml]\n'];
  test.each<[string, string, (string | undefined)[], string | undefined]>([
    ['as a whole where nobody changed it since', 'x.yaml', [undefined, 'new', 'new'], undefined],
    ['not again', 'x.yaml', ['old', 'new', 'old'], 'old'],
    [
      'by its line of a kustomization',
      'k/kustomization.yaml',
      [list, lists, 'resources: [a.yaml, weather.yaml, b.yaml]\n'],
      'resources: [a.yaml, b.yaml]\n',
    ],
    [
      'by its entry of a client file',
      '.mcp.json',
      [clients(['weather', 1]), clients(['weather', 2]), clients(['weather', 2], ['b', 3])],
      clients(['weather', 1], ['b', 3]),
    ],
    [
      'by its entry of a client file, which goes where there was none',
      '.mcp.json',
      [undefined, clients(['weather', 2]), clients(['b', 3], ['weather', 2])],
      clients(['b', 3]),
    ],
    [
      'by its entry of the lock',
      'berth.lock',
      [lock('weather1'), lock('weather2'), lock('other3', 'weather2')],
      lock('other3', 'weather1'),
    ],
    [
      'not where its entry is back already',
      '.mcp.json',
      [clients(), clients(['weather', 2]), clients(['b', 3])],
      clients(['b', 3]),
    ],
  ])('%s', (_, file, [before, after, now], expected) => {
    expect(takenBack({ file, before, after }, now, shared)).toEqual({ text: expected });
  });
});

describe('what was changed since is a conflict', () => {
  test.each([
    ['a manifest', 'x.yaml', [undefined, 'new', 'newer']],
    ['a client entry', '.mcp.json', [undefined, clients(['weather', 2]), clients(['weather', 3])]],
    ['a lock entry', 'berth.lock', [undefined, lock('weather2'), lock('weather3')]],
  ])('%s', (_, file, [before, after, now]) => {
    expect(takenBack({ file, before, after }, now, shared)).toBe('conflict');
  });
});
