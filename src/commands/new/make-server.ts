import { BerthError } from '../../errors.ts';
import type { Platform } from '../../platform/types.ts';
import type { Canary, Repository } from '../../repository/types.ts';
import {
  checkDescription,
  checkEnvironment,
  checkPackage,
  checkPath,
  checkPattern,
  checkResources,
  checkWritable,
} from '../../scaffold/check-values.ts';
import type { NewServer } from '../../scaffold/new-server.ts';
import { parseEgress } from '../../scaffold/parse-egress.ts';
import type { Answers } from './ask-answers.ts';
import type { NewOptions } from './options.ts';
import type { PreparedCode } from './prepared-code.ts';

/** Everything that was told and found out, as one new server. Errors: USAGE. */
export function makeServer(
  name: string,
  options: NewOptions,
  answers: Answers,
  { code, defaults }: PreparedCode,
  { platform, repository, nodePort }: { platform: Platform; repository: Repository; nodePort: number | undefined },
): NewServer {
  const { transport, env, replicas, probeHost, clusterRole, writable } = options;
  const ofImage = code.pattern === 'image' ? options.healthPath : (options.healthPath ?? defaults.healthPath);
  return {
    name,
    namespace: platform.servers.namespace,
    code,
    port: options.port ?? defaults.port,
    transport,
    path: pathOf(options),
    healthPath: ofImage,
    probeHost,
    env,
    secretKeys: answers.secret,
    tokenKey: answers.tokenKey,
    replicas,
    resources: resourcesOf(options),
    exposure: nodePort === undefined ? { kind: 'clusterip' } : { kind: 'nodeport', nodePort },
    description: answers.description,
    canary: canaryOf(options) ?? defaults.canary,
    writable,
    egress: options.egress.map((peer) => parseEgress(peer, repository)),
    clusterRole,
    secrets: platform.secrets,
  };
}

/** Refuses what cannot be meant, before anything is asked for or looked up. Errors: USAGE. */
export function checkOptions(options: NewOptions, answers: Answers): void {
  checkEnvironment(options.env, answers.secret);
  checkResources(resourcesOf(options));
  checkPath('--path', pathOf(options));
  if (options.healthPath !== undefined) checkPath('--health-path', options.healthPath);
  checkWritable(options.writable);
  if (answers.description !== undefined) checkDescription(answers.description);
  if (options.package !== undefined) checkPackage(options.package);
  if (options.clusterRole === 'cluster-admin') {
    throw new BerthError('USAGE', 'A server with cluster-admin could do everything to everybody', {
      hint: 'Name a role with what it needs: --cluster-role view',
    });
  }
  const isImage = answers.pattern === 'image';
  const wrong = Object.entries(isImage ? onlyForCode(options) : onlyForImages(options)).find(([, used]) => used)?.[0];
  if (wrong !== undefined) {
    throw new BerthError('USAGE', `${wrong} is for ${isImage ? 'code' : 'images'} only`, { hint: 'Leave it out.' });
  }
  canaryOf(options);
}

const onlyForImages = ({ command, arg, user, package: runnable }: NewOptions): Record<string, boolean> => ({
  '--command': command.length > 0,
  '--arg': arg.length > 0,
  '--user': user !== undefined,
  '--package': runnable !== undefined,
});

const onlyForCode = ({ requirement, unhashed, install }: NewOptions): Record<string, boolean> => ({
  '--requirement': requirement.length > 0,
  '--unhashed': unhashed,
  '--no-install': !install,
});

const pathOf = ({ path, transport }: NewOptions): string => path ?? (transport === 'sse' ? '/sse' : '/mcp');

function resourcesOf({ cpu, cpuLimit, memory, memoryLimit }: NewOptions): NewServer['resources'] {
  return { requests: { memory, cpu }, limits: { memory: memoryLimit, cpu: cpuLimit } };
}

function canaryOf({ canary: tool, args, mustMatch, mustNotMatch }: NewOptions): Canary | undefined {
  if (tool === undefined) {
    if (args === undefined && mustMatch === undefined && mustNotMatch === undefined) return undefined;
    throw new BerthError('USAGE', 'It is not said which tool is to be called', { hint: 'Add --canary TOOL.' });
  }
  const canary = {
    tool,
    args: args ?? {},
    ...(mustMatch === undefined ? {} : { mustMatch }),
    ...(mustNotMatch === undefined ? {} : { mustNotMatch }),
  };
  checkPattern('--must-match', mustMatch);
  checkPattern('--must-not-match', mustNotMatch);
  return canary;
}
