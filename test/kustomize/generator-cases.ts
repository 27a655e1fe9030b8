import { built, type Cases, configMap, deployment, documents } from './cases.ts';

const python = 'import os\n\nprint("<b>&amp;</b>", os.environ["HOME"])  # naïve — ünïcödé \u2028\n';

/** Generated ConfigMaps and Secrets, and their hashes. */
export const generatorCases: Cases = {
  'a ConfigMap from files, with its hash in the Deployment': built(
    'resources: [a.yaml]\nconfigMapGenerator:\n  - name: weather-mcp-code\n    files: [server.py, lib.py=src/deep/lib.py]\n',
    { 'a.yaml': deployment(), 'server.py': python, 'src/deep/lib.py': 'x = 1\r\n' },
  ),
  'literals with quotes, equal signs and nothing': built(
    `configMapGenerator:
  - name: settings
    literals:
      - A=1
      - B="quoted"
      - C='single'
      - D="half
      - E=a=b=c
      - F=
      - G=  spaces
      - 'H="a" and "b"'
      - I="
`,
  ),
  'environment files': built(
    'configMapGenerator:\n  - name: e\n    envs: [a.env, b.env]\n  - name: f\n    env: a.env\n',
    {
      'a.env': '\uFEFFA=1\n# comment\n\n  B = 2 \nC\nD="quoted"\r\n   # more\nE=a=b\n',
      'b.env': 'Z=last',
    },
  ),
  'a Secret, encoded, with a type': built(
    'resources: [a.yaml]\nsecretGenerator:\n  - name: weather-mcp-secrets\n    type: example.com/token\n    literals: [API_KEY=s3cr3t]\n    files: [long.txt]\n',
    {
      'a.yaml': deployment(),
      'long.txt': 'a long text that does not fit into one line of seventy characters, by far\n',
    },
  ),
  'an empty ConfigMap and an empty Secret': built(
    'configMapGenerator: [{ name: a }]\nsecretGenerator: [{ name: b }]\n',
  ),
  'base64 of exactly seventy characters and around': built(
    `secretGenerator:
  - name: s
    literals: [${[49, 50, 51, 52, 53, 54, 104, 105, 106].map((length) => `K${length}=${'x'.repeat(length)}`).join(', ')}]
`,
  ),
  'options for one': built(
    `resources: [a.yaml]
configMapGenerator:
  - name: weather-mcp-code
    namespace: elsewhere
    literals: [A=1]
    options:
      disableNameSuffixHash: true
      immutable: true
      labels: { l: "1" }
      annotations: { a: "2" }
`,
    { 'a.yaml': deployment() },
  ),
  'options for all, and what one says of itself': built(
    `generatorOptions:
  labels: { team: ai, who: all }
  annotations: { note: x }
  immutable: true
configMapGenerator:
  - { name: a, literals: [A=1], options: { labels: { who: one } } }
  - { name: b, literals: [A=1], options: { disableNameSuffixHash: true, immutable: false } }
secretGenerator:
  - { name: c, literals: [A=1] }
`,
  ),
  'without any hash': built(
    'generatorOptions: { disableNameSuffixHash: true }\nresources: [a.yaml]\nconfigMapGenerator: [{ name: weather-mcp-code, literals: [a=b] }]\n',
    {
      'a.yaml': deployment(),
    },
  ),
  'an overlay merges into what its base generated': {
    files: {
      'o/kustomization.yaml': `resources: [../b]
namePrefix: o-
configMapGenerator:
  - { name: weather-mcp-settings, behavior: merge, literals: [B=overlay, C=3], options: { labels: { from: overlay } } }
secretGenerator:
  - { name: weather-mcp-secrets, behavior: merge, literals: [NEW=x] }
`,
      'b/kustomization.yaml': `resources: [a.yaml]
configMapGenerator:
  - { name: weather-mcp-settings, literals: [A=1, B=2], options: { labels: { from: base, kept: "yes" }, annotations: { a: "1" }, immutable: true } }
secretGenerator:
  - { name: weather-mcp-secrets, literals: [API_KEY=old], type: kubernetes.io/basic-auth }
`,
      'b/a.yaml': deployment(),
    },
    directory: 'o',
  },
  'an overlay replaces what its base generated': {
    files: {
      'o/kustomization.yaml':
        'resources: [../b]\nconfigMapGenerator:\n  - { name: weather-mcp-settings, behavior: replace, literals: [C=3] }\n',
      'b/kustomization.yaml':
        'namespace: ns\nresources: [a.yaml]\nconfigMapGenerator:\n  - { name: weather-mcp-settings, literals: [A=1] }\n',
      'b/a.yaml': deployment(),
    },
    directory: 'o',
  },
  'merging into a plain manifest leaves it without a hash': built(
    'resources: [c.yaml]\nconfigMapGenerator:\n  - { name: weather-mcp-code, behavior: merge, literals: [new=1] }\n',
    { 'c.yaml': configMap().replace('metadata:', 'immutable: true\nmetadata:\n  labels: { n: 5 }') },
  ),
  'a merge that switches the hash off': {
    files: {
      'kustomization.yaml':
        'resources: [b]\nconfigMapGenerator:\n  - { name: s, behavior: merge, literals: [B=2], options: { disableNameSuffixHash: true } }\n',
      'b/kustomization.yaml': 'configMapGenerator:\n  - { name: s, literals: [A=1] }\n',
    },
  },
  'a hash takes in what patches did': built(
    `configMapGenerator:
  - { name: s, literals: [A=1, B=2] }
patches:
  - patch: |
      apiVersion: v1
      kind: ConfigMap
      metadata: { name: s }
      data: { A: patched, B: null }
      binaryData: { x: AAEC }
`,
  ),
  'namespaces, prefixes and the hash in one name': {
    files: {
      'kustomization.yaml': 'namespace: ns\nnamePrefix: p-\nresources: [b]\n',
      'b/kustomization.yaml':
        'nameSuffix: -s\nresources: [a.yaml]\nconfigMapGenerator:\n  - { name: weather-mcp-code, files: [server.py] }\n',
      'b/a.yaml': documents(
        deployment(),
        'apiVersion: rbac.authorization.k8s.io/v1\nkind: Role\nmetadata: { name: r }\nrules: [{ resourceNames: [weather-mcp-code] }]\n',
      ),
      'b/server.py': python,
    },
  },
  'generated objects in two namespaces': built(
    'configMapGenerator:\n  - { name: s, namespace: one, literals: [A=1] }\n  - { name: s, namespace: two, literals: [A=2] }\n  - { name: s, behavior: create, literals: [A=1] }\n',
  ),
  'commonLabels and annotations on what is generated do not change the hash': built(
    'commonLabels: { a: b }\ncommonAnnotations: { c: d }\nconfigMapGenerator: [{ name: s, literals: ["<key>=a&b\\tc"] }]\n',
  ),
};
