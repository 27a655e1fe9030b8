/** One file of a server in the three states that count; undefined: there is none. */
export interface FileStates {
  file: string;
  /** In the working tree. */
  mine: string | undefined;
  /** Where the working tree and the target branch parted. */
  base: string | undefined;
  /** On the target branch. */
  target: string | undefined;
}

export interface OwnChanges {
  /** What the target shall get; text undefined: the file goes. */
  changes: readonly { file: string; text: string | undefined }[];
  /** Changed on both sides, and not alike. */
  conflicts: readonly string[];
}

/**
 * What the user changed in a server's own files and the target has not. What somebody else changed there meanwhile
 * stays: a working tree that is behind takes nothing back.
 */
export function ownChanges(states: readonly FileStates[]): OwnChanges {
  const changed = states.filter(({ mine, base, target }) => mine !== target && mine !== base);
  return {
    changes: changed.filter(({ base, target }) => base === target).map(({ file, mine }) => ({ file, text: mine })),
    conflicts: changed.filter(({ base, target }) => base !== target).map(({ file }) => file),
  };
}
