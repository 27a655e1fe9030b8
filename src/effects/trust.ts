/** Whether the user lets the code of this repository run as themselves. It is remembered outside of the repository. */
export interface Trust {
  given(): Promise<boolean>;
  give(): Promise<void>;
}
