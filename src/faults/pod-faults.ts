import { type Fault, seen } from './fault.ts';
import { lastWords, podEvent } from './log-line.ts';
import type { Evidence } from './types.ts';

/** What keeps a container from running at all, in Kubernetes' own words. */
export const podFaults: readonly Fault[] = [
  {
    id: 'image-missing',
    evidence: ['log'],
    message: 'The image cannot be pulled',
    hint: 'Correct the name and tag of the image in the manifest of <name> (a private registry needs an imagePullSecret), then: berth deploy <name>',
    match: (evidence) =>
      seen(
        podEvent(evidence, /failed to pull image|ErrImagePull|ImagePullBackOff|manifest unknown|InvalidImageName/i) ??
          reason(evidence, /^(ErrImagePull|ImagePullBackOff|InvalidImageName|ErrImageNeverPull)$/),
      ),
  },
  {
    id: 'image-runtime',
    evidence: ['log'],
    message: 'The image does not fit this machine, or lacks what its command starts',
    hint: 'Use an image for the architecture of the nodes, with a command that it has, then: berth deploy <name>',
    match: (evidence) => {
      const pattern = /exec format error|executable file not found in \$PATH|no such file or directory: unknown/i;
      return seen(podEvent(evidence, pattern) ?? lastWords(evidence, pattern));
    },
  },
  {
    id: 'memory-limit',
    evidence: ['log'],
    message: 'The server needs more memory than its limit allows',
    hint: 'Raise resources.limits.memory in the manifest of <name> (Python with FastMCP needs about 128Mi to start, Node about 96Mi), then: berth deploy <name>',
    match: (evidence) =>
      seen(
        podEvent(evidence, /OOMKilled|oom-kill|out of memory/i) ??
          reason(evidence, /^OOMKilled$/) ??
          lastWords(evidence, /JavaScript heap out of memory|^MemoryError\b|Cannot allocate memory/),
      ),
  },
  {
    id: 'secret-key-wrong',
    evidence: ['log'],
    message: 'The Secret lacks a key that the pod reads',
    hint: "Give the key in the manifest the spelling that it has in the Secret, or add it to the Secret's source (on a local cluster: .berth/secrets.yaml), then: berth deploy <name>",
    match: (evidence) => seen(podEvent(evidence, /couldn't find key|references non-existent secret key/i)),
  },
  {
    id: 'dangling-secret-ref',
    evidence: ['log'],
    message: 'The pod waits for a Secret or ConfigMap that does not exist',
    hint: 'Add the object to the manifest of <name>, or correct its name there (on a local cluster: .berth/secrets.yaml), then: berth deploy <name>',
    match: (evidence) => seen(podEvent(evidence, /(secret|configmap) "[^"]*" not found/i)),
  },
  {
    id: 'nonroot-conflict',
    evidence: ['log'],
    message: 'The image runs as root and the pod forbids it',
    hint: 'Set runAsUser to a number in the pod of <name>, or use an image with a USER of its own, then: berth deploy <name>',
    match: (evidence) =>
      seen(
        podEvent(
          evidence,
          /runAsNonRoot and image (will run as root|has non-numeric user)|container's runAsUser breaks non-root policy/i,
        ),
      ),
  },
  {
    id: 'cluster-capacity',
    evidence: ['log'],
    message: 'No node has room for the pod',
    hint: 'Lower resources.requests in the manifest of <name>, or free room on the cluster, then: berth deploy <name>',
    match: (evidence) => seen(podEvent(evidence, /Insufficient (cpu|memory|ephemeral-storage)|nodes are available:/i)),
  },
];

function reason({ observation, pod }: Evidence, pattern: RegExp): string | undefined {
  if (observation.connected || !pod?.reason || !pattern.test(pod.reason)) return undefined;
  const exit = pod.exitCode === undefined ? '' : `, exit code ${pod.exitCode}`;
  return `${pod.reason}${exit}, ${pod.restarts} restarts`;
}
