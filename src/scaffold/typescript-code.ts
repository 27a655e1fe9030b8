import type { Platform } from '../platform/types.ts';
import type { ServerCode } from './new-server.ts';
import { type CodeInput, packBundle } from './pack-code.ts';

const file = 'server.mjs';

// The paths are arguments, not part of the script: whoever runs the pod elsewhere can map them.
const unpack =
  "const [from, to] = process.argv.slice(1); require('node:fs').writeFileSync(to, require('node:zlib').brotliDecompressSync(require('node:fs').readFileSync(from))); import(to);";

/** How a bundled TypeScript server runs in a pod: one file on Node, unpacked first where it is compressed. */
export function typescriptCode(
  bundle: { text: string; inputs: readonly CodeInput[] },
  images: Platform['servers']['images'],
  source: string,
): ServerCode {
  const content = packBundle(file, bundle.text, bundle.inputs);
  const compressed = Object.keys(content.binaryData).length > 0;
  return {
    pattern: 'configmap',
    image: images.node,
    command: compressed ? ['node', '--eval', unpack, `/app/${file}.br`, `/tmp/${file}`] : ['node', `/app/${file}`],
    content,
    source,
    install: undefined,
  };
}
