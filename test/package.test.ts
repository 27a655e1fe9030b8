import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { commands } from '../src/commands/index.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const scratch = mkdtempSync(join(tmpdir(), 'berth-package-'));
const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
const builtin = new Set(builtinModules);
const run = (command: string, args: readonly string[], cwd = scratch): string =>
  execFileSync(command, args, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });

let tarball: string;
let packed: string[];
beforeAll(() => {
  // The bundle is there (see bundle-once.ts); `npm test` has made the types as well.
  if (!existsSync(join(root, 'dist/types'))) run('npx', ['--no-install', 'tsc', '-p', 'tsconfig.build.json'], root);
  run('npm', ['pack', '--ignore-scripts', '--pack-destination', scratch], root);
  tarball = join(scratch, `mcp-berth-${version}.tgz`);
  packed = run('tar', ['-tzf', tarball]).trim().split('\n');
});
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

describe('the packed package', () => {
  test('has the command line, the library, its types, the handbook and the license', () => {
    const wanted = [
      'dist/cli/main.js',
      'dist/index.js',
      'dist/types/index.d.ts',
      'docs/reference/errors.md',
      'LICENSE',
    ];
    expect(packed).toEqual(expect.arrayContaining(wanted.map((file) => `package/${file}`)));
  });
  test('has no sources, tests or fixtures, but for the samples of the demo', () => {
    const own = packed.filter((file) => !file.startsWith('package/demo/'));
    expect(own.filter((file) => /\.test\.|\/test\/|node_modules|(?<!\.d)\.ts$/.test(file))).toEqual([]);
    expect(packed).toContain('package/demo/units/server.py');
  });
  test('stays below 2 MB', () => {
    expect(statSync(tarball).size).toBeLessThan(2_000_000);
  });
  test('is found in order by publint', () => {
    expect(run('npx', ['--no-install', 'publint', '--strict', tarball], root)).toContain('All good');
  });
  test('has types that an ES module can use', () => {
    run('npx', ['--no-install', 'attw', tarball, '--profile', 'esm-only'], root);
    expect(packed).toContain('package/dist/types/index.d.ts');
  });
  test('works in an empty folder with esbuild as the only thing that came along', () => {
    writeFileSync(join(scratch, 'package.json'), '{"private":true,"type":"module"}');
    run('npm', ['install', '--no-audit', '--no-fund', '--prefer-offline', tarball]);
    const installed = readdirSync(join(scratch, 'node_modules')).filter((name) => !name.startsWith('.'));
    expect(installed.toSorted()).toEqual(['@esbuild', 'esbuild', 'mcp-berth']);
    expect(run('npx', ['--no-install', 'berth', '--version']).trim()).toBe(version);
    expect(run('npx', ['--no-install', 'berth', '--help'])).toContain('Usage: berth <command>');
    expect(run('npx', ['--no-install', 'berth', 'explain', 'USAGE'])).toContain('USAGE');
    for (const { name } of commands) {
      expect(run('npx', ['--no-install', 'berth', name, '--help'])).toContain(`berth ${name}`);
    }
    const load = "import('mcp-berth').then(({ BerthError }) => console.log(new BerthError('USAGE', 'x').exitCode))";
    expect(run(process.execPath, ['--input-type=module', '--eval', load]).trim()).toBe('2');
  });
});

test('what runs imports nothing but Node and esbuild', async () => {
  const files = readdirSync(join(root, 'dist'), { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith('.js'),
  );
  const { metafile } = await build({
    absWorkingDir: join(root, 'dist'),
    entryPoints: files,
    outdir: 'nowhere',
    write: false,
    metafile: true,
    bundle: true,
    packages: 'external',
    platform: 'node',
    format: 'esm',
    logLevel: 'error',
  });
  const imports = Object.values(metafile.inputs).flatMap((input) => input.imports);
  const imported = imports.filter(({ external }) => external).map(({ path }) => path);
  const others = imported.filter((name) => !name.startsWith('node:') && name !== 'esbuild' && !builtin.has(name));
  expect([...new Set(others)]).toEqual([]);
});
