import { BerthError } from '../../errors.ts';
import { isWithin } from '../../paths.ts';
import { codeHash } from '../../repository/code-hash.ts';
import { type NodePortClaim, nodePortClaims } from '../../repository/node-port-claims.ts';
import { nodePortConflicts } from '../../repository/node-ports.ts';
import type { Manifest, McpServer } from '../../repository/types.ts';
import { listAt, valueAt } from '../../repository/value-at.ts';
import type { YamlPath } from '../../yaml/types.ts';
import type { GitView } from './git-view.ts';
import type { Setting } from './setting.ts';

/** What would break on the cluster and can be seen before the push. That it is YAML, and can be built, is known by now. */
export function checkBeforePush(view: GitView, setting: Setting): void {
  expectSynced(view, setting);
  expectCodeOfSource(view, setting);
  expectFreshCode(view.server);
  expectNodePortsInRange(view.server, setting);
  expectFreeNodePort(view, setting);
}

function expectSynced({ place, server }: GitView, { config: { name, paths } }: Setting): void {
  if (paths.some((path) => isWithin(place.root, path))) return;
  throw new BerthError(
    'CONFIG_INVALID',
    `${name} syncs ${paths.join(', ')}, and nothing there includes ${server.file}`,
    {
      at: place.file ?? server.file,
      hint: `Move the server below one of them, or add its folder to clusters.${name}.paths in berth.yaml.`,
    },
  );
}

/** The ConfigMap is made from the source: where somebody changed that alone, the deploy would bring the code of before. */
function expectCodeOfSource({ server, changes, targetTexts }: GitView, { platform }: Setting): void {
  const { name, code } = server;
  if (!code) return;
  const sources = new Map([...targetTexts, ...changes.map(({ file, text }) => [file, text] as const)]);
  for (const [key, inside] of Object.entries((code.value['data'] ?? {}) as Record<string, unknown>)) {
    const file = `${platform.servers.directory}/servers/${name}/${key}`;
    const text = /\.(?:py|m?js)$/.test(key) ? sources.get(file) : undefined;
    if (text === undefined || text.trimEnd() === String(inside).trimEnd()) continue;
    throw new BerthError('CODE_STALE', `${file} is not what ConfigMap ${code.name} has`, {
      at: `${file}:1:1`,
      hint: `Make the ConfigMap from it: berth new ${name} --update`,
    });
  }
}

/** Pods restart for a changed template only: with a stale hash the old code would go on, and would be proven. */
function expectFreshCode({ name, code, workload, codeHash: written }: McpServer): void {
  if (!code || written === undefined || codeHash(code.value) === written) return;
  const path = ['spec', 'template', 'metadata', 'annotations', 'mcp-berth.dev/code-sha256'];
  throw new BerthError(
    'CODE_HASH_STALE',
    `The code in ConfigMap ${code.name} is not the one that its pods are named for`,
    {
      at: placeIn(workload, path),
      hint: `Bring the annotation up to date: berth new ${name} --update`,
    },
  );
}

/** What berth.yaml lets servers have; the API server may refuse others, after the push. */
function expectNodePortsInRange({ service }: McpServer, { platform }: Setting): void {
  if (!service) return;
  const [first, last] = platform.nodePorts.accept;
  for (const [index, item] of listAt(service.value, 'spec', 'ports').entries()) {
    const port = valueAt(item, 'nodePort');
    if (port === undefined || port === null) continue;
    if (Number.isInteger(port) && Number(port) >= first && Number(port) <= last) continue;
    throw new BerthError('NODE_PORT_UNAVAILABLE', `nodePort ${JSON.stringify(port)} is not in ${first}-${last}`, {
      at: placeIn(service, ['spec', 'ports', index, 'nodePort']),
      hint: 'Choose one that is free (berth ports), or widen nodePorts.accept in berth.yaml.',
    });
  }
}

/** Of two Services that claim a node port the API server refuses the second. */
function expectFreeNodePort({ server, repository }: GitView, { platform, config }: Setting): void {
  const { service, nodePort } = server;
  if (nodePort === undefined || !service) return;
  const claims = nodePortClaims(repository, config, platform.servers.namespace);
  const conflict = nodePortConflicts(claims).find(([first]) => first?.port === nodePort);
  const isOurs = ({ position: { file, line } }: NodePortClaim): boolean =>
    file === service.file && line >= service.document.position.line;
  const other = conflict?.find((claim) => !isOurs(claim)) ?? conflict?.at(-1);
  if (!other) return;
  const { file, line } = other.position;
  throw new BerthError('NODE_PORT_UNAVAILABLE', `nodePort ${nodePort} is taken by ${other.owner} (${file}:${line})`, {
    at: placeIn(service, ['spec', 'ports', 0, 'nodePort']),
    hint: 'Choose one that is free: berth ports',
  });
}

function placeIn(manifest: Manifest, path: YamlPath): string {
  const { file, line, column } = manifest.fieldAt(path)?.position ?? manifest.document.position;
  return `${file}:${line}:${column}`;
}
