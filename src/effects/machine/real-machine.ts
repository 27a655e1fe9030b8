import { BerthError } from '../../errors.ts';
import type { Machine } from '../machine.ts';
import { runProgram } from '../run-program.ts';
import { kubeContexts } from './kube-contexts.ts';

/** The machine that berth runs on, for a platform in `root`. */
export function realMachine(root: string): Machine {
  return {
    kubeContexts: async () => kubeContexts(),
    async initGit() {
      const answer = await runProgram('git', ['init', '--quiet'], {
        cwd: root,
        signal: AbortSignal.any([]),
        seconds: 60,
      });
      if (answer?.code === 0) return;
      throw new BerthError('GIT_FAILED', 'git init did not work', {
        hint: answer?.stderr.trim().split('\n').at(-1) ?? 'Install Git, then run the same command again.',
      });
    },
  };
}
