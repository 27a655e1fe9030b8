import { type Style, defineCommand } from './define-command.ts';
import { type NewResult, createServer } from './new/create-server.ts';
import { newOptions } from './new/options.ts';
import { updateServer } from './new/update-server.ts';

export const newCommand = defineCommand({
  name: 'new',
  summary: 'Write the manifest of a new MCP server, from an image or from code',
  description:
    'Two patterns: --image takes what others publish; --python and --typescript put code of your own into a ConfigMap. What is left out is asked on a terminal. Nothing is written before all of it is in order.',
  examples: [
    {
      command: 'berth new outline --image ghcr.io/vortiago/mcp-outline:1.10.1 --secret OUTLINE_API_KEY',
      what: 'a published image',
    },
    { command: 'berth new weather --python weather.py --expose nodeport', what: 'a Python file, reached from outside' },
    { command: 'berth new notes --typescript', what: 'a template to begin with' },
    { command: 'berth new weather --update --requirement httpx', what: 'changed code, and a package more' },
  ],
  effect: 'writes-files',
  positionals: ['name'],
  options: newOptions,

  run: async (options, context): Promise<NewResult> =>
    options.update ? updateServer(options, context) : createServer(options, context),

  toText(result, style) {
    const { name, written, notes, todo, dryRun } = result;
    return [
      ...files(result, style),
      ...notes.map((note) => `  ${style.yellow('!')} ${note}`),
      ...(todo.length === 0 ? [] : ['Its secrets:', ...todo.map((line) => `  ${line}`)]),
      ...(dryRun || written.length === 0 ? [] : [`Try it here: berth up ${name}      Deploy: berth deploy ${name}`]),
    ].join('\n');
  },
});

/** A line a file; the source is one line, however many files it has. */
function files({ written, dryRun }: NewResult, style: Style): string[] {
  if (written.length === 0) return ['Everything is as it should be already: nothing was written.'];
  const rows = written.filter(({ what }) => what !== 'source');
  const sources = written.filter(({ what }) => what === 'source');
  const [first, ...more] = sources;
  if (first) {
    const folder = `${first.file.slice(0, first.file.lastIndexOf('/'))}/`;
    rows.unshift({
      file: more.length === 0 ? first.file : folder,
      what: more.length === 0 ? 'source' : namesOf(sources),
    });
  }
  const width = Math.max(...rows.map(({ file }) => file.length));
  const mark = dryRun ? style.dim('would write') : style.green('✓');
  return rows.map(({ file, what }) => `  ${mark} ${file.padEnd(width)}   ${style.dim(what)}`);
}

const namesOf = (sources: readonly { file: string }[]): string =>
  sources.map(({ file }) => file.slice(file.lastIndexOf('/') + 1)).join(', ');
