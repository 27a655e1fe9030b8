import { isWithin } from '../paths.ts';
import type { Manifest } from './types.ts';
import { listAt, mapAt, textAt } from './value-at.ts';

/**
 * Whether a Deployment or StatefulSet serves MCP: by its labels, by an annotation of berth, or by the names that the
 * pattern asks for (`<name>-mcp`, and in the servers' directory the container `mcp-server`).
 */
export function isMcpWorkload(
  { name, file, value }: Pick<Manifest, 'name' | 'file' | 'value'>,
  directory?: string,
): boolean {
  if (!/^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/.test(name)) return false;
  const labels = [mapAt(value, 'metadata', 'labels'), mapAt(value, 'spec', 'template', 'metadata', 'labels')];
  if (labels.some((map) => map['app.kubernetes.io/component'] === 'mcp-server' || map['component'] === 'mcp'))
    return true;
  if (Object.keys(mapAt(value, 'metadata', 'annotations')).some((key) => key.startsWith('mcp-berth.dev/'))) return true;
  if (name.endsWith('-mcp')) return true;
  const containers = listAt(value, 'spec', 'template', 'spec', 'containers');
  return (
    directory !== undefined &&
    isWithin(file, directory) &&
    containers.some((container) => textAt(container, 'name') === 'mcp-server')
  );
}
