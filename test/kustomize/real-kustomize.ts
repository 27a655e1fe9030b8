import { execFile, execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

/** Builds kustomize at the version that its go.mod pins, once; undefined where there is no Go. Fails in CI then. */
export async function installKustomize(
  module = fileURLToPath(new URL('kustomize/', import.meta.url)),
): Promise<string | undefined> {
  const lock = ['go.mod', 'go.sum'].map((file) => readFileSync(join(module, file)));
  const hash = createHash('sha256').update(Buffer.concat(lock)).digest('hex').slice(0, 16);
  const binary = join(process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'mcp-berth/test', hash, 'kustomize');
  if (existsSync(binary)) return binary;
  if (!hasGo()) {
    if (process.env['CI'] === 'true') throw new Error('The comparison with kustomize needs Go: https://go.dev/dl/');
    process.stderr.write('\nNOT TESTED: the comparison with the real kustomize needs Go, and there is none here.\n\n');
    return undefined;
  }
  mkdirSync(dirname(binary), { recursive: true });
  const fresh = `${binary}.${process.pid}`;
  process.stderr.write('\nBuilding kustomize for the tests; this takes a minute, once.\n');
  // Not in step: the runner of the tests would miss its worker for so long.
  await promisify(execFile)('go', ['build', '-o', fresh, 'sigs.k8s.io/kustomize/kustomize/v5'], { cwd: module });
  renameSync(fresh, binary);
  return binary;
}

/** What `kustomize build` prints; what it says on standard error where it refuses. */
export function runKustomize(
  binary: string,
  files: Readonly<Record<string, string>>,
  directory: string,
): { output: string } | { refusal: string } {
  const root = mkdtempSync(join(tmpdir(), 'berth-kustomize-'));
  try {
    for (const [file, text] of Object.entries(files)) {
      mkdirSync(dirname(join(root, file)), { recursive: true });
      writeFileSync(join(root, file), text);
    }
    // Nothing may be fetched: what is remote is refused for a reason of its own.
    const env = { PATH: '', HOME: root, HTTPS_PROXY: 'http://127.0.0.1:1', HTTP_PROXY: 'http://127.0.0.1:1' };
    return { output: execFileSync(binary, ['build', join(root, directory)], { env, encoding: 'utf8', stdio: 'pipe' }) };
  } catch (error) {
    if (error instanceof Error && 'stderr' in error) return { refusal: String(error.stderr) };
    throw error;
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

function hasGo(): boolean {
  try {
    execFileSync('go', ['version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}
