import { z } from 'zod';

const texts = (description: string, placeholder: string) =>
  z.array(z.string()).default([]).describe(description).meta({ placeholder });
const text = (description: string, placeholder: string) =>
  z.string().optional().describe(description).meta({ placeholder });
const port = z.number().int('must be a whole number').min(1).max(65535).optional();
const flag = (description: string) => z.boolean().default(false).describe(description);

/** What `berth new` can be told; what is left out is asked on a terminal, or has a default. */
export const newOptions = z.object({
  name: z.string().describe('What the server is called: weather. Its objects are weather-mcp'),

  image: text('Pre-built image pattern: the image, with its tag', 'REF'),
  python: text('ConfigMap pattern: a Python file; none: a template with FastMCP', 'FILE').meta({
    placeholder: 'FILE',
    valueOptional: true,
  }),
  typescript: text('ConfigMap pattern: a TypeScript project, which is bundled; none: a template', 'DIR').meta({
    placeholder: 'DIR',
    valueOptional: true,
  }),
  update: flag('Make the ConfigMap again from the source of a server that is there, and change nothing else'),

  port: port.describe('Where the server listens in its pod (default: what the image says, else 3000; code: 8080)'),
  transport: z.enum(['streamable-http', 'sse']).default('streamable-http').describe('What it speaks'),
  path: text('Path of its endpoint (default: /mcp, or /sse)', 'PATH'),
  healthPath: text('Path that answers 200 while it lives; an image without one is probed by TCP', 'PATH'),
  probeHost: text('Host header of probes, for servers that refuse the address of their pod', 'HOST'),
  env: z
    .record(z.string(), z.string())
    .default({})
    .describe('A variable that is no secret')
    .meta({ placeholder: 'NAME=VALUE' }),
  secret: texts('A secret: key in its Secret, and variable', 'KEY'),
  command: texts('A word of what the image runs, in place of its entrypoint: --command=node', 'TEXT'),
  arg: texts('An argument of the image: --arg=--verbose', 'TEXT'),
  token: z
    .boolean()
    .optional()
    .describe('Clients must send a bearer token, which the server checks (default: for templates on a node port)'),
  tokenKey: z.string().default('MCP_TOKEN').describe('Secret key of that token').meta({ placeholder: 'KEY' }),

  requirement: texts('A package that the code needs: httpx, undici@7', 'PACKAGE'),
  unhashed: flag('Python: write requirements as they are, without versions and hashes of all packages (needs no uv)'),
  install: z
    .boolean()
    .default(true)
    .describe('Python: install packages in an init container; --no-install where servers.images.python has them'),

  replicas: z.number().int('must be a whole number').min(0).default(1).describe('How many pods'),
  cpu: z.string().default('50m').describe('CPU that a pod is promised').meta({ placeholder: 'QUANTITY' }),
  cpuLimit: z.string().default('250m').describe('CPU that it gets at most').meta({ placeholder: 'QUANTITY' }),
  memory: z.string().default('128Mi').describe('Memory that it is promised').meta({ placeholder: 'QUANTITY' }),
  memoryLimit: z.string().default('256Mi').describe('Memory that it gets at most').meta({ placeholder: 'QUANTITY' }),
  user: z
    .number()
    .int('must be a whole number')
    .min(0)
    .optional()
    .describe('User ID of the process of an image (default: its own, else 65532)')
    .meta({ placeholder: 'UID' }),
  writable: texts('A folder that it writes to, beside /tmp', 'PATH'),
  clusterRole: text('ClusterRole that it needs at the Kubernetes API: view', 'NAME'),

  expose: z.enum(['clusterip', 'nodeport']).optional().describe('Who reaches it: pods, or everybody near a node'),
  nodePort: port.describe('Its node port (default: the next free one)'),
  egress: texts('A back end that it calls; nothing else can be called then', 'HOST[:PORT]'),
  description: text('What it is for, in one sentence: agents read it', 'TEXT'),

  canary: text('The tool whose call proves it', 'TOOL'),
  args: z.record(z.string(), z.unknown()).optional().describe('Arguments of that call'),
  mustMatch: text('What the answer of that call must match', 'RE'),
  mustNotMatch: text('What it must not match', 'RE'),
  package: text('How the image runs without a container engine: npm:NAME@VERSION or pypi:NAME==VERSION', 'PACKAGE'),

  cluster: text('The cluster that it is for, where there is more than one', 'NAME'),
  dryRun: flag('Say what would be written, and write nothing'),
  yes: z.boolean().default(false).describe('Ask nothing: take the defaults').meta({ alias: 'y' }),
  force: flag('Write a manifest that is there anew'),
});

export type NewOptions = z.infer<typeof newOptions>;
