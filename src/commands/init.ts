import { BerthError } from '../errors.ts';
import { readPlatform } from '../platform/read-platform.ts';
import type { Survey } from '../repository/survey/survey-repository.ts';
import { surveyRepository } from '../repository/survey/survey-repository.ts';
import { type Context, defineCommand, type Style } from './define-command.ts';
import { chooseCluster } from './init/choose-cluster.ts';
import { initOptions } from './init/options.ts';
import { type PlatformAnswers, platformText } from './init/platform-text.ts';
import { writePlatform } from './init/write-platform.ts';
import { loadRepository } from './load-repository.ts';

interface Initialised {
  /** Files that were written; empty where nothing had to be. */
  wrote: readonly string[];
  gitRepository: 'found' | 'made' | 'none';
  found: Pick<Survey, 'manifests' | 'kustomizations' | 'servers'> & { engine: string | null; secrets: string | null };
  cluster: PlatformAnswers['cluster'];
  next: string;
}

export const initCommand = defineCommand({
  name: 'init',
  summary: 'Make this repository a platform: write berth.yaml from what is found in it',
  description:
    'Looks at the manifests of the repository and at the names of the kubeconfig contexts, and writes berth.yaml. What it cannot know it asks on a terminal, and leaves out elsewhere.',
  examples: [
    { command: 'berth init', what: 'in a GitOps repository, or in an empty folder' },
    { command: 'berth init --local', what: 'a platform that runs on this machine alone' },
    { command: 'berth init --context admin@agentic --cidr 10.20.0.0/24', what: 'a cluster, without questions' },
  ],
  effect: 'writes-files',
  options: initOptions,

  async run(options, context): Promise<Initialised> {
    const { files, git, machine, ask, progress } = context;
    await mustBeFree(options.force, context);
    const top = await git.root();
    const makeGit =
      top === undefined &&
      options.git &&
      (await ask({ text: 'Make a Git repository here?', default: true, flag: '--no-git' })) === true;

    progress('reading the repository');
    const repository = await loadRepository(context);
    const survey = surveyRepository(repository, (await files.read('.mcp.json')) ?? '');
    const contexts = options.local || options.context !== undefined ? [] : await machine.kubeContexts();
    const cluster = await chooseCluster(options, survey, contexts, ask);
    const text = platformText(
      {
        cluster,
        namespace: options.namespace ?? survey.servers.namespace ?? survey.gitops?.targetNamespace ?? 'ai-platform',
        directory: options.directory ?? survey.servers.directory ?? survey.servers.proposed,
      },
      survey,
    );

    const { directory } = readPlatform(text).servers;
    if (makeGit) await machine.initGit();
    const wrote = await writePlatform({ text, directory }, repository, context);
    const { manifests, kustomizations, servers, gitops, secrets } = survey;
    return {
      wrote,
      gitRepository: top !== undefined ? 'found' : makeGit ? 'made' : 'none',
      found: {
        manifests,
        kustomizations,
        servers,
        engine: gitops?.gitops.engine ?? null,
        secrets: secrets?.provider ?? null,
      },
      cluster,
      next: servers.places.length > 0 ? 'berth up' : 'berth new <name>',
    };
  },

  toText: initialisedToText,
});

async function mustBeFree(force: boolean, { files, ask, interactive }: Context): Promise<void> {
  if (force || (await files.read('berth.yaml')) === undefined) return;
  const question = { text: 'There is a berth.yaml already. Write it anew?', default: false, flag: '--force' };
  if (interactive && (await ask(question)) === true) return;
  throw new BerthError('USAGE', 'There is a berth.yaml already, and it stays as it is', {
    hint: 'Change it by hand, or write it anew with --force.',
  });
}

const engines: Readonly<Record<string, string>> = { argocd: 'Argo CD', flux: 'Flux' };
const git = { found: 'Found a Git repository', made: 'Made a Git repository', none: 'Found no Git repository' };

function initialisedToText({ wrote, gitRepository, found, cluster, next }: Initialised, style: Style): string {
  const engine = found.engine === null ? '' : ` (${engines[found.engine] ?? found.engine})`;
  const counted = `${plural(found.kustomizations, 'kustomization')} and ${plural(found.manifests, 'manifest')}`;
  const first = found.manifests > 0 ? `${git[gitRepository]} with ${counted}${engine}.` : `${git[gitRepository]}.`;
  const [place, ...others] = found.servers.places;
  const rest = others.map(({ directory, count }) => `, ${count} more in ${directory || 'the root'}`).join('');
  const rows: [string, string][] = [
    ['cluster', clusterToText(cluster)],
    ...(place
      ? [
          ['servers', `${plural(place.count, 'MCP server')} in ${place.directory || 'the root'}${rest}`] as [
            string,
            string,
          ],
        ]
      : []),
    ...(found.secrets === null ? [] : [['secrets', found.secrets] as [string, string]]),
  ];
  const last = wrote.length > 0 ? `Wrote ${listed(wrote)}.` : 'Everything was there already.';
  return [
    first,
    ...rows.map(([name, value]) => `  ${name.padEnd(9)}${value}`),
    `${last} Next: ${style.bold(next)}`,
  ].join('\n');
}

function clusterToText(cluster: PlatformAnswers['cluster']): string {
  if (cluster.kind === 'local') return `${cluster.name}, on this machine`;
  const context =
    cluster.context === undefined ? 'no kubeconfig context: only checked in Git' : `context ${cluster.context}`;
  return `${cluster.name}${cluster.cidr === undefined ? '' : ` ${cluster.cidr}`} (${context})`;
}

const plural = (count: number, word: string): string => `${count} ${word}${count === 1 ? '' : 's'}`;

function listed(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
}
