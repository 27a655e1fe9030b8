import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { volumeForPod } from '../../../local/for-pod.ts';
import type { ContainerPlan } from '../../../local/types.ts';
import type { PodPlace } from './driver.ts';

const volumeFolder = (pod: PodPlace, volume: string): string => join(pod.folder, 'volumes', volume);

/** Where a mount's content is on this machine. */
export function mountSource(pod: PodPlace, { volume, subPath }: ContainerPlan['mounts'][number]): string {
  return subPath === undefined ? volumeFolder(pod, volume) : join(volumeFolder(pod, volume), subPath);
}

export interface VolumeAccess {
  /** `us`: whoever runs berth runs the pod too. `any user`: an image may have its own, as on a cluster. */
  for: 'us' | 'any user';
}

/** Writes the volumes of a pod below its folder, which nobody else of this machine may enter. */
export async function writeVolumes(pod: PodPlace, access: VolumeAccess): Promise<void> {
  await mkdir(pod.folder, { recursive: true, mode: 0o700 });
  await chmod(pod.folder, 0o700);
  for (const [name, plan] of pod.template.volumes) {
    const folder = volumeFolder(pod, name);
    await mkdir(folder, { recursive: true });
    const volume = volumeForPod(plan, pod);
    if (volume.kind === 'empty') {
      if (access.for === 'any user') await chmod(folder, 0o777);
      continue;
    }
    for (const [path, content] of volume.files) {
      const file = join(folder, path);
      await mkdir(dirname(file), { recursive: true });
      const mode = volume.modes.get(path) ?? volume.mode;
      await writeFile(file, content);
      await chmod(file, volume.secret && access.for === 'us' ? mode & 0o700 : mode);
    }
  }
}

/** A folder of an empty volume that only a `subPath` names comes into being with its mount. */
export async function makeSubPaths(pod: PodPlace, plan: ContainerPlan): Promise<void> {
  for (const mount of plan.mounts) {
    const empty = pod.template.volumes.get(mount.volume)?.kind === 'empty';
    if (mount.subPath !== undefined && empty) await mkdir(mountSource(pod, mount), { recursive: true });
  }
}
