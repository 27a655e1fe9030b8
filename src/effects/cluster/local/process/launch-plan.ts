import { delimiter, join } from 'node:path';
import { type PathMap, rewritePaths } from '../../../../local/process/rewrite-paths.ts';
import type { ContainerPlan } from '../../../../local/types.ts';
import type { PodPlace } from '../driver.ts';
import { mountSource } from '../pod-volumes.ts';
import type { ContainerPrograms } from './container-programs.ts';
import { namespaceCommand } from './find-namespaces.ts';
import { privateRoot } from './private-root.ts';

export interface LaunchSurroundings {
  namespaces: boolean;
  /** Holds `make-root.sh`, `ports.mjs` and `python/sitecustomize.py`. */
  shims: string;
  /** Port of the pod → port of this machine. */
  ports: ReadonlyMap<number, number>;
  /** By which its processes are found again: `NAME=value`. */
  marks: Readonly<Record<string, string>>;
}

export interface LaunchPlan {
  command: readonly [string, ...string[]];
  env: Readonly<Record<string, string>>;
  cwd: string;
}

const systemPath = ['/usr/local/sbin', '/usr/local/bin', '/usr/sbin', '/usr/bin', '/sbin', '/bin'];

export const temporaryFolder = (pod: PodPlace, plan: ContainerPlan): string => join(pod.folder, 'tmp', plan.name);
export const homeFolder = (pod: PodPlace, plan: ContainerPlan): string => join(pod.folder, 'home', plan.name);
export const rootFolder = (pod: PodPlace, plan: ContainerPlan): string => join(pod.folder, 'root', plan.name);

/** How a command of a container is started on this machine: its own, or one that a probe runs beside it. */
export function launchPlan(
  pod: PodPlace,
  plan: ContainerPlan,
  programs: ContainerPrograms,
  command: readonly string[],
  around: LaunchSurroundings,
): LaunchPlan {
  const workingDir = plan.workingDir ?? '/';
  if (around.namespaces) {
    const steps = privateRoot({
      mounts: plan.mounts.map((mount) => ({
        source: mountSource(pod, mount),
        target: mount.mountPath,
        readOnly: mount.readOnly || pod.template.volumes.get(mount.volume)?.kind === 'files',
      })),
      programs: [...programs.visible, around.shims],
      shared: programs.shared,
      temporary: temporaryFolder(pod, plan),
      home: '/root',
      readOnly: plan.readOnlyRoot,
    });
    const script = join(around.shims, 'make-root.sh');
    return {
      command: namespaceCommand(script, rootFolder(pod, plan), workingDir, steps, command),
      env: environmentOf(pod, plan, programs, around, { home: '/root', rewrite: (text) => text }),
      cwd: pod.folder,
    };
  }
  const paths = pathMap(pod, plan);
  const rewrite = (text: string): string => rewritePaths(text, paths);
  const [program = '', ...args] = command.map(rewrite);
  const root = rootFolder(pod, plan);
  const rewritten = rewrite(workingDir);
  return {
    command: [program, ...args],
    env: environmentOf(pod, plan, programs, around, { home: homeFolder(pod, plan), rewrite }),
    cwd: rewritten === workingDir ? root : rewritten,
  };
}

/** Where the paths of a container are without namespaces. */
function pathMap(pod: PodPlace, plan: ContainerPlan): PathMap {
  const mounts = plan.mounts.map((mount) => [mount.mountPath, mountSource(pod, mount)] as const);
  return new Map([['/tmp', temporaryFolder(pod, plan)], ...mounts]);
}

function environmentOf(
  pod: PodPlace,
  plan: ContainerPlan,
  programs: ContainerPrograms,
  { shims, ports, marks, namespaces }: LaunchSurroundings,
  { home, rewrite }: { home: string; rewrite: (text: string) => string },
): Readonly<Record<string, string>> {
  const own = Object.fromEntries(Object.entries(plan.env).map(([name, value]) => [name, rewrite(value)]));
  // A cache that is the machine's own: what was fetched for the last pod is not fetched again.
  const cache = programs.env['UV_CACHE_DIR'];
  const path = own['PATH'] ?? systemPath.join(delimiter);
  return {
    HOME: home,
    HOSTNAME: pod.name,
    ...(namespaces ? {} : { TMPDIR: temporaryFolder(pod, plan) }),
    ...programs.env,
    ...own,
    ...(cache === undefined ? {} : { UV_CACHE_DIR: cache }),
    ...marks,
    PATH: [...programs.path, path].join(delimiter),
    NODE_OPTIONS: [`--import=file://${encodeURI(join(shims, 'ports.mjs'))}`, own['NODE_OPTIONS']]
      .filter(Boolean)
      .join(' '),
    PYTHONPATH: [join(shims, 'python'), own['PYTHONPATH']].filter(Boolean).join(delimiter),
    BERTH_PORTS: JSON.stringify(Object.fromEntries(ports)),
  };
}
