import { built, type Case, configMap, deployment, documents } from './cases.ts';

interface Refused extends Case {
  /** Our code and where it points; `*` for a place that is the YAML reader's to say. */
  error: string;
}

const refused = (error: string, { files, directory }: Case): Refused => ({
  files,
  error,
  ...(directory === undefined ? {} : { directory }),
});

export const refusedCases: Readonly<Record<string, Refused>> = {
  'a file that is not there': refused(
    'KUSTOMIZE_RESOURCE_MISSING kustomization.yaml:3:5',
    built('resources:\n  - a.yaml\n  - missing.yaml\n', { 'a.yaml': configMap('a') }),
  ),
  'a directory without a kustomization': refused(
    'KUSTOMIZE_RESOURCE_MISSING kustomization.yaml:1:13',
    built('resources: [sub]\n', { 'sub/a.yaml': configMap('a') }),
  ),
  'no kustomization at all': refused('KUSTOMIZE_RESOURCE_MISSING ', { files: { 'a.yaml': configMap('a') } }),
  'an empty kustomization': refused('KUSTOMIZE_INVALID kustomization.yaml:1:1', built('')),
  'a kustomization of kind and apiVersion alone': refused(
    'KUSTOMIZE_INVALID kustomization.yaml:1:1',
    built('kind: Kustomization\napiVersion: kustomize.config.k8s.io/v1beta1\nresources:\n'),
  ),
  'two kustomizations in one directory': refused(
    'KUSTOMIZE_INVALID kustomization.yaml',
    built('resources: []\n', { 'kustomization.yml': 'resources: []\n' }),
  ),
  'a field that does not exist': refused(
    'KUSTOMIZE_INVALID kustomization.yaml:2:15',
    built('resources: []\nimagesTypo:   [a]\n'),
  ),
  'a field deep down that does not exist': refused(
    'KUSTOMIZE_INVALID kustomization.yaml:3:28',
    built(
      'resources: []\nconfigMapGenerator:\n  - { name: a, litterals: [A=1] }\n'.replace('litterals: ', 'litterals:  '),
    ),
  ),
  'a text where a list should be': refused(
    'KUSTOMIZE_INVALID kustomization.yaml:1:12',
    built('resources: a.yaml\n', { 'a.yaml': configMap('a') }),
  ),
  'a number where a text should be': refused(
    'KUSTOMIZE_INVALID kustomization.yaml:2:20',
    built('resources: []\ncommonLabels: { a: 5 }\n'),
  ),
  'a boolean of YAML 1.1 where a text should be': refused(
    'KUSTOMIZE_INVALID kustomization.yaml:2:20',
    built('resources: []\ncommonLabels: { a: yes }\n'),
  ),
  'another kind': refused('KUSTOMIZE_INVALID kustomization.yaml:1:7', built('kind: Deployment\nresources: []\n')),
  'another apiVersion': refused(
    'KUSTOMIZE_INVALID kustomization.yaml:1:13',
    built('apiVersion: kustomize.config.k8s.io/v1\nresources: []\n'),
  ),
  'a file above the directory': refused('KUSTOMIZE_INVALID o/kustomization.yaml:1:13', {
    files: { 'o/kustomization.yaml': 'resources: [../a.yaml]\n', 'a.yaml': configMap('a') },
    directory: 'o',
  }),
  'a generator that reads above its directory': refused('KUSTOMIZE_INVALID o/kustomization.yaml:2:5', {
    files: {
      'o/kustomization.yaml': 'configMapGenerator:\n  - { name: a, files: [../secret.txt] }\n',
      'secret.txt': 'x',
    },
    directory: 'o',
  }),
  'a directory above the repository': refused(
    'KUSTOMIZE_INVALID kustomization.yaml:1:13',
    built('resources: [../../../..]\n'),
  ),
  'an absolute path': refused('KUSTOMIZE_INVALID kustomization.yaml:1:13', built('resources: [/etc/passwd]\n')),
  itself: refused('KUSTOMIZE_INVALID kustomization.yaml:1:13', built('resources: [.]\n')),
  'a cycle of two': refused('KUSTOMIZE_INVALID b/kustomization.yaml:1:13', {
    files: { 'a/kustomization.yaml': 'resources: [../b]\n', 'b/kustomization.yaml': 'resources: [../a]\n' },
    directory: 'a',
  }),
  'a directory that holds the kustomization': refused('KUSTOMIZE_INVALID a/b/kustomization.yaml:1:13', {
    files: { 'a/b/kustomization.yaml': 'resources: [..]\n', 'a/kustomization.yaml': 'resources: []\n' },
    directory: 'a/b',
  }),
  'a Component among the resources': refused(
    'KUSTOMIZE_INVALID kustomization.yaml:1:13',
    built('resources: [c]\n', { 'c/kustomization.yaml': 'kind: Component\nresources: []\n' }),
  ),
  'a Kustomization among the components': refused(
    'KUSTOMIZE_INVALID kustomization.yaml:1:14',
    built('components: [c]\n', { 'c/kustomization.yaml': 'resources: []\n' }),
  ),
  'the same object twice': refused(
    'KUSTOMIZE_INVALID b.yaml',
    built('resources: [a.yaml, b.yaml]\n', { 'a.yaml': configMap('a'), 'b.yaml': configMap('a') }),
  ),
  'the same object with and without the default namespace': refused(
    'KUSTOMIZE_INVALID a.yaml',
    built('resources: [a.yaml]\n', {
      'a.yaml': documents(configMap('a'), configMap('a').replace('metadata:', 'metadata:\n  namespace: default')),
    }),
  ),
  'two objects that a namespace makes one': refused(
    'KUSTOMIZE_INVALID ',
    built('resources: [a.yaml]\nnamespace: ns\n', {
      'a.yaml': documents(configMap('a').replace('metadata:', 'metadata:\n  namespace: x'), configMap('a')),
    }),
  ),
  'an object without a name': refused(
    'KUSTOMIZE_INVALID a.yaml:1:1',
    built('resources: [a.yaml]\n', { 'a.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: {}\n' }),
  ),
  'an object without a kind': refused(
    'KUSTOMIZE_INVALID a.yaml:1:1',
    built('resources: [a.yaml]\n', { 'a.yaml': 'apiVersion: v1\nmetadata: { name: a }\n' }),
  ),
  'a list instead of an object': refused(
    'KUSTOMIZE_INVALID a.yaml:1:1',
    built('resources: [a.yaml]\n', { 'a.yaml': '- a\n- b\n' }),
  ),
  'a kustomization listed as a resource': refused(
    'KUSTOMIZE_INVALID sub/kustomization.yaml:1:1',
    built('resources: [sub/kustomization.yaml]\n', {
      'sub/kustomization.yaml': 'kind: Kustomization\nresources: []\n',
    }),
  ),
  'keys of a map that are numbers': refused(
    'KUSTOMIZE_INVALID a.yaml:6:9',
    built('resources: [a.yaml]\n', { 'a.yaml': configMap('a', '8080: x') }),
  ),
  'a generated key that is a number': refused(
    'KUSTOMIZE_INVALID kustomization.yaml:2:5',
    built('configMapGenerator:\n  - { name: a, literals: ["8080=x"] }\n'),
  ),
  'a label that is called true': refused(
    'KUSTOMIZE_INVALID kustomization.yaml:2:25',
    built('resources: [a.yaml]\ncommonLabels: { "true": a }\n', { 'a.yaml': configMap('a') }),
  ),
  'an annotation that YAML 1.1 takes for a boolean': refused(
    'KUSTOMIZE_INVALID kustomization.yaml:2:25',
    built('resources: [a.yaml]\ncommonAnnotations: { y: a }\n', { 'a.yaml': configMap('a') }),
  ),
  'an annotation that is a date': refused(
    'KUSTOMIZE_INVALID a.yaml',
    built('resources: [a.yaml]\n', {
      'a.yaml': configMap('a').replace('metadata:', 'metadata:\n  annotations: { "2026-01-31": x }'),
    }),
  ),
  'something behind the three dashes': refused(
    'KUSTOMIZE_INVALID a.yaml:*',
    built('resources: [a.yaml]\n', { 'a.yaml': `${configMap('a')}--- oops\n${configMap('b')}` }),
  ),
  'a patch for nobody': refused(
    'KUSTOMIZE_INVALID kustomization.yaml:3:5',
    built('resources: [a.yaml]\npatches:\n  - patch: "{apiVersion: v1, kind: ConfigMap, metadata: {name: z}}"\n', {
      'a.yaml': configMap('a'),
    }),
  ),
  'a patch of neither sort': refused(
    'KUSTOMIZE_INVALID kustomization.yaml:3:5',
    built('resources: [a.yaml]\npatches:\n  - patch: just words\n', { 'a.yaml': configMap('a') }),
  ),
  'a patch with both patch and path': refused(
    'KUSTOMIZE_INVALID kustomization.yaml:3:5',
    built('resources: [a.yaml]\npatches:\n  - { patch: "a: b", path: p.yaml }\n', { 'a.yaml': configMap('a') }),
  ),
  'a JSON patch without a target': refused(
    'KUSTOMIZE_INVALID kustomization.yaml:3:5',
    built('resources: [a.yaml]\npatches:\n  - patch: "- {op: remove, path: /data}"\n', { 'a.yaml': configMap('a') }),
  ),
  'a JSON patch that does not apply': refused(
    'KUSTOMIZE_INVALID kustomization.yaml:3:5',
    built(
      'resources: [a.yaml]\npatches:\n  - target: {kind: ConfigMap}\n    patch: "- {op: remove, path: /data/none}"\n',
      { 'a.yaml': configMap('a') },
    ),
  ),
  'a JSON patch whose test fails': refused(
    'KUSTOMIZE_INVALID kustomization.yaml:3:5',
    built(
      'resources: [a.yaml]\npatches:\n  - target: {kind: ConfigMap}\n    patch: "- {op: test, path: /metadata/name, value: b}"\n',
      { 'a.yaml': configMap('a') },
    ),
  ),
  'a flow list as a JSON patch': refused(
    'KUSTOMIZE_INVALID kustomization.yaml:3:5',
    built('resources: [a.yaml]\npatches:\n  - target: {kind: ConfigMap}\n    patch: "[{op: remove, path: /data}]"\n', {
      'a.yaml': configMap('a'),
    }),
  ),
  'a patch that puts a map where a list is': refused(
    'KUSTOMIZE_INVALID kustomization.yaml:3:5',
    built(
      'resources: [a.yaml]\npatches:\n  - patch: "{apiVersion: apps/v1, kind: Deployment, metadata: {name: weather-mcp}, spec: {template: {spec: {containers: {a: b}}}}}"\n',
      { 'a.yaml': deployment() },
    ),
  ),
  'two objects that a patch gives one name': refused(
    'KUSTOMIZE_INVALID kustomization.yaml',
    built(
      'resources: [a.yaml]\npatches:\n  - target: {kind: ConfigMap}\n    patch: "- {op: replace, path: /metadata/name, value: same}"\n',
      { 'a.yaml': documents(configMap('a'), configMap('b')) },
    ),
  ),
  'an object that loses its name': refused(
    'KUSTOMIZE_INVALID kustomization.yaml',
    built(
      'resources: [a.yaml]\npatches:\n  - target: {kind: ConfigMap}\n    patch: "- {op: remove, path: /metadata/name}"\n',
      { 'a.yaml': configMap('a') },
    ),
  ),
  'an unknown directive': refused(
    'KUSTOMIZE_INVALID kustomization.yaml:3:5',
    built(
      'resources: [a.yaml]\npatches:\n  - patch: "{apiVersion: apps/v1, kind: Deployment, metadata: {name: weather-mcp}, spec: {$patch: remove}}"\n',
      { 'a.yaml': deployment() },
    ),
  ),
  'a selector that is no regular expression': refused(
    'KUSTOMIZE_INVALID ',
    built('resources: [a.yaml]\npatches:\n  - target: {name: "(a"}\n    patch: "{kind: A, metadata: {name: b}}"\n', {
      'a.yaml': configMap('a'),
    }),
  ),
  'a selector that is no label selector': refused(
    'KUSTOMIZE_INVALID ',
    built(
      'resources: [a.yaml]\npatches:\n  - target: {labelSelector: "a==b=c"}\n    patch: "{kind: A, metadata: {name: b}}"\n',
      { 'a.yaml': configMap('a') },
    ),
  ),
  'replicas for nobody': refused(
    'KUSTOMIZE_INVALID kustomization.yaml:2:12',
    built('resources: [a.yaml]\nreplicas: [{ name: none, count: 1 }]\n', { 'a.yaml': configMap('none') }),
  ),
  'merging into nothing': refused(
    'KUSTOMIZE_INVALID kustomization.yaml:2:5',
    built('configMapGenerator:\n  - { name: a, behavior: merge, literals: [A=1] }\n'),
  ),
  'generating what is there': refused(
    'KUSTOMIZE_INVALID kustomization.yaml:3:5',
    built('resources: [a.yaml]\nconfigMapGenerator:\n  - { name: a, literals: [A=1] }\n', { 'a.yaml': configMap('a') }),
  ),
  'a generator without a name': refused(
    'KUSTOMIZE_INVALID kustomization.yaml:2:5',
    built('configMapGenerator:\n  - { literals: [A=1] }\n'),
  ),
  'a key twice in one generator': refused(
    'KUSTOMIZE_INVALID kustomization.yaml:2:5',
    built('configMapGenerator:\n  - { name: a, literals: [A=1, A=2] }\n'),
  ),
  'a literal without a value': refused(
    'KUSTOMIZE_INVALID kustomization.yaml:2:5',
    built('configMapGenerator:\n  - { name: a, literals: [A] }\n'),
  ),
  'a file source with two equal signs': refused(
    'KUSTOMIZE_INVALID kustomization.yaml:2:5',
    built('configMapGenerator:\n  - { name: a, files: ["a=b=c"] }\n'),
  ),
  'a generator that names a missing file': refused(
    'KUSTOMIZE_RESOURCE_MISSING kustomization.yaml:2:5',
    built('configMapGenerator:\n  - { name: a, files: [server.py] }\n'),
  ),
  'a replacement without a source': refused(
    'KUSTOMIZE_INVALID kustomization.yaml:3:5',
    built('resources: [a.yaml]\nreplacements:\n  - targets: [{select: {kind: ConfigMap}}]\n', {
      'a.yaml': configMap('a'),
    }),
  ),
  'a replacement into a field that is not there': refused(
    'KUSTOMIZE_INVALID kustomization.yaml:3:5',
    built(
      'resources: [a.yaml]\nreplacements:\n  - { sourceValue: x, targets: [{select: {kind: ConfigMap}, fieldPaths: [spec.x]}] }\n',
      { 'a.yaml': configMap('a') },
    ),
  ),
  'broken YAML': refused('KUSTOMIZE_INVALID a.yaml:*', built('resources: [a.yaml]\n', { 'a.yaml': 'a: b\n  c: d\n' })),
  'broken YAML in the kustomization': refused('KUSTOMIZE_INVALID kustomization.yaml:*', built('resources: [a.yaml\n')),
  'duplicate keys': refused(
    'KUSTOMIZE_INVALID a.yaml:*',
    built('resources: [a.yaml]\n', {
      'a.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: a }\nkind: Secret\n',
    }),
  ),
};

