import { describe, expect, test } from 'vitest';
import { runCommand } from '../../test/support/run-command.ts';
import { explainCommand } from './explain.ts';

const page =
  '# port-taken\n\nTwo Services claim `31080`. The second\nis refused.\n\n## Repair\n\n```yaml\nnodePort: 31081\n```';
const handbook = {
  pages: async () =>
    new Map([
      ['port-taken', page],
      ['USAGE', '# USAGE\n\nA wrong option.'],
    ]),
};
const explain = async (...argv: string[]) => runCommand(explainCommand, argv, {}, { handbook });

test('a page is shown without its markup', async () => {
  expect((await explain('Port-Taken')).stdout).toBe(
    'port-taken\n\nTwo Services claim 31080. The second\nis refused.\n\nRepair\n\n    nodePort: 31081\n',
  );
});

test('without an id everything that has a page is listed with its first sentence', async () => {
  expect((await explain()).stdout).toBe('port-taken  Two Services claim 31080.\nUSAGE       A wrong option.\n');
});

test('a misspelt id gets the nearest one', async () => {
  const { exitCode, stderr } = await explain('prot-taken');
  expect(exitCode).toBe(2);
  expect(stderr).toContain('Did you mean port-taken?');
});

describe('the handbook of the package', () => {
  test('has the page of every error', async () => {
    const { stdout } = await runCommand(explainCommand, ['git_push_rejected']);
    expect(stdout).toMatch(/^GIT_PUSH_REJECTED\n\n/);
  });
});
