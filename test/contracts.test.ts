import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
// @ts-expect-error: the table is plain JavaScript, so that the linter's configuration needs no build
import { folders } from '../scripts/boundaries.mjs';
import { flagsOf } from '../src/cli/flags.ts';
import { commands } from '../src/commands/index.ts';
import { errorCodes } from '../src/errors.ts';
import { faults } from '../src/faults/faults.ts';
import { warnings } from '../src/faults/warnings.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const text = (file: string): string => readFileSync(join(root, file), 'utf8');

describe('errors', () => {
  const sections = [...text('docs/reference/errors.md').matchAll(/^## (.+)\n+([^#]*)/gm)].map(
    ([, code = '', body = '']) => ({ code, body: body.trim() }),
  );

  test('every code has its section in docs/reference/errors.md, and every section its code', () => {
    expect(sections.map(({ code }) => code).toSorted()).toEqual(Object.keys(errorCodes).toSorted());
  });
  test('codes stand in alphabetical order', () => {
    expect(Object.keys(errorCodes)).toEqual(Object.keys(errorCodes).toSorted());
  });
  test.each(sections)('$code says more than its name', ({ body }) => {
    expect(body.length).toBeGreaterThan(60);
  });
});

describe('commands', () => {
  test('stand in alphabetical order', () => {
    const names = commands.map(({ name }) => name);
    expect(names).toEqual(names.toSorted());
  });
  test.each(commands)('$name is what the list says, and every option is described', async (entry) => {
    const { name, summary } = entry;
    const command = await entry.load();
    expect({ name: command.name, summary: command.summary }).toEqual({ name, summary });
    expect(summary).not.toMatch(/\.$/);
    const { positionals, flags } = flagsOf(command);
    const options = [...positionals, ...flags];
    expect(options.filter(({ description }) => description === '').map((flag) => flag.name)).toEqual([]);
    expect(positionals.map(({ option }) => option)).toEqual(command.positionals ?? []);
    const spelled = flags.flatMap((flag) => [flag.name, ...(flag.alias ? [flag.alias] : [])]);
    expect(spelled).toEqual([...new Set(spelled)]);
  });
  test('every page of the reference is what the definitions say', () => {
    expect(check('scripts/generate-docs.mjs')).toBe('');
  });
});

test('every folder of src/ has its place in the table of boundaries', () => {
  const present = readdirSync(join(root, 'src')).filter((name) => statSync(join(root, 'src', name)).isDirectory());
  expect(present.filter((name) => !(folders as string[]).includes(name))).toEqual([]);
});

test('the linter knows the table', () => {
  expect(check('scripts/boundaries.mjs')).toBe('');
});

test('every fault and every rule has a page that begins with its id', () => {
  const pages = [
    ...folderOf('docs/reference/faults').map((name) => [name.replace(/\.md$/, ''), `docs/reference/faults/${name}`]),
    ...folderOf('src/rules')
      .filter((name) => !name.includes('.'))
      .map((name) => [name, `src/rules/${name}/README.md`]),
  ].filter(([id]) => id !== 'README') as [string, string][];
  for (const [id, file] of pages) expect(text(file).split('\n')[0]).toBe(`# ${id}`);
});

describe('faults and warnings', () => {
  const known = [...faults, ...warnings];

  test('each has its page, and each page its fault', () => {
    const pages = folderOf('docs/reference/faults').map((name) => name.replace(/\.md$/, ''));
    expect(pages.filter((id) => id !== 'README').toSorted()).toEqual(known.map(({ id }) => id).toSorted());
  });
  test('the index lists all, in the order of the search, each with the evidence that names it', () => {
    const rows = [...text('docs/reference/faults/README.md').matchAll(/^\| \[`([\w-]+)`\]\(.*?\) \| ([\w, ]+) \|/gm)];
    expect(rows.map(([, id, evidence]) => [id, evidence])).toEqual(
      known.map(({ id, evidence }) => [id, evidence.join(', ')]),
    );
  });
});

describe('the tracked files', () => {
  const tracked = execFileSync('git', ['ls-files'], { cwd: root, encoding: 'utf8' }).trim().split('\n');
  const readable = tracked.filter((file) => existsSync(join(root, file)));

  test('name no folder of the machine that they were written on', () => {
    const here = [root, `${homedir()}/`];
    expect(readable.filter((file) => here.some((path) => text(file).includes(path)))).toEqual([]);
  });
  test('are small: what is generated or downloaded stays out', () => {
    const large = readable.filter((file) => statSync(join(root, file)).size > 500_000 && file !== 'package-lock.json');
    expect(large).toEqual([]);
  });
});

test('links between pages lead somewhere', () => {
  const pages = execFileSync('git', ['ls-files', '*.md'], { cwd: root, encoding: 'utf8' }).trim().split('\n');
  const dead = pages
    .filter((page) => existsSync(join(root, page)))
    .flatMap((page) =>
      [...text(page).matchAll(/\]\((?!https?:|#|mailto:)([^)#\s]+)[^)]*\)/g)]
        .map(([, link = '']) => ({ page, link }))
        .filter(({ link }) => !existsSync(join(root, page, '..', link))),
    );
  expect(dead).toEqual([]);
});

/** What a script complains about. */
function check(script: string): string {
  return spawnSync(process.execPath, [join(root, script), '--check'], { encoding: 'utf8' }).stderr;
}

function folderOf(path: string): string[] {
  return existsSync(join(root, path)) ? readdirSync(join(root, path)) : [];
}
