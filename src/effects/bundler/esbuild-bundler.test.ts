import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { SourceProject } from '../bundler.ts';
import { esbuildBundler } from './esbuild-bundler.ts';

const { signal } = new AbortController();
const project: SourceProject = {
  files: new Map([
    ['server.ts', "import { text } from './text.ts';\nconsole.log(text satisfies string);\n"],
    ['text.ts', "export const text: string = 'bundled';\n"],
  ]),
  entry: 'server.ts',
  folder: 'servers/weather',
  shown: 'weather',
  add: [],
  nodeVersion: '20',
};
const withFiles = (files: Record<string, string>): SourceProject => ({
  ...project,
  files: new Map([...project.files, ...Object.entries(files)]),
});

function emptyRoot(): string {
  const root = mkdtempSync(join(tmpdir(), 'berth-bundle-'));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  return root;
}

/** A package as a tarball on disk, so that no index is needed. */
function localPackage(root: string, name: string, source: string): string {
  const folder = join(root, 'packages', name);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ name, version: '1.0.0', main: 'index.js' }));
  writeFileSync(join(folder, 'index.js'), source);
  execFileSync('npm', ['pack', '--pack-destination', root], { cwd: folder, stdio: 'ignore' });
  return `file:${join(root, `${name}-1.0.0.tgz`)}`;
}

test('a project becomes one file that Node runs', async () => {
  const root = emptyRoot();
  const bundle = await esbuildBundler(root).bundle(project, signal);
  expect(bundle.inputs.map(({ file }) => file).toSorted()).toEqual(['server.ts', 'text.ts']);
  await bundle.discard();
  expect(readdirSync(join(root, '.berth/state'))).toEqual([]);
  expect(execFileSync(process.execPath, ['--input-type=module', '--eval', bundle.text]).toString()).toBe('bundled\n');
});

test('what a killed one has left is removed', async () => {
  const root = emptyRoot();
  const { pid } = spawnSync(process.execPath, ['--eval', '']);
  mkdirSync(join(root, `.berth/state/bundle-${pid}-abc/node_modules`), { recursive: true });
  const bundle = await esbuildBundler(root).bundle(project, signal);
  await bundle.discard();
  expect(readdirSync(join(root, '.berth/state'))).toEqual([]);
});

test('packages are installed, kept beside the source, and used again', { timeout: 120_000 }, async () => {
  const root = emptyRoot();
  const dependency = localPackage(root, 'greeting', "module.exports = 'hello from ' + require('node:path').sep;\n");
  const using = withFiles({
    'package.json': JSON.stringify({ name: 'weather-mcp', type: 'module', dependencies: { greeting: dependency } }),
    'text.ts': "import greeting from 'greeting';\nexport const text: string = greeting;\n",
  });
  const first = await esbuildBundler(root).bundle(using, signal);
  await first.keep();
  expect(existsSync(join(root, 'servers/weather/node_modules/greeting'))).toBe(true);
  expect(execFileSync(process.execPath, ['--input-type=module', '--eval', first.text]).toString()).toContain('hello');

  const lockfile = first.packageFiles.get('package-lock.json') ?? '';
  const again = await esbuildBundler(root).bundle(
    { ...using, files: new Map([...using.files, ['package-lock.json', lockfile]]) },
    signal,
  );
  expect(again.text).toBe(first.text);
  await again.keep();
  expect(existsSync(join(root, 'servers/weather/node_modules/greeting'))).toBe(true);
  expect(readdirSync(join(root, '.berth/state'))).toEqual([]);
});

test('what a library imports only where it is there may be missing', { timeout: 120_000 }, async () => {
  const root = emptyRoot();
  const source = "module.exports = import('not-installed').then(() => 'with it', () => 'without it');\n";
  const dependencies = { greeting: localPackage(root, 'greeting', source) };
  const using = withFiles({
    'package.json': JSON.stringify({ name: 'weather-mcp', type: 'module', dependencies }),
    'text.ts': "import greeting from 'greeting';\nexport const text: string = await greeting;\n",
  });
  const bundle = await esbuildBundler(root).bundle(using, signal);
  await bundle.discard();
  expect(execFileSync(process.execPath, ['--input-type=module', '--eval', bundle.text]).toString()).toBe(
    'without it\n',
  );
});

describe('what cannot be bundled is named with its place, and nothing stays behind', () => {
  test.each([
    ['a syntax error', { 'text.ts': 'export const text = ;\n' }, 'weather/text.ts:1:21', 'Unexpected ";"'],
    ['a file that is not there', { 'text.ts': "export * from './gone.ts';\n" }, 'weather/text.ts:1:15', 'gone.ts'],
    ['a package that is not there', { 'text.ts': "export * from '@a/b/c';\n" }, 'weather/text.ts:1:15', '@a/b/c'],
  ])('%s', async (_, files, at, message) => {
    const root = emptyRoot();
    await expect(esbuildBundler(root).bundle(withFiles(files), signal)).rejects.toThrow(
      expect.objectContaining({ code: 'BUNDLE_FAILED', at, message: expect.stringContaining(message) }),
    );
    expect(readdirSync(join(root, '.berth/state'))).toEqual([]);
    expect(existsSync(join(root, 'servers'))).toBe(false);
  });
});

test('packages that npm cannot install are an error with its words', { timeout: 120_000 }, async () => {
  const root = emptyRoot();
  const dependencies = { gone: `file:${join(root, 'gone-1.0.0.tgz')}` };
  const using = withFiles({ 'package.json': JSON.stringify({ name: 'weather-mcp', dependencies }) });
  await expect(esbuildBundler(root).bundle(using, signal)).rejects.toThrow(
    expect.objectContaining({ code: 'PACKAGES_UNAVAILABLE' }),
  );
});
