export interface ConsoleStep {
  command: string;
  /** What the page says it prints; `…` stands for anything, a line of its own for any number of lines. */
  expected: string;
  line: number;
}

/** The commands of a page: what stands behind `$` in its ```console blocks, with the output below it. */
export function consoleSteps(page: string): ConsoleStep[] {
  const steps: ConsoleStep[] = [];
  let open = false;
  for (const [index, text] of page.split('\n').entries()) {
    if (text.startsWith('```')) open = text === '```console';
    else if (open && text.startsWith('$ ')) steps.push({ command: text.slice(2), expected: '', line: index + 1 });
    else if (open) {
      const last = steps.at(-1);
      if (!last) throw new Error(`line ${index + 1}: output before the first command`);
      last.expected += `${text}\n`;
    }
  }
  return steps;
}

/** Whether output is what the page shows, apart from its placeholders and from space at the ends of lines. */
export function matchesConsole(expected: string, actual: string): boolean {
  const pattern = trimLines(expected)
    .split('\n')
    .map((line) => (line.trim() === '…' ? '[^]*?' : `${line.split('…').map(escape).join('.*?')}\n`))
    .join('');
  return new RegExp(`^${pattern}$`, 'u').test(`${trimLines(actual)}\n`);
}

const trimLines = (text: string): string =>
  text
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n')
    .trim();

const escape = (text: string): string => text.replaceAll(/[\\^$.*+?()[\]{}|/]/g, String.raw`\$&`);
