const [wanted, count = '1'] = (process.env['BERTH_KILL_AT'] ?? '').split(':');
let left = Number(count);

/**
 * A place where the process may die. Tests of crash safety start berth with `BERTH_KILL_AT=name`, or `name:3` for the
 * third time that it comes by; it then ends as `kill -9` ends it, with nothing tidied up.
 */
export function reached(name: string): void {
  if (name !== wanted) return;
  left -= 1;
  if (left === 0) process.kill(process.pid, 'SIGKILL');
}
