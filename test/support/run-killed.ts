import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildSync } from 'esbuild';

/**
 * Runs code that uses one module of `src/` in a process of its own, which dies at a fault point. Gives back the signal
 * that ended it. In the code the module's exports are `m`.
 */
export function runKilled(module: string, code: string, point: string): string | null {
  const folder = mkdtempSync(join(tmpdir(), 'berth-child-'));
  try {
    const outfile = join(folder, 'module.mjs');
    const entry = fileURLToPath(new URL(`../../src/${module}`, import.meta.url));
    buildSync({ entryPoints: [entry], outfile, bundle: true, platform: 'node', format: 'esm' });
    const script = `const m = await import(${JSON.stringify(outfile)});\n${code}`;
    const { signal, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', script], {
      env: { ...process.env, BERTH_KILL_AT: point },
      encoding: 'utf8',
    });
    if (signal === null) throw new Error(`it was not killed at ${point}: ${stderr}`);
    return signal;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
