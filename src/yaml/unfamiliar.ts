/** Ends the index parser at what it does not know; never leaves readIndexed. */
export class Unfamiliar extends Error {}

/** One for all: a stack would be looked at by nobody, and costs more than the parsing. */
export const unfamiliar = new Unfamiliar('not in the subset');
