import type { NewServer } from './new-server.ts';

const nobody = 65532;

/** What Pod Security "restricted" asks of a pod. A user of 0 is the named exception. */
export function podSecurityContext({ code }: NewServer) {
  const user = code.pattern === 'image' ? code.user : nobody;
  const identity = user === undefined ? {} : { runAsUser: user, runAsGroup: user };
  return {
    runAsNonRoot: user !== 0,
    ...identity,
    fsGroup: user === undefined || user === 0 ? nobody : user,
    seccompProfile: { type: 'RuntimeDefault' },
  };
}

export const containerSecurityContext = {
  allowPrivilegeEscalation: false,
  readOnlyRootFilesystem: true,
  capabilities: { drop: ['ALL'] },
};
