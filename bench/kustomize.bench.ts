// One tree of MCP servers, built by kustomize and by us: both as programs that start, read the files and print.
import { spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildKustomization } from '../src/kustomize/build-kustomization.ts';
import { installKustomize } from '../test/kustomize/real-kustomize.ts';
import { filesOf, writeServers } from './server-tree.ts';

const [mode, tree] = process.argv.slice(2);
if (mode === 'build' && tree) process.stdout.write(built(tree));
else await compare();

async function compare(): Promise<void> {
  const kustomize = await installKustomize(join(process.cwd(), 'test/kustomize/kustomize'));
  if (!kustomize) return;
  const version = spawnSync(kustomize, ['version'], { encoding: 'utf8' }).stdout.trim();
  console.log(`  ${cpus().length} × ${cpus()[0]?.model ?? 'unknown'}, Node ${process.version}, kustomize ${version}`);
  console.log('  wall time of the whole program, the least of the rounds');

  for (const { servers, rounds } of [
    { servers: 10, rounds: 7 },
    { servers: 100, rounds: 4 },
    { servers: 250, rounds: 2 },
  ]) {
    const directory = writeServers(servers);
    const times: { theirs: number[]; ours: number[] } = { theirs: [], ours: [] };
    // Interleaved, so that what else the machine does disturbs both.
    for (let round = 0; round < rounds; round += 1) {
      times.theirs.push(timed(kustomize, ['build', directory], servers));
      times.ours.push(timed(process.execPath, [fileURLToPath(import.meta.url), 'build', directory], servers));
    }
    rmSync(directory, { recursive: true });
    const [theirs, ours] = [Math.min(...times.theirs), Math.min(...times.ours)];
    const columns = [servers, theirs.toFixed(0), ours.toFixed(0), (theirs / ours).toFixed(1)] as const;
    const [count, left, right, ratio] = columns.map((column) => String(column).padStart(5));
    console.log(`  ${count} servers  kustomize ${left} ms  berth ${right} ms  ratio ${ratio}`);
  }
}

function timed(program: string, args: readonly string[], servers: number): number {
  const started = performance.now();
  const { stdout, status } = spawnSync(program, args, { encoding: 'utf8', maxBuffer: 1 << 28 });
  const milliseconds = performance.now() - started;
  const objects = stdout.split('\n---\n').length;
  if (status === 0 && objects === servers * 4) return milliseconds;
  throw new Error(`${program} made ${objects} objects of ${servers * 4} and ended with ${status}`);
}

function built(directory: string): string {
  const files = filesOf(directory);
  const { objects } = buildKustomization(files, '');
  return objects.map(({ value }) => JSON.stringify(value)).join('\n---\n');
}
