// A repository of MCP servers as they are written by hand, for benchmarks to read.
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';

/** Every file of a directory, by its path from there. */
export function filesOf(directory: string): Map<string, string> {
  const files = new Map<string, string>();
  for (const entry of readdirSync(directory, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    if (entry.isFile()) files.set(relative(directory, path), readFileSync(path, 'utf8'));
  }
  return files;
}

/** Fifty servers a directory; a server has code, a Deployment, a Service and a secret object. */
export function writeServers(servers: number): string {
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
