import { containerSecurityContext } from './security-context.ts';

/** Installs the packages of a Python server before it starts, compiled: a start from source takes twice as long. */
export function installContainer(
  { image, hashed }: { image: string; hashed: boolean },
  volumeMounts: readonly object[],
): object {
  return {
    name: 'install-packages',
    image,
    command: [
      'uv',
      'pip',
      'install',
      '--target=/packages',
      '--requirement=/app/requirements.txt',
      ...(hashed ? ['--require-hashes'] : []),
      '--compile-bytecode',
      '--link-mode=copy',
    ],
    env: [
      { name: 'HOME', value: '/tmp' },
      { name: 'UV_CACHE_DIR', value: '/tmp/uv' },
    ],
    resources: { requests: { memory: '256Mi', cpu: '100m' }, limits: { memory: '512Mi', cpu: '1' } },
    securityContext: containerSecurityContext,
    volumeMounts,
  };
}
