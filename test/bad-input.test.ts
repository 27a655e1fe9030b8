import { createHash } from 'node:crypto';
import { closeSync, ftruncateSync, mkdirSync, openSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { describe, expect, test } from 'vitest';
import { berth, emptyConfig } from './support/berth-process.ts';
import { manifestFile, platformText } from './support/deploy-platform.ts';
import { type Sandbox, git, gitSandbox } from './support/git-sandbox.ts';
import { weatherManifest } from './support/weather-platform.ts';

/** A file's text or bytes, or how large it is, whatever it holds. */
type Content = string | Uint8Array | { megabytes: number };

interface BadInput {
  /** What is pushed. */
  pushed?: Record<string, string>;
  /** What the working tree has beside that. */
  here?: Record<string, Content>;
  run: string[];
  code: string;
  at?: string;
  says: string;
}

const bound = { timeout: 360_000 };
const kustomization = 'servers/kustomization.yaml';
const berthYaml = platformText(3100);
const weather = weatherManifest();
const listed = 'resources: [weather-mcp.yaml]\n';
const pushedFiles = { 'berth.yaml': berthYaml, '.gitignore': '.berth/\n', [kustomization]: 'resources: []\n' };
const latin1 = Uint8Array.from(Buffer.from('name: Zürich\n', 'latin1'));

function write(root: string, file: string, content: Content): void {
  const path = join(root, file);
  mkdirSync(dirname(path), { recursive: true });
  if (typeof content === 'string' || content instanceof Uint8Array) return writeFileSync(path, content);
  const descriptor = openSync(path, 'w');
  ftruncateSync(descriptor, content.megabytes * 1024 * 1024);
  return closeSync(descriptor);
}

function repository({ pushed = {}, here = {} }: Pick<BadInput, 'pushed' | 'here'>): Sandbox {
  const sandbox = gitSandbox({ ...pushedFiles, ...pushed });
  for (const [file, content] of Object.entries(here)) write(sandbox.work, file, content);
  return sandbox;
}

/** All files outside of .git, what Git knows of them, and the remote's branches. */
function everything({ work, remote, mine }: Sandbox): unknown {
  const files = readdirSync(work, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => !path.startsWith(join(work, '.git/')))
    .map((path) => [path, createHash('sha256').update(readFileSync(path)).digest('hex')]);
  return { files, mine: mine(), remote: git(remote, 'for-each-ref') };
}

const escaped = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);

/** What comes of it, and whether anything was written. */
function outcomeOf({ run, ...files }: BadInput): unknown {
  const sandbox = repository(files);
  const before = everything(sandbox);
  const config = emptyConfig();
  const { status, stdout, stderr } = berth(sandbox.work, run, config);
  // Where it was taken all the same, nothing of it goes on after the test.
  if (status !== 2) berth(sandbox.work, ['down'], config);
  const written = !isDeepStrictEqual(everything(sandbox), before);
  return { run, status, stdout, stderr, written };
}

/** One error in words, its place, what to do, nothing written. */
function refusal({ run, code, at, says }: BadInput): unknown {
  const place = at === undefined ? [] : [`  at ${escaped(at)}[^\n]*`];
  const lines = [
    `error: [^\n]*${escaped(says)}[^\n]*`,
    ...place,
    '  [^\\s][^\n]{10,}',
    `  More: berth explain ${code}`,
  ];
  const stderr = expect.stringMatching(new RegExp(`^${lines.join('\n')}\n$`));
  return { run, status: 2, stdout: '', stderr, written: false };
}

const make = (name: string, ...more: string[]): string[] => ['new', name, '--python', '--unhashed', '--yes', ...more];

