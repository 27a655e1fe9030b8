const whys = {
  NOT_UTF8: { message: 'is not UTF-8 text', hint: 'Save it as UTF-8, as Kubernetes and kustomize expect it.' },
  TOO_LARGE: {
    message: 'has more than 32 MB',
    hint: "Files of that size are not read. Move it out of the platform's repository.",
  },
} as const;

/** Files of more bytes are not read at all. */
export const mostBytes = 32 * 1024 * 1024;

/** Begins with a character that no YAML may have: whoever takes it for a manifest all the same refuses it. */
const mark = '\0unreadable ';

/**
 * Stands among the texts of a repository for a file that has none. So a file that a command does not need is passed
 * over, and one that it needs is named with what is wrong.
 */
export function unreadableText(why: keyof typeof whys): string {
  return `${mark}${why}`;
}

/** Why a text only stands for one; undefined for a real text. */
export function whyUnreadable(text: string): { readonly message: string; readonly hint: string } | undefined {
  if (!text.startsWith(mark)) return undefined;
  return Object.entries(whys).find(([why]) => text === `${mark}${why}`)?.[1];
}
