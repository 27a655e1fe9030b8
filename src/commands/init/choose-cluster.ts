import type { KubeContext } from '../../effects/machine.ts';
import { BerthError } from '../../errors.ts';
import { nearestWord } from '../../nearest-word.ts';
import { isAddress, isCidr, isInCidr } from '../../platform/ip-address.ts';
import type { Survey } from '../../repository/survey/survey-repository.ts';
import type { Context } from '../define-command.ts';
import type { InitOptions } from './options.ts';
import type { KubernetesAnswer, PlatformAnswers } from './platform-text.ts';

/**
 * Where the servers of a new platform run: on the cluster that flags name, that a person picks, or that kubeconfig and
 * repository point to; on a local one where nothing points anywhere.
 */
export async function chooseCluster(
  options: InitOptions,
  survey: Survey,
  contexts: readonly KubeContext[],
  ask: Context['ask'],
): Promise<PlatformAnswers['cluster']> {
  const local = { kind: 'local', name: options.cluster ?? 'local', gatewayPort: options.gatewayPort } as const;
  if (options.local) return local;
  const context = options.context ?? (await chooseContext(options, survey, contexts, ask));
  const remote = context !== undefined || options.cidr !== undefined || survey.gitops !== undefined;
  if (!remote) return local;

  const name = options.cluster ?? (context === undefined ? (survey.clusterFolders[0] ?? 'main') : nameOf(context));
  const cidr = options.cidr ?? (await askNetwork(name, ask));
  const known = options.nodeAddress ?? survey.nodeAddress;
  const nodeAddress = known ?? (cidr === undefined ? undefined : await askNode(name, cidr, ask));
  const cluster: KubernetesAnswer = {
    kind: 'kubernetes',
    name,
    ...(context === undefined ? {} : { context }),
    ...(cidr === undefined ? {} : { cidr }),
    ...(nodeAddress === undefined ? {} : { nodeAddress }),
  };
  return cluster;
}

/** Nobody's cluster is taken without a hint: there must be manifests for one, or somebody who says so. */
async function chooseContext(
  { cluster, cidr }: InitOptions,
  survey: Survey,
  contexts: readonly KubeContext[],
  ask: Context['ask'],
): Promise<string | undefined> {
  if (contexts.length === 0) return undefined;
  const ofCluster = contexts.filter(({ name }) => cluster === undefined || nameOf(name) === cluster);
  const current = ofCluster.length === 1 ? ofCluster[0] : ofCluster.find((context) => context.current);
  const wanted = survey.manifests > 0 || cidr !== undefined || cluster !== undefined;
  const answer = await ask({
    text: `Which kubeconfig context has the cluster for MCP servers (${contexts.map(({ name }) => name).join(', ')}), or "none"?`,
    default: wanted ? (current?.name ?? 'none') : 'none',
    flag: '--context',
  });
  if (answer === 'none' || typeof answer !== 'string') return undefined;
  const names = contexts.map(({ name }) => name);
  if (names.includes(answer)) return answer;
  const meant = nearestWord(answer, names);
  throw new BerthError('USAGE', `There is no kubeconfig context "${answer}"`, {
    hint: meant ? `Did you mean ${meant}?` : `There are: ${names.join(', ')}.`,
  });
}

/** `admin@agentic` is the cluster `agentic`. */
function nameOf(context: string): string {
  const last = context.split(/[@/:]/).findLast((part) => part !== '') ?? '';
  const name = last
    .replaceAll(/[^\w.-]/g, '-')
    .replaceAll(/^[^A-Za-z0-9]+|[^A-Za-z0-9]+$/g, '')
    .slice(0, 60);
  return name || 'main';
}

async function askNetwork(cluster: string, ask: Context['ask']): Promise<string | undefined> {
  return askFor(`Network of the nodes of ${cluster}, like 10.20.0.0/24 (Enter leaves it out)?`, '--cidr', isCidr, ask);
}

async function askNode(cluster: string, cidr: string, ask: Context['ask']): Promise<string | undefined> {
  const fits = (answer: string): boolean => isAddress(answer) && isInCidr(answer, cidr);
  return askFor(
    `Address of a node of ${cluster} in ${cidr}, for NodePort URLs (Enter leaves it out)?`,
    '--node-address',
    fits,
    ask,
  );
}

async function askFor(
  text: string,
  flag: string,
  fits: (answer: string) => boolean,
  ask: Context['ask'],
): Promise<string | undefined> {
  for (;;) {
    const answer = await ask({ text, default: '', flag });
    if (answer === '' || typeof answer !== 'string') return undefined;
    if (fits(answer)) return answer;
  }
}
