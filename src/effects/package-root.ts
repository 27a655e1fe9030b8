import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The folder of berth's own package, from one of the folders in it: bundled or not. */
export function packageRoot(folder: string): string {
  return existsSync(join(folder, 'package.json')) ? folder : packageRoot(dirname(folder));
}
