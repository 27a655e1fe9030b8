import { BerthError } from '../errors.ts';
import { nearestWord } from '../nearest-word.ts';
import type { Platform } from '../platform/types.ts';
import { mcpServers, serverName } from './mcp-servers.ts';
import { mustBeReadable } from './must-be-readable.ts';
import type { McpServer, Repository } from './types.ts';

/**
 * The server that a user means by `weather` or `weather-mcp`. Errors: SERVER_UNKNOWN, SERVER_DUPLICATE,
 * MANIFEST_UNREADABLE where one of its files is broken, ANNOTATION_INVALID.
 */
export function findServer(repository: Repository, platform: Platform, name: string): McpServer {
  const servers = mcpServers(repository, platform);
  const exact = servers.filter((server) => server.name === serverName(name) || server.workload.name === name);
  const [server, another] = exact;
  if (!server) {
    mustBeReadable(repository, ...filesNamedAfter(repository, serverName(name)));
    throw unknown(name, servers);
  }
  if (another) {
    throw new BerthError(
      'SERVER_DUPLICATE',
      `${server.name} is defined twice: in ${placeOf(server)} and in ${placeOf(another)}`,
      {
        at: placeOf(another),
        hint: 'Remove or rename one of them. A file that is a patch belongs into the patches of its kustomization.',
      },
    );
  }
  const { workload, service, code, others } = server;
  mustBeReadable(repository, ...[workload, service, code, ...others].flatMap((manifest) => manifest?.file ?? []));
  const [problem] = server.problems;
  if (problem) {
    const { file, line, column } = problem.position;
    throw new BerthError('ANNOTATION_INVALID', problem.message, {
      at: `${file}:${line}:${column}`,
      hint: problem.hint,
    });
  }
  return server;
}

/** A file that cannot be read shows no server; its name tells whose it is. */
function filesNamedAfter({ yamlFiles }: Repository, name: string): string[] {
  return [...yamlFiles.keys()].filter((file) => named(file, name));
}

function named(file: string, name: string): boolean {
  const base = file.slice(file.lastIndexOf('/') + 1).replace(/\.ya?ml$/, '');
  return base === name || base === `${name}-mcp`;
}

function unknown(name: string, servers: readonly McpServer[]): BerthError {
  const known = servers.map((server) => server.name);
  const meant = nearestWord(serverName(name), known);
  const all =
    known.length > 0
      ? `Known: ${known.slice(0, 20).join(', ')}${known.length > 20 ? ', …' : ''}.`
      : 'There is none yet: berth new makes one.';
  return new BerthError('SERVER_UNKNOWN', `There is no server ${JSON.stringify(name.slice(0, 80))}`, {
    hint: meant ? `Did you mean ${meant}? ${all}` : all,
  });
}

function placeOf({ workload }: McpServer): string {
  const { line, column } = workload.document.position;
  return `${workload.file}:${line}:${column}`;
}
