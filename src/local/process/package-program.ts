/** Of an npm package's `bin`, the program that stands for the package. */
export function npmProgram(name: string, bin: unknown): string | undefined {
  const own = name.slice(name.lastIndexOf('/') + 1);
  if (typeof bin === 'string') return own;
  return preferred(own, typeof bin === 'object' && bin !== null ? Object.keys(bin) : []);
}

/** Of the console scripts in a distribution's `entry_points.txt`, the one that stands for it. */
export function pypiProgram(name: string, entryPoints: string): string | undefined {
  const [, section = ''] = /^\[console_scripts\]$([^[]*)/m.exec(entryPoints) ?? [];
  const scripts = section.split('\n').flatMap((line) => /^\s*([\w.-]+)\s*=/.exec(line)?.[1] ?? []);
  return preferred(name.replace(/\[.*/, ''), scripts);
}

function preferred(own: string, programs: readonly string[]): string | undefined {
  return programs.find((program) => plain(program) === plain(own)) ?? programs[0];
}

function plain(name: string): string {
  return name.toLowerCase().replaceAll(/[._-]+/g, '-');
}
