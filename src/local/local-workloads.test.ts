import { describe, expect, test } from 'vitest';
import { readYaml } from '../yaml/read-yaml.ts';
import { forPod, volumeForPod } from './for-pod.ts';
import { localWorkloads } from './local-workloads.ts';
import type { SecretValues } from './types.ts';

type Given = Readonly<Record<string, Readonly<Record<string, string>>>>;

function secretsOf(given: Given): SecretValues {
  return { value: (secret, key) => given[secret]?.[key], all: (secret) => given[secret] ?? {} };
}

function planned(text: string, given: Given = {}) {
  const objects = readYaml('a.yaml', text).documents.map(({ value }) => value);
  return localWorkloads(objects, secretsOf(given));
}

interface Parts {
  spec?: string;
  annotations?: string;
  pod?: string;
  container?: string;
}

/** A Deployment; every part is written in flow style, for brevity. */
function deployment({ spec = '', annotations = '', pod = '', container = '' }: Parts = {}): string {
  return `
apiVersion: apps/v1
kind: Deployment
metadata: { name: weather-mcp, namespace: ai, annotations: { ${annotations} } }
spec:
  ${spec || 'paused: false'}
  selector: { matchLabels: { app: weather-mcp } }
  template:
    metadata: { labels: { app: weather-mcp }, annotations: { mcp-berth.dev/code-sha256: abc } }
    spec:
      ${pod || 'enableServiceLinks: false'}
      containers:
        - name: side
          image: busybox
        - name: mcp-server
          image: python:3.11-slim
          ports: [{ containerPort: 8080, name: http }]
          ${container || 'tty: false'}
---
apiVersion: v1
kind: ConfigMap
metadata: { name: code, namespace: ai }
data: { server.py: 'print(1)', LEVEL: info }
binaryData: { logo.png: iVBORw== }
`;
}

function mainOf(text: string, given: Given = {}) {
  const { workloads, missing, problems } = planned(text, given);
  const [workload] = workloads;
  const container = workload?.template.containers.find(({ name }) => name === 'mcp-server');
  if (!workload || !container) throw new Error('nothing was planned');
  return { workload, container, missing, problems: problems.map(({ message }) => message) };
}

describe('a workload', () => {
  test('has the defaults of Kubernetes', () => {
    const { workload } = mainOf(deployment());
    expect(workload).toMatchObject({
      namespace: 'ai',
      name: 'weather-mcp',
      server: 'weather',
      replicas: 1,
      strategy: { type: 'RollingUpdate', maxSurge: 1, maxUnavailable: 0 },
      progressDeadlineSeconds: 600,
      path: '/mcp',
      services: [],
      template: { image: 'python:3.11-slim', terminationGracePeriodSeconds: 30, codeHash: 'abc' },
    });
  });

  test.each([
    ['replicas: 10', { maxSurge: 3, maxUnavailable: 2 }],
    [
      '{ replicas: 4, strategy: { rollingUpdate: { maxSurge: 0, maxUnavailable: 50% } } }',
      { maxSurge: 0, maxUnavailable: 2 },
    ],
    [
      '{ replicas: 1, strategy: { rollingUpdate: { maxSurge: 0, maxUnavailable: 25% } } }',
      { maxSurge: 0, maxUnavailable: 1 },
    ],
    ['{ replicas: 2, strategy: { type: Recreate } }', { type: 'Recreate', maxUnavailable: 2 }],
  ])('%s rolls out as Kubernetes would do it', (spec, strategy) => {
    const lines = spec.startsWith('{') ? spec.slice(1, -1).replace(', strategy', '\n  strategy') : spec;
    expect(mainOf(deployment({ spec: lines.trim() })).workload.strategy).toMatchObject(strategy);
  });

  test('is served by the Services that select it, their ports by number or name', () => {
    const services = `
---
apiVersion: v1
kind: Service
metadata: { name: weather-mcp, namespace: ai }
spec:
  selector: { app: weather-mcp }
  ports: [{ name: mcp, port: 80, targetPort: http, nodePort: 31100 }, { port: 8080 }, { port: 53, protocol: UDP }]
---
apiVersion: v1
kind: Service
metadata: { name: other, namespace: ai }
spec: { selector: { app: other }, ports: [{ port: 1 }] }
---
apiVersion: v1
kind: Service
metadata: { name: none, namespace: ai }
spec: { ports: [{ port: 1 }] }
`;
    const { workload, container } = mainOf(deployment() + services.replace('port: 8080 }', 'port: 9090 }'));
    expect(container.ports).toEqual([8080, 9090]);
    expect(workload.services).toEqual([
      {
        namespace: 'ai',
        name: 'weather-mcp',
        ports: [
          { name: 'mcp', port: 80, targetPort: 8080, nodePort: 31_100 },
          { port: 9090, targetPort: 9090 },
        ],
      },
    ]);
  });

  test('says its path and its package', () => {
    const annotations = `mcp-berth.dev/path: /sse, mcp-berth.dev/package: 'npm:@scope/name@1.2.3'`;
    const { workload, container } = mainOf(deployment({ annotations }));
    expect(workload.path).toBe('/sse');
    expect(container.package).toEqual({ registry: 'npm', name: '@scope/name', version: '1.2.3' });
    const broken = mainOf(deployment({ annotations: 'mcp-berth.dev/package: docker:x' }));
    expect(broken.problems).toEqual(['mcp-berth.dev/package is neither npm:NAME@VERSION nor pypi:NAME==VERSION']);
  });

  test('changes its content hash with its ConfigMap, and its template hash only with its template', () => {
    const mounted = { pod: 'volumes: [{ name: code, configMap: { name: code } }]' };
    const before = mainOf(deployment(mounted)).workload.template;
    const code = mainOf(deployment(mounted).replace('print(1)', 'print(2)')).workload.template;
    const image = mainOf(deployment(mounted).replace('3.11', '3.12')).workload.template;
    expect(code.hash).toBe(before.hash);
    expect(code.contentHash).not.toBe(before.contentHash);
    expect(image.hash).not.toBe(before.hash);
  });
});

