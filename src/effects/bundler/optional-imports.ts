import type { Plugin } from 'esbuild';

const asked = Symbol('asked by this plugin');

/**
 * Libraries import other libraries on demand (`await import('effect')`), for those who have them. What is not installed
 * stays such an import, and fails only if it is ever reached.
 */
export const optionalImports: Plugin = {
  name: 'optional-imports',
  setup(build) {
    build.onResolve({ filter: /^[^./]/ }, async ({ path, kind, importer, resolveDir, pluginData }) => {
      const onDemand = kind === 'dynamic-import' && /[/\\]node_modules[/\\]/.test(importer);
      if (!onDemand || pluginData === asked) return undefined;
      const found = await build.resolve(path, { kind, importer, resolveDir, pluginData: asked });
      return found.errors.length > 0 ? { path, external: true } : found;
    });
  },
};
