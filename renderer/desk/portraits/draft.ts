import type { PortraitDetail } from '../../../shared/contract/library.ts';
import { suggestTitle } from '../../../shared/domain/portrait.ts';

/** What a host writes about a portrait. */
export interface PortraitWords {
  title: string;
  text: string;
  tags: string[];
}

/** Words being written: where they began, and where they are. */
export interface Draft {
  base: PortraitWords;
  mine: PortraitWords;
}

/** The stored words; the title the library suggests counts as none. */
export function wordsOf(
  portrait: Pick<PortraitDetail, 'title' | 'text' | 'tags' | 'speaker' | 'cooperative'>,
): PortraitWords {
  const suggested = suggestTitle(portrait.speaker, portrait.cooperative);
  return { title: portrait.title === suggested ? '' : portrait.title, text: portrait.text, tags: portrait.tags };
}

export function sameWords(one: PortraitWords, other: PortraitWords): boolean {
  return (
    one.title.trim() === other.title.trim() &&
    one.text === other.text &&
    one.tags.length === other.tags.length &&
    one.tags.every((tag, index) => tag === other.tags[index])
  );
}

export type DraftState = 'clean' | 'dirty' | 'conflict';

/**
 * How a draft stands beside what is stored now. A conflict is when both sides changed, and not to the same words; a
 * change of anything else (the portrait's state) is none.
 */
export function draftState(draft: Draft | undefined, stored: PortraitWords): DraftState {
  if (draft === undefined || sameWords(draft.mine, stored)) return 'clean';
  if (sameWords(draft.mine, draft.base)) return 'clean';
  return sameWords(draft.base, stored) ? 'dirty' : 'conflict';
}

/** The draft after the host typed. */
export function write(draft: Draft | undefined, stored: PortraitWords, change: Partial<PortraitWords>): Draft {
  const from = draft ?? { base: stored, mine: stored };
  return { base: from.base, mine: { ...from.mine, ...change } };
}

/** Tags as a host types them (`bois, équipe`): trimmed, none twice, at most 20. */
export function addTags(tags: readonly string[], typed: string): string[] {
  const all = [...tags];
  for (const part of typed.split(/[,;\n]/)) {
    const tag = part.trim().replace(/\s+/g, ' ').slice(0, 80);
    const known = all.some((one) => one.toLocaleLowerCase('fr') === tag.toLocaleLowerCase('fr'));
    if (tag !== '' && !known && all.length < 20) all.push(tag);
  }
  return all;
}
