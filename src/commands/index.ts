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
];
