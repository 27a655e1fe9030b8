import type { ContainerPlan, VolumePlan } from './types.ts';

/** What a pod knows about itself only when it is made. */
export interface PodIdentity {
  name: string;
  /** `10.244.0.7`. */
  address: string;
}

// No variable, argument or label can hold a NUL, so these stand for nothing else until the pod is there.
export const podNameWord = '\0pod-name\0';
export const podAddressWord = '\0pod-address\0';

/** A container of this pod: the pod's own name and address where the manifest asks for them. */
export function forPod(plan: ContainerPlan, pod: PodIdentity): ContainerPlan {
  const fill = (text: string): string => fillWords(text, pod);
  const env = Object.fromEntries(Object.entries(plan.env).map(([name, value]) => [name, fill(value)]));
  return {
    ...plan,
    env,
    ...(plan.command ? { command: plan.command.map(fill) } : {}),
    ...(plan.args ? { args: plan.args.map(fill) } : {}),
    mounts: plan.mounts.map((mount) =>
      mount.subPath === undefined ? mount : { ...mount, subPath: fill(mount.subPath) },
    ),
  };
}

/** A volume of this pod. */
export function volumeForPod(volume: VolumePlan, pod: PodIdentity): VolumePlan {
  if (volume.kind === 'empty') return volume;
  const files = [...volume.files].map(
    ([path, content]) => [path, typeof content === 'string' ? fillWords(content, pod) : content] as const,
  );
  return { ...volume, files: new Map(files) };
}

function fillWords(text: string, { name, address }: PodIdentity): string {
  return text.replaceAll(podNameWord, name).replaceAll(podAddressWord, address);
}
