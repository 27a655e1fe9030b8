import { built, type Cases, configMap, deployment, documents } from './cases.ts';

/** What people write, and what they should not. */
export const oddCases: Cases = {
  'numbers, dates and booleans as kustomize reads them': built('resources: [a.yaml]\n', {
    'a.yaml': `apiVersion: example.com/v1
kind: Thing
metadata: { name: t }
spec:
  octal: 0755
  octals: [0644, 0o17, 0, 00, 089, 0x1F, 0b11, -010, +5]
  grouped: 1_000
  groupedFloat: 1_0.5
  float: 1e3
  one: 1.0
  date: 2026-01-31
  dates:
    - 2026-1-5
    - 2026-02-30
    - 2026-01-31T10:20:30Z
    - "2026-01-31"
    - 2026-01-31 10:20:30.50
    - 2026-01-31 10:20:30 +02:00
    - 2026-01-31t10:20:30.120-05:00
    - 2026-01-31T1:2:3+00:00
    - 2026-01-31T10:20:30
  words: [yes, no, on, off, y, n, True, FALSE, ~, null, Null]
  texts: ["0755", '1_000', 1.2.3, 10:20:30, 0x, 1_a]
  tagged: !!str 5
  block: |
    0755
    2026-01-31
`,
  }),
  'anchors, aliases and merge keys': built('resources: [a.yaml]\n', {
    'a.yaml': `apiVersion: v1
kind: ConfigMap
metadata: { name: a }
base: &base { a: "1", b: "2" }
data:
  <<: *base
  b: "3"
copy: *base
`,
  }),
  'line ends of Windows and a byte order mark': built('resources:\r\n- a.yaml\r\nnamePrefix: p-\r\n', {
    'a.yaml': documents(configMap('a', 'x: |\n    one\n    two'), configMap('b')).replaceAll('\n', '\r\n'),
  }),
  'quoted keys that look like numbers': built('resources: [a.yaml]\n', {
    'a.yaml': configMap('a', '"8080": x\n  "true": y\n  __proto__: z'),
  }),
  'keys that every object has': built('resources: [a.yaml]\ncommonLabels: { constructor: a, __proto__: b }\n', {
    'a.yaml': configMap('a', 'constructor: x\n  toString: y\n  hasOwnProperty: z'),
  }),
  'a name that is a number': built('resources: [a.yaml]\nnamePrefix: n-\n', {
    'a.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: 123 }\n',
  }),
  'an object without apiVersion': built('resources: [a.yaml]\nnamespace: ns\n', {
    'a.yaml': 'kind: Thing\nmetadata: { name: a }\n',
  }),
  'fields of a kustomization in other letters': built('Resources: [a.yaml]\nnameprefix: p-\n', {
    'a.yaml': configMap('a'),
  }),
  'null fields of a kustomization': built('resources: [a.yaml]\nnamespace:\nimages: null\nlabels: ~\npatches:\n', {
    'a.yaml': configMap('a'),
  }),
  'flags in the words of YAML 1.1': built(
    'resources: [a.yaml]\nlabels:\n  - includeSelectors: yes\n    pairs: { a: b }\n  - includeTemplates: off\n    pairs: { c: "on" }\n',
    { 'a.yaml': deployment() },
  ),
  'a second document of a kustomization is not read': built('resources: [a.yaml]\n---\nnamePrefix: x-\n', {
    'a.yaml': configMap('a'),
  }),
  'nulls in lists and empty items': built('resources: [a.yaml]\n', {
    'a.yaml': 'apiVersion: example.com/v1\nkind: T\nmetadata: { name: t }\nspec: { list: [null, {}, [], ""] }\n',
  }),
  'unused and empty unsupported fields': built(
    'resources: [a.yaml]\nhelmCharts: []\nvars: []\ncrds: []\ngenerators:\n',
    { 'a.yaml': configMap('a') },
  ),
  'paths with dots and slashes': built('resources: [./x/../a.yaml, x/./y//b.yaml, z/]\n', {
    'a.yaml': configMap('a'),
    'x/y/b.yaml': configMap('b'),
    'z/kustomization.yaml': 'resources: [c.yaml]\n',
    'z/c.yaml': configMap('c'),
  }),
  'big numbers and floats': built('resources: [a.yaml]\n', {
    'a.yaml':
      'apiVersion: example.com/v1\nkind: T\nmetadata: { name: t }\nspec: { big: 9007199254740991, small: -12, tiny: 0.000001, third: 0.3333333333333333 }\n',
  }),
  'containers that are null': built('resources: [a.yaml]\nimages: [{ name: x, newTag: v }]\n', {
    'a.yaml': 'apiVersion: v1\nkind: Pod\nmetadata: { name: p }\nspec: { containers: null, initContainers: [null] }\n',
  }),
};
