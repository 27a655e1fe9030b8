import { isMcpWorkload } from '../is-mcp-workload.ts';
import { namespaceResolver } from '../namespace-resolver.ts';
import type { Repository } from '../types.ts';
import { mostCommon } from './most-common.ts';
import { applicationsFolder, folderOf, isLive } from './survey-folders.ts';

export interface ServerSurvey {
  /** Where MCP servers are, most of them first. */
  places: readonly { directory: string; count: number }[];
  /** Where most of them are, and new ones should be. */
  directory?: string;
  /** Where new ones could be as long as there is none. */
  proposed: string;
  /** Which namespace those of the directory have. */
  namespace?: string;
}

/** Where the MCP servers of a repository live, before anybody has said so in `berth.yaml`. */
export function surveyServers(repository: Repository): ServerSurvey {
  const workloads = [...repository.manifestsOf('Deployment'), ...repository.manifestsOf('StatefulSet')].filter(
    (manifest) => isLive(manifest.file) && isMcpWorkload(manifest),
  );
  const homes = homesOf(workloads.map(({ file }) => file));
  const counts = new Map<string, number>();
  for (const home of homes.values()) counts.set(home, (counts.get(home) ?? 0) + 1);
  const places = [...counts].map(([directory, count]) => ({ directory, count }));
  places.sort((a, b) => b.count - a.count || (a.directory < b.directory ? -1 : 1));

  const directory = places.find((place) => place.directory !== '')?.directory;
  const proposed = `${applicationsFolder(repository)}/mcp-servers`;
  if (directory === undefined) return { places, proposed };
  const namespaceOf = namespaceResolver(repository, '');
  const inside = workloads.filter(({ file }) => homes.get(file) === directory);
  const namespace = mostCommon(inside.map(namespaceOf).filter((name) => /^[a-z0-9-]+$/.test(name)));
  return { places, directory, proposed, ...(namespace === undefined ? {} : { namespace }) };
}

/** The folder that servers share: where each has one of its own (`mcp/weather/app/deployment.yaml`), the one around them. */
function homesOf(files: readonly string[]): ReadonlyMap<string, string> {
  const folders = files.map((file) => folderOf(file).replace(/\/app$/, ''));
  const alone = new Set(
    folders.filter((folder, index) => folders.indexOf(folder) === index && folders.lastIndexOf(folder) === index),
  );
  const parents = [...alone].map(folderOf);
  const shared = new Set(parents.filter((parent, index) => parent !== '' && parents.indexOf(parent) !== index));
  return new Map(
    files.map((file, index) => {
      const folder = folders[index] ?? '';
      return [file, alone.has(folder) && shared.has(folderOf(folder)) ? folderOf(folder) : folder];
    }),
  );
}
