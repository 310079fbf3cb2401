/** Most tags of one portrait, and the longest one in characters. */
export const mostTags = 20;
export const longestTag = 80;

/** A tag with the number of portraits that carry it. */
export interface UsedTag {
  name: string;
  count: number;
}

/** A tag as it is kept: no blanks around it, none doubled inside. */
export function cleanTag(typed: string): string {
  return typed.normalize('NFC').trim().replace(/\s+/g, ' ').slice(0, longestTag).trimEnd();
}

/** Two tags are the same word when this is equal. Accents count here: « pêche » is not « péché ». */
export function tagKey(name: string): string {
  return cleanTag(name).toLocaleLowerCase('fr');
}

/** A text without accents and capitals, for finding what somebody types in a hurry. */
export function bareText(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').replace(/[’']/g, "'").toLocaleLowerCase('fr');
}

/**
 * Known tags that go on from what is typed, the most used first: those that begin with it, then those with a word that
 * does. Nothing typed offers the most used ones. Tags already there are not offered again.
 */
export function completeTags(known: readonly UsedTag[], typed: string, taken: readonly string[], most = 6): string[] {
  const wanted = bareText(typed.trim());
  const there = new Set(taken.map(tagKey));
  const rank = (name: string) => {
    const bare = bareText(name);
    if (bare.startsWith(wanted)) return 0;
    return bare.split(/[\s'-]+/).some((word) => word.startsWith(wanted)) ? 1 : 2;
  };
  return known
    .filter((tag) => !there.has(tagKey(tag.name)))
    .map((tag) => ({ ...tag, rank: rank(tag.name) }))
    .filter((tag) => tag.rank < 2)
    .sort((one, other) => one.rank - other.rank || other.count - one.count || one.name.localeCompare(other.name, 'fr'))
    .slice(0, most)
    .map((tag) => tag.name);
}
