import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { newCommand } from '../../src/commands/new.ts';
import type { ImageFacts } from '../../src/effects/image-registry.ts';
import { realPython } from '../../src/effects/python/real-python.ts';
import { buildKustomization } from '../../src/kustomize/build-kustomization.ts';
import { readPlatform } from '../../src/platform/read-platform.ts';
import { codeHash } from '../../src/repository/code-hash.ts';
import { findServer } from '../../src/repository/find-server.ts';
import { readRepository } from '../../src/repository/read-repository.ts';
import { readYaml } from '../../src/yaml/read-yaml.ts';
import { installKustomize, runKustomize } from '../kustomize/real-kustomize.ts';
import { imageRegistryServer } from '../support/image-registry-server.ts';
import { type PlatformFolder, platformFolder } from '../support/platform-folder.ts';
import { runCommand } from '../support/run-command.ts';

const directory = 'kubernetes/applications/mcp-servers';
const berthYaml = `apiVersion: mcp-berth.dev/v1
kind: Platform
clusters:
  agentic: { cidr: 10.20.0.0/24, mcpServers: allowed, paths: [kubernetes] }
secrets:
  provider: infisical
  infisical:
    hostAPI: https://infisical.example/api
    projectSlug: home
    envSlug: prod
    secretsPath: /mcp
    credentialsRef: { name: infisical-identity, namespace: infisical }
nodePorts: { reserved: { 31102: syslog } }
`;
const grafana = `apiVersion: v1
kind: Service
metadata: { name: grafana, namespace: monitoring }
spec:
  type: NodePort
  selector: { app: grafana }
  ports:
    - port: 80
      targetPort: 3000
      nodePort: 31100
`;
const existing = {
  'berth.yaml': berthYaml,
  'kubernetes/kustomization.yaml': 'resources: [monitoring/grafana.yaml, applications/mcp-servers]\n',
  'kubernetes/monitoring/grafana.yaml': grafana,
  [`${directory}/kustomization.yaml`]: 'resources:\n  - ./aaa.yaml\n  - ./zzz.yaml\n',
  [`${directory}/aaa.yaml`]: 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: aaa, namespace: ai-platform }\n',
  [`${directory}/zzz.yaml`]: 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: zzz, namespace: ai-platform }\n',
};
const program = `from fastmcp import FastMCP

mcp = FastMCP("weather")
`;
const server =
  "import { createServer } from 'node:http';\n\ncreateServer((_, response) => response.end('weather')).listen(8080);\n";
const facts: ImageFacts = { digest: `sha256:${'a1'.repeat(32)}`, user: '1001:1001', ports: [3000] };
const images = { lookUp: async () => facts };

const berthNew = async ({ root }: PlatformFolder, argv: readonly string[], settings: object = {}) =>
  runCommand(newCommand, argv, root, { root, ...settings });
const manifest = ({ read }: PlatformFolder, name: string): string => read(`${directory}/${name}-mcp.yaml`);

const lines = (text: string): string[] => text.split('\n');

let kustomize: string | undefined;
beforeAll(async () => {
  kustomize = await installKustomize();
}, 600_000);

