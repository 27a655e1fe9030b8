import { built, type Case, type Cases, configMap, deployment, documents, service } from './cases.ts';

const replaced = (
  replacements: string,
  manifests = documents(deployment(), service(), configMap('c', 'host: a.example:80')),
): Case => built(`resources: [a.yaml]\nreplacements:\n${replacements}`, { 'a.yaml': manifests });

export const replacementCases: Cases = {
  'a name goes into a variable': replaced(`  - source: { kind: Service, name: weather-mcp }
    targets:
      - select: { kind: Deployment }
        fieldPaths: ["spec.template.spec.containers.[name=mcp-server].env.[name=LOG_LEVEL].value"]
`),
  'by index, into several fields, as it was prefixed': {
    files: {
      'kustomization.yaml': `resources: [a.yaml]
namePrefix: p-
replacements:
  - source: { kind: Service, fieldPath: metadata.name }
    targets:
      - select: { kind: Deployment, name: weather-mcp }
        fieldPaths: [spec.template.spec.containers.0.image, "spec.template.spec.containers.*.command.1"]
`,
      'a.yaml': documents(deployment(), service()),
    },
  },
  'a part of a text into a part of a text':
    replaced(`  - source: { kind: ConfigMap, fieldPath: data.host, options: { delimiter: ":", index: 1 } }
    targets:
      - { select: { kind: Deployment }, fieldPaths: [spec.template.spec.containers.0.image], options: { delimiter: ":", index: 1 } }
      - { select: { kind: Deployment }, fieldPaths: [spec.template.spec.initContainers.0.image], options: { delimiter: ":", index: -1 } }
      - { select: { kind: Service }, fieldPaths: [spec.type], options: { delimiter: "/", index: 5 } }
`),
  'missing fields are made': replaced(`  - source: { kind: Service, fieldPath: "spec.ports.[name=http].port" }
    targets:
      - { select: { kind: Deployment }, options: { create: true }, fieldPaths: [metadata.annotations.port, "metadata.annotations.[mcp-berth.dev/port]", "spec.template.spec.containers.[name=mcp-server].env.[name=PORT].value"] }
`),
  'a map as a whole': replaced(`  - source: { kind: Service, fieldPath: spec.selector }
    targets:
      - { select: { kind: Deployment }, fieldPaths: [spec.selector.matchLabels] }
      - { select: { kind: ConfigMap }, options: { create: true }, fieldPaths: [metadata.labels] }
`),
  'whom to leave out': replaced(`  - sourceValue: replaced
    targets:
      - select: { kind: Deployment|Service|ConfigMap }
        reject: [{ kind: Service }, { labelSelector: app=weather-mcp }]
        options: { create: true }
        fieldPaths: ["metadata.labels.extra"]
`),
  'from a file, one and several': built(
    'resources: [a.yaml]\nreplacements: [{ path: one.yaml }, { path: more.yaml }]\n',
    {
      'a.yaml': documents(deployment(), service()),
      'one.yaml':
        'source: { kind: Service }\ntargets: [{ select: { kind: Deployment }, fieldPaths: [spec.template.spec.serviceAccountName] }]\n',
      'more.yaml':
        '- sourceValue: "5"\n  targets: [{ select: { kind: Deployment }, fieldPaths: [spec.replicas] }]\n- sourceValue: x\n  targets: [{ select: { kind: Service }, fieldPaths: [spec.type] }]\n',
    },
  ),
  'the name of the target where no field is named': replaced(
    '  - sourceValue: fresh\n    targets: [{ select: { kind: ConfigMap } }]\n',
  ),
};
