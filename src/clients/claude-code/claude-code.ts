import { findNodeAtLocation, getNodeValue } from 'jsonc-parser';
import { BerthError } from '../../errors.ts';
import type { ClientEntry, ClientFormat } from '../client-format.ts';
import { removeValue, setValue } from './edit-object.ts';
import { parseConfig } from './parse-config.ts';

/** `.mcp.json`: an entry needs the `mcpServers` around it and a `type`; without either Claude Code skips it. */
export const claudeCode: ClientFormat = {
  id: 'claude-code',

  urls(text, file) {
    const servers = Object.entries(serversIn(text, file)).map(([name, entry]) => [name, entry?.['url']] as const);
    return new Map(servers.flatMap(([name, url]) => (typeof url === 'string' ? [[name, url]] : [])));
  },

  set(text = '{}\n', file, entry) {
    const existing = serversIn(text, file)[entry.name];
    if (existing && existing['url'] === undefined) {
      throw new BerthError('CLIENT_CONFIG_INVALID', `${file} has a server "${entry.name}" that is no HTTP server`, {
        hint: 'Give one of the two another name.',
      });
    }
    const path = ['mcpServers', entry.name] as const;
    if (!existing) return setValue(text, path, valueOf(entry));
    return Object.entries(valueOf(entry)).reduce((result, [key, value]) => {
      if (key !== 'headers') return existing[key] === value ? result : setValue(result, [...path, key], value);
      const headers = existing['headers'] as Record<string, unknown> | undefined;
      const { Authorization: token } = value as Record<string, string>;
      return headers?.['Authorization'] === token
        ? result
        : setValue(result, [...path, 'headers', 'Authorization'], token);
    }, text);
  },

  remove: (text, file, name) =>
    serversIn(text, file)[name] === undefined ? text : removeValue(text, ['mcpServers', name]),

  entryText(text, file, name) {
    const entry = text === undefined ? undefined : serversIn(text, file)[name];
    return entry === undefined ? undefined : JSON.stringify(entry);
  },

  restore(text, file, name, entry) {
    if (entry !== undefined) return setValue(text ?? '{}\n', ['mcpServers', name], JSON.parse(entry));
    return text === undefined ? undefined : claudeCode.remove(text, file, name);
  },
};

function valueOf({ url, transport, description, tokenVariable }: ClientEntry): Record<string, unknown> {
  return {
    type: transport === 'sse' ? 'sse' : 'http',
    url,
    ...(description === undefined ? {} : { description }),
    ...(tokenVariable === undefined ? {} : { headers: { Authorization: `Bearer \${${tokenVariable}}` } }),
  };
}

function serversIn(text: string, file: string): Record<string, Record<string, unknown> | undefined> {
  const root = parseConfig(text, file);
  const servers = findNodeAtLocation(root, ['mcpServers']);
  return servers ? (getNodeValue(servers) as Record<string, Record<string, unknown>>) : {};
}
