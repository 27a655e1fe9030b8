import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

// Where packages come from and how they are reached; the user has said it once, for all programs.
const passed =
  /^(?:UV_\w+|PIP_\w+|npm_config_\w+|SSL_CERT_(?:FILE|DIR)|REQUESTS_CA_BUNDLE|NODE_EXTRA_CA_CERTS|(?:https?|no|all)_proxy)$/i;

/** The user's settings for installing packages, and nothing else of the environment. */
export function installEnvironment(environment: NodeJS.ProcessEnv): Readonly<Record<string, string>> {
  const found = Object.entries(environment).filter(
    (entry): entry is [string, string] => entry[1] !== undefined && passed.test(entry[0]),
  );
  const home = homedir();
  const cache = environment['XDG_CACHE_HOME'] ?? join(home, '.cache');
  const config = join(environment['XDG_CONFIG_HOME'] ?? join(home, '.config'), 'uv/uv.toml');
  return {
    ...(existsSync(config) ? { UV_CONFIG_FILE: config } : {}),
    UV_CACHE_DIR: join(cache, 'uv'),
    UV_LINK_MODE: 'copy',
    UV_NO_PROGRESS: '1',
    ...Object.fromEntries(found),
  };
}
