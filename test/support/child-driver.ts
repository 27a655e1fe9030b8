import { execFile, spawn } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import type { Driver } from '../../src/effects/cluster/local/driver.ts';
import { freePort } from '../../src/effects/free-port.ts';

/** The smallest driver there can be: children without any isolation, which find their ports in `PORT_<port>`. */
export function childDriver(): Driver & { alive(): number } {
  const children = new Set<ReturnType<typeof spawn>>();
  return {
    kind: 'process',
    alive: () => children.size,
    refusal: async () => undefined,
    notEnforced: async () => [],
    prepare: async ({ folder }) => void (await mkdir(folder, { recursive: true })),
    async start(pod, plan, logFile) {
      const ports = new Map<number, number>();
      for (const port of plan.ports) ports.set(port, await freePort());
      const mapped = Object.fromEntries([...ports].map(([port, local]) => [`PORT_${port}`, String(local)]));
      const [command = 'false', ...args] = [...(plan.command ?? []), ...(plan.args ?? [])];
      const env = { PATH: process.env['PATH'], ...plan.env, ...mapped };
      const child = spawn(command, args, { cwd: pod.folder, env, stdio: ['ignore', 'pipe', 'pipe'] });
      const log = createWriteStream(logFile, { flags: 'a' });
      child.stdout.pipe(log, { end: false });
      child.stderr.pipe(log, { end: false });
      children.add(child);
      const exited = new Promise<{ exitCode: number; outOfMemory: boolean }>((resolve) => {
        child.once('close', (code, signal) => {
          children.delete(child);
          log.end();
          const exitCode = code ?? 128 + (signal === 'SIGKILL' ? 9 : 15);
          resolve({ exitCode, outOfMemory: exitCode === 137 && plan.memoryBytes !== undefined });
        });
      });
      await new Promise<void>((resolve, reject) => {
        child.once('spawn', resolve);
        child.once('error', reject);
      });
      return {
        ports,
        ...(child.pid === undefined ? {} : { pid: child.pid }),
        exited,
        async stop(graceSeconds) {
          child.kill('SIGTERM');
          const timer = setTimeout(() => child.kill('SIGKILL'), graceSeconds * 1000);
          await exited;
          clearTimeout(timer);
        },
        exec: async ([program = 'false', ...rest], signal) =>
          new Promise((resolve) => {
            execFile(program, rest, { signal, cwd: pod.folder }, (error, stdout, stderr) => {
              resolve({
                exitCode: typeof error?.code === 'number' ? error.code : error ? 1 : 0,
                output: stdout + stderr,
              });
            });
          }),
      };
    },
    dispose: async ({ folder }) => rm(folder, { recursive: true, force: true }),
    sweep: async () => [],
  };
}
