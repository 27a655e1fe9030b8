export interface Spinner {
  /** What is going on from now on. */
  show(line: string): void;
  /** Makes room for a line of output, or ends. */
  clear(): void;
}

const frames = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏'];

/** On a terminal one line that replaces itself; in a pipe a line for whatever lasts longer than a second. */
export function createSpinner(stream: { isTTY?: boolean; columns?: number; write(text: string): unknown }): Spinner {
  return stream.isTTY === true ? movingSpinner(stream) : plainSpinner(stream);
}

function movingSpinner(stream: { columns?: number; write(text: string): unknown }): Spinner {
  let current: { line: string; since: number } | undefined;
  let drawn = false;
  let timer: NodeJS.Timeout | undefined;

  const draw = (): void => {
    if (!current) return;
    const elapsed = Date.now() - current.since;
    const seconds = elapsed >= 1000 ? ` ${Math.floor(elapsed / 1000)} s` : '';
    const frame = frames[Math.floor(elapsed / 100) % frames.length];
    const room = (stream.columns ?? 80) - seconds.length - 3;
    stream.write(`\r\x1b[K${frame} ${current.line.slice(0, room)}${seconds}`);
    drawn = true;
  };
  return {
    show(line) {
      current = { line, since: Date.now() };
      timer ??= setInterval(draw, 100).unref();
    },
    clear() {
      if (drawn) stream.write('\r\x1b[K');
      drawn = false;
      current = undefined;
      clearInterval(timer);
      timer = undefined;
    },
  };
}

function plainSpinner(stream: { write(text: string): unknown }): Spinner {
  let timer: NodeJS.Timeout | undefined;
  return {
    show(line) {
      clearTimeout(timer);
      timer = setTimeout(() => stream.write(`${line}\n`), 1000).unref();
    },
    clear: () => clearTimeout(timer),
  };
}
