import { expect, test } from 'vitest';
import { npmProgram, pypiProgram } from './package-program.ts';

test.each([
  ['@scope/server', './dist/index.js', 'server'],
  ['@scope/server', { 'mcp-server-everything': 'dist/index.js' }, 'mcp-server-everything'],
  ['server', { other: 'a.js', server: 'b.js' }, 'server'],
  ['server', undefined, undefined],
])('%s with %j is run as %s', (name, bin, program) => {
  expect(npmProgram(name, bin)).toBe(program);
});

test.each([
  ['mcp-outline', '[console_scripts]\nother = a:main\nmcp_outline = b:main\n', 'mcp_outline'],
  ['mcp[cli]', '[x]\ny = z\n[console_scripts]\nmcp = mcp.cli:app [cli]\n\n[other]\nmcp2 = a:b\n', 'mcp'],
  ['library', '[x]\ny = z\n', undefined],
])('%s', (name, entryPoints, program) => {
  expect(pypiProgram(name, entryPoints)).toBe(program);
});
