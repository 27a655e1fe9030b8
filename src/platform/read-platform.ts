import type { z } from 'zod';
import { readYaml } from '../yaml/read-yaml.ts';
import type { Position, YamlDocument } from '../yaml/types.ts';
import { type ConfigProblem, configInvalid, describeIssue } from './config-problems.ts';
import { knownKeys } from './known-keys.ts';
import { platformSchema } from './platform-schema.ts';
import type { ClusterConfig, Platform } from './types.ts';

/** Reads `berth.yaml` and fills in its defaults. All that is wrong with it is reported at once, as CONFIG_INVALID. */
export function readPlatform(text: string, file = 'berth.yaml'): Platform {
  const yaml = readYaml(file, text);
  if (yaml.problems.length > 0) throw configInvalid(file, yaml.problems);
  const [document, second] = yaml.documents;
  if (!document) {
    throw configInvalid(file, [
      {
        position: { file, line: 1, column: 1 },
        message: `${file} is empty`,
        hint: 'Run "berth init --force" to write it.',
      },
    ]);
  }
  if (second) {
    throw configInvalid(file, [
      { position: second.position, message: `${file} has a second document`, hint: 'Keep one.' },
    ]);
  }

  const parsed = platformSchema.safeParse(document.value);
  const problems = parsed.success ? [] : parsed.error.issues.flatMap((issue) => problemsOf(issue, document, text));
  if (!parsed.success) throw configInvalid(file, problems);
  const contradictions = gatewayPortsTaken(parsed.data, document);
  if (contradictions.length > 0) throw configInvalid(file, contradictions);
  return platformFrom(parsed.data);
}

type Parsed = z.infer<typeof platformSchema>;

function platformFrom({ clusters, git, servers, secrets, nodePorts, clients }: Parsed): Platform {
  const reserved = Object.entries(nodePorts.reserved).map(([port, use]) => [Number(port), use] as const);
  const named = Object.entries(clusters).map(
    ([name, cluster]) => [name, clusterFrom(name, cluster, servers.directory)] as const,
  );
  return {
    clusters: new Map(named),
    git: withoutUndefined(git),
    servers,
    secrets: withoutUndefined({
      ...secrets,
      externalSecrets: secrets.externalSecrets && withoutUndefined(secrets.externalSecrets),
    }),
    nodePorts: { ...nodePorts, reserved: new Map(reserved) },
    clients,
  };
}

function clusterFrom(name: string, cluster: Parsed['clusters'][string], directory: string): ClusterConfig {
  if (cluster.kind === 'local') return withoutUndefined({ ...cluster, name, paths: cluster.paths ?? [directory] });
  // Where berth applies the manifests itself, the root of the repository would be far too much.
  const paths = cluster.paths ?? [cluster.gitops.engine === 'none' && cluster.context !== undefined ? directory : ''];
  return withoutUndefined({ ...cluster, name, paths, gitops: withoutUndefined(cluster.gitops) });
}

type Defined<T> = { [K in keyof T]: Exclude<T[K], undefined> };

/** Keys that nobody wrote are absent, not undefined. */
function withoutUndefined<T extends object>(value: T): Defined<T> {
  return Object.fromEntries(Object.entries(value).filter(([, content]) => content !== undefined)) as Defined<T>;
}

function problemsOf(issue: z.core.$ZodIssue, document: YamlDocument, text: string): ConfigProblem[] {
  return describeIssue(issue, (path) => valueAt(document.value, path), knownKeys).map(
    ({ path, message, hint, ofKey }) => ({
      message,
      ...(hint === undefined ? {} : { hint }),
      position: ofKey ? positionOfKey(document, path, text) : positionOf(document, path),
    }),
  );
}

function gatewayPortsTaken({ clusters }: Parsed, document: YamlDocument): ConfigProblem[] {
  const owners = new Map<number, string>();
  return Object.entries(clusters).flatMap(([name, cluster]) => {
    if (cluster.kind !== 'local') return [];
    const owner = owners.get(cluster.gatewayPort);
    owners.set(cluster.gatewayPort, owner ?? name);
    if (owner === undefined) return [];
    const message = `clusters.${name}.gatewayPort ${cluster.gatewayPort} is the one of cluster ${owner}`;
    return [
      {
        position: positionOf(document, ['clusters', name, 'gatewayPort']),
        message,
        hint: 'Give each local cluster a port of its own.',
      },
    ];
  });
}

function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (from, part) => (typeof from === 'object' && from !== null ? Reflect.get(from, part) : undefined),
    value,
  );
}

/** Of the value, or of the nearest thing around it that is there. */
function positionOf(document: YamlDocument, path: readonly PropertyKey[]): Position {
  for (let length = path.length; length > 0; length--) {
    const field = document.fieldAt(path.slice(0, length).map(yamlPart));
    if (field) return field.position;
  }
  return document.position;
}

/** Where the key itself stands: in front of its value. */
function positionOfKey(document: YamlDocument, path: readonly PropertyKey[], text: string): Position {
  const value = document.fieldAt(path.map(yamlPart));
  const name = path.at(-1);
  if (!value || typeof name !== 'string') return positionOf(document, path);
  const before = text.slice(0, value.range[0]);
  const written = new RegExp(`(?:"${escaped(name)}"|'${escaped(name)}'|(?<![\\w-])${escaped(name)})\\s*:`, 'g');
  const start = [...before.matchAll(written)].at(-1)?.index;
  if (start === undefined) return value.position;
  const lines = before.slice(0, start).split('\n');
  return { file: document.file, line: lines.length, column: (lines.at(-1)?.length ?? 0) + 1 };
}

const yamlPart = (part: PropertyKey): string | number => (typeof part === 'number' ? part : String(part));

const escaped = (name: string): string => name.replaceAll(/[\\^$.*+?()[\]{}|/]/g, String.raw`\$&`);
