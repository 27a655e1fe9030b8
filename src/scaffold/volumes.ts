import type { NewServer } from './new-server.ts';
import { serverNames } from './server-names.ts';

interface Mount {
  name: string;
  mountPath: string;
  readOnly?: true;
}

/** The code, the packages, and every folder that can be written to: the root of a container cannot. */
export function volumes({ name, code, writable }: NewServer) {
  const temporary = [
    { name: 'tmp', mountPath: '/tmp' },
    ...writable.map((mountPath, index) => ({ name: `writable-${index + 1}`, mountPath })),
  ];
  const installs = code.pattern === 'configmap' && code.install !== undefined;
  const codeMount: Mount[] = code.pattern === 'configmap' ? [{ name: 'code', mountPath: '/app', readOnly: true }] : [];
  const packages: Mount[] = installs ? [{ name: 'packages', mountPath: '/packages', readOnly: true }] : [];
  return {
    mounts: [...codeMount, ...packages, ...temporary],
    initMounts: [...codeMount, { name: 'packages', mountPath: '/packages' }, { name: 'tmp', mountPath: '/tmp' }],
    volumes: [
      ...(code.pattern === 'configmap' ? [{ name: 'code', configMap: { name: serverNames(name).configMap } }] : []),
      ...(installs ? [{ name: 'packages', emptyDir: { sizeLimit: '1Gi' } }] : []),
      // The cache of the installation lies in /tmp too.
      ...temporary.map((mount) => ({ name: mount.name, emptyDir: { sizeLimit: installs ? '1Gi' : '256Mi' } })),
    ],
  };
}