describe('the environment', () => {
  test('is resolved in the order of the kubelet, with what is secret marked', () => {
    const container = `
          envFrom: [{ configMapRef: { name: code }, prefix: C_ }, { secretRef: { name: plain } }]
          env:
            - { name: A, value: "1" }
            - { name: B, value: "$(A)-$(LATER)-$$(A)" }
            - { name: LATER, value: x }
            - { name: LEVEL, valueFrom: { configMapKeyRef: { name: code, key: LEVEL } } }
            - { name: NONE, valueFrom: { configMapKeyRef: { name: code, key: none, optional: true } } }
            - { name: URL, value: "http://$(TOKEN)@host" }
            - { name: POD, valueFrom: { fieldRef: { fieldPath: metadata.name } } }
            - { name: IP, valueFrom: { fieldRef: { fieldPath: status.podIP } } }
            - { name: APP, valueFrom: { fieldRef: { fieldPath: "metadata.labels['app']" } } }
            - { name: MIB, valueFrom: { resourceFieldRef: { resource: limits.memory, divisor: 1Mi } } }
          resources: { limits: { memory: 256Mi } }
          args: ["--name=$(POD)", "$(NOBODY)"]`.trim();
    const secret = `
---
apiVersion: v1
kind: Secret
metadata: { name: plain, namespace: ai }
data: { TOKEN: czNjcjN0 }
`;
    const { container: plan, problems, missing } = mainOf(deployment({ container }) + secret);
    expect({ problems, missing }).toEqual({ problems: [], missing: [] });
    const pod = forPod(plan, { name: 'weather-mcp-1', address: '10.244.0.7' });
    expect(pod.env).toEqual({
      C_LEVEL: 'info',
      'C_server.py': 'print(1)',
      TOKEN: 's3cr3t',
      A: '1',
      B: '1-$(LATER)-$(A)',
      LATER: 'x',
      LEVEL: 'info',
      URL: 'http://s3cr3t@host',
      POD: 'weather-mcp-1',
      IP: '10.244.0.7',
      APP: 'weather-mcp',
      MIB: '256',
    });
    expect(pod.args).toEqual(['--name=weather-mcp-1', '$(NOBODY)']);
    expect(pod.secretEnv).toEqual(['TOKEN', 'URL']);
    expect(pod.memoryBytes).toBe(268_435_456);
  });

  test('names every missing secret at once, of every kind of object that makes Secrets', () => {
    const container = `
          envFrom: [{ secretRef: { name: sealed } }, { secretRef: { name: unknown } }]
          env:
            - { name: A, valueFrom: { secretKeyRef: { name: infisical, key: A } } }
            - { name: B, valueFrom: { secretKeyRef: { name: infisical, key: B } } }
            - { name: O, valueFrom: { secretKeyRef: { name: infisical, key: O, optional: true } } }
            - { name: S, valueFrom: { secretKeyRef: { name: sops, key: S } } }`.trim();
    const makers = `
---
apiVersion: secrets.infisical.com/v1alpha1
kind: InfisicalSecret
metadata: { name: i, namespace: ai }
spec: { managedSecretReference: { secretName: infisical, secretNamespace: ai } }
---
apiVersion: bitnami.com/v1alpha1
kind: SealedSecret
metadata: { name: sealed, namespace: ai }
spec: { encryptedData: { X: AgA, Y: AgB } }
---
apiVersion: v1
kind: Secret
metadata: { name: sops, namespace: ai }
data: { S: 'ENC[AES256_GCM]' }
sops: { version: 3 }
`;
    const text = deployment({ container }) + makers;
    const { missing } = mainOf(text, { infisical: { A: 'a' } });
    expect(missing.map(({ secret, key }) => `${secret}/${key}`).toSorted()).toEqual([
      'infisical/B',
      'sealed/X',
      'sealed/Y',
      'sops/S',
      'unknown/*',
    ]);
    const given = { infisical: { A: 'a', B: 'b' }, sealed: { X: 'x', Y: 'y' }, unknown: { Z: 'z' }, sops: { S: 's' } };
    const whole = mainOf(text, given);
    expect(whole.missing).toEqual([]);
    expect(whole.container.env).toEqual({ X: 'x', Y: 'y', Z: 'z', A: 'a', B: 'b', S: 's' });
  });

  test('names a ConfigMap or a key that is not there', () => {
    const container = `
          env:
            - { name: A, valueFrom: { configMapKeyRef: { name: code, key: none } } }
            - { name: B, valueFrom: { configMapKeyRef: { name: none, key: x } } }`.trim();
    expect(mainOf(deployment({ container })).problems).toEqual([
      `container mcp-server: couldn't find key none in ConfigMap code`,
      'container mcp-server: configmap "none" not found',
    ]);
  });
});

