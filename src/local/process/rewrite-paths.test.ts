import { expect, test } from 'vitest';
import { rewritePaths } from './rewrite-paths.ts';

const paths = new Map([
  ['/app', '/pod/code'],
  ['/app/data', '/pod/data'],
  ['/packages', '/pod/packages'],
]);

test.each([
  ['/app/server.py', '/pod/code/server.py'],
  ['/app', '/pod/code'],
  ['/app/data/x', '/pod/data/x'],
  ['/app/database', '/pod/code/database'],
  ['--target=/packages', '--target=/pod/packages'],
  ['/packages:/app', '/pod/packages:/pod/code'],
  ['cd /app && python "/app/server.py"', 'cd /pod/code && python "/pod/code/server.py"'],
  ['file:///app/x.mjs', 'file:///pod/code/x.mjs'],
  ['http://host/app', 'http://host/app'],
  ['http://host:8080/app', 'http://host:8080/app'],
  ['./app', './app'],
  ['/app.old', '/app.old'],
  ['/application', '/application'],
  ['/srv/app', '/srv/app'],
  ['$HOME/app ${X}/app', '$HOME/app ${X}/app'],
])('%s becomes %s', (text, rewritten) => {
  expect(rewritePaths(text, paths)).toBe(rewritten);
});