describe('what is written, as it was reviewed', () => {
  const full = [
    'outline',
    '--image=ghcr.io/vortiago/mcp-outline:1.10.1',
    '--secret=OUTLINE_API_KEY',
    '--env=OUTLINE_API_URL=http://outline.apps/api',
    '--health-path=/health',
    '--expose=nodeport',
    '--token',
    '--description=Documents of the team',
    '--canary=search',
    '--args={"query":"berth"}',
    '--must-match=berth',
    '--must-not-match=HTTP 401',
    '--package=pypi:mcp-outline==1.10.1',
    '--egress=grafana.monitoring:80',
    '--egress=api.example.com',
    '--writable=/data',
    '--cluster-role=view',
    '--arg=--verbose',
  ];
  const small = ['small', '--image=ghcr.io/example/small:1'];
  test.each<[string, string[]]>([
    ['image', full],
    ['image-small', small],
    ['python', ['weather', '--python=weather.py', '--unhashed', '--requirement=httpx==0.28.1', '--expose=nodeport']],
    ['python-image-has-packages', ['weather', '--python=weather.py', '--no-install', '--egress=10.20.0.7:8006']],
    ['typescript', ['weather', '--typescript=project']],
  ])('%s', { timeout: 120_000 }, async (golden, argv) => {
    const folder = platformFolder(existing);
    folder.write('weather.py', program);
    folder.write('project/server.ts', server);
    const absolute = argv.map((word) => word.replace(/=(weather\.py|project)$/, `=${folder.root}/$1`));
    const { exitCode, stderr } = await berthNew(folder, absolute, { images });
    expect({ exitCode, stderr: exitCode === 0 ? '' : stderr }).toEqual({ exitCode: 0, stderr: '' });
    await expect(manifest(folder, argv[0] ?? '')).toMatchFileSnapshot(`../golden/new/${golden}.yaml`);

    const kustomization = readYaml('k.yaml', folder.read(`${directory}/kustomization.yaml`)).documents[0]?.value;
    expect(kustomization).toEqual({ resources: ['./aaa.yaml', `./${argv[0]}-mcp.yaml`, './zzz.yaml'] });
    const repository = readRepository(new Map(Object.entries(folder.files())));
    const found = findServer(repository, readPlatform(berthYaml), argv[0] ?? '');
    expect(found.problems).toEqual([]);
    expect(found.codeHash).toBe(found.code && codeHash(found.code.value));
    if (kustomize === undefined) return;
    const built = runKustomize(kustomize, folder.files(), 'kubernetes');
    if ('refusal' in built) throw new Error(built.refusal);
    const ours = buildKustomization(new Map(Object.entries(folder.files())), 'kubernetes');
    const theirs = readYaml('built.yaml', built.output).documents.map(({ value }) => value);
    expect(ours.objects.map(({ value }) => value)).toEqual(theirs);
  });
});

