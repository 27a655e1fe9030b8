import { BerthError } from '../errors.ts';
import { type BuiltObject, buildKustomization } from '../kustomize/build-kustomization.ts';
import type { ReadYaml } from '../kustomize/kustomization-of.ts';
import type { Manifest, McpServer } from '../repository/types.ts';
import type { KustomizationPlace } from './kustomization-place.ts';

/** What a cluster gets of a server: names, namespace and image as its kustomization leaves them. */
export interface DeployedForm {
  namespace: string;
  workload: string;
  image: string;
  codeHash: string | undefined;
  service: { name: string; port: number | undefined; nodePort: number | undefined } | undefined;
  /** Everything that is applied together with it. */
  objects: readonly BuiltObject[];
}

/** Builds what a cluster gets of the server's place, and finds the server in it. Errors: KUSTOMIZE_RESOURCE_MISSING. */
export function deployedForm(
  files: ReadonlyMap<string, string>,
  { file: kustomization, root }: Pick<KustomizationPlace, 'file' | 'root'>,
  server: McpServer,
  read?: ReadYaml,
): DeployedForm {
  const objects = kustomization === undefined ? asWritten(server) : buildKustomization(files, root, read).objects;
  const built = (manifest: Manifest): PlainObject => {
    const found = objects.find(
      ({ file, document }) => file === manifest.file && document === manifest.document.index,
    )?.value;
    if (found) return found as typeof found & PlainObject;
    const { line, column } = manifest.document.position;
    throw new BerthError(
      'KUSTOMIZE_RESOURCE_MISSING',
      `The kustomization of ${root || '.'} does not bring ${manifest.kind} ${manifest.name} to the cluster`,
      { at: `${manifest.file}:${line}:${column}`, hint: 'Does a patch or an annotation of it take the object out?' },
    );
  };

  const workload = built(server.workload);
  const service = server.service && built(server.service);
  // Code, secrets and rules must arrive too, or the pods wait for them.
  for (const manifest of [...(server.code ? [server.code] : []), ...server.others]) built(manifest);

  const pod = workload.spec?.template;
  const containers = pod?.spec?.containers ?? [];
  const container = containers.find(({ name }) => name === 'mcp-server') ?? containers[0];
  const port = service?.spec?.ports?.find((one) => one.port === server.port) ?? service?.spec?.ports?.[0];
  return {
    namespace: workload.metadata.namespace ?? server.namespace,
    workload: workload.metadata.name,
    image: container?.image ?? server.image,
    codeHash: pod?.metadata?.annotations?.['mcp-berth.dev/code-sha256'],
    service: service && { name: service.metadata.name, port: port?.port, nodePort: port?.nodePort },
    objects,
  };
}

/** A folder without a kustomization is applied as it is. */
function asWritten({ workload, service, code, others }: McpServer): BuiltObject[] {
  return [workload, service, code, ...others].flatMap((manifest) =>
    manifest ? [{ value: manifest.value, file: manifest.file, document: manifest.document.index }] : [],
  );
}

/** As much of a Deployment's, a StatefulSet's or a Service's shape as is read here. */
interface PlainObject {
  metadata: { name: string; namespace?: string };
  spec?: {
    template?: {
      metadata?: { annotations?: Record<string, string> };
      spec?: { containers?: { name?: string; image?: string }[] };
    };
    ports?: { port?: number; nodePort?: number }[];
  };
}