describe('volumes', () => {
  test('hold what their sources say', () => {
    const pod = `
      volumes:
        - { name: code, configMap: { name: code } }
        - { name: some, configMap: { name: code, defaultMode: 292, items: [{ key: server.py, path: lib/main.py, mode: 493 }] } }
        - { name: tokens, secret: { secretName: tokens, items: [{ key: t, path: token }] } }
        - { name: tmp, emptyDir: { sizeLimit: 64Mi } }
        - { name: data, persistentVolumeClaim: { claimName: data } }
        - name: all
          projected:
            sources:
              - configMap: { name: code, items: [{ key: LEVEL, path: level }] }
              - downwardAPI: { items: [{ path: labels, fieldRef: { fieldPath: metadata.labels } }, { path: name, fieldRef: { fieldPath: metadata.name } }] }`.trim();
    const container =
      'volumeMounts: [{ name: code, mountPath: /app/, readOnly: true }, { name: some, mountPath: /x, subPath: lib }]';
    const { workload, container: plan, problems } = mainOf(deployment({ pod, container }), { tokens: { t: 'v' } });
    const { volumes, notEnforced } = workload.template;
    expect(problems).toEqual([]);
    expect(notEnforced).toEqual(['what is kept in the claim data ends with its pod']);
    expect(plan.mounts).toEqual([
      { volume: 'code', mountPath: '/app', readOnly: true },
      { volume: 'some', mountPath: '/x', subPath: 'lib', readOnly: false },
    ]);
    expect(volumes.get('code')).toMatchObject({
      kind: 'files',
      mode: 0o644,
      secret: false,
      files: new Map<string, unknown>([
        ['server.py', 'print(1)'],
        ['LEVEL', 'info'],
        ['logo.png', Buffer.from('iVBORw==', 'base64')],
      ]),
    });
    expect(volumes.get('some')).toMatchObject({
      mode: 0o444,
      modes: new Map([['lib/main.py', 0o755]]),
      files: new Map([['lib/main.py', 'print(1)']]),
    });
    expect(volumes.get('tokens')).toMatchObject({ secret: true, files: new Map([['token', 'v']]) });
    expect(volumes.get('tmp')).toEqual({ kind: 'empty', sizeLimitBytes: 67_108_864 });
    expect(volumes.get('data')).toEqual({ kind: 'empty' });
    const all = volumes.get('all');
    expect(all && volumeForPod(all, { name: 'weather-mcp-1', address: '10.244.0.7' })).toMatchObject({
      files: new Map([
        ['level', 'info'],
        ['labels', 'app="weather-mcp"'],
        ['name', 'weather-mcp-1'],
      ]),
    });
  });

  test('that cannot be had, or would leave their place, are named', () => {
    const pod = `volumes: [{ name: host, hostPath: { path: / } }, { name: code, configMap: { name: code, items: [{ key: LEVEL, path: ../../x }] } }]`;
    const container =
      'volumeMounts: [{ name: none, mountPath: /a }, { name: code, mountPath: /b/../../c }, { name: code, mountPath: /d, subPath: ../x }]';
    expect(mainOf(deployment({ pod, container })).problems).toEqual([
      'volume host: hostPath cannot be had on this machine',
      'volume code: no file can be called "../../x"',
      'container mcp-server: /b/../../c is no place for a mount',
      'container mcp-server: ../x leaves its volume',
      'container mcp-server: no volume none',
    ]);
  });
});

test('probes have the defaults of Kubernetes, and ports by name', () => {
  const container = `
          readinessProbe: { httpGet: { path: /health, port: http, httpHeaders: [{ name: Host, value: x }] } }
          livenessProbe: { tcpSocket: { port: 8080 }, periodSeconds: 3, failureThreshold: 1 }
          startupProbe: { httpGet: { port: mcp } }`.trim();
  const { container: plan, problems } = mainOf(deployment({ container }));
  expect(plan.readiness).toEqual({
    action: { kind: 'http', path: '/health', port: 8080, scheme: 'HTTP', headers: { Host: 'x' } },
    initialDelaySeconds: 0,
    periodSeconds: 10,
    timeoutSeconds: 1,
    successThreshold: 1,
    failureThreshold: 3,
  });
  expect(plan.liveness).toMatchObject({ action: { kind: 'tcp', port: 8080 }, periodSeconds: 3, failureThreshold: 1 });
  expect(plan.startup).toBeUndefined();
  expect(problems).toEqual(['container mcp-server: a probe asks port "mcp", and the container has none of that name']);
});
