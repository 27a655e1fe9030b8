/** The pages that come with berth itself: what each rule, error and fault means and how to repair it. */
export interface Handbook {
  /** Id (`service-node-port-taken`, `GIT_PUSH_REJECTED`) → its page in Markdown. */
  pages(): Promise<ReadonlyMap<string, string>>;
}