describe('berth.yaml', () => {
  test.each<[string, Content, string, string]>([
    ['indented with tabs', berthYaml.replace('\n  laptop', '\n\tlaptop'), ':4:1', 'a tab'],
    ['with a NUL byte', berthYaml.replace('origin', 'ori\0gin'), ':5:', 'U+0000'],
    ['with an unknown key', `${berthYaml}color: blue\n`, ':9:1', 'color'],
    ['with a key twice', `${berthYaml}kind: Platform\n`, ':9:1', 'kind'],
    ['that is not UTF-8', latin1, ':1:1', 'is not UTF-8 text'],
    ['of 100 MB', { megabytes: 100 }, ':1:1', 'has more than 32 MB'],
  ])('%s', bound, (_, text, position, says) => {
    for (const run of [['ports'], ['deploy', 'weather', '--yes']]) {
      const code = typeof text === 'string' ? 'CONFIG_INVALID' : 'MANIFEST_UNREADABLE';
      const input = { here: { 'berth.yaml': text }, run, code, at: `berth.yaml${position}`, says };
      expect(outcomeOf(input)).toEqual(refusal(input));
    }
  });
});

const bomb = ['a: &a [x, x, x, x, x, x, x, x, x, x]']
  .concat(
    Array.from(
      { length: 9 },
      (_, index) => `a${index}: &a${index} [${`*${index === 0 ? 'a' : `a${index - 1}`}, `.repeat(10)}]`,
    ),
  )
  .join('\n');

const broken: [string, Content, string, string][] = [
  ['indented with tabs', weather.replace('\n  name', '\n\tname'), ':4:1', 'a tab stands'],
  ['with a NUL byte', weather.replace('node:22', 'node\0:22'), ':19:', 'U+0000'],
  ['with a key twice', weather.replace('spec:\n', 'kind: Deployment\nspec:\n'), ':10:1', 'a second time'],
  ['with an alias bomb', bomb, ':', 'too large'],
  ['nested 10,000 deep', `a: ${'['.repeat(10_000)}`, ':1:', 'nested too deeply'],
  ['of 100 MB', { megabytes: 100 }, ':1:1', 'more than 32 MB'],
  ['that is not UTF-8', latin1, ':1:1', 'not UTF-8'],
];

describe("a server's manifest", () => {
  test.each(broken)('%s', bound, (_, text, position, says) => {
    const here = { [manifestFile]: text, [kustomization]: listed };
    const at = `${manifestFile}${position}`;
    for (const run of [
      ['deploy', 'weather', '--yes'],
      ['deploy', 'weather', '--dry-run'],
      ['new', 'weather', '--update'],
      ['up', 'weather', '--yes'],
    ]) {
      const input = { here, run, code: 'MANIFEST_UNREADABLE', at, says };
      expect(outcomeOf(input)).toEqual(refusal(input));
    }
    // Others that its kustomization takes in can neither be made nor run with it.
    for (const run of [make('maps'), ['up', '--yes']]) {
      const input = { here, run, code: 'KUSTOMIZE_INVALID', at, says };
      expect(outcomeOf(input)).toEqual(refusal(input));
    }
  });
});

describe('names', () => {
  test.each<[string, string, string, string | undefined, string]>([
    ['that are too long', 'w'.repeat(64), 'NAME_INVALID', undefined, 'w'],
    ['that are no DNS names', 'Weather_1', 'NAME_INVALID', undefined, 'Weather_1'],
    ['that lead out of the folder', '../weather', 'NAME_INVALID', undefined, '../weather'],
    ['that are taken', 'weather', 'SERVER_EXISTS', 'servers/other.yaml:1:1', 'weather-mcp is there already'],
  ])('%s', bound, (_, name, code, at, says) => {
    const place = at === undefined ? {} : { at };
    const input = { here: { 'servers/other.yaml': weather }, run: make(name), code, ...place, says };
    expect(outcomeOf(input)).toEqual(refusal(input));
  });
});

const nodePort = (name: string, port: number): string =>
  `apiVersion: v1\nkind: Service\nmetadata: { name: ${name}, namespace: ai-platform }\nspec:\n  type: NodePort\n  selector: { app.kubernetes.io/name: ${name} }\n  ports:\n    - { port: 8080, targetPort: 8080, nodePort: ${port} }\n`;
const onNodePort = (port: number): string => `${weather.split('---\n')[0]}---\n${nodePort('weather-mcp', port)}`;

const makeOn = (port: number): string[] => make('weather', '--expose=nodeport', `--node-port=${port}`);

