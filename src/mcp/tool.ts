import { z } from 'zod';
import type { Command, Style } from '../commands/define-command.ts';
import { BerthError } from '../errors.ts';

/** What a client learns about a command before it calls it. */
export function toolOf(command: Command) {
  const reads = command.effect === 'reads';
  return {
    name: command.name.replaceAll(' ', '_'),
    title: command.summary,
    description: [command.summary, command.description].filter(Boolean).join('. '),
    inputSchema: needsYes(command) ? command.options.extend({ yes }) : command.options,
    annotations: {
      readOnlyHint: reads,
      destructiveHint: command.destructive === true,
      // Steps that are done are skipped: the same call again changes nothing more.
      idempotentHint: true,
      openWorldHint: command.effect === 'changes-cluster',
    },
  };
}

const yes = z
  .boolean()
  .default(false)
  .describe(
    'Must be true: this changes a cluster or a shared branch, or takes something away, and nobody is asked again',
  );

/** Nobody can be asked over MCP, so consent is an argument. */
export function requireConsent(command: Command, options: Record<string, unknown>): void {
  if (!needsYes(command) || options['yes'] === true || options['dryRun'] === true) return;
  throw new BerthError('USAGE', `${command.name} changes something that others see, or takes it away`, {
    hint: `Call it again with "yes": true${'dryRun' in command.options.shape ? ', or look first with "dryRun": true' : ''}.`,
  });
}

const needsYes = ({ effect, destructive }: Command): boolean => effect === 'changes-cluster' || destructive === true;

/** The same result twice: as people read it, and as data. */
export function toolResult(command: Command, result: unknown) {
  // Clients of the older protocol revisions accept objects only.
  const isObject = typeof result === 'object' && result !== null && !Array.isArray(result);
  const structuredContent = JSON.parse(JSON.stringify(isObject ? result : { result })) as Record<string, unknown>;
  return { content: [{ type: 'text' as const, text: command.toText(result, plain) }], structuredContent };
}

export function toolError(error: BerthError) {
  return { content: [{ type: 'text' as const, text: error.toText() }], isError: true };
}

const same = (text: string): string => text;
export const plain: Style = { bold: same, dim: same, red: same, green: same, yellow: same, columns: 120 };
