import { realGit } from '../../../git/real-git.ts';
import { openDriver } from '../open-driver.ts';
import { gitSource } from '../sources/git-source.ts';
import { workingTreeSource } from '../sources/working-tree-source.ts';
import { workloadsHere } from '../workloads-here.ts';
import { runSupervisor } from './run-supervisor.ts';

await runSupervisor({
  driver: openDriver,
  parts: async (order) => {
    const { root, source } = order;
    return {
      objects: source.kind === 'git' ? gitSource(root, realGit(root), source) : workingTreeSource(root),
      workloadsOf: async (objects) => workloadsHere(objects, order),
    };
  },
});
