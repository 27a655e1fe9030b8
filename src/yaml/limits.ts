/**
 * What a hostile file may cost. No manifest comes near: the deepest custom resource definitions nest about 30 levels,
 * and an alias stands for some lines.
 */
export const limits = {
  /** Lists and maps within each other, as written. */
  depth: 256,
  /** The same with aliases put in. */
  expandedDepth: 1024,
  /** Characters and nodes that the aliases of a document stand for, together. */
  expandedSize: 4_000_000,
  /** Tokens of a file that the library has to read: some ten megabytes of manifests. */
  tokens: 2_000_000,
} as const;
