import { platformJsonSchema } from '../../src/platform/platform-schema.ts';
import { readPlatform } from '../../src/platform/read-platform.ts';

const example = `# yaml-language-server: $schema=./.berth/schema.json
apiVersion: mcp-berth.dev/v1
kind: Platform
clusters:
  agentic:
    cidr: 10.20.0.0/24
    context: admin@agentic
    version: "1.34"
    nodeAddress: 10.20.0.40
    mcpServers: allowed
    paths: [kubernetes]
    gitops: { engine: argocd, application: mcp-servers, namespace: argocd }
  prod: { cidr: 10.10.0.0/24, mcpServers: forbidden, repository: ../prod, paths: [kubernetes] }
git: { remote: origin, branch: main }
servers:
  namespace: ai-platform
  directory: kubernetes/applications/mcp-servers
secrets:
  provider: external-secrets
  externalSecrets: { storeRef: { kind: ClusterSecretStore, name: vault }, keyPrefix: mcp/ }
nodePorts: { allocate: 31100-31199, accept: 31000-31999, reserved: { 31102: syslog } }
clients:
  - { file: .mcp.json, from: outside }
  - { file: agents/mcp.json, from: inside }
`;

interface Schema {
  description?: string;
  default?: unknown;
  enum?: string[];
  const?: string;
  properties?: Record<string, Schema>;
  additionalProperties?: Schema | boolean;
  items?: Schema;
  oneOf?: Schema[];
  anyOf?: Schema[];
  required?: string[];
}

/** Every key of `berth.yaml`, as the schema has it. */
export function configurationPage(): string {
  // An example that is no longer right would be worse than none.
  readPlatform(example);
  const rows = rowsBelow(platformJsonSchema() as Schema, '').map(
    ({ path, meaning, preset }) => `| \`${path}\` | ${meaning} | ${preset} |`,
  );
  return `# Configuration

\`berth.yaml\` at the root of the repository says what the platform is. \`berth init\` writes it from what it finds, with \`.berth/schema.json\`, so that editors complete its keys. Unknown keys are errors.

\`\`\`yaml
${example}\`\`\`

| key | meaning | default |
|---|---|---|
${rows.join('\n')}
`;
}

interface Row {
  path: string;
  meaning: string;
  preset: string;
}

function rowsBelow(schema: Schema, path: string): Row[] {
  const rows: Row[] = [];
  for (const part of [schema, ...(schema.oneOf ?? []), ...(schema.anyOf ?? [])]) {
    for (const [name, child] of Object.entries(part.properties ?? {})) {
      const below = path === '' ? name : `${path}.${name}`;
      const required = part.required?.includes(name) ? 'must be there' : '';
      rows.push(
        { path: below, meaning: meaningOf(child), preset: presetOf(child) || required },
        ...rowsBelow(child, below),
      );
    }
    const named = part.additionalProperties;
    if (typeof named === 'object') rows.push(...rowsBelow(named, `${path}.<name>`));
    if (part.items) rows.push(...rowsBelow(part.items, `${path}[]`));
  }
  return rows.filter((row, index) => rows.findIndex(({ path: other }) => other === row.path) === index);
}

function meaningOf({ description = '', enum: choices, const: only }: Schema): string {
  const values = choices ?? (only === undefined || description.includes(only) ? [] : [only]);
  const listed = values.map((value) => `\`${value}\``).join(', ');
  return `${description}${listed && ` (${listed})`}`.replaceAll('|', '\\|');
}

function presetOf({ default: preset }: Schema): string {
  if (preset === undefined || (typeof preset === 'object' && preset !== null && Object.keys(preset).length === 0))
    return '';
  return `\`${typeof preset === 'string' ? preset : JSON.stringify(preset)}\``;
}
