import { type Fault, seen } from './fault.ts';
import { lastWords, podEvent } from './log-line.ts';
import type { Evidence } from './types.ts';

const address = /(?:running on|listening (?:on|at)|available at)\s+https?:\/\/(\[[\d:a-f]*\]|[\w.-]+):(\d{2,5})/i;

/** A program that runs, where nobody hears it. */
export const listenFaults: readonly Fault[] = [
  {
    id: 'stdio-in-k8s',
    evidence: ['log', 'manifest'],
    message: 'The server speaks stdio, and nobody can reach that in a pod',
    hint: 'Serve HTTP: mcp.run(transport="http", host="0.0.0.0", port=8080), or the flag of the image that does so, then: berth deploy <name>',
    match: (evidence) =>
      seen(
        lastWords(evidence, /transport '?"?stdio|running on stdio|stdio (?:server|transport)\b/i) ??
          endsAtOnce(evidence),
      ),
  },
  {
    id: 'bind-localhost',
    evidence: ['log'],
    message: 'The server listens on its loopback address only',
    hint: 'Listen on all addresses: host="0.0.0.0" (or the variable or flag of the image for it), then: berth deploy <name>',
    match(evidence) {
      const line = lastWords(evidence, address);
      const host = address.exec(line ?? '')?.[1] ?? '';
      return /^(127\.[\d.]+|localhost|\[::1\])$/.test(host) ? seen(line) : undefined;
    },
  },
  {
    id: 'port-mismatch',
    evidence: ['log'],
    message: 'The server listens on another port than its manifest says',
    hint: 'Give the program and containerPort one number, then: berth deploy <name>',
    match(evidence) {
      const line = lastWords(evidence, address);
      const port = Number(address.exec(line ?? '')?.[2]);
      const declared = containerPorts(evidence);
      if (!line || declared.length === 0 || declared.includes(port)) return undefined;
      return seen(line, { message: `The server listens on ${port}; its manifest says ${declared.join(', ')}` });
    },
  },
  {
    id: 'probe-path-unserved',
    evidence: ['log'],
    message: 'The probe asks for a path that the server does not serve',
    hint: 'Serve the path, or correct httpGet.path of the probe in the manifest of <name> (tcpSocket where there is none), then: berth deploy <name>',
    match: (evidence) =>
      seen(podEvent(evidence, /probe failed: HTTP probe failed with status ?code: (404|405|400|406)/i)),
  },
];

/** A program that waits for a client on its standard input, and finds it closed, ends well at once. */
function endsAtOnce({ observation, pod, code }: Evidence): string | undefined {
  if (observation.connected || pod?.exitCode !== 0 || pod.ready) return undefined;
  const sources = [...(code?.values() ?? [])].join('\n');
  const runsHttp = /transport\s*[=:]\s*["'](?:http|streamable-http|sse)|uvicorn\.run|\.listen\(|serve\(/.test(sources);
  return runsHttp ? undefined : `ended with exit code 0, ${pod.restarts} restarts`;
}

function containerPorts({ server }: Evidence): number[] {
  const kinds = server?.workload.fields('spec.template.spec.containers[*].ports[*].containerPort') ?? [];
  return kinds.map(({ value }) => Number(value));
}