describe('what a user sees', () => {
  test('the files, what to know, and what next', async () => {
    const folder = platformFolder(existing);
    const { stdout } = await berthNew(folder, ['outline', '--image', 'ghcr.io/a/outline:1', '--secret', 'API_KEY'], {
      images,
    });
    expect(stdout).toMatchInlineSnapshot(`
      "  ✓ kubernetes/applications/mcp-servers/outline-mcp.yaml     InfisicalSecret, Deployment, Service, NetworkPolicy
        ✓ kubernetes/applications/mcp-servers/kustomization.yaml   one line
        ! It may call any address; name its back ends to restrict that: --egress HOST
      Its secrets:
        Infisical needs API_KEY in project home, environment prod, /mcp
      Try it here: berth up outline      Deploy: berth deploy outline
      "
    `);
  });

  test('the same again changes nothing, and takes the same port', async () => {
    const folder = platformFolder(existing);
    const argv = ['outline', '--image', 'ghcr.io/a/outline:1', '--expose', 'nodeport'];
    const first = await berthNew(folder, [...argv, '--format=json'], { images });
    const before = folder.files();
    const second = await berthNew(folder, argv, { images });
    expect(JSON.parse(first.stdout)).toMatchObject({ nodePort: 31101 });
    expect(second.stdout).toContain('nothing was written');
    expect(folder.files()).toEqual(before);
  });

  test('a template on a node port checks a token and has a canary, however often it is asked for', async () => {
    const folder = platformFolder(existing);
    const argv = ['weather', '--python', '--unhashed', '--expose=nodeport'];
    await berthNew(folder, argv);
    expect(manifest(folder, 'weather')).toContain('mcp-berth.dev/token: weather-mcp-secrets/MCP_TOKEN');
    expect(manifest(folder, 'weather')).toContain('mcp-berth.dev/canary:');
    const before = folder.files();
    expect((await berthNew(folder, argv)).stdout).toContain('nothing was written');
    expect(folder.files()).toEqual(before);
  });

  test('--dry-run says the same and writes nothing', async () => {
    const folder = platformFolder(existing);
    const { stdout } = await berthNew(folder, ['outline', '--image', 'ghcr.io/a/outline:1', '--dry-run'], { images });
    expect(stdout).toContain(`would write ${directory}/outline-mcp.yaml`);
    expect(folder.files()).toEqual(existing);
  });

  test('on a terminal the pattern is asked for, what others publish first', async () => {
    const folder = platformFolder(existing);
    const answers = ['y', 'ghcr.io/a/outline:1', 'nodeport', 'API_KEY, API_URL', 'Documents'];
    const { exitCode, stderr } = await berthNew(folder, ['outline'], { images, answers });
    expect(exitCode).toBe(0);
    expect(stderr).toContain('Does somebody publish an image of it? [Y/n]');
    expect(manifest(folder, 'outline')).toContain('API_URL: "{{ .API_URL.Value }}"');
    expect(manifest(folder, 'outline')).toContain('mcp-berth.dev/description: Documents');
  });

  test('an image gets the digest that its registry names, or a warning', async () => {
    const { host, digest } = await imageRegistryServer({
      repository: 'a/outline',
      tag: '1',
      user: 'root',
      ports: ['8765/tcp'],
      auth: 'token',
    });
    const folder = platformFolder(existing);
    const { stdout } = await berthNew(folder, ['outline', '--image', `${host}/a/outline:1`]);
    expect(manifest(folder, 'outline')).toContain(`image: ${host}/a/outline:1@${digest}\n`);
    expect(manifest(folder, 'outline')).toContain('containerPort: 8765\n');
    expect(stdout).toContain('The image runs as root; here it runs as 65532');

    const away = await berthNew(folder, ['away', '--image', 'registry.invalid/a/outline:1']);
    expect(away.stdout).toContain('registry.invalid/a/outline:1 stays without a digest');
    expect(manifest(folder, 'away')).toContain('image: registry.invalid/a/outline:1\n');
  });

  test('a first server makes the kustomization too', async () => {
    const folder = platformFolder({ 'berth.yaml': berthYaml });
    await berthNew(folder, ['outline', '--image', 'ghcr.io/a/outline:1'], { images });
    expect(folder.read(`${directory}/kustomization.yaml`)).toBe(
      'apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nresources:\n  - outline-mcp.yaml\n',
    );
  });

  test.each(['sealed-secrets', 'sops', 'plain'])('%s: what a person has to do for the secrets', async (provider) => {
    const folder = platformFolder({
      'berth.yaml': berthYaml.replace(/provider: infisical\n[^]*?(?=nodePorts)/, `provider: ${provider}\n`),
    });
    const { stdout } = await berthNew(folder, ['outline', '--image', 'ghcr.io/a/outline:1', '--secret=API_KEY'], {
      images,
    });
    expect(stdout).toContain('Put API_KEY=… into secrets.env, outside of the repository');
    expect(stdout).toContain('--from-env-file=secrets.env');
    expect(manifest(folder, 'outline')).not.toMatch(/kind: (SealedSecret|Secret)\n/);
  });
});

test('on a local cluster secrets are in a file of this machine, and tokens are made there', async () => {
  const local = 'apiVersion: mcp-berth.dev/v1\nkind: Platform\nclusters: { local: { kind: local } }\n';
  const folder = platformFolder({ 'berth.yaml': local });
  const argv = ['outline', '--image', 'ghcr.io/a/outline:1', '--secret=API_KEY', '--token'];
  const { stdout } = await berthNew(folder, argv, { images });
  expect(stdout).toContain('Put API_KEY: … below outline-mcp-secrets: into .berth/secrets.yaml');
});

