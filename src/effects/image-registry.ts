/** What registries say about images, over the OCI distribution API; the real one is `registry/oci-registry.ts`. */
export interface ImageRegistry {
  /** Never fails because a registry is away: what is not known is said with its reason. Errors: IMAGE_UNAVAILABLE, USAGE. */
  lookUp(reference: string, signal: AbortSignal): Promise<ImageFacts | { unknown: string }>;
}

export interface ImageFacts {
  /** Of the image, or of the index of its platforms: `sha256:…`. */
  digest: string;
  /** As the image says it: `1001`, `node`, `1001:1001`; empty: root. */
  user: string;
  /** TCP ports that it says it listens on. */
  ports: readonly number[];
}
