import { built, type Case, type Cases, configMap, deployment, documents, service, serviceAccount } from './cases.ts';

const indent = (text: string): string => text.replaceAll(/^(?=.)/gm, '      ');
const patched = (patch: string, manifest = deployment(), target = ''): Case =>
  built(`resources: [a.yaml]\npatches:\n  - ${target && `target: ${target}\n    `}patch: |\n${indent(patch)}`, {
    'a.yaml': manifest,
  });
const pod = (spec: string): string =>
  `apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: weather-mcp\nspec:\n  template:\n    spec:\n${spec.replaceAll(/^(?=.)/gm, '      ')}`;

/** Strategic merge and RFC 6902. */
export const patchCases: Cases = {
  'containers merge by name, and new ones come first': patched(
    pod(`containers:
  - name: mcp-server
    image: python:3.12
    resources: { limits: { memory: 256Mi } }
  - { name: sidecar, image: busybox }
`),
  ),
  'variables merge by name': patched(
    pod(`containers:
  - name: mcp-server
    env:
      - { name: LOG_LEVEL, value: debug }
      - { name: NEW, value: "1" }
      - { name: API_KEY, valueFrom: null, value: plain }
`),
  ),
  'an item is deleted by a directive': patched(
    pod(`containers:
  - name: mcp-server
    env:
      - { name: LOG_LEVEL, $patch: delete }
    volumeMounts:
      - { mountPath: /tmp, $patch: delete }
volumes:
  - { name: tmp, $patch: delete }
  - { name: none, $patch: delete }
`),
  ),
  'a list is replaced by a directive': patched(
    pod(`containers:
  - $patch: replace
  - { name: only, image: x }
initContainers:
  - $patch: delete
`),
  ),
  'a map is replaced or deleted by a directive': patched(`apiVersion: apps/v1
kind: Deployment
metadata:
  name: weather-mcp
  labels: { $patch: replace, fresh: "1" }
spec:
  selector: { $patch: delete }
  strategy: { $patch: replace, type: Recreate }
`),
  'an object is deleted by a directive': patched(
    'apiVersion: v1\nkind: Service\nmetadata: { name: weather-mcp }\n$patch: delete\n',
    documents(deployment(), service()),
  ),
  'all objects of a target are deleted': patched(
    'kind: ConfigMap\nmetadata: { name: any }\n$patch: delete\n',
    documents(configMap('a'), configMap('b'), service()),
    '{ kind: ConfigMap }',
  ),
  'null removes, and lists of scalars are replaced': patched(
    pod(`serviceAccountName: null
containers:
  - { name: mcp-server, command: [node, server.js], envFrom: null, ports: null }
`),
  ),
  'ports merge by number and protocol': patched(
    pod(`containers:
  - name: mcp-server
    ports:
      - { containerPort: 8080, name: renamed }
      - { containerPort: 9090, protocol: TCP }
`),
  ),
  'ports with and without a protocol': patched(
    pod(`containers:
  - name: mcp-server
    ports:
      - { containerPort: 8080, protocol: TCP, name: changed }
      - { containerPort: 8080, protocol: UDP }
`),
    deployment().replace('- containerPort: 8080\n', '- containerPort: 8080\n              protocol: TCP\n'),
  ),
  'a protocol on one side only': patched(
    pod(
      'containers:\n  - name: mcp-server\n    ports:\n      - { containerPort: 8080, protocol: TCP, name: changed }\n      - { containerPort: 7070 }\n',
    ),
  ),
  'ports of a Service': patched(
    'apiVersion: v1\nkind: Service\nmetadata: { name: weather-mcp }\nspec:\n  ports:\n    - { port: 8080, nodePort: 31118, protocol: TCP }\n    - { port: 9090, targetPort: metrics }\n',
    service(),
  ),
  'volumes change their kind': patched(
    pod(
      'volumes:\n  - { name: code, configMap: null, emptyDir: {} }\n  - { name: tmp, emptyDir: { sizeLimit: 1Mi } }\n',
    ),
  ),
  'repeated items collapse where a patch passes by': patched(
    pod('nodeSelector: { a: b }\n'),
    deployment().replace('          envFrom:', '            - { name: LOG_LEVEL, value: twice }\n          envFrom:'),
  ),
  'an item without its key': patched(pod('containers:\n  - name: mcp-server\n    env:\n      - { value: nameless }\n')),
  'an item without its key in the object': patched(
    pod('containers:\n  - name: mcp-server\n    env:\n      - { name: A, value: b }\n'),
    deployment().replace('- name: LOG_LEVEL\n              value: info', '- value: info'),
  ),
  'keys without a value disappear, spelled nulls stay': patched(
    pod('nodeSelector: { a: b }\n'),
    deployment()
      .replace('emptyDir: {}', 'emptyDir:')
      .replace('replicas: 1', 'replicas: null\n  paused: ~\n  strategy:'),
  ),
  'nulls in what is added disappear': patched(
    'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: c }\ndata: { a: null, b: { c: null, d: 1 }, e: [null, 1] }\n',
    'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: c }\n',
  ),
  'lists of custom resources are replaced': patched(
    'apiVersion: example.com/v1\nkind: Thing\nmetadata: { name: t }\nspec: { containers: [{ name: a, env: [] }], map: { b: 2 } }\n',
    'apiVersion: example.com/v1\nkind: Thing\nmetadata: { name: t, finalizers: [x] }\nspec: { containers: [{ name: a, image: b }, { name: c }], map: { a: 1 } }\n',
  ),
  'a pod within a custom resource is known by its kind': patched(
    'apiVersion: example.com/v1\nkind: Thing\nmetadata: { name: t }\nspec: { template: { apiVersion: v1, kind: Pod, spec: { containers: [{ name: a, env: [{ name: X }] }] } } }\n',
    'apiVersion: example.com/v1\nkind: Thing\nmetadata: { name: t }\nspec: { template: { apiVersion: v1, kind: Pod, spec: { containers: [{ name: a, image: b }, { name: c }] } } }\n',
  ),
  'finalizers merge as a set': patched(
    'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: c, finalizers: [b.example/x, c.example/x] }\n',
    'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: c, finalizers: [a.example/x, b.example/x] }\n',
  ),
  'webhooks, host aliases, pull secrets and spread constraints': patched(
    pod(
      'hostAliases: [{ ip: 10.0.0.1, hostnames: [b] }]\nimagePullSecrets: [{ name: b }]\ntopologySpreadConstraints: [{ topologyKey: zone, whenUnsatisfiable: DoNotSchedule, maxSkew: 2 }]\ntolerations: [{ key: b }]\n',
    ),
    deployment(
      'weather-mcp',
      '      hostAliases: [{ ip: 10.0.0.1, hostnames: [a] }, { ip: 10.0.0.2, hostnames: [c] }]\n      imagePullSecrets: [{ name: a }]\n      topologySpreadConstraints: [{ topologyKey: zone, whenUnsatisfiable: DoNotSchedule, maxSkew: 1 }, { topologyKey: host, whenUnsatisfiable: ScheduleAnyway }]\n      tolerations: [{ key: a }]\n',
    ),
  ),
  'a target by kind and a regular expression': patched(
    'apiVersion: ignored/v9\nkind: Anything\nmetadata: { name: ignored, namespace: ignored }\nspec: { replicas: 4 }\n',
    documents(deployment('a-mcp'), deployment('b-mcp'), deployment('c')),
    '{ kind: Deployment, name: ".*-mcp" }',
  ),
  'a target by labels and annotations': patched(
    'kind: X\nmetadata: { name: x }\ndata: { hit: "1" }\n',
    documents(
      ...[
        ['a', 'tier: web', ''],
        ['b', 'tier: db', 'managed: "true"'],
        ['c', 'other: "1"', ''],
        ['d', 'tier: web', 'managed: "true"'],
      ].map(
        ([name, labels, annotations]) =>
          `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: ${name}, labels: { ${labels} }, annotations: { ${annotations} } }\n`,
      ),
    ),
    '{ labelSelector: "tier in (web, api),!old", annotationSelector: managed=true }',
  ),
  'a target by a negated set and a missing label': patched(
    'kind: X\nmetadata: { name: x }\ndata: { hit: "1" }\n',
    documents(
      'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: a, labels: { tier: web } }\n',
      'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: b }\n',
      'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: c, labels: { tier: db, n: "5" } }\n',
    ),
    '{ labelSelector: "tier notin (web),n!=6" }',
  ),
  'a target by group, version and namespace': patched(
    'kind: X\nmetadata: { name: x }\nspec: { replicas: 9 }\n',
    documents(
      deployment(),
      deployment('x').replace('metadata:', 'metadata:\n  namespace: other'),
      'apiVersion: example.com/v1\nkind: Deployment\nmetadata: { name: mine }\n',
    ),
    '{ group: "app.?", version: v1, namespace: "default|none" }',
  ),
  'a target that nobody is': patched('kind: X\nmetadata: { name: x }\n', deployment(), '{ kind: Nothing }'),
  'labels of a targeted patch are texts, nulls included': patched(
    'kind: X\nmetadata: { name: x, labels: { app: null, n: 1.10, t: true }, annotations: { gone: null, o: 0755, e: } }\n',
    deployment().replace('  labels:', '  annotations: { gone: x, e: y }\n  labels:'),
    '{ kind: Deployment }',
  ),
  'labels of a patch by name are removed by null': patched(
    'apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: weather-mcp, labels: { app: null, n: 5 }, annotations: { gone: null, o: 0755 } }\n',
    deployment().replace('  labels:', '  annotations: { gone: x }\n  labels:'),
  ),
  'a patch may change names where it is allowed': built(
    'resources: [a.yaml]\npatches:\n  - target: { kind: ConfigMap }\n    options: { allowNameChange: true, allowKindChange: true }\n    patch: |\n      kind: Secret\n      metadata: { name: renamed }\n',
    { 'a.yaml': documents(configMap(), deployment()) },
  ),
  'several patches in one item': patched(
    documents(
      'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: a }\ndata: { x: "1" }\n',
      'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: b }\ndata: { x: "2" }\n',
    ),
    documents(configMap('a'), configMap('b')),
  ),
  'a patch in a file, and one for an object of the base under its old name': {
    files: {
      'kustomization.yaml':
        'resources: [base]\npatches:\n  - path: fix/p.yaml\n  - { path: fix/j.json, target: { name: weather-mcp } }\n',
      'fix/p.yaml': 'apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: weather-mcp }\nspec: { replicas: 7 }\n',
      'fix/j.json': '[{"op": "add", "path": "/metadata/annotations/a~1b", "value": "x"}]',
      'base/kustomization.yaml': 'namePrefix: base-\nnamespace: ns\nresources: [a.yaml]\n',
      'base/a.yaml': deployment(),
    },
  },
  'JSON operations of every sort': patched(
    `- { op: add, path: /spec/template/spec/containers/0/env/-, value: { name: LAST, value: "1" } }
- { op: add, path: /spec/template/spec/containers/0/env/0, value: { name: FIRST, value: "1" } }
- { op: replace, path: /spec/replicas, value: 3 }
- { op: replace, path: /spec/paused, value: true }
- { op: test, path: /metadata/name, value: weather-mcp }
- { op: copy, from: /metadata/labels/app, path: /metadata/labels/copy }
- { op: move, from: /spec/template/spec/serviceAccountName, path: /spec/template/spec/serviceAccount }
- { op: remove, path: /spec/template/spec/volumes/-1 }
- { op: add, path: /metadata/labels/app.kubernetes.io~1name, value: weather-mcp }
- { op: add, path: /spec/template/spec/nodeSelector, value: { "a~b": null } }
- { op: add, path: "/spec/template/spec/nodeSelector/a~0b", value: 5 }
`,
    deployment(),
    '{ kind: Deployment }',
  ),
  'JSON operations renaming what others name': patched(
    '- { op: replace, path: /metadata/name, value: renamed }\n- { op: add, path: /metadata/annotations/new, value: 1.5 }\n',
    documents(deployment(), configMap()),
    '{ kind: ConfigMap }',
  ),
  'values of JSON patches are YAML 1.1': patched(
    '- { op: add, path: /data/a, value: yes }\n- { op: add, path: /data/b, value: 0755 }\n- { op: add, path: /data/c, value: 2026-01-31 }\n- { op: add, path: /data/d, value: "off" }\n',
    configMap('c'),
    '{ kind: ConfigMap }',
  ),
  'old patches: strategic merge by path and inline': built(
    'resources: [a.yaml]\npatchesStrategicMerge:\n  - p.yaml\n  - |-\n    apiVersion: apps/v1\n    kind: Deployment\n    metadata: { name: weather-mcp, labels: { app: null } }\n    spec: { replicas: 2 }\n',
    {
      'a.yaml': documents(deployment(), service()),
      'p.yaml': documents(
        'apiVersion: v1\nkind: Service\nmetadata: { name: weather-mcp }\n$patch: delete\n',
        'apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: weather-mcp }\nspec: { paused: true }\n',
      ),
    },
  ),
  'old patches: JSON 6902 after everything else': built(
    'resources: [a.yaml]\nnamePrefix: p-\ncommonLabels: { x: "1" }\npatchesJson6902:\n  - target: { version: v1, kind: Service, name: weather-mcp }\n    patch: |-\n      - { op: replace, path: /spec/selector/x, value: "2" }\n  - target: { kind: Service, name: p-weather-mcp }\n    path: p.json\n',
    {
      'a.yaml': service(),
      'p.json':
        '[{"op": "remove", "path": "/spec/type"}, {"op": "add", "path": "/metadata/annotations/x", "value": "y"}]',
    },
  ),
  'annotations that a patch replaces as a whole': {
    files: {
      'kustomization.yaml':
        'resources: [base]\npatches:\n  - target: { kind: ConfigMap }\n    patch: |\n      kind: X\n      metadata:\n        name: x\n        annotations: { $patch: replace, b: "2" }\n',
      'base/kustomization.yaml': 'namePrefix: p-\nresources: [a.yaml]\n',
      'base/a.yaml': documents(configMap().replace('metadata:', 'metadata:\n  annotations: { a: "1" }'), deployment()),
    },
  },
  'a patch of comments does nothing': patched('# nothing\n', configMap('a')),
  'secrets of a ServiceAccount': patched(
    'apiVersion: v1\nkind: ServiceAccount\nmetadata: { name: weather-mcp }\nsecrets: [{ name: b }]\nimagePullSecrets: [{ name: d }]\n',
    `${serviceAccount()}secrets: [{ name: a }]\nimagePullSecrets: [{ name: c }]\n`,
  ),
};
