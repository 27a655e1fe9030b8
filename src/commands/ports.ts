import { z } from 'zod';
import { BerthError } from '../errors.ts';
import { nearestWord } from '../nearest-word.ts';
import type { ClusterConfig, Platform } from '../platform/types.ts';
import { type NodePortClaim, nodePortClaims } from '../repository/node-port-claims.ts';
import { nextFreeNodePort, nodePortConflicts } from '../repository/node-ports.ts';
import { defineCommand } from './define-command.ts';
import { loadPlatform } from './load-platform.ts';
import { loadRepository } from './load-repository.ts';
import { firstLine, type PortRegister, portRows, portsFile } from './ports/ports-text.ts';

interface Ports {
  registers: readonly PortRegister[];
  wrote: string | null;
}

export const portsCommand = defineCommand({
  name: 'ports',
  summary: 'Show who has which node port, and which one is free',
  description:
    'The register is derived from the manifests that reach a cluster; Helm values in Applications and HelmReleases count. It ends with 1 where two want one port.',
  examples: [
    { command: 'berth ports', what: 'all clusters that sync this repository' },
    { command: 'berth ports --write mcp-ports.txt', what: 'the same as a file, for people' },
  ],
  effect: 'writes-files',
  options: z.object({
    cluster: z.string().optional().describe('Only this cluster').meta({ placeholder: 'NAME' }),
    write: z.string().min(1).optional().describe('Write the register into this file').meta({ placeholder: 'FILE' }),
    force: z.boolean().default(false).describe('Overwrite a file that is no register'),
  }),

  async run({ cluster, write, force }, context): Promise<Ports> {
    const platform = await loadPlatform(context);
    const clusters = clustersNamed(cluster, platform);
    const repository = await loadRepository(context);
    const registers = clusters.map((one) =>
      registerOf(one, platform, nodePortClaims(repository, one, platform.servers.namespace)),
    );
    if (write === undefined) return { registers, wrote: null };

    const present = await context.files.read(write);
    if (present !== undefined && !present.startsWith(firstLine) && !force) {
      throw new BerthError('USAGE', `${write} is there already, and not from berth`, {
        hint: 'Name another file, or overwrite it with --force.',
      });
    }
    const text = portsFile(registers);
    if (present !== text) await context.files.write(write, text);
    return { registers, wrote: write };
  },

  toText({ registers, wrote }, style) {
    const sections = registers.map((register) => {
      const head = registers.length > 1 ? [style.bold(register.cluster)] : [];
      const rows = portRows(register).map(({ text, conflict }) => (conflict ? style.red(`✗ ${text}`) : `  ${text}`));
      const next =
        register.next === null
          ? style.yellow('No port of the range is free.')
          : `Next free: ${style.bold(String(register.next))}`;
      return [...head, ...rows, next].join('\n');
    });
    return [...sections, ...(wrote === null ? [] : [`Wrote ${wrote}.`])].join('\n');
  },

  failed: ({ registers }) => registers.some(({ conflicts }) => conflicts.length > 0),
});

/** Those that sync this repository; another repository has a register of its own. */
function clustersNamed(name: string | undefined, { clusters }: Platform): readonly ClusterConfig[] {
  const here = [...clusters.values()].filter(({ repository }) => repository === undefined);
  if (name === undefined) return here;
  const found = here.filter((cluster) => cluster.name === name);
  if (found.length > 0) return found;
  const names = here.map((cluster) => cluster.name);
  const meant = nearestWord(name, names);
  throw new BerthError('USAGE', `No cluster ${JSON.stringify(name.slice(0, 80))} syncs this repository`, {
    hint: meant ? `Did you mean ${meant}?` : `There are: ${names.join(', ')}.`,
  });
}

function registerOf({ name }: ClusterConfig, { nodePorts }: Platform, claims: readonly NodePortClaim[]): PortRegister {
  return {
    cluster: name,
    claims,
    conflicts: nodePortConflicts(claims).map(([claim]) => claim?.port ?? 0),
    reserved: Object.fromEntries(nodePorts.reserved),
    next: nextFreeNodePort(nodePorts, claims) ?? null,
  };
}
