import { type JsonObject, isObject } from './rpc-message.ts';
import type { McpSession } from './session.ts';

const mostPages = 50;
const mostItems = 5000;

export interface Listed {
  items: JsonObject[];
  problem?: string;
}

/** All pages of a list (`tools/list`, key `tools`). A list without end, or one that turns in circles, is a problem. */
export async function listAll(
  session: McpSession,
  key: 'tools' | 'prompts' | 'resources',
  signal: AbortSignal,
): Promise<Listed> {
  const method = `${key}/list`;
  const items: JsonObject[] = [];
  const seen = new Set<string>();
  let cursor: string | undefined;
  for (let page = 0; page < mostPages; page++) {
    const { result, problem } = await session.request(method, cursor === undefined ? {} : { cursor }, signal);
    if (!result) return { items, problem: `${method}: ${problem ?? 'no answer'}` };
    const list = result[key];
    if (!Array.isArray(list) || !list.every(isObject))
      return { items, problem: `${method}: the answer has no list of ${key}` };
    items.push(...list);
    const next = result['nextCursor'];
    if (next === undefined || next === null) return { items };
    if (typeof next !== 'string') return { items, problem: `${method}: the cursor is no text` };
    if (seen.has(next)) return { items, problem: `${method}: the same cursor comes twice, the list turns in circles` };
    if (items.length > mostItems) return { items, problem: `${method}: more than ${mostItems} ${key}` };
    seen.add(next);
    cursor = next;
  }
  return { items, problem: `${method}: more than ${mostPages} pages` };
}
