// Writes the pages of docs/reference/ that follow from definitions: one for each command, and the configuration.
// `--check` only compares, and names what differs.
import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('..', import.meta.url));
const reference = join(root, 'docs/reference');

const wanted = await pages();
const kept = existsSync(join(reference, 'commands')) ? readdirSync(join(reference, 'commands')) : [];
const obsolete = kept.map((name) => `commands/${name}`).filter((name) => !wanted.has(name));
const stale = [...wanted].filter(([name, text]) => read(join(reference, name)) !== text).map(([name]) => name);

if (process.argv.includes('--check')) {
  const wrong = [...stale, ...obsolete];
  if (wrong.length > 0)
    console.error(`Run "npm run docs": docs/reference/{${wrong.join(', ')}} is not what the definitions say.`);
  process.exitCode = wrong.length > 0 ? 1 : 0;
} else {
  for (const name of obsolete) rmSync(join(reference, name));
  for (const name of stale) {
    mkdirSync(dirname(join(reference, name)), { recursive: true });
    writeFileSync(join(reference, name), wanted.get(name));
  }
}

/** The definitions are TypeScript: they are bundled beside this file, where their imports resolve, and loaded. */
async function pages() {
  const folder = mkdtempSync(join(root, 'node_modules/.docs-'));
  try {
    const outfile = join(folder, 'pages.mjs');
    await build({
      absWorkingDir: root,
      entryPoints: ['scripts/docs/reference-pages.ts'],
      bundle: true,
      platform: 'node',
      format: 'esm',
      packages: 'external',
      outfile,
      logLevel: 'warning',
    });
    const { referencePages } = await import(pathToFileURL(outfile).href);
    return await referencePages();
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function read(file) {
  return existsSync(file) ? readFileSync(file, 'utf8') : undefined;
}
