import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { initCommand } from '../src/commands/init.ts';
import { readPlatform } from '../src/platform/read-platform.ts';
import { berthBinary } from './support/bundle-once.ts';
import { fakeMachine } from './support/fake-machine.ts';
import { fixture } from './support/fixture.ts';
import { gitSandbox } from './support/git-sandbox.ts';
import { runCommand } from './support/run-command.ts';

const kubeconfig = `apiVersion: v1
kind: Config
current-context: admin@agentic
contexts:
  - { name: admin@prod, context: { cluster: prod, user: admin } }
  - { name: admin@agentic, context: { cluster: agentic, user: admin } }
`;

describe('the built binary', () => {
  test('makes a platform of an empty folder', () => {
    const folder = emptyFolder();
    const { status, stdout } = berth(folder, ['init']);
    expect({ status, stdout }).toMatchInlineSnapshot(`
      {
        "status": 0,
        "stdout": "Made a Git repository.
        cluster  local, on this machine
      Wrote berth.yaml, .berth/schema.json, .gitignore and kubernetes/applications/mcp-servers/kustomization.yaml. Next: berth new <name>
      ",
      }
    `);
    expect(existsSync(join(folder, '.git/HEAD'))).toBe(true);
    expect(read(folder, '.gitignore')).toBe('.berth/secrets.yaml\n.berth/state/\n');
    expect(read(folder, 'kubernetes/applications/mcp-servers/kustomization.yaml')).toMatchInlineSnapshot(`
      "apiVersion: kustomize.config.k8s.io/v1beta1
      kind: Kustomization
      resources: []
      "
    `);
    expect(JSON.parse(read(folder, '.berth/schema.json'))).toMatchObject({
      type: 'object',
      required: ['apiVersion', 'kind', 'clusters'],
    });
    expect(read(folder, 'berth.yaml')).toMatchInlineSnapshot(`
      "# yaml-language-server: $schema=./.berth/schema.json
      apiVersion: mcp-berth.dev/v1
      kind: Platform
      clusters:
        local:
          kind: local
          gatewayPort: 3100
      servers:
        namespace: ai-platform
        directory: kubernetes/applications/mcp-servers
      clients:
        - file: .mcp.json
          from: outside
      "
    `);
    expect([...readPlatform(read(folder, 'berth.yaml')).clusters.values()]).toMatchObject([
      { kind: 'local', gatewayPort: 3100 },
    ]);
  });

  test('takes no cluster of the kubeconfig for a folder that knows of none', () => {
    const folder = emptyFolder();
    berth(folder, ['init'], kubeconfig);
    expect(readPlatform(read(folder, 'berth.yaml')).clusters.get('local')).toMatchObject({ kind: 'local' });
  });

  test('makes no Git repository where that is not wanted', () => {
    const folder = emptyFolder();
    expect(berth(folder, ['init', '--no-git']).stdout).toContain('Found no Git repository.');
    expect(existsSync(join(folder, '.git'))).toBe(false);
  });

  test('finds what a homelab says, and writes nothing else', async () => {
    const { work, git } = gitSandbox(fixture('homelab'));
    const { status, stdout } = berth(work, ['init', '--cidr', '10.20.0.0/24'], kubeconfig);
    expect({ status, stdout }).toMatchInlineSnapshot(`
      {
        "status": 0,
        "stdout": "Found a Git repository with 2 kustomizations and 14 manifests (Argo CD).
        cluster  agentic 10.20.0.0/24 (context admin@agentic)
        servers  2 MCP servers in kubernetes/applications/mcp-servers, 1 more in kubernetes/monitoring
        secrets  infisical
      Wrote berth.yaml, .berth/schema.json and .gitignore. Next: berth up
      ",
      }
    `);
    await expect(read(work, 'berth.yaml')).toMatchFileSnapshot('golden/init-homelab.yaml');
    expect(git('status', '--porcelain', '--untracked-files=all')).toBe(
      '?? .berth/schema.json\n?? .gitignore\n?? berth.yaml',
    );
  });

  test('works from a folder below, on the whole repository', () => {
    const { work } = gitSandbox(fixture('homelab'));
    expect(berth(join(work, 'kubernetes/network'), ['init'], kubeconfig).status).toBe(0);
    expect(existsSync(join(work, 'berth.yaml'))).toBe(true);
  });

  test('leaves a berth.yaml alone that is there, unless it is forced', () => {
    const { work } = gitSandbox({ 'berth.yaml': 'mine\n', '.gitignore': '# mine\r\n.berth/state/' });
    const refused = berth(work, ['init']);
    expect(refused.status).toBe(2);
    expect(refused.stderr).toMatchInlineSnapshot(`
      "error: There is a berth.yaml already, and it stays as it is
        Change it by hand, or write it anew with --force.
        More: berth explain USAGE
      "
    `);
    expect(read(work, 'berth.yaml')).toBe('mine\n');
    expect(existsSync(join(work, '.berth'))).toBe(false);

    expect(berth(work, ['init', '--force']).status).toBe(0);
    expect(read(work, 'berth.yaml')).toContain('kind: Platform');
    expect(read(work, '.gitignore')).toBe('# mine\r\n.berth/state/\r\n.berth/secrets.yaml\r\n');
  });

  test.each([
    [['--cidr', '10.20.0.0'], '--cidr: must be a network: 10.20.0.0/24'],
    [['--directory', '../elsewhere'], '--directory: must lie inside the repository'],
    [['--namespace', 'AI'], '--namespace: must be lower-case letters, digits and "-"'],
    [['--cluster', 'a/b'], '--cluster: must be letters, digits, ".", "_" and "-"'],
    [['--context', 'a', '--cidr', '10.20.0.0/24', '--node-address', '10.21.0.1'], 'does not lie in the cluster'],
  ])('refuses %j before anything is written', (args, message) => {
    const folder = emptyFolder();
    const { status, stderr } = berth(folder, ['init', ...args]);
    expect(status).toBe(2);
    expect(stderr).toContain(message);
    expect(existsSync(join(folder, 'berth.yaml'))).toBe(false);
    expect(existsSync(join(folder, '.git'))).toBe(false);
  });

  test('lists what a folder without kustomization has, so that nothing is pruned', () => {
    const manifest = 'apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: a-mcp, namespace: tools }\n';
    const { work } = gitSandbox({ 'apps/mcp/a-mcp.yaml': manifest, 'apps/mcp/values.yaml': 'a: 1\n' });
    berth(work, ['init', '--local']);
    expect(read(work, 'apps/mcp/kustomization.yaml')).toContain('resources:\n  - a-mcp.yaml\n');
    expect(readPlatform(read(work, 'berth.yaml')).servers).toMatchObject({ namespace: 'tools', directory: 'apps/mcp' });
  });

  test('is not stopped by a manifest that is no YAML', () => {
    const { work } = gitSandbox({
      'kubernetes/broken.yaml': 'a: [\n',
      'kubernetes/a-mcp.yaml': 'apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: a-mcp }\n',
    });
    expect(berth(work, ['init', '--local']).status).toBe(0);
  });
});

