import type { ContainerPlan } from '../../../local/types.ts';
import type { PodPlace } from './driver.ts';

/** The values that no log may show: secret variables of a container, and files of its pod's secret volumes. */
export function secretsOf(pod: PodPlace, plan: ContainerPlan): readonly string[] {
  const files = [...pod.template.volumes.values()].flatMap((volume) =>
    volume.kind === 'files' && volume.secret ? [...volume.files.values()] : [],
  );
  return [
    ...plan.secretEnv.map((name) => plan.env[name] ?? ''),
    ...files.map((content) => (typeof content === 'string' ? content : Buffer.from(content).toString())),
  ];
}
