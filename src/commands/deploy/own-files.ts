import type { Git } from '../../effects/git.ts';
import type { Platform } from '../../platform/types.ts';
import { mcpServers } from '../../repository/mcp-servers.ts';
import type { Manifest, McpServer, Repository } from '../../repository/types.ts';

/** Every file that belongs to a server, on one side or the other: manifests and the source of its code. */
export async function ownFiles(
  git: Git,
  {
    name,
    platform,
    repositories,
    head,
  }: { name: string; platform: Platform; repositories: readonly Repository[]; head: string | undefined },
): Promise<string[]> {
  const { directory } = platform.servers;
  const servers = repositories.flatMap((repository) =>
    mcpServers(repository, platform).filter((one) => one.name === name),
  );
  // A manifest that is too broken to be recognised is in the place where it belongs.
  const usual = `${directory}/${name}-mcp.yaml`;
  const broken = repositories.some(({ files }) => files.has(usual)) ? [usual] : [];
  const source = `${directory}/servers/${name}/`;
  const sources = [await git.listFiles(source), head === undefined ? [] : await git.listFilesAt(head, source)];
  const manifests = servers.flatMap(manifestsOf).map(({ file }) => file);
  return [...new Set([...broken, ...manifests, ...sources.flat()])].toSorted();
}

/** All objects that make a server. */
export function manifestsOf({ workload, service, code, others }: McpServer): Manifest[] {
  return [workload, service, code, ...others].filter((manifest) => manifest !== undefined);
}
