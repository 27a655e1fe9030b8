// What CI runs and what a developer runs: types, lint, format, unused code, then all suites, with counts.
import { spawnSync } from 'node:child_process';

const steps = [
  ['types', 'npx', ['--no-install', 'tsc']],
  ['boundaries', 'node', ['scripts/boundaries.mjs', '--check']],
  ['lint', 'npx', ['--no-install', 'oxlint']],
  ['format', 'npx', ['--no-install', 'oxfmt', '--check', '.']],
  ['unused code', 'npx', ['--no-install', 'knip']],
  ['build', 'node', ['scripts/build.mjs']],
  ['suites', 'npx', ['--no-install', 'vitest', 'run', ...process.argv.slice(2)]],
];

const failed = steps.filter(([name, command, args]) => {
  const started = Date.now();
  const { status } = spawnSync(command, args, { stdio: 'inherit' });
  console.log(`${status === 0 ? '✓' : '✗'} ${String(name)} (${((Date.now() - started) / 1000).toFixed(1)} s)`);
  return status !== 0;
});
console.log(
  failed.length === 0 ? `All ${steps.length} steps passed.` : `Failed: ${failed.map(([name]) => name).join(', ')}`,
);
process.exitCode = failed.length === 0 ? 0 : 1;
