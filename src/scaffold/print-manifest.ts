import { printYaml } from '../yaml/print-yaml.ts';
import type { NewServer } from './new-server.ts';
import { serverDocuments } from './server-documents.ts';

/** The text of a new server's manifest: all of its objects in one file. */
export function printManifest(server: NewServer): string {
  return serverDocuments(server)
    .map((document) => `${commentOn(document, server)}${printYaml(document, { indentLists: true })}`)
    .join('---\n');
}

/** Said where a reader would otherwise change what is made again, or wonder. */
function commentOn(document: object, { name, code, egress }: NewServer): string {
  const kind = 'kind' in document ? document.kind : undefined;
  if (kind === 'ConfigMap' && code.pattern === 'configmap') {
    return `# Made from ${code.source}: change the source, then run "berth new ${name} --update".\n`;
  }
  if (kind === 'Deployment' && code.pattern === 'image' && code.user === 0) {
    return '# Runs as root, as it was asked for: a namespace with Pod Security "restricted" starts no such pod.\n';
  }
  const hosts = egress.flatMap((peer) => (peer.kind === 'host' ? [`${peer.host}:${peer.port}`] : []));
  if (kind === 'NetworkPolicy' && hosts.length > 0) {
    return `# Policies know no host names: any address is allowed on the ports of ${hosts.join(', ')}.\n`;
  }
  return '';
}
