import { existsSync } from 'node:fs';
import { readFile, readdir } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Handbook } from './handbook.ts';
import { packageRoot } from './package-root.ts';

/** The handbook as Markdown files of the package; a page's id is its heading. */
export function packageHandbook(): Handbook {
  const root = packageRoot(dirname(fileURLToPath(import.meta.url)));
  return {
    async pages() {
      const errors = sections(await readFile(join(root, 'docs/reference/errors.md'), 'utf8'));
      const faults = await readFolder(join(root, 'docs/reference/faults'), (name) => name);
      const rules = await readFolder(join(root, 'src/rules'), (name) => join(name, 'README.md'));
      return new Map([...errors, ...faults, ...rules]);
    },
  };
}

/** `## CODE` and what follows it. */
function sections(text: string): [string, string][] {
  return text
    .split(/^## /m)
    .slice(1)
    .map((section) => [section.slice(0, section.indexOf('\n')).trim(), `# ${section.trim()}`]);
}

async function readFolder(folder: string, page: (name: string) => string): Promise<[string, string][]> {
  if (!existsSync(folder)) return [];
  const files = (await readdir(folder)).map((name) => [basename(name, '.md'), join(folder, page(name))] as const);
  const pages = files.filter(([id, file]) => id !== 'README' && file.endsWith('.md') && existsSync(file));
  return Promise.all(
    pages.map(async ([id, file]): Promise<[string, string]> => [id, (await readFile(file, 'utf8')).trim()]),
  );
}
