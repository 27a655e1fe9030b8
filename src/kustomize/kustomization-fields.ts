/** What a field of a kustomization may hold. */
export type Shape =
  | 'text'
  | 'flag'
  | 'whole number'
  | { list: Shape }
  | { texts: true }
  | { fields: Readonly<Record<string, Shape>> };

const text = 'text';
const texts = { texts: true } as const;
const textList = { list: text } as const;

const selector = {
  fields: {
    group: text,
    version: text,
    kind: text,
    name: text,
    namespace: text,
    labelSelector: text,
    annotationSelector: text,
  },
} as const;
const patch = {
  fields: {
    path: text,
    patch: text,
    target: selector,
    options: { fields: { allowNameChange: 'flag', allowKindChange: 'flag' } },
  },
} as const;
const options = {
  fields: { labels: texts, annotations: texts, disableNameSuffixHash: 'flag', immutable: 'flag' },
} as const;
const generator = {
  name: text,
  namespace: text,
  behavior: text,
  literals: textList,
  files: textList,
  envs: textList,
  env: text,
  options,
} as const;
const image = { fields: { name: text, newName: text, tagSuffix: text, newTag: text, digest: text } } as const;
const fieldOptions = {
  fields: { delimiter: text, index: 'whole number', encoding: text, create: 'flag' },
} as const;
const resourceId = { group: text, version: text, kind: text, name: text, namespace: text } as const;

/** One item of `replacements`, and what a file that it names may hold. */
export const replacementShape = {
  fields: {
    path: text,
    sourceValue: text,
    source: { fields: { ...resourceId, fieldPath: text, options: fieldOptions } },
    targets: {
      list: { fields: { select: selector, reject: { list: selector }, fieldPaths: textList, options: fieldOptions } },
    },
  },
} as const satisfies Shape;

/** The fields that this build understands. */
export const kustomizationShape = {
  fields: {
    apiVersion: text,
    kind: text,
    metadata: { fields: { name: text, namespace: text, labels: texts, annotations: texts } },
    resources: textList,
    bases: textList,
    components: textList,
    namespace: text,
    namePrefix: text,
    nameSuffix: text,
    commonLabels: texts,
    labels: {
      list: {
        fields: {
          pairs: texts,
          includeSelectors: 'flag',
          includeTemplates: 'flag',
          fields: { list: { fields: { group: text, version: text, kind: text, path: text, create: 'flag' } } },
        },
      },
    },
    commonAnnotations: texts,
    images: { list: image },
    imageTags: { list: image },
    replicas: { list: { fields: { name: text, count: 'whole number' } } },
    configMapGenerator: { list: { fields: generator } },
    secretGenerator: { list: { fields: { ...generator, type: text } } },
    generatorOptions: options,
    patches: { list: patch },
    patchesStrategicMerge: textList,
    patchesJson6902: { list: patch },
    replacements: { list: replacementShape },
    sortOptions: {
      fields: { order: text, legacySortOptions: { fields: { orderFirst: textList, orderLast: textList } } },
    },
  },
} as const satisfies Shape;

/** Fields of kustomize that are left to it, and what to do instead. */
export const unsupportedFields: Readonly<Record<string, string>> = {
  buildMetadata: 'Take it out: it only adds annotations.',
  configurations: 'Say in labels.fields which fields get labels, and use replacements for the rest.',
  crds: 'Use replacements where a custom resource names another object.',
  generators: 'Use configMapGenerator and secretGenerator, or put what the plugin makes into Git.',
  helmChartInflationGenerator: 'Put the output of "helm template" into Git, or let Argo CD or Flux install the chart.',
  helmCharts: 'Put the output of "helm template" into Git, or let Argo CD or Flux install the chart.',
  helmGlobals: 'Put the output of "helm template" into Git, or let Argo CD or Flux install the chart.',
  openapi: 'Use JSON 6902 patches where lists of custom resources must be merged.',
  transformers: 'Use the fields of the kustomization: labels, patches, replacements.',
  validators: 'Run the validators apart.',
  vars: 'Use replacements: "kustomize edit fix --vars" rewrites them.',
};
