// Runs the benchmarks, apart from the tests: `npm run bench`, or `npm run bench -- startup`. Each is a program of its
// own that prints what it measured and ends with 1 where an aim is missed.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('..', import.meta.url));
const wanted = process.argv.slice(2);
const benchmarks = readdirSync(join(root, 'bench'))
  .filter((file) => file.endsWith('.bench.ts'))
  .filter((file) => wanted.length === 0 || wanted.some((name) => file.startsWith(name)));

// Beside the modules, so that what is not bundled is found.
const scratch = mkdtempSync(join(root, 'node_modules/.bench-'));
try {
  const entryPoints = benchmarks.map((file) => join('bench', file));
  const options = { bundle: true, platform: 'node', format: 'esm', packages: 'external', logLevel: 'warning' };
  await build({ absWorkingDir: root, entryPoints, outdir: scratch, outExtension: { '.js': '.mjs' }, ...options });
  const failed = benchmarks.filter((file) => {
    console.log(`\n${file}`);
    const program = join(scratch, file.replace(/\.ts$/, '.mjs'));
    return spawnSync(process.execPath, [program], { cwd: root, stdio: 'inherit' }).status !== 0;
  });
  if (failed.length > 0) console.error(`\nAims missed: ${failed.join(', ')}`);
  process.exitCode = failed.length > 0 ? 1 : 0;
} finally {
  rmSync(scratch, { recursive: true, force: true });
}
