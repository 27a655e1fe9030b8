/** What of this machine can stand for an image. */
export type ImageRuntime =
  | { kind: 'python'; minor: string | undefined }
  | { kind: 'node'; major: number | undefined }
  /** uv's own image, which may have a Python in it. */
  | { kind: 'uv'; minor: string | undefined }
  /** A plain Linux: a shell and the programs that every machine has. */
  | { kind: 'shell' };

const shells = new Set(['alpine', 'busybox', 'debian', 'ubuntu', 'bash']);

/** Official images and their mirrors by name; undefined: only the image itself has what it runs. */
export function imageRuntime(image: string): ImageRuntime | undefined {
  const [path = ''] = image.split('@');
  const last = path.slice(path.lastIndexOf('/') + 1);
  const [name = '', tag = ''] = last.split(':');
  const python = /(?:^|python)(3\.\d{1,2})(?![\d])/.exec(tag)?.[1];
  if (name === 'python') return { kind: 'python', minor: python };
  if (name === 'node') {
    const major = /^(\d{1,3})(?!\d)/.exec(tag)?.[1];
    return { kind: 'node', major: major === undefined ? undefined : Number(major) };
  }
  if (name === 'uv' && /(^|\/)astral(-sh)?\/uv$/.test(path.replace(/:[^/:]*$/, '')))
    return { kind: 'uv', minor: python };
  return shells.has(name) ? { kind: 'shell' } : undefined;
}

const ours = /^(?:python(?:3(?:\.\d+)?)?|pip3?|uvx?|node|npm|npx)$/;

/** `/usr/local/bin/python3` of an image is the `python3` of its runtime here, wherever that is. */
export function bareProgram(command: string): string {
  const name = command.slice(command.lastIndexOf('/') + 1);
  return command.startsWith('/') && ours.test(name) ? name : command;
}