describe('what is wrong is said before anything is written', () => {
  const broken = { 'broken.py': 'import os\ndef f(:\n', 'broken/server.ts': 'const a = ;\n', 'empty/README.md': '' };
  const image = '--image=ghcr.io/a/outline:1';
  const nodePort = (port: number) => ['outline', image, `--node-port=${port}`];
  test.each<[string, string[], object]>([
    ['a name', ['Outline', image], { code: 'NAME_INVALID', hint: 'For example: outline' }],
    ['no pattern', ['outline'], { code: 'USAGE', hint: expect.stringContaining('--image REF') }],
    ['two patterns', ['outline', image, '--python'], { code: 'USAGE' }],
    [
      'a taken port',
      nodePort(31100),
      {
        code: 'NODE_PORT_UNAVAILABLE',
        message: expect.stringContaining('Service monitoring/grafana'),
        at: 'kubernetes/monitoring/grafana.yaml:10:17',
      },
    ],
    [
      'a reserved port',
      nodePort(31102),
      { code: 'NODE_PORT_UNAVAILABLE', message: 'Node port 31102 is kept for syslog' },
    ],
    ['a port out of range', nodePort(8080), { code: 'NODE_PORT_UNAVAILABLE', hint: 'The next free one is 31101.' }],
    [
      'Python that does not parse',
      ['weather', '--python=ROOT/broken.py'],
      { code: 'PYTHON_INVALID', at: expect.stringMatching(/broken\.py:2:7$/) },
    ],
    [
      'a bundle that does not build',
      ['weather', '--typescript=ROOT/broken'],
      { code: 'BUNDLE_FAILED', at: expect.stringMatching(/broken\/server\.ts:1:11$/) },
    ],
    ['a folder without a server', ['weather', '--typescript=ROOT/empty'], { code: 'USAGE' }],
    ['a file that is not there', ['weather', '--python=ROOT/gone.py'], { code: 'USAGE' }],
    ['a secret in clear text', ['outline', image, '--env=API_KEY=x'], { code: 'USAGE', hint: 'Use --secret API_KEY' }],
    ['an unknown cluster', ['outline', image, '--cluster=agnetic'], { code: 'USAGE', hint: 'Did you mean agentic?' }],
    ['a broken image reference', ['outline', '--image=Outline:'], { code: 'USAGE' }],
    ['arguments without a canary', ['outline', image, '--must-match=x'], { code: 'USAGE' }],
    ['a broken pattern', ['outline', image, '--canary=x', '--must-match=(x'], { code: 'USAGE' }],
    [
      'a package for an image',
      ['outline', image, '--requirement=x'],
      { code: 'USAGE', message: '--requirement is for code only' },
    ],
    ['an update of nothing', ['outline', '--update'], { code: 'SERVER_UNKNOWN' }],
    ['an update of more than code', ['outline', '--update', '--must-match=x'], { code: 'USAGE' }],
  ])('%s', { timeout: 60_000 }, async (_, argv, error) => {
    const folder = platformFolder({ ...existing, ...broken });
    const before = folder.files();
    const here = argv.map((word) => word.replace('ROOT', folder.root));
    const settings = argv.includes('--image=Outline:') ? {} : { images };
    const { exitCode, stdout } = await berthNew(folder, [...here, '--format=json'], settings);
    expect(JSON.parse(stdout)).toMatchObject({ error });
    expect(exitCode).toBe(2);
    expect(folder.files()).toEqual(before);
  });

  test('a server that is there is not written over; --force does', async () => {
    const folder = platformFolder(existing);
    const argv = ['outline', '--image', 'ghcr.io/a/outline:1'];
    await berthNew(folder, argv, { images });
    const changed = await berthNew(folder, [...argv, '--replicas=2'], { images });
    expect(changed.stderr).toContain('outline-mcp.yaml is there already');
    expect(manifest(folder, 'outline')).toContain('replicas: 1');
    await berthNew(folder, [...argv, '--replicas=2', '--force'], { images });
    expect(manifest(folder, 'outline')).toContain('replicas: 2');
  });

  test('a kustomization that lists a missing file', async () => {
    const folder = platformFolder({ ...existing, [`${directory}/kustomization.yaml`]: 'resources:\n  - gone.yaml\n' });
    const { exitCode, stderr } = await berthNew(folder, ['outline', '--image', 'ghcr.io/a/outline:1'], { images });
    expect(exitCode).toBe(2);
    expect(stderr).toContain('gone.yaml');
    expect(Object.keys(folder.files())).not.toContain(`${directory}/outline-mcp.yaml`);
  });
});

