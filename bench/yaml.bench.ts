// Some 7.5 MB of servers read by us and by the libraries: whole programs that start, read the files and make the values.
import { spawnSync } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { cpus } from 'node:os';
import { fileURLToPath } from 'node:url';
import { readYaml } from '../src/yaml/read-yaml.ts';
import { filesOf, writeServers } from './server-tree.ts';

const servers = 1200;
const aimSeconds = 0.35;
const rounds = 7;

/** What each does with a file; all but the last hand out the documents as plain data. */
const readers: Record<string, () => Promise<(text: string) => unknown[]>> = {
  berth: async () => (text) => readYaml('a.yaml', text).documents.map(({ value }) => value),
  'js-yaml loadAll': async () => {
    const { loadAll } = await import('js-yaml');
    return (text) => loadAll(text);
  },
  'yaml parseAllDocuments': async () => {
    const { LineCounter, parseAllDocuments } = await import('yaml');
    return (text) => parseAllDocuments(text, { lineCounter: new LineCounter() }).map((document) => document.toJS());
  },
  'js-yaml parseEvents': async () => {
    const { EVENT_ID, parseEvents } = await import('js-yaml');
    return (text) => parseEvents(text, {}).filter(({ type }) => type === EVENT_ID.DOCUMENT);
  },
};

const [mode, tree] = process.argv.slice(2);
if (mode && tree) await read(mode, tree);
else compare();

async function read(name: string, directory: string): Promise<void> {
  const documents = (await readers[name]?.()) ?? (() => []);
  let count = 0;
  for (const text of filesOf(directory).values()) count += documents(text).length;
  const { user, system } = process.cpuUsage();
  console.log(JSON.stringify({ count, seconds: (user + system) / 1e6 }));
}

function compare(): void {
  const directory = writeServers(servers);
  const bytes = [...filesOf(directory).values()].reduce((sum, text) => sum + text.length, 0);
  const versions = ['js-yaml', 'yaml'].map((name) => `${name} ${versionOf(name)}`).join(', ');
  console.log(`  ${cpus().length} × ${cpus()[0]?.model ?? 'unknown'}, Node ${process.version}, ${versions}`);
  console.log(
    `  ${servers} servers, ${(bytes / 1e6).toFixed(2)} MB; CPU of the whole program, the least of ${rounds} rounds`,
  );

  const seconds = new Map<string, number>();
  // Interleaved, so that what else the machine does disturbs all.
  for (let round = 0; round < rounds; round += 1)
    for (const name of Object.keys(readers)) {
      const { stdout } = spawnSync(process.execPath, [fileURLToPath(import.meta.url), name, directory], {
        encoding: 'utf8',
      });
      const seen = JSON.parse(stdout) as { count: number; seconds: number };
      if (seen.count < 4000) throw new Error(`${name} saw ${seen.count} documents`);
      seconds.set(name, Math.min(seconds.get(name) ?? Infinity, seen.seconds));
    }
  rmSync(directory, { recursive: true });

  const ours = seconds.get('berth') ?? Infinity;
  for (const [name, value] of seconds)
    console.log(`  ${name.padEnd(24)} ${value.toFixed(2)} s  ratio ${(value / ours).toFixed(1)}`);
  console.log(`  aim: at most ${aimSeconds} s on Node 22: ${ours <= aimSeconds ? 'met' : 'missed'}`);
  process.exitCode = ours <= aimSeconds ? 0 : 1;
}

function versionOf(name: string): string {
  const file = fileURLToPath(new URL(`../../node_modules/${name}/package.json`, import.meta.url));
  return (JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version;
}