describe('node ports', () => {
  const pushed = { 'servers/maps.yaml': nodePort('maps', 31150), [kustomization]: 'resources: [maps.yaml]\n' };
  const code = 'NODE_PORT_UNAVAILABLE';

  test.each<[string, BadInput]>([
    ['taken, for a new server', { pushed, run: makeOn(31150), code, at: 'servers/maps.yaml:8:', says: 'taken by' }],
    ['out of range, for a new server', { pushed, run: makeOn(80), code, says: 'Node port 80 is not in' }],
    ['out of range for any port', { pushed, run: makeOn(70_000), code: 'USAGE', says: 'node-port' }],
    [
      'taken, in a manifest',
      {
        pushed,
        here: { [manifestFile]: onNodePort(31150) },
        run: ['deploy', 'weather', '--yes'],
        code,
        at: `${manifestFile}:30:`,
        says: 'nodePort 31150 is taken by Service ai-platform/maps (servers/maps.yaml:8)',
      },
    ],
    [
      'out of range, in a manifest',
      {
        pushed,
        here: { [manifestFile]: onNodePort(80) },
        run: ['deploy', 'weather', '--yes'],
        code,
        at: `${manifestFile}:30:`,
        says: 'nodePort 80 is not in 31000-31999',
      },
    ],
  ])('%s', bound, (_, input) => {
    expect(outcomeOf(input)).toEqual(refusal(input));
  });
});

describe('code', () => {
  const python = ['new', 'weather', '--python=weather.py', '--unhashed', '--yes'];
  const typescript = ['new', 'weather', '--typescript=project', '--yes'];
  const imports = "import { x } from './missing.ts';\n\nconsole.log(x);\n";

  test.each<[string, string[], Record<string, string>, string, string]>([
    ['Python that does not parse', python, { 'weather.py': 'import os\n\ndef broken(:\n' }, 'PYTHON_INVALID', ':3'],
    ['Python with a NUL byte', python, { 'weather.py': 'import os\n\0\n' }, 'PYTHON_INVALID', ''],
    ['TypeScript that does not build', typescript, { 'project/server.ts': imports }, 'BUNDLE_FAILED', ':1:'],
  ])('%s', bound, (_, run, here, code, position) => {
    const input = { here, run, code, at: `${Object.keys(here)[0]}${position}`, says: '' };
    expect(outcomeOf(input)).toEqual(refusal(input));
  });
});

test('a kustomization that lists a missing file', bound, () => {
  const wrong = { [kustomization]: 'resources:\n  - weather-mcp.yaml\n  - gone.yaml\n' };
  const says = 'gone.yaml';
  const at = `${kustomization}:3:`;
  const here = { [manifestFile]: weather };
  for (const run of [['deploy', 'weather', '--yes'], ['up', '--yes'], make('maps')]) {
    const input = { pushed: wrong, here, run, code: 'KUSTOMIZE_RESOURCE_MISSING', at, says };
    expect(outcomeOf(input)).toEqual(refusal(input));
  }
});

describe('what a command does not need', () => {
  const elsewhere = {
    'data/huge.yaml': { megabytes: 100 },
    'data/latin.yaml': latin1,
    'data/tabs.yaml': 'a:\n\tb: 1\n',
    'data/nul.yaml': 'a: \0\n',
  };

  test.each<[string[]]>([
    [['ports']],
    [make('maps')],
    [make('maps', '--dry-run')],
    [['init', '--force', '--local']],
    [['deploy', 'weather', '--dry-run']],
  ])('does not hinder berth %j', bound, (run) => {
    const sandbox = repository({ here: { ...elsewhere, [manifestFile]: weather } });
    expect(berth(sandbox.work, run, emptyConfig())).toMatchObject({
      status: 0,
      stderr: expect.not.stringContaining('error'),
    });
  });

  test('does not hinder a deploy where it was pushed', bound, () => {
    const sandbox = repository({ here: { ...elsewhere, [manifestFile]: weather } });
    sandbox.git('add', 'data');
    sandbox.git('commit', '--quiet', '-m', 'Add data');
    sandbox.git('push', '--quiet');
    expect(berth(sandbox.work, ['deploy', 'weather', '--dry-run'], emptyConfig())).toMatchObject({ status: 0 });
  });
});
