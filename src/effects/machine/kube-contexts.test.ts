import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { kubeContexts } from './kube-contexts.ts';

const config = (current: string, ...names: string[]): string =>
  `apiVersion: v1\nkind: Config\ncurrent-context: "${current}"\ncontexts:\n${names.map((name) => `- name: ${name}\n  context: { cluster: c, user: u }\n`).join('')}users:\n- name: u\n  user: { token: secret }\n`;

function folderWith(files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'berth-kube-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), text);
  }
  return folder;
}

test('contexts of several files are merged as kubectl does', async () => {
  const folder = folderWith({ a: config('', 'one', 'two'), b: config('three', 'two', 'three'), broken: 'contexts: [' });
  const files = ['a', 'missing', 'broken', 'b'].map((file) => join(folder, file));
  expect(await kubeContexts({ KUBECONFIG: files.join(delimiter) })).toEqual([
    { name: 'one', current: false },
    { name: 'two', current: false },
    { name: 'three', current: true },
  ]);
});

test('without KUBECONFIG the file in the home folder counts', async () => {
  const home = folderWith({ '.kube/config': config('admin@agentic', 'admin@agentic') });
  expect(await kubeContexts({ HOME: home })).toEqual([{ name: 'admin@agentic', current: true }]);
});

test('a machine without kubeconfig has no contexts', async () => {
  expect(await kubeContexts({ HOME: folderWith({}) })).toEqual([]);
});