describe('--update', () => {
  const source = join(directory, 'servers/weather/server.py');
  test('changes the code, its hash, and no other byte', async () => {
    const folder = platformFolder({ ...existing, 'weather.py': program });
    await berthNew(folder, ['weather', `--python=${folder.root}/weather.py`, '--unhashed']);
    // What people write into a manifest stays.
    const file = `${directory}/weather-mcp.yaml`;
    const owned = folder
      .read(file)
      .replace('replicas: 1', 'replicas: 3   # for the demo')
      .replace('kind: Service\n', 'kind: Service # ours\n');
    folder.write(file, owned);
    expect((await berthNew(folder, ['weather', '--update'])).stdout).toContain('nothing was written');

    folder.write(source, `${program}\n# changed\n`);
    const { stdout } = await berthNew(folder, ['weather', '--update']);
    expect(stdout).toContain('ConfigMap and its hash');
    const after = folder.read(file);
    const added = lines(after).filter((line) => !lines(owned).includes(line));
    const removed = lines(owned).filter((line) => !lines(after).includes(line));
    expect([...added, ...removed].map((line) => line.trim().replace(/[0-9a-f]{64}/, 'HASH'))).toEqual([
      '# changed',
      'mcp-berth.dev/code-sha256: HASH',
      'mcp-berth.dev/code-sha256: HASH',
    ]);
    const documents = readYaml(file, after).documents.map(({ value }) => value as { kind: string; data?: unknown });
    const hash = codeHash(documents.find(({ kind }) => kind === 'ConfigMap') ?? {});
    expect(after).toContain(`mcp-berth.dev/code-sha256: ${hash}`);
  });

  test('asks for versions once, and again for a package more', async () => {
    const folder = platformFolder({ ...existing, 'weather.py': program });
    const asked: string[] = [];
    const python = {
      ...realPython,
      lockRequirements: async (requirements: string) => {
        asked.push(requirements);
        return `fastmcp==4.1.2 \\\n    --hash=sha256:${asked.length}\n`;
      },
    };
    const { stdout } = await berthNew(folder, ['weather', `--python=${folder.root}/weather.py`], { python });
    expect(stdout).not.toContain('It imports');
    folder.write(source, `import httpx\n${program}`);
    const changed = await berthNew(folder, ['weather', '--update'], { python });
    expect(changed.stdout).toContain('It imports httpx, and no package of that name is in requirements.txt');
    expect(asked).toHaveLength(1);
    await berthNew(folder, ['weather', '--update', '--requirement=httpx'], { python });
    expect(asked[1]).toBe(`${asked[0]}httpx\n`);
    expect(manifest(folder, 'weather')).toContain('--hash=sha256:2');
  });

  test('adds a package', async () => {
    const folder = platformFolder({ ...existing, 'weather.py': program });
    await berthNew(folder, ['weather', `--python=${folder.root}/weather.py`, '--unhashed']);
    await berthNew(folder, ['weather', '--update', '--requirement=httpx==0.28.1']);
    expect(folder.read(join(directory, 'servers/weather/requirements.in'))).toContain('\nhttpx==0.28.1\n');
    expect(manifest(folder, 'weather')).toContain('    httpx==0.28.1\n');
  });

  test('a bundle that has grown is compressed, and started in that way', { timeout: 120_000 }, async () => {
    const folder = platformFolder({ ...existing, 'project/server.ts': server });
    await berthNew(folder, ['weather', `--typescript=${folder.root}/project`]);
    expect(manifest(folder, 'weather')).toContain('- /app/server.mjs\n');
    const large = `${server}console.log(${JSON.stringify('weather '.repeat(40_000))});\n`;
    folder.write(join(directory, 'servers/weather/server.ts'), large);
    expect((await berthNew(folder, ['weather', '--update'])).exitCode).toBe(0);
    expect(manifest(folder, 'weather')).toContain('- /app/server.mjs.br\n');
    expect(manifest(folder, 'weather')).not.toContain('\ndata:');

    folder.write(join(directory, 'servers/weather/server.ts'), server);
    await berthNew(folder, ['weather', '--update']);
    expect(manifest(folder, 'weather')).toContain('- /app/server.mjs\n');
    expect(manifest(folder, 'weather')).not.toContain('binaryData');
  });
});
