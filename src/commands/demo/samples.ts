import type { PlaygroundPlace } from '../../effects/playground.ts';

/** A server that the demo deploys: what it tells `berth new`. */
export interface Sample {
  name: string;
  /** As the table names it. */
  pattern: string;
  /** It runs on Python, which not every machine has. */
  python: boolean;
  options: Readonly<Record<string, unknown>>;
}

/** One of each pattern: code of one's own in Python and in TypeScript, and an image that others publish. */
export function samplesOf({ samples }: Pick<PlaygroundPlace, 'samples'>): readonly Sample[] {
  return [
    {
      name: 'units',
      pattern: 'ConfigMap, Python',
      python: true,
      options: {
        python: samples.units,
        description: 'Converts units of length, mass and temperature',
        canary: 'convert',
        args: { value: 20, unit: 'celsius', to: 'fahrenheit' },
        mustMatch: '^68 fahrenheit$',
      },
    },
    {
      name: 'calendar',
      pattern: 'ConfigMap, TypeScript',
      python: false,
      options: {
        typescript: samples.calendar,
        description: 'Tells weekdays, and counts the days between dates',
        canary: 'weekday',
        args: { date: '2026-07-28' },
        mustMatch: '^Tuesday$',
      },
    },
    {
      name: 'everything',
      pattern: 'image',
      python: false,
      options: {
        // Published by the protocol's maintainers to try clients with; it needs no account.
        image: 'mcp/everything:latest',
        package: 'npm:@modelcontextprotocol/server-everything@2026.8.31',
        port: 3001,
        command: ['node', 'dist/index.js'],
        arg: ['streamableHttp'],
        description: 'Shows every feature of the protocol',
        canary: 'get-sum',
        args: { a: 2, b: 40 },
        mustMatch: String.raw`\b42\b`,
      },
    },
  ];
}