export const unsupportedCases: Readonly<Record<string, Refused>> = {
  'Helm charts': refused('KUSTOMIZE_UNSUPPORTED kustomization.yaml:2:1', built('helmCharts:\n- name: minecraft\n')),
  'a base on GitHub': refused(
    'KUSTOMIZE_UNSUPPORTED kustomization.yaml:1:13',
    built('resources: [github.com/someone/something//deploy?ref=v1]\n'),
  ),
  'a file from the web': refused(
    'KUSTOMIZE_UNSUPPORTED kustomization.yaml:1:13',
    built('resources: ["https://example.com/a.yaml"]\n'),
  ),
  'a base over SSH': refused(
    'KUSTOMIZE_UNSUPPORTED kustomization.yaml:1:13',
    built('resources: ["git@example.com:a/b.git"]\n'),
  ),
  variables: refused('KUSTOMIZE_UNSUPPORTED kustomization.yaml:2:1', built('vars:\n- name: A\n')),
  'a schema of its own': refused(
    'KUSTOMIZE_UNSUPPORTED kustomization.yaml:1:10',
    built('openapi: { path: schema.json }\n'),
  ),
  configurations: refused('KUSTOMIZE_UNSUPPORTED kustomization.yaml:1:17', built('configurations: [a.yaml]\n')),
  transformers: refused('KUSTOMIZE_UNSUPPORTED kustomization.yaml:1:15', built('transformers: [a.yaml]\n')),
  'notes about the build': refused(
    'KUSTOMIZE_UNSUPPORTED kustomization.yaml:1:16',
    built('buildMetadata: [originAnnotations]\n'),
  ),
  'a generator that takes something else than text': refused(
    'KUSTOMIZE_UNSUPPORTED kustomization.yaml:2:5',
    built('configMapGenerator:\n  - { name: a, files: [x.bin] }\n', { 'x.bin': 'a\uFFFDb' }),
  ),
  'a replacement within a text': refused(
    'KUSTOMIZE_UNSUPPORTED kustomization.yaml:3:5',
    built(
      'resources: [a.yaml]\nreplacements:\n  - { sourceValue: x, targets: [{ select: { kind: ConfigMap }, fieldPaths: [data.json.a] }] }\n',
      { 'a.yaml': configMap('a', 'json: \'{"a": 1}\'') },
    ),
  ),
};
