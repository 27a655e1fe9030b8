import { isOddKey } from './go-scalar.ts';
import { invalid, unsupported } from './kustomize-error.ts';
import { type PlainMap, setField } from './plain-data.ts';
import { type Behavior, type Origin, Resource } from './resource.ts';

export interface GeneratorOptions {
  labels?: Record<string, string>;
  annotations?: Record<string, string>;
  disableNameSuffixHash?: boolean;
  immutable?: boolean;
}

/** An item of `configMapGenerator` or `secretGenerator`. */
export interface ObjectGenerator {
  name?: string;
  namespace?: string;
  behavior?: string;
  type?: string;
  literals?: string[];
  files?: string[];
  envs?: string[];
  env?: string;
  options?: GeneratorOptions;
}

export interface GeneratorContext {
  /** The text of a file that the kustomization names. */
  load: (path: string) => string;
  origin: Origin;
  /** Where the generator stands. */
  at: string | undefined;
}

export function generateResource(
  kind: 'ConfigMap' | 'Secret',
  generator: ObjectGenerator,
  globalOptions: GeneratorOptions | undefined,
  context: GeneratorContext,
): Resource {
  const { name = '', namespace = '', behavior = '' } = generator;
  if (name === '') throw invalid(`a generated ${kind} has no name`, context.at);
  const options = mergedOptions(generator.options, globalOptions);

  const value: PlainMap = { apiVersion: 'v1', kind, metadata: metadataOf(name, namespace, options) };
  if (kind === 'Secret') Object.assign(value, { type: generator.type || 'Opaque', data: {} });
  const fields = kind === 'Secret' ? secretData(generator, context) : configMapData(generator, context);
  for (const [field, data] of Object.entries(fields)) value[field] = data;
  if (options.immutable) value['immutable'] = true;

  const resource = new Resource(value, context.origin);
  resource.generated = true;
  resource.needsHash = !options.disableNameSuffixHash;
  resource.behavior = behaviorOf(behavior);
  return resource;
}

function behaviorOf(word: string): Behavior {
  return word === 'create' || word === 'merge' || word === 'replace' ? word : undefined;
}

/** The kustomization's own options fill in what the generator does not say; what they switch on stays on. */
function mergedOptions(own: GeneratorOptions = {}, global: GeneratorOptions = {}): GeneratorOptions {
  return {
    labels: { ...global.labels, ...own.labels },
    annotations: { ...global.annotations, ...own.annotations },
    disableNameSuffixHash: Boolean(own.disableNameSuffixHash || global.disableNameSuffixHash),
    immutable: Boolean(own.immutable || global.immutable),
  };
}

function metadataOf(name: string, namespace: string, { labels = {}, annotations = {} }: GeneratorOptions): PlainMap {
  return {
    name,
    ...(namespace === '' ? {} : { namespace }),
    ...(Object.keys(labels).length > 0 ? { labels } : {}),
    ...(Object.keys(annotations).length > 0 ? { annotations } : {}),
  };
}

function configMapData(generator: ObjectGenerator, context: GeneratorContext): PlainMap {
  const data = pairsOf(generator, context);
  return Object.keys(data).length > 0 ? { data } : {};
}

function secretData(generator: ObjectGenerator, context: GeneratorContext): PlainMap {
  const data: PlainMap = {};
  for (const [key, text] of Object.entries(pairsOf(generator, context)))
    setField(data, key, wrappedBase64(String(text)));
  return { data };
}

function pairsOf({ envs = [], env, literals = [], files = [] }: ObjectGenerator, context: GeneratorContext): PlainMap {
  const pairs: PlainMap = {};
  const put = ([key, text]: readonly [string, string]): void => {
    if (Object.hasOwn(pairs, key)) throw invalid(`a generator gives the key "${key}" twice`, context.at);
    if (isOddKey(key))
      throw invalid(
        `kustomize cannot generate the key ${key}`,
        context.at,
        'Write the object into a manifest, with the key in quotes.',
      );
    setField(pairs, key, text);
  };
  const load = (path: string): string => textFile(path, context);
  for (const path of env ? [...envs, env] : envs) for (const pair of envPairs(load(path))) put(pair);
  for (const literal of literals) put(literalPair(literal, context.at));
  for (const source of files) put(filePair(source, load, context.at));
  return pairs;
}

/** Files come as text: what is none has lost bytes on the way, and would make other data than kustomize makes. */
function textFile(path: string, { load, at }: GeneratorContext): string {
  const text = load(path);
  if (!text.includes('\uFFFD')) return text;
  throw unsupported(
    `${path} is no text, and a generator takes it`,
    at,
    'Write the object into a manifest, with binaryData.',
  );
}

function* envPairs(text: string): Generator<readonly [string, string]> {
  const lines = text.replace(/^\uFEFF/, '').split('\n');
  for (const line of lines) {
    const bare = line.replace(/\r$/, '').replace(/^[\s\u0085]+/, '');
    if (bare === '' || bare.startsWith('#')) continue;
    const equals = bare.indexOf('=');
    const key = equals < 0 ? bare : bare.slice(0, equals);
    if (key !== '') yield [key, equals < 0 ? '' : bare.slice(equals + 1)];
  }
}

function literalPair(literal: string, at: string | undefined): readonly [string, string] {
  const equals = literal.indexOf('=');
  if (equals <= 0) throw invalid(`the literal "${literal}" is not of the form key=value`, at);
  const text = literal.slice(equals + 1);
  const quoted = text.length > 1 && /^["']/.test(text) && text.endsWith(text.charAt(0));
  return [literal.slice(0, equals), quoted ? text.slice(1, -1) : text];
}

function filePair(source: string, load: (path: string) => string, at: string | undefined): readonly [string, string] {
  const parts = source.split('=');
  const [key = '', path = ''] =
    parts.length === 1 ? [source.split('/').findLast((part) => part !== ''), source] : parts;
  if (parts.length > 2 || key === '' || path === '') {
    throw invalid(`the file source "${source}" is not of the form path or key=path`, at);
  }
  return [key, load(path)];
}

/** kustomize breaks what it encodes into lines of 70. */
function wrappedBase64(text: string): string {
  const encoded = Buffer.from(text).toString('base64');
  return encoded.length < 70 ? encoded : encoded.replaceAll(/.{1,70}/g, '$&\n');
}
