// One tree of MCP servers, built by kustomize and by us: both as programs that start, read the files and print.
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildKustomization } from '../src/kustomize/build-kustomization.ts';
import { installKustomize } from '../test/kustomize/real-kustomize.ts';

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
    const directory = writeTree(servers);
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
  const files = new Map<string, string>();
  for (const entry of readdirSync(directory, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    if (entry.isFile()) files.set(relative(directory, path), readFileSync(path, 'utf8'));
  }
  const { objects } = buildKustomization(files, '');
  return objects.map(({ value }) => JSON.stringify(value)).join('\n---\n');
}

/** Fifty servers a directory; a server has code, a Deployment, a Service and a secret object. */
function writeTree(servers: number): string {
  const root = mkdtempSync(join(tmpdir(), 'berth-bench-'));
  const groups = new Map<string, string[]>();
  for (let index = 0; index < servers; index += 1) {
    const group = `group-${Math.floor(index / 50)}`;
    const name = `server-${index}-mcp`;
    groups.set(group, [...(groups.get(group) ?? []), `${name}.yaml`]);
    write(join(root, group, `${name}.yaml`), manifests(name));
  }
  for (const [group, names] of groups) write(join(root, group, 'kustomization.yaml'), list(names));
  write(join(root, 'kustomization.yaml'), `namespace: ai-platform\n${list([...groups.keys()])}`);
  return root;
}

function write(file: string, text: string): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}

function list(entries: readonly string[]): string {
  return `resources:\n${entries.map((entry) => `  - ${entry}\n`).join('')}`;
}

function manifests(name: string): string {
  const code = Array.from(
    { length: 80 },
    (_, line) => `    def tool_${line}(city: str) -> dict: return {"line": ${line}}`,
  );
  return `apiVersion: v1
kind: ConfigMap
metadata:
  name: ${name}-code
data:
  server.py: |
${code.join('\n')}
---
apiVersion: apps/v1
kind: Deployment
metadata:
  name: ${name}
  labels:
    app.kubernetes.io/name: ${name}
    app.kubernetes.io/component: mcp-server
spec:
  replicas: 1
  selector:
    matchLabels:
      app.kubernetes.io/name: ${name}
  template:
    metadata:
      labels:
        app.kubernetes.io/name: ${name}
        app.kubernetes.io/component: mcp-server
    spec:
      containers:
        - name: mcp-server
          image: python:3.11-slim
          command: ["python", "/app/server.py"]
          ports:
            - containerPort: 8080
          env:
            - name: API_KEY
              valueFrom:
                secretKeyRef:
                  name: ${name}-secrets
                  key: API_KEY
          readinessProbe:
            httpGet:
              path: /health
              port: 8080
          resources:
            requests: { memory: 128Mi, cpu: 50m }
            limits: { memory: 256Mi, cpu: 250m }
          volumeMounts:
            - name: code
              mountPath: /app
      volumes:
        - name: code
          configMap:
            name: ${name}-code
---
apiVersion: v1
kind: Service
metadata:
  name: ${name}
spec:
  selector:
    app.kubernetes.io/name: ${name}
  ports:
    - port: 8080
      targetPort: 8080
---
apiVersion: secrets.infisical.com/v1alpha1
kind: InfisicalSecret
metadata:
  name: ${name}-secrets
spec:
  hostAPI: https://infisical.example/api
  authentication:
    universalAuth:
      secretsScope: { projectSlug: platform, envSlug: prod, secretsPath: /mcp }
  managedSecretReference:
    secretName: ${name}-secrets
    secretNamespace: ai-platform
`;
}
