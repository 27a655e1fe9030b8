import { describe, expect, test } from 'vitest';
import { jsonRpc, legacyAnswers, serveHttp } from '../../test/support/mcp-http-server.ts';
import { runCommand } from '../../test/support/run-command.ts';
import {
  contract,
  ping,
  serveWeather,
  url,
  weatherCluster,
  weatherFile,
  weatherFiles,
  weatherLock,
  weatherManifest,
} from '../../test/support/weather-platform.ts';
import { contractOf } from '../proof/contract-of.ts';
import type { Proof } from '../proof/types.ts';
import { verifyCommand } from './verify.ts';

const verify = async (argv: readonly string[], files: Record<string, string> = {}, settings: object = {}) => {
  const { exitCode, stdout, stderr } = await runCommand(verifyCommand, [...argv, '--format', 'json'], files, settings);
  const { servers = [] } = (stdout === '' ? {} : JSON.parse(stdout)) as { servers?: Proof[] };
  return { exitCode, servers, stderr, stdout };
};

describe('a bare URL', () => {
  test('is listed, and nothing is called', async () => {
    const { url: at } = await serveHttp(jsonRpc(legacyAnswers({ 'tools/call': () => expect.unreachable() })));
    const { exitCode, servers } = await verify([at()]);
    expect(exitCode).toBe(1);
    expect(servers).toEqual([
      {
        name: new URL(at()).host,
        url: at(),
        verdict: 'listed',
        warnings: [],
        protocolVersion: '2025-06-18',
        transport: 'streamable-http',
        server: { name: 'raw', version: '1' },
        tools: ['ping'],
        contract,
      },
    ]);
  });

  test('is proven by a tool that is named and an answer that matches', async () => {
    const { url: at } = await serveHttp(jsonRpc(legacyAnswers()));
    const { exitCode, servers } = await verify([at(), '--tool', 'ping', '--must-match', '^p.ng$']);
    expect({ exitCode, servers }).toMatchObject({
      exitCode: 0,
      servers: [{ verdict: 'proven', assertion: 'content', call: { tool: 'ping' } }],
    });
  });

  test('fails where the answer does not match, is an error, or there is none', async () => {
    const { url: at } = await serveHttp(jsonRpc(legacyAnswers()));
    const mismatch = await verify([at(), '--tool', 'ping', '--must-match', 'sunny']);
    expect(mismatch).toMatchObject({
      exitCode: 1,
      servers: [{ verdict: 'failed', fault: { id: 'canary-mismatch', observed: 'ping does not match /sunny/: pong' } }],
    });
    const html = await serveHttp((_, response) => response.setHeader('content-type', 'text/html').end('<html>'));
    const both = await verify([html.url(), at(), '--tool', 'ping']);
    expect(both.exitCode).toBe(1);
    expect(both.servers.map(({ verdict, fault }) => [verdict, fault?.id])).toEqual([
      ['failed', 'answers-html'],
      ['proven', undefined],
    ]);
  });

  test('gets headers out of the environment, and none of it is shown', async () => {
    const rpc = jsonRpc(legacyAnswers());
    const { url: at } = await serveHttp((request, response) => {
      if (request.headers.authorization === 'Bearer right-and-secret') rpc(request, response);
      else response.writeHead(401).end(`${String(request.headers.authorization)} is wrong`);
    });
    const ask = async (token: string) =>
      verify(
        [at(), '--header', 'Authorization: Bearer ${TOKEN}', '--tool', 'ping'],
        {},
        {
          variable: (name: string) => (name === 'TOKEN' ? token : undefined),
        },
      );
    expect(await ask('right-and-secret')).toMatchObject({ exitCode: 0 });
    const { exitCode, servers, stdout, stderr } = await ask('wrong-and-secret');
    expect({ exitCode, id: servers[0]?.fault?.id }).toEqual({ exitCode: 1, id: 'token-wrong' });
    expect(stdout + stderr).not.toContain('and-secret');
  });

  test.each([
    [['ftp://x/mcp'], 'An endpoint is an http or https URL'],
    [['http://me:secret@x/mcp'], 'A URL with a user or password is no endpoint'],
    [['http://x/mcp', '--must-match', 'x'], 'There is no answer to look at without a tool to call'],
    [['http://x/mcp', '--tool', 't', '--must-match', '('], 'mustMatch is no regular expression'],
    [['http://x/mcp', '--header', 'secret'], 'A --header is not of the form NAME:VALUE'],
    [['http://x/mcp', '--header', 'Host:y'], 'The header host is set by the protocol'],
    [['http://x/mcp', '--header', 'A:${NONE}'], 'The header a needs the variable NONE, which is not set'],
    [['http://x/mcp', '--header', 'A:secret\n'], 'The value of the header a has characters that no header can carry'],
  ])('%j is wrong use', async (argv, message) => {
    const { exitCode, stdout, stderr } = await verify(argv, {}, { variable: () => undefined });
    expect(exitCode).toBe(2);
    expect(stdout + stderr).toContain(message);
    expect(stdout + stderr).not.toContain('secret');
  });

  test('reads well', async () => {
    const good = await serveHttp(jsonRpc(legacyAnswers()));
    const bad = await serveHttp((_, response) => response.setHeader('content-type', 'text/html').end('<html>'));
    const argv = [good.url(), bad.url(), '--tool', 'ping', '--must-match', 'pong'];
    const { stdout } = await runCommand(verifyCommand, argv);
    const text = stdout
      .replaceAll(String(good.port), '31117')
      .replaceAll(String(bad.port), '31118')
      .replaceAll(/\d+ ms/g, '3 ms');
    expect(text).toMatchInlineSnapshot(`
      "✓ 127.0.0.1:31117  http://127.0.0.1:31117/mcp  1 tool  proven by ping  3 ms
      ✗ 127.0.0.1:31118  http://127.0.0.1:31118/mcp  A web page answers in place of MCP
          Seen: POST /mcp initialize → 200 <html>
          Look at the URL in a browser: it belongs to a dashboard, a login page or an error page. Correct host, port and path in the client file: berth connect <name>
          More: berth explain answers-html
      1 of 2 proven
      "
    `);
  });
});

