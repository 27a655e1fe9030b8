import { claudeCode } from './claude-code/claude-code.ts';
import type { ClientFormat } from './client-format.ts';

/** Who reads a client file. `mcpServers` as Claude Code has it is what most other clients read too. */
export function clientOf(_file: string): ClientFormat {
  return claudeCode;
}
