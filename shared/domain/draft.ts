/** Longest draft as JSON, in characters: a transcript of an hour fits, and the door's limit of 256 KB holds. */
export const longestDraft = 200_000;