describe('on a terminal', () => {
  test('it asks for what it cannot know', async () => {
    const { work } = gitSandbox(fixture('homelab'));
    const machine = fakeMachine('admin@agentic', 'admin@prod');
    const answers = ['', '10.20.0.0', '10.20.0.0/24'];
    const { exitCode, stderr } = await runCommand(initCommand, [], work, { machine, answers });
    expect(exitCode).toBe(0);
    expect(stderr.match(/[^\n\r]*\? \[?[^\n\r]*/g)).toMatchInlineSnapshot(`
      [
        "Which kubeconfig context has the cluster for MCP servers (admin@agentic, admin@prod), or "none"? [admin@agentic] Network of the nodes of agentic, like 10.20.0.0/24 (Enter leaves it out)? Network of the nodes of agentic, like 10.20.0.0/24 (Enter leaves it out)? ",
      ]
    `);
    expect(readPlatform(read(work, 'berth.yaml')).clusters.get('agentic')).toMatchObject({
      context: 'admin@agentic',
      cidr: '10.20.0.0/24',
      nodeAddress: '10.20.0.40',
    });
  });

  test('a context that is not there is a mistake with a nearest word', async () => {
    const { work } = gitSandbox(fixture('homelab'));
    const machine = fakeMachine('admin@agentic');
    const { exitCode, stderr } = await runCommand(initCommand, [], work, { machine, answers: ['admin@agentc'] });
    expect(exitCode).toBe(2);
    expect(stderr).toContain('Did you mean admin@agentic?');
    expect(existsSync(join(work, 'berth.yaml'))).toBe(false);
  });

  test('a berth.yaml that is there is written anew only after a yes', async () => {
    const { work } = gitSandbox({ 'berth.yaml': 'mine\n' });
    const refused = await runCommand(initCommand, [], work, { machine: fakeMachine(), answers: [''] });
    expect(refused.exitCode).toBe(2);
    expect(read(work, 'berth.yaml')).toBe('mine\n');
    const agreed = await runCommand(initCommand, [], work, { machine: fakeMachine(), answers: ['y'] });
    expect(agreed.exitCode).toBe(0);
    expect(read(work, 'berth.yaml')).toContain('kind: local');
  });

  test('no Git repository is made after a no', async () => {
    const machine = fakeMachine();
    const folder = emptyFolder();
    await runCommand(initCommand, [], folder, { machine, answers: ['n'] });
    expect(machine.repositories()).toBe(0);
    expect(existsSync(join(folder, 'berth.yaml'))).toBe(true);
  });
});

/** Runs the binary in a folder, with a home of its own and perhaps a kubeconfig. */
function berth(cwd: string, args: readonly string[], config?: string) {
  const home = emptyFolder();
  if (config !== undefined) writeFileSync(join(home, 'kubeconfig'), config);
  const { status, stdout, stderr } = spawnSync(process.execPath, [berthBinary, ...args], {
    cwd,
    encoding: 'utf8',
    env: { PATH: process.env['PATH'], HOME: home, KUBECONFIG: join(home, 'kubeconfig'), GIT_CONFIG_NOSYSTEM: '1' },
  });
  return { status, stdout, stderr };
}

function emptyFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'berth-init-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const inside = join(folder, 'platform');
  mkdirSync(dirname(join(inside, 'x')), { recursive: true });
  return inside;
}

const read = (folder: string, file: string): string => readFileSync(join(folder, file), 'utf8');
