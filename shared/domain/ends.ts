/** A text without the characters of this kind at its end. By hand: a pattern that looks for its end begins at each one. */
export function withoutEnd(text: string, character: string): string {
  let end = text.length;
  while (end > 0 && text[end - 1] === character) end--;
  return text.slice(0, end);
}

/** A text without the characters of this kind at its beginning and its end. */
export function withoutEnds(text: string, character: string): string {
  const bare = withoutEnd(text, character);
  let from = 0;
  while (from < bare.length && bare[from] === character) from++;
  return bare.slice(from);
}
