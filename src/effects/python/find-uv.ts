import { access, constants } from 'node:fs/promises';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';

/** uv on the PATH, or where its installers and berth put it; undefined where there is none. */
export async function findUv(): Promise<string | undefined> {
  const folders = [
    ...(process.env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== ''),
    join(homedir(), '.local/bin'),
    join(homedir(), '.cargo/bin'),
    join(uvInCache(), 'bin'),
  ];
  for (const folder of folders) {
    const program = join(folder, 'uv');
    const found = await access(program, constants.X_OK).then(
      () => true,
      () => false,
    );
    if (found) return program;
  }
  return undefined;
}

/** Where berth keeps a uv of its own. */
export function uvInCache(): string {
  return join(process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'mcp-berth/uv');
}
