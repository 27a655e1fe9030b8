import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

const version = '2.1.332';

/** The command line of Claude Code, a program of its own for each platform; kept in the user's cache. */
export function installClaudeCode(): string {
  const cache = join(process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'mcp-berth/test');
  const folder = join(cache, `claude-code-${version}`);
  const program = join(folder, 'node_modules/.bin/claude');
  if (existsSync(program)) return program;
  const fresh = `${folder}.${process.pid}`;
  mkdirSync(fresh, { recursive: true });
  try {
    writeFileSync(join(fresh, 'package.json'), '{"private":true}');
    const options = ['--silent', '--no-audit', '--no-fund', '--no-save'];
    execFileSync('npm', ['install', ...options, `@anthropic-ai/claude-code@${version}`], { cwd: fresh, stdio: 'pipe' });
    renameSync(fresh, folder);
    return program;
  } finally {
    rmSync(fresh, { recursive: true, force: true });
  }
}
