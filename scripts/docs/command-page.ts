import { type Flag, flagsOf } from '../../src/cli/flags.ts';
import type { Command } from '../../src/commands/define-command.ts';

const effects = {
  reads: 'Reads only.',
  'writes-files': 'Writes files of the working tree.',
  'changes-cluster': 'Pushes to the target branch or changes a cluster; asks first.',
};

/** The page of a command: what `--help` says, and how agents reach it. */
export function commandPage(command: Command): string {
  const { positionals, flags } = flagsOf(command);
  const places = positionals.map(({ name, list, required }) => {
    const shown = list ? `${name}…` : name;
    return required ? `<${shown}>` : `[${shown}]`;
  });
  const own = flags.filter(({ name }) => name !== 'help');
  const sections = [
    `# berth ${command.name}`,
    `${command.summary}.${command.description ? ` ${command.description}` : ''}`,
    `\`\`\`\n${['berth', command.name, ...places, '[options]'].join(' ')}\n\`\`\``,
    positionals.length > 0 &&
      table(
        'argument',
        positionals.map((flag) => [`\`${flag.name}\``, flag]),
      ),
    table(
      'option',
      own.map((flag) => [`\`${spell(flag)}\``, flag]),
    ),
    command.examples.length > 0 &&
      `## Examples\n\n${command.examples.map(({ command: line, what }) => `- \`${line}\`: ${what}`).join('\n')}`,
    `${effects[command.effect]}${command.destructive ? ' Takes something away.' : ''} ${
      command.terminalOnly ? 'Not offered over MCP.' : `MCP tool: \`${command.name.replaceAll(' ', '_')}\`.`
    }`,
  ];
  return `${sections.filter((section) => section !== false).join('\n\n')}\n`;
}

function table(title: string, rows: readonly (readonly [string, Flag])[]): string {
  const lines = rows.map(([name, flag]) => `| ${name} | ${describe(flag)} |`.replaceAll('\n', ' '));
  return [`| ${title} | meaning |`, '|---|---|', ...lines].join('\n');
}

function spell({ name, alias, placeholder, kind, default: preset }: Flag): string {
  const long = kind === 'boolean' && preset === true ? `--[no-]${name}` : `--${name}`;
  return `${alias ? `-${alias}, ` : ''}${long}${placeholder ? ` ${placeholder.replaceAll('|', '\\|')}` : ''}`;
}

function describe({ description, default: preset, list }: Flag): string {
  const shown =
    preset === undefined || preset === false ? '' : typeof preset === 'string' ? preset : JSON.stringify(preset);
  const note = ['', '[]', '{}'].includes(shown) ? '' : ` (default: \`${shown}\`)`;
  return `${description.replaceAll('|', '\\|')}${list ? ' (can be given more than once)' : ''}${note}`;
}
