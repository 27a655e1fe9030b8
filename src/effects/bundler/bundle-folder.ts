import type { BuildFailure, Message } from 'esbuild';
import { BerthError } from '../../errors.ts';
import type { SourceProject } from '../bundler.ts';
import { optionalImports } from './optional-imports.ts';

/** One ES module of a project and all that it imports. Errors: BUNDLE_FAILED. */
export async function bundleFolder(
  folder: string,
  { entry, shown, nodeVersion }: Pick<SourceProject, 'entry' | 'shown' | 'nodeVersion'>,
): Promise<{ text: string; inputs: { file: string; bytes: number }[] }> {
  // Native, and large: whoever bundles nothing should not load it.
  const { build } = await import('esbuild');
  try {
    const { outputFiles, metafile } = await build({
      absWorkingDir: folder,
      entryPoints: [entry],
      outfile: 'server.mjs',
      bundle: true,
      write: false,
      metafile: true,
      minify: true,
      platform: 'node',
      format: 'esm',
      target: `node${nodeVersion}`,
      legalComments: 'none',
      logLevel: 'silent',
      plugins: [optionalImports],
      // Libraries that are CommonJS ask for Node's own modules by require().
      banner: { js: 'import{createRequire as __require}from"node:module";const require=__require(import.meta.url);' },
    });
    const [output] = Object.values(metafile.outputs);
    const inputs = Object.entries(output?.inputs ?? {}).map(([file, { bytesInOutput }]) => ({
      file: file.replace(/^.*?(?=node_modules\/)/, ''),
      bytes: bytesInOutput,
    }));
    return { text: outputFiles[0]?.text ?? '', inputs };
  } catch (error) {
    if (isBuildFailure(error)) throw bundleError(error.errors, shown);
    throw error;
  }
}

function isBuildFailure(error: unknown): error is BuildFailure {
  return error instanceof Error && Array.isArray((error as Partial<BuildFailure>).errors);
}

function bundleError(errors: readonly Message[], shown: string): BerthError {
  const [first] = errors;
  const others = errors.length > 1 ? ` (and ${errors.length - 1} more)` : '';
  const { file, line = 1, column = 0 } = first?.location ?? {};
  const missing = /^Could not resolve "([^"./][^"]*)"/.exec(first?.text ?? '')?.[1];
  return new BerthError('BUNDLE_FAILED', `The server cannot be bundled: ${first?.text ?? 'esbuild failed'}${others}`, {
    at: file === undefined ? shown : `${shown}/${file}:${line}:${column + 1}`,
    hint: missing
      ? `Add ${packageOf(missing)} to the dependencies in ${shown}/package.json.`
      : 'Repair it there, then run the same command again. Nothing was written.',
  });
}

/** `@scope/name/path` → `@scope/name`. */
const packageOf = (specifier: string): string => specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/');
