// What berth costs before it does anything, in CPU of the process, beside Node's own start.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const aimMilliseconds = 100;
const rounds = 15;
const berth = 'dist/cli/main.js';

// The child itself says at its end what it used: Node has no other way to the CPU time of a child.
const witness = join(mkdtempSync(join(tmpdir(), 'berth-bench-')), 'witness.cjs');
writeFileSync(witness, "process.on('exit', () => require('node:fs').writeSync(3, JSON.stringify(process.cpuUsage())))");

const bare = measure(['--eval', '0']);
const starts = [['--help'], ['--version'], ['explain', '--help'], ['--complete', 'ex']].map((argv) => ({
  name: `berth ${argv.join(' ')}`,
  cpu: measure([berth, ...argv]),
}));

console.log(`  ${'node -e 0'.padEnd(24)} ${bare.toFixed(0).padStart(4)} ms`);
for (const { name, cpu } of starts) {
  const above = (cpu - bare).toFixed(0).padStart(4);
  console.log(
    `  ${name.padEnd(24)} ${cpu.toFixed(0).padStart(4)} ms  ${above} ms above, ratio ${(cpu / bare).toFixed(2)}`,
  );
}
const help = (starts[0]?.cpu ?? Infinity) - bare;
console.log(`  aim: berth --help below ${aimMilliseconds} ms above Node: ${help < aimMilliseconds ? 'met' : 'missed'}`);
process.exitCode = help < aimMilliseconds ? 0 : 1;

/** The least of several runs: the rest is what other programs took. */
function measure(argv: readonly string[]): number {
  return Math.min(...Array.from({ length: rounds }, () => childCpu(argv)));
}

function childCpu(argv: readonly string[]): number {
  const { output } = spawnSync(process.execPath, ['--require', witness, ...argv], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
    encoding: 'utf8',
  });
  const { user, system } = JSON.parse(output[3] ?? '') as NodeJS.CpuUsage;
  return (user + system) / 1000;
}
