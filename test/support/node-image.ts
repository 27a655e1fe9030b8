import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { ContainerEngine } from '../../src/effects/cluster/local/containers/container-engine.ts';

export const nodeImage = `localhost/mcp-berth-test/node:${process.versions.node}`;

/** Sees to it that the engine has the image of the running Node. */
export async function haveNodeImage(engine: ContainerEngine, signal: AbortSignal): Promise<void> {
  if (!(await engine.image(nodeImage, signal))) importNodeImage(engine.name);
}

/** An image of nothing but this Node and the libraries that it needs: nothing is pulled. */
function importNodeImage(program: string): void {
  const root = mkdtempSync(join(tmpdir(), 'berth-image-'));
  const put = (from: string, to: string): void => {
    mkdirSync(dirname(join(root, to)), { recursive: true });
    cpSync(realpathSync(from), join(root, to));
  };
  const libraries = execFileSync('ldd', [process.execPath], { encoding: 'utf8' }).match(/\/\S+/g) ?? [];
  for (const library of libraries) put(library, library);
  put(process.execPath, '/usr/bin/node');
  mkdirSync(join(root, 'tmp'));
  const archive = execFileSync('tar', ['-c', '-C', root, '.'], { maxBuffer: 1 << 29 });
  execFileSync(program, ['import', '--change', 'ENTRYPOINT ["/usr/bin/node"]', '-', nodeImage], {
    input: archive,
    stdio: 'pipe',
  });
  rmSync(root, { recursive: true, force: true });
}
