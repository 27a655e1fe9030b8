import type { Context } from '../define-command.ts';
import { type Setting, whereTo } from './setting.ts';

export interface Header {
  header: string;
}

/** Says where to, and asks where somebody is there to answer. */
export async function goOn(
  { ask, emit, interactive }: Context,
  { cluster, target }: Setting,
  { yes, what, required = false }: { yes: boolean; what?: string; required?: boolean },
): Promise<boolean> {
  const where = `${cluster.describe()}, ${whereTo(target)}`;
  if (yes) {
    emit({ header: where } satisfies Header);
    return true;
  }
  if (!interactive && !required) emit({ header: where } satisfies Header);
  const text = `${where}. ${what === undefined ? '' : `${what} `}Go on?`;
  return (await ask({ text, default: true, flag: '--yes', required })) === true;
}
