import { clientOf } from '../clients/client-of.ts';
import { listedResources } from '../kustomize/listed-resources.ts';
import { printLock } from '../lock/print-lock.ts';
import { lockFile, readLock } from '../lock/read-lock.ts';
import { lockedServerOf, withServer } from '../lock/with-server.ts';
import { withListed, withoutListed } from './list-in-kustomization.ts';

/** A file before the first and after the last commit of one deploy; undefined where there was none. */
export interface DeployedFile {
  file: string;
  before: string | undefined;
  after: string | undefined;
}

/** What several commits did together, oldest first. */
export function combined(commits: readonly (readonly DeployedFile[])[]): DeployedFile[] {
  const result = new Map<string, DeployedFile>();
  for (const { file, before, after } of commits.flat()) {
    const earlier = result.get(file);
    result.set(file, { file, before: earlier ? earlier.before : before, after });
  }
  return [...result.values()];
}

export type TakenBack = { text: string | undefined } | 'conflict';

/** What a file is without the deploy of a server, on its text of today; `conflict` where the same was changed since. */
export function takenBack(
  deployed: DeployedFile,
  now: string | undefined,
  { name, clientFiles }: { name: string; clientFiles: readonly string[] },
): TakenBack {
  const { file, before, after } = deployed;
  if (now === after || now === before) return { text: before };
  if (isKustomization(file)) return { text: outOfKustomization(deployed, now) };
  if (file === lockFile) return outOfLock(deployed, now, name);
  if (clientFiles.includes(file)) return outOfClientFile(deployed, now, name);
  return 'conflict';
}

const isKustomization = (file: string): boolean => /(^|\/)(kustomization\.ya?ml|Kustomization)$/.test(file);

/** Others may have listed theirs meanwhile: only the lines of this deploy go, or come back. */
function outOfKustomization({ file, before, after }: DeployedFile, now: string | undefined): string | undefined {
  const [earlier, deployed] = [listedIn(file, before), listedIn(file, after)];
  const came = deployed.filter((path) => !earlier.includes(path));
  const went = earlier.filter((path) => !deployed.includes(path));
  const without = came.reduce((text, path) => withoutListed(file, text, path), now);
  return went.reduce((text, path) => withListed(file, text, path), without);
}

function listedIn(file: string, text: string | undefined): string[] {
  if (text === undefined) return [];
  const directory = file.slice(0, Math.max(0, file.lastIndexOf('/')));
  return listedResources(new Map([[file, text]]), directory).flatMap(({ path }) => path ?? []);
}

function outOfLock({ before, after }: DeployedFile, now: string | undefined, name: string): TakenBack {
  const entryIn = (text: string | undefined) => lockedServerOf(readLock(text), name);
  const [earlier, deployed, current] = [before, after, now].map((text) => JSON.stringify(entryIn(text)));
  if (current === earlier) return { text: now };
  return current === deployed ? { text: printLock(withServer(readLock(now), name, entryIn(before))) } : 'conflict';
}

function outOfClientFile({ file, before, after }: DeployedFile, now: string | undefined, name: string): TakenBack {
  const client = clientOf(file);
  const [earlier, deployed, current] = [before, after, now].map((text) => client.entryText(text, file, name));
  if (current === earlier) return { text: now };
  return current === deployed ? { text: client.restore(now, file, name, earlier) } : 'conflict';
}
