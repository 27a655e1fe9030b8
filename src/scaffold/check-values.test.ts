import { describe, expect, test } from 'vitest';
import {
  checkDescription,
  checkEnvironment,
  checkPackage,
  checkPath,
  checkPattern,
  checkResources,
  checkWritable,
} from './check-values.ts';

const resources = (cpu: string, cpuLimit: string, memory = '128Mi', memoryLimit = '256Mi') => ({
  requests: { cpu, memory },
  limits: { cpu: cpuLimit, memory: memoryLimit },
});

test('what Kubernetes takes passes', () => {
  expect(() => {
    checkEnvironment({ LOG_LEVEL: 'info', MAX_TOKENS: '100' }, ['API_KEY']);
    checkResources(resources('0.5', '1000m', '1Gi', '1024Mi'));
    checkPath('--path', '/mcp');
    checkWritable(['/data', '/var/cache/app']);
    checkPackage('npm:@scope/name@1.2.3');
    checkPackage('pypi:mcp-outline==1.10.1');
    checkDescription('Weather of places, ½ °C exact');
  }).not.toThrow();
});

describe('what it would refuse is refused with the flag', () => {
  test.each<[string, () => void]>([
    ['--env a-b: a variable has letters', () => checkEnvironment({ 'a-b': '' }, [])],
    ['given both as --env and as --secret', () => checkEnvironment({ URL: '' }, ['URL'])],
    ['a secret would be in Git', () => checkEnvironment({ OUTLINE_API_KEY: 'x' }, [])],
    ['a key is a variable too', () => checkEnvironment({}, ['api-key'])],
    ['--cpu 1 is more than --cpu-limit 250m', () => checkResources(resources('1', '250m'))],
    ['--memory 1Gi is more', () => checkResources(resources('1m', '2m', '1Gi', '1000Mi'))],
    ['--cpu-limit lots is no quantity', () => checkResources(resources('1m', 'lots'))],
    ['--path mcp is no path', () => checkPath('--path', 'mcp')],
    ['--path /a b is no path', () => checkPath('--path', '/a b')],
    ['--writable /../etc is no path', () => checkWritable(['/../etc'])],
    ['spoken for', () => checkWritable(['/tmp/'])],
    ['given twice', () => checkWritable(['/data', '/data'])],
    ['names no exact package', () => checkPackage('npm:name')],
    ['names no exact package', () => checkPackage('pypi:name>=1')],
    ['--must-match is no regular expression', () => checkPattern('--must-match', '(x')],
    ['--must-match is no regular expression', () => checkPattern('--must-match', '(?=x)')],
    ['control characters', () => checkDescription('a\u001b[2J')],
    ['more than 500', () => checkDescription('a'.repeat(501))],
  ])('%s', (message, check) => {
    expect(check).toThrow(expect.objectContaining({ code: 'USAGE', message: expect.stringContaining(message) }));
  });
  test('the value of what may be a secret is not repeated', () => {
    expect(() => checkEnvironment({ OUTLINE_API_KEY: 'hunter2' }, [])).toThrow(
      expect.objectContaining({ message: expect.not.stringContaining('hunter2') }),
    );
  });
});
