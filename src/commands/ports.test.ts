import { expect, test } from 'vitest';
import { fixture } from '../../test/support/fixture.ts';
import { runCommand } from '../../test/support/run-command.ts';
import { portsCommand } from './ports.ts';

const head = 'apiVersion: mcp-berth.dev/v1\nkind: Platform\n';
const platform = `${head}clusters: { agentic: { paths: [kubernetes] } }\nnodePorts: { reserved: { 31100: kept for the printer } }\n`;
const homelab = { ...fixture('homelab'), 'berth.yaml': platform };
const quiet = Object.fromEntries(Object.entries(homelab).filter(([file]) => !file.endsWith('coroot-mcp.yaml')));

test('two that want one port are marked, and the exit code says it too', async () => {
  const { exitCode, stdout } = await runCommand(portsCommand, [], homelab);
  expect(exitCode).toBe(1);
  expect(stdout).toMatchInlineSnapshot(`
    "  31081  TCP  Service ai-platform/knowledge-mcp  kubernetes/applications/mcp-servers/knowledge-mcp.yaml:61
      31100       kept for the printer               reserved in berth.yaml
      31102  TCP  Service network/syslog             kubernetes/network/syslog.yaml:10
      31102  UDP  Service network/syslog             kubernetes/network/syslog.yaml:11
    ✗ 31103  TCP  Application argocd/grafana         kubernetes/argocd/grafana.yaml:16
    ✗ 31103  TCP  Service monitoring/coroot-mcp      kubernetes/monitoring/coroot-mcp.yaml:28
    Next free: 31101
    "
  `);
});

test('the register can be read by programs', async () => {
  const { exitCode, stdout } = await runCommand(portsCommand, ['--format', 'json', '--cluster', 'agentic'], quiet);
  expect(exitCode).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({
    registers: [{ cluster: 'agentic', conflicts: [], reserved: { 31100: 'kept for the printer' }, next: 31101 }],
    wrote: null,
  });
});

test('each cluster has a register of its own; who syncs another repository has none here', async () => {
  const clusters =
    'clusters: { a: { paths: [kubernetes/network] }, b: { paths: [kubernetes/argocd] }, c: { repository: ../c } }\n';
  const { stdout } = await runCommand(portsCommand, [], { ...homelab, 'berth.yaml': head + clusters });
  expect(stdout).toMatchInlineSnapshot(`
    "a
      31102  TCP  Service network/syslog  kubernetes/network/syslog.yaml:10
      31102  UDP  Service network/syslog  kubernetes/network/syslog.yaml:11
    Next free: 31100
    b
      31103  TCP  Application argocd/grafana  kubernetes/argocd/grafana.yaml:16
    Next free: 31100
    "
  `);
});

test('the file for people is written, and written anew', async () => {
  const first = await runCommand(portsCommand, ['--write', 'mcp-ports.txt'], quiet);
  expect(first.files.get('mcp-ports.txt')).toMatchInlineSnapshot(`
    "# Node ports, written by "berth ports --write": change the manifests instead.

    agentic
    31081  TCP  Service ai-platform/knowledge-mcp  kubernetes/applications/mcp-servers/knowledge-mcp.yaml:61
    31100       kept for the printer               reserved in berth.yaml
    31102  TCP  Service network/syslog             kubernetes/network/syslog.yaml:10
    31102  UDP  Service network/syslog             kubernetes/network/syslog.yaml:11
    31103  TCP  Application argocd/grafana         kubernetes/argocd/grafana.yaml:16
    next free: 31101
    "
  `);
  const old = { ...quiet, 'mcp-ports.txt': `${first.files.get('mcp-ports.txt')?.split('\n')[0]}\nold\n` };
  const second = await runCommand(portsCommand, ['--write', 'mcp-ports.txt'], old);
  expect(second.files.get('mcp-ports.txt')).toBe(first.files.get('mcp-ports.txt'));
});

test('a file of somebody else is overwritten only by force', async () => {
  const files = { ...quiet, 'ports.txt': 'my own list\n' };
  const refused = await runCommand(portsCommand, ['--write', 'ports.txt'], files);
  expect(refused).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('ports.txt is there already') });
  expect(refused.files.get('ports.txt')).toBe('my own list\n');
  const forced = await runCommand(portsCommand, ['--write', 'ports.txt', '--force'], files);
  expect(forced.files.get('ports.txt')).toContain('next free: 31101');
});

test.each([
  [['--cluster', 'agentik'], homelab, 'Did you mean agentic?'],
  [[], fixture('homelab'), 'berth init'],
])('%j has a hint', async (args, files, hint) => {
  const { exitCode, stderr } = await runCommand(portsCommand, args, files);
  expect(exitCode).toBe(2);
  expect(stderr).toContain(hint);
});

test('a range that is used up is said so', async () => {
  const full = `${head}clusters: { agentic: { paths: [kubernetes] } }\nnodePorts: { allocate: 31102-31103 }\n`;
  const { stdout } = await runCommand(portsCommand, [], { ...quiet, 'berth.yaml': full });
  expect(stdout).toContain('No port of the range is free.');
});
