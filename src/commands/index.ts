import type { Command } from './define-command.ts';

export interface CommandEntry {
  readonly name: string;
  /** The definition's own summary again, so that `berth --help` loads no command; a test compares them. */
  readonly summary: string;
  /** A command is loaded when it is called, never before: start-up stays cheap. */
  load(): Promise<Command>;
}

// One line a command, alphabetical.
// oxfmt-ignore
export const commands: readonly CommandEntry[] = [
  { name: 'completion', summary: 'Print the completion script of your shell', load: async () => (await import('./completion.ts')).completionCommand },
  { name: 'connect', summary: 'Write the client entries of proven servers into the working tree', load: async () => (await import('./connect.ts')).connectCommand },
  { name: 'demo', summary: 'Deploy three servers on this machine by the six steps, and prove each', load: async () => (await import('./demo.ts')).demoCommand },
  { name: 'deploy', summary: 'Bring a server to a proven tool call on its cluster, through Git', load: async () => (await import('./deploy.ts')).deployCommand },
  { name: 'down', summary: 'Stop the servers that berth runs on this machine', load: async () => (await import('./down.ts')).downCommand },
  { name: 'explain', summary: 'Say what a rule, an error or a fault means and what to do about it', load: async () => (await import('./explain.ts')).explainCommand },
  { name: 'init', summary: 'Make this repository a platform: write berth.yaml from what is found in it', load: async () => (await import('./init.ts')).initCommand },
  { name: 'lock', summary: 'Show what berth.lock calls proven, or accept that a server changed its tools', load: async () => (await import('./lock.ts')).lockCommand },
  { name: 'logs', summary: 'Show what a server writes, across its restarts', load: async () => (await import('./logs.ts')).logsCommand },
  { name: 'mcp', summary: 'Offer these commands to a coding agent, as an MCP server on stdin and stdout', load: async () => (await import('./mcp.ts')).mcpCommand },
  { name: 'new', summary: 'Write the manifest of a new MCP server, from an image or from code', load: async () => (await import('./new.ts')).newCommand },
  { name: 'ports', summary: 'Show who has which node port, and which one is free', load: async () => (await import('./ports.ts')).portsCommand },
  { name: 'remove', summary: 'Take a server out of Git and off its cluster', load: async () => (await import('./remove.ts')).removeCommand },
  { name: 'restart', summary: 'Replace the pods of a server, as a rollout does', load: async () => (await import('./restart.ts')).restartCommand },
  { name: 'status', summary: 'Say what runs, from which revision, and what keeps the rest from running', load: async () => (await import('./status.ts')).statusCommand },
  { name: 'up', summary: 'Run the servers of the working tree on this machine, until Ctrl-C', load: async () => (await import('./up.ts')).upCommand },
  { name: 'verify', summary: 'Prove servers by a real tool call, or name what is wrong with them', load: async () => (await import('./verify.ts')).verifyCommand },
];
