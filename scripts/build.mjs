// Builds dist/: the bundled command line (one chunk a command, loaded when it is called), the bundled library and its
// types. `npm ci` runs this as `prepare`, so that the binary named in package.json is there afterwards.
import { execFileSync } from 'node:child_process';
import { chmodSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('..', import.meta.url));
rmSync(`${root}/dist`, { recursive: true, force: true });

await build({
  absWorkingDir: root,
  entryPoints: { 'cli/main': 'src/cli/main.ts', index: 'src/index.ts' },
  outdir: 'dist',
  bundle: true,
  splitting: true,
  platform: 'node',
  format: 'esm',
  target: 'node20.19',
  external: ['esbuild'],
  chunkNames: 'chunks/[name]-[hash]',
  legalComments: 'linked',
  // Some dependencies are CommonJS and ask for Node's own modules by require().
  banner: {
    js: "import { createRequire as berthRequire } from 'node:module'; const require = berthRequire(import.meta.url);",
  },
  logLevel: 'warning',
});
chmodSync(`${root}/dist/cli/main.js`, 0o755);

const tsc = createRequire(import.meta.url)
  .resolve('typescript/package.json')
  .replace(/package\.json$/, 'bin/tsc');
execFileSync(process.execPath, [tsc, '-p', 'tsconfig.build.json'], { cwd: root, stdio: 'inherit' });
