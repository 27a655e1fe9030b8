/** What this machine has for a platform that is only beginning. */
export interface Machine {
  /** Of the user's kubeconfig files; empty where there are none. */
  kubeContexts(): Promise<readonly KubeContext[]>;
  /** `git init` in the folder that berth works on. */
  initGit(): Promise<void>;
}

export interface KubeContext {
  name: string;
  /** The one that kubectl uses. */
  current: boolean;
}
