import type { NewServer } from './new-server.ts';

/**
 * How the kubelet sees that a server is up. Without a path that is known to tell, TCP says when it listens, and nothing
 * restarts it: a port that is open says nothing about the server behind it.
 */
export function probes({ healthPath, port, probeHost }: NewServer) {
  // Two minutes: Python needs seconds of CPU time before it listens, and may get a quarter of a core.
  const startup = { periodSeconds: 2, timeoutSeconds: 2, failureThreshold: 60 };
  const readiness = { periodSeconds: 10, timeoutSeconds: 5, failureThreshold: 3 };
  if (healthPath === undefined) {
    const tcpSocket = { port };
    return { startupProbe: { tcpSocket, ...startup }, readinessProbe: { tcpSocket, ...readiness } };
  }
  const httpHeaders = probeHost === undefined ? {} : { httpHeaders: [{ name: 'Host', value: probeHost }] };
  const httpGet = { path: healthPath, port, ...httpHeaders };
  return {
    startupProbe: { httpGet, ...startup },
    readinessProbe: { httpGet, ...readiness },
    livenessProbe: { httpGet, periodSeconds: 20, timeoutSeconds: 5, failureThreshold: 3 },
  };
}
