import type { ClusterConfig } from '../platform/types.ts';
import { readYaml } from '../yaml/read-yaml.ts';
import type { Position } from '../yaml/types.ts';
import { appliedManifests } from './applied-manifests.ts';
import { helmNodePorts } from './helm-node-ports.ts';
import { namespaceResolver } from './namespace-resolver.ts';
import { portNumber } from './server-ports.ts';
import type { Manifest, Repository } from './types.ts';
import { listAt, textAt, valueAt } from './value-at.ts';

/** A node port that something asks a cluster for. */
export interface NodePortClaim {
  port: number;
  protocol: string;
  /** `Service monitoring/grafana`: who claims it, or whose chart does. */
  owner: string;
  position: Position;
}

/**
 * All node ports that the manifests of this repository claim on a cluster: of Services, and of Helm values in
 * Applications and HelmReleases. `namespace` stands where a manifest does not say its own.
 */
export function nodePortClaims(
  repository: Repository,
  cluster: ClusterConfig,
  namespace: string,
): readonly NodePortClaim[] {
  if (cluster.repository !== undefined) return [];
  const namespaceOf = namespaceResolver(repository, namespace);
  return appliedManifests(repository, cluster.paths)
    .flatMap((manifest) => {
      const owner = `${manifest.kind} ${namespaceOf(manifest)}/${manifest.name}`;
      return claimsOf(manifest, cluster).map((claim) => ({ ...claim, owner }));
    })
    .toSorted(
      (a, b) => a.port - b.port || order(a.position.file, b.position.file) || a.position.line - b.position.line,
    );
}

type Claim = Omit<NodePortClaim, 'owner'>;
type Path = readonly (string | number)[];

function claimsOf(manifest: Manifest, cluster: ClusterConfig): Claim[] {
  switch (`${manifest.apiVersion.split('/')[0]}/${manifest.kind}`) {
    case 'v1/Service':
      return claimsOfService(manifest);
    case 'argoproj.io/Application':
      return claimsOfApplication(manifest, ['spec'], cluster);
    case 'argoproj.io/ApplicationSet':
      return claimsOfApplication(manifest, ['spec', 'template', 'spec'], cluster);
    case 'helm.toolkit.fluxcd.io/HelmRelease':
      return claimsOfValues(manifest, ['spec', 'values']);
    default:
      return [];
  }
}

function claimsOfService(service: Manifest): Claim[] {
  const ports = listAt(service.value, 'spec', 'ports').flatMap((item, index): Claim[] => {
    const port = portNumber(valueAt(item, 'nodePort'));
    if (port === undefined) return [];
    const protocol = textAt(item, 'protocol') ?? 'TCP';
    return [{ port, protocol, position: positionAt(service, ['spec', 'ports', index, 'nodePort']) }];
  });
  const health = portNumber(valueAt(service.value, 'spec', 'healthCheckNodePort'));
  const position = positionAt(service, ['spec', 'healthCheckNodePort']);
  return health === undefined ? ports : [...ports, { port: health, protocol: 'TCP', position }];
}

function claimsOfApplication(application: Manifest, spec: Path, cluster: ClusterConfig): Claim[] {
  if (!isDestination(valueAt(application.value, ...spec, 'destination'), cluster)) return [];
  const several = listAt(application.value, ...spec, 'sources').map((_, index): Path => [...spec, 'sources', index]);
  return [[...spec, 'source'], ...several].flatMap((source): Claim[] => [
    ...claimsOfValues(application, [...source, 'helm', 'valuesObject']),
    ...claimsOfValuesText(application, [...source, 'helm', 'values']),
    ...claimsOfParameters(application, [...source, 'helm', 'parameters']),
  ]);
}

/** An Application may be read by one cluster and deploy to another. */
function isDestination(destination: unknown, { name }: ClusterConfig): boolean {
  const server = textAt(destination, 'server') || 'https://kubernetes.default.svc';
  const named = textAt(destination, 'name');
  if (named) return named === name || named === 'in-cluster';
  return server === 'https://kubernetes.default.svc' || server === 'https://kubernetes.default.svc.cluster.local';
}

function claimsOfValues(manifest: Manifest, path: Path): Claim[] {
  return helmNodePorts(valueAt(manifest.value, ...path)).map(({ port, at }) => ({
    port,
    protocol: 'TCP',
    position: positionAt(manifest, [...path, ...at]),
  }));
}

/** Values that are YAML inside of a text: their lines are those of the file around them. */
function claimsOfValuesText(manifest: Manifest, path: Path): Claim[] {
  const text = textAt(manifest.value, ...path);
  if (text === undefined) return [];
  const outer = positionAt(manifest, path);
  const [document] = readYaml(manifest.file, text).documents;
  return helmNodePorts(document?.value).map(({ port, at }) => {
    const line = document?.fieldAt(at)?.position.line ?? 0;
    return {
      port,
      protocol: 'TCP',
      position: { ...outer, line: text.includes('\n') ? outer.line + line : outer.line },
    };
  });
}

function claimsOfParameters(application: Manifest, path: Path): Claim[] {
  return listAt(application.value, ...path).flatMap((parameter, index) => {
    const port = /nodePort/i.test(textAt(parameter, 'name') ?? '')
      ? portNumber(valueAt(parameter, 'value'))
      : undefined;
    return port === undefined
      ? []
      : [{ port, protocol: 'TCP', position: positionAt(application, [...path, index, 'value']) }];
  });
}

function positionAt(manifest: Manifest, path: Path): Position {
  return manifest.fieldAt(path)?.position ?? manifest.document.position;
}

const order = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