describe('a server of the platform', () => {
  test('is proven on the URL of its clients, with their Host and their token, by its canary', async () => {
    const { port } = await serveWeather();
    const { exitCode, servers } = await verify(['weather'], weatherFiles, {
      cluster: async () => weatherCluster(port),
    });
    expect({ exitCode, servers }).toMatchObject({
      exitCode: 0,
      servers: [{ name: 'weather', url, verdict: 'proven', assertion: 'content', warnings: [] }],
    });
  });

  test('that does not run here is not asked: whoever answers at its URL is somebody else', async () => {
    const { port } = await serveWeather();
    const cluster = { ...weatherCluster(port), observe: async () => undefined };
    const { exitCode, servers, stdout } = await verify(['weather'], weatherFiles, { cluster: async () => cluster });
    expect({ exitCode, servers }).toEqual({ exitCode: 1, servers: [] });
    expect(JSON.parse(stdout)).toMatchObject({ error: { code: 'SERVER_NOT_RUNNING' } });
  });

  test('is found without being named, and proven once on a URL that two clients have', async () => {
    const { port } = await serveWeather();
    const { servers } = await verify(
      [],
      { ...weatherFiles, 'berth.lock': weatherLock(contract) },
      { cluster: async () => weatherCluster(port) },
    );
    expect(servers.map(({ name, verdict }) => `${name} ${verdict}`)).toEqual(['weather proven']);
  });

  test('fails when its tools are not those of the lock', async () => {
    const { port } = await serveWeather();
    const before = contractOf({
      tools: [
        { ...ping, description: 'before' },
        { ...ping, name: 'pong' },
      ],
    });
    const { exitCode, servers } = await verify(
      ['weather-mcp'],
      { ...weatherFiles, 'berth.lock': weatherLock(before) },
      { cluster: async () => weatherCluster(port) },
    );
    expect({ exitCode, servers }).toMatchObject({
      exitCode: 1,
      servers: [
        {
          verdict: 'failed',
          fault: { id: 'contract-changed', observed: 'pong removed (breaking), ping changed (review)' },
        },
      ],
    });
  });

  test('fails while a pod with the previous code may have answered', async () => {
    const { port } = await serveWeather();
    const template = 'mcp-berth.dev/code-sha256: new';
    const tree = { ...weatherFiles, [weatherFile]: weatherManifest(template) };
    const ask = async (codeHash: string) =>
      verify(['weather'], tree, { cluster: async () => weatherCluster(port, { codeHash }) });
    expect((await ask('new')).servers).toMatchObject([{ verdict: 'proven' }]);
    expect((await ask('old')).servers).toMatchObject([{ verdict: 'failed', fault: { id: 'old-code-served' } }]);
  });

  test('needs its token', async () => {
    const settings = { cluster: async () => weatherCluster(1, { token: '' }), variable: () => undefined };
    const { exitCode, stdout, stderr } = await verify(['weather'], weatherFiles, settings);
    expect(exitCode).toBe(2);
    expect(stdout + stderr).toContain('WEATHER_MCP_TOKEN');
  });
});
