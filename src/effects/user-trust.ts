import { mkdir, realpath } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { diskFiles } from './disk-files.ts';
import type { Trust } from './trust.ts';

interface Trusted {
  version: 1;
  /** Absolute paths. */
  repositories: readonly string[];
}

const file = 'trusted.json';

/** Kept in the user's configuration: a repository cannot bring its own consent along. */
export function userTrust(root: string, environment: NodeJS.ProcessEnv): Trust {
  const folder = join(environment['XDG_CONFIG_HOME'] ?? join(homedir(), '.config'), 'mcp-berth');
  const read = async (): Promise<readonly string[]> => {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    return trustedIn(await diskFiles(folder).read(file));
  };
  return {
    given: async () => (await read()).includes(await realpath(root)),
    async give() {
      const repositories = [...new Set([...(await read()), await realpath(root)])].toSorted();
      const trusted: Trusted = { version: 1, repositories };
      await diskFiles(folder).write(file, `${JSON.stringify(trusted, null, 2)}\n`, { mode: 0o600 });
    },
  };
}

/** What cannot be read trusts nobody. */
function trustedIn(text: string | undefined): readonly string[] {
  try {
    const { repositories } = JSON.parse(text ?? '{}') as Partial<Trusted>;
    return Array.isArray(repositories) ? repositories.filter((path) => typeof path === 'string') : [];
  } catch {
    return [];
  }
}
