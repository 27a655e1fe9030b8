import { type Sandbox, gitSandbox } from './git-sandbox.ts';
import { weatherManifest } from './weather-server.ts';

export const manifestFile = 'servers/weather-mcp.yaml';

/** What `berth.yaml` says where everything runs on this machine. */
export const platformText = (gatewayPort: number): string => `apiVersion: mcp-berth.dev/v1
kind: Platform
clusters:
  laptop: { kind: local, mcpServers: allowed, paths: [servers], gatewayPort: ${gatewayPort} }
git: { remote: origin, branch: main }
servers: { namespace: ai-platform, directory: servers }
clients:
  - { file: .mcp.json, from: outside }
`;

/** What is pushed before the first deploy. */
export const platformFiles = (gatewayPort: number): Record<string, string> => ({
  '.gitignore': '.berth/\n',
  'berth.yaml': platformText(gatewayPort),
  'README.md': 'hello\n',
  'servers/kustomization.yaml': 'resources: []\n',
});

/** A platform with one local cluster that is pushed, and in its working tree a server that is not. */
export function deployPlatform(gatewayPort = 3100): Sandbox {
  const sandbox = gitSandbox(platformFiles(gatewayPort));
  sandbox.write(manifestFile, weatherManifest());
  return sandbox;
}
