import { expect, test } from 'vitest';
import { entryPoint, nodeVersionOf } from './entry-point.ts';
import { pythonVersionOf } from './python-code.ts';

const project = (...names: string[]) => new Map(names.map((name) => [name, '']));

test.each([
  [project('server.ts', 'index.ts'), 'server.ts'],
  [project('src/index.mts', 'README.md'), 'src/index.mts'],
  [new Map([...project('server.ts', 'lib/start.ts'), ['package.json', '{"source":"./lib/start.ts"}']]), 'lib/start.ts'],
  [new Map([...project('server.ts'), ['package.json', '{broken']]), 'server.ts'],
  [project('README.md'), undefined],
])('the file that starts a project', (files, entry) => {
  expect(entryPoint(files)).toBe(entry);
});

test.each([
  ['node:22-slim', '22'],
  ['registry.example:5000/node:24.1-alpine@sha256:00', '24.1'],
  ['node:lts', '20'],
])('%s runs Node %s', (image, version) => {
  expect(nodeVersionOf(image)).toBe(version);
});

test.each([
  ['python:3.11-slim', '3.11'],
  ['ghcr.io/example/python:3.13.1', '3.13'],
  ['python:slim', undefined],
])('%s runs Python %s', (image, version) => {
  expect(pythonVersionOf(image)).toBe(version);
});
