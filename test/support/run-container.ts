import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';

interface Container {
  command?: readonly string[];
  env?: readonly { name: string; value?: string; valueFrom?: { secretKeyRef: { key: string } } }[];
}

/** What of a Deployment and its ConfigMap is needed to run them. */
export interface RunnablePod {
  containers: readonly Container[];
  initContainers?: readonly Container[];
  files: Readonly<Record<string, string>>;
  binaryFiles?: Readonly<Record<string, string>>;
  secrets?: Readonly<Record<string, string>>;
  /** Programs of the image → programs of this machine. */
  programs?: Readonly<Record<string, readonly string[]>>;
}

/** Runs the commands of a pod as its manifest has them, in a folder instead of a container; ends with the test. */
export async function runPod(pod: RunnablePod): Promise<{ url: string; stop: () => Promise<number | null> }> {
  const root = mkdtempSync(join(tmpdir(), 'berth-pod-'));
  for (const folder of ['app', 'packages', 'tmp']) mkdirSync(join(root, folder));
  const write = (name: string, content: string | Buffer): void => {
    mkdirSync(dirname(join(root, 'app', name)), { recursive: true });
    writeFileSync(join(root, 'app', name), content);
  };
  for (const [name, content] of Object.entries(pod.files)) write(name, content);
  for (const [name, content] of Object.entries(pod.binaryFiles ?? {})) write(name, Buffer.from(content, 'base64'));

  const port = await freePort();
  for (const container of pod.initContainers ?? []) {
    const { program, args, env } = prepared(container, root, port, pod);
    const { status, stderr, error } = spawnSync(program, args, { env, encoding: 'utf8' });
    if (status !== 0) throw new Error(`the init container failed: ${error?.message ?? stderr}`);
  }
  const [container = {}] = pod.containers;
  const { program, args, env } = prepared(container, root, port, pod);
  const child = spawn(program, args, { env, stdio: ['ignore', 'pipe', 'pipe'] });
  const log: string[] = [];
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => log.push(chunk.toString()));
  const ended = new Promise<number | null>((resolve) => {
    child.once('close', resolve);
  });
  onTestFinished(async () => {
    child.kill('SIGKILL');
    await ended;
    rmSync(root, { recursive: true, force: true });
  });
  await healthy(`http://127.0.0.1:${port}/health`, child, log);
  return {
    url: `http://127.0.0.1:${port}`,
    stop: async () => {
      child.kill('SIGTERM');
      return ended;
    },
  };
}

function prepared({ command = [], env = [] }: Container, root: string, port: number, pod: RunnablePod) {
  const inRoot = (text: string): string => text.replaceAll(/(^|=)\/(app|packages|tmp)(?=\/|$)/g, `$1${root}/$2`);
  const [name = '', ...rest] = command.map(inRoot);
  const [program = name, ...before] = pod.programs?.[name] ?? [];
  const values = env.map(({ name: key, value, valueFrom }) => [
    key,
    inRoot(value ?? pod.secrets?.[valueFrom?.secretKeyRef.key ?? ''] ?? ''),
  ]);
  // How this machine reaches its package index stays as it is.
  const own = { ...Object.fromEntries(values), PORT: String(port) };
  return { program, args: [...before, ...rest], env: { ...process.env, ...own } };
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  await new Promise((resolve) => {
    server.close(resolve);
  });
  return typeof address === 'object' && address ? address.port : 0;
}

/** As a startup probe: until it answers 200, or its process ends. */
async function healthy(url: string, child: ChildProcess, log: readonly string[]): Promise<void> {
  const deadline = Date.now() + 120_000;
  while (child.exitCode === null && Date.now() < deadline) {
    const status = await fetch(url).then(
      (response) => response.status,
      () => 0,
    );
    if (status === 200) return;
    await new Promise((resolve) => {
      setTimeout(resolve, 200);
    });
  }
  throw new Error(`${url} never answered 200 (exit code ${child.exitCode}): ${log.join('')}`);
}
