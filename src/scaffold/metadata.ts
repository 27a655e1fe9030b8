import type { NewServer } from './new-server.ts';
import { serverNames } from './server-names.ts';

/** Name, namespace and the two labels that everything which belongs to a server carries. */
export function metadata(
  { name, namespace }: Pick<NewServer, 'name' | 'namespace'>,
  objectName: string = serverNames(name).workload,
) {
  return { name: objectName, namespace, labels: serverLabels(name) };
}

export function serverLabels(name: string) {
  return { ...selectorLabels(name), 'app.kubernetes.io/component': 'mcp-server' };
}

/** A selector can never be changed again: it has the name only. */
export function selectorLabels(name: string) {
  return { 'app.kubernetes.io/name': serverNames(name).workload };
}
