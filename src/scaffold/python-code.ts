import type { Platform } from '../platform/types.ts';
import type { ServerCode } from './new-server.ts';
import { packFiles } from './pack-code.ts';

/** What the Python source of a server consists of. */
export interface PythonSource {
  program: string;
  /** Exact versions, with hashes where `hashed`; undefined: the image has all packages. */
  requirements: { text: string; hashed: boolean } | undefined;
}

/** How Python source runs in a pod: the program from the ConfigMap, its packages from an init container. */
export function pythonCode(
  { program, requirements }: PythonSource,
  images: Platform['servers']['images'],
  source: string,
): ServerCode {
  return {
    pattern: 'configmap',
    image: images.python,
    command: ['python', '/app/server.py'],
    content: packFiles({ ...(requirements ? { 'requirements.txt': requirements.text } : {}), 'server.py': program }),
    source,
    install: requirements && { image: images.init, hashed: requirements.hashed },
  };
}

/** The Python version of an image, from its tag: `python:3.11-slim` → 3.11. */
export function pythonVersionOf(image: string): string | undefined {
  return /:[^@/:]*?(3\.\d+)[^@/:]*(?:@|$)/.exec(image)?.[1];
}
