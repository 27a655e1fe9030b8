import { describe, expect, test } from 'vitest';
import { isLockOf, missingPackages, scriptRequirements, stampedLock, withRequirements } from './requirements.ts';

test('a lock knows what it was made from', () => {
  const lock = stampedLock('httpx\n', 'httpx==0.28.1\n');
  expect(isLockOf('httpx\n', lock)).toBe(true);
  expect(isLockOf('httpx\nrich\n', lock)).toBe(false);
  expect(stampedLock('rich\n', lock).match(/Made by berth/g)).toHaveLength(1);
});

test.each([
  ['fastmcp==4.1.2\n', ['httpx'], 'fastmcp==4.1.2\nhttpx\n'],
  ['fastmcp==4.1.2', ['httpx>=0.28'], 'fastmcp==4.1.2\nhttpx>=0.28\n'],
  ['FastMCP==4.1.2\n# a comment\n', ['fastmcp==4.2.0'], 'fastmcp==4.2.0\n# a comment\n'],
  ['ruamel.yaml\n', ['ruamel-yaml==0.18'], 'ruamel-yaml==0.18\n'],
])('%j with %j', (text, added, expected) => {
  expect(withRequirements(text, added)).toBe(expected);
});

test('modules of which no package has the name', () => {
  const lock = 'fastmcp==4.1.2 \\\n    --hash=sha256:00\npython-dateutil==2.9\nprometheus-client==0.21\n';
  expect(missingPackages(['fastmcp', 'dateutil', 'prometheus_client', 'yaml'], lock)).toEqual(['dateutil', 'yaml']);
  expect(missingPackages(['yaml'], undefined)).toEqual([]);
});

describe('dependencies that a script names itself', () => {
  test('are its requirements', () => {
    const script = `# /// script\n# requires-python = ">=3.11"\n# dependencies = [\n#   "fastmcp[apps]==4.1.2",\n#   'httpx',\n# ]\n# ///\nimport httpx\n`;
    expect(scriptRequirements(script)).toBe('fastmcp[apps]==4.1.2\nhttpx\n');
  });
  test.each(['import httpx\n', '# /// script\n# requires-python = ">=3.11"\n# ///\n'])('%j has none', (program) => {
    expect(scriptRequirements(program)).toBeUndefined();
  });
});
