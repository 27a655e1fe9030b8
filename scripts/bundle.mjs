// Bundles the command line (one chunk a command, loaded when it is called) and the library into dist/.
import { chmodSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('..', import.meta.url));

await build({
  absWorkingDir: root,
  entryPoints: {
    'cli/main': 'src/cli/main.ts',
    index: 'src/index.ts',
    supervisor: 'src/effects/cluster/local/supervisor/main.ts',
  },
  outdir: 'dist',
  bundle: true,
  splitting: true,
  platform: 'node',
  format: 'esm',
  target: 'node20.19',
  external: ['esbuild'],
  // The ES modules of a package where it has both: a UMD wrapper (jsonc-parser) hides its requires from the bundler.
  mainFields: ['module', 'main'],
  chunkNames: 'chunks/[name]-[hash]',
  legalComments: 'linked',
  // Some dependencies are CommonJS and ask for Node's own modules by require().
  banner: {
    js: "import { createRequire as berthRequire } from 'node:module'; const require = berthRequire(import.meta.url);",
  },
  logLevel: 'warning',
});
chmodSync(`${root}/dist/cli/main.js`, 0o755);
