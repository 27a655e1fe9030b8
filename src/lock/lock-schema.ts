import { z } from 'zod';

const hash = z.string().regex(/^sha256:[0-9a-f]{64}$/, 'must be sha256: and 64 hexadecimal digits');
const port = z.int().min(1).max(65535).nullable();

const lockedServer = z.strictObject({
  cluster: z.string().min(1),
  revision: z.string().regex(/^[0-9a-f]{40,64}$/, 'must be the full id of a commit'),
  image: z.string().min(1),
  codeHash: z.string().nullable(),
  contract: z.strictObject({ hash, tools: z.record(z.string(), hash) }),
  ports: z.strictObject({ service: port, nodePort: port }),
  secretKeys: z.record(z.string(), z.array(z.string())),
  clients: z.record(z.string(), z.url({ protocol: /^https?$/, error: 'must be an http(s) URL' })),
  protocolVersions: z.array(z.string()),
});

export const lockSchema = z.strictObject({ version: z.literal(1), servers: z.record(z.string(), lockedServer) });
