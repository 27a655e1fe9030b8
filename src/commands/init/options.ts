import { z } from 'zod';
import { address, cidr, clusterName, dnsLabel, insideFile, port, text } from '../../platform/schema-values.ts';

export const initOptions = z.object({
  local: z.boolean().default(false).describe('One cluster that berth runs on this machine, and no other'),
  gatewayPort: port
    .default(3100)
    .describe('Where the servers of a local cluster answer on 127.0.0.1')
    .meta({ placeholder: 'PORT' }),
  cluster: clusterName.optional().describe('Name of the cluster where MCP servers run'),
  context: text.optional().describe('Its kubeconfig context'),
  cidr: cidr.optional().describe('The network of its nodes: 10.20.0.0/24').meta({ placeholder: 'NETWORK' }),
  nodeAddress: address.optional().describe('What NodePort URLs use: 10.20.0.40').meta({ placeholder: 'ADDRESS' }),
  namespace: dnsLabel.optional().describe('Namespace of new servers'),
  directory: insideFile.optional().describe('Folder of their manifests').meta({ placeholder: 'FOLDER' }),
  git: z.boolean().default(true).describe('Make a Git repository where there is none (--no-git: do not)'),
  force: z.boolean().default(false).describe('Write berth.yaml anew where there is one already'),
});

export type InitOptions = z.infer<typeof initOptions>;
