// What CI runs and what a developer runs: types, lint, format, unused code, then all suites. Arguments narrow the
// suites down: `npm test -- src/yaml`. The last line counts everything that was looked at.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const scratch = mkdtempSync(join(tmpdir(), 'berth-test-'));
const report = join(scratch, 'vitest.json');
const suites = ['vitest', 'run', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`];

const checks = [
  ['types', 'npx', ['--no-install', 'tsc']],
  ['boundaries', 'node', ['scripts/boundaries.mjs', '--check']],
  ['lint', 'npx', ['--no-install', 'oxlint']],
  ['format', 'npx', ['--no-install', 'oxfmt', '--check', '.']],
  ['unused code', 'npx', ['--no-install', 'knip']],
  ['build', 'node', ['scripts/build.mjs']],
];

let passed = 0;
let failed = 0;
for (const [name, command, args] of checks) count(run(name, command, args));

const green = run('suites', 'npx', ['--no-install', ...suites, ...process.argv.slice(2)]);
const { numPassedTests = 0, numFailedTests = 0, numPendingTests = 0, numTodoTests = 0 } = readReport();
passed += numPassedTests;
failed += numFailedTests;
// A suite that cannot even be loaded has no failed test; it is a failure all the same.
if (!green && numFailedTests === 0) failed += 1;
rmSync(scratch, { recursive: true, force: true });

const skipped = numPendingTests + numTodoTests;
if (skipped > 0)
  console.log(`${skipped} tests were skipped: something they need is missing here. CI=true makes that a failure.`);
console.log(`\n${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;

function run(name, command, args) {
  const started = Date.now();
  const { status } = spawnSync(command, args, { stdio: 'inherit' });
  console.log(`${status === 0 ? '✓' : '✗'} ${name} (${((Date.now() - started) / 1000).toFixed(1)} s)`);
  return status === 0;
}

function count(good) {
  if (good) passed += 1;
  else failed += 1;
}

function readReport() {
  try {
    return JSON.parse(readFileSync(report, 'utf8'));
  } catch {
    return {};
  }
}
