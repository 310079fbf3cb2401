import type { PortraitDetail } from '../../../shared/contract/library.ts';
import type { PortraitWords, SomeWords } from '../../../shared/contract/words.ts';
import { cleanTag, mostTags, tagKey } from '../../../shared/domain/tags.ts';

/**
 * Words being written: of each field that was touched, what stood there before and what stands there now. Fields nobody
 * touched here follow what others write.
 */
export interface Draft {
  base: SomeWords;
  mine: SomeWords;
}
export type WordKey = keyof PortraitWords;
const keys = ['title', 'text', 'tags', 'speaker', 'notes', 'rating', 'language'] as const satisfies readonly WordKey[];

/** The stored words; the title the library makes of what it knows counts as none. */
export function wordsOf(
  portrait: Pick<PortraitDetail, 'ownTitle' | 'text' | 'tags' | 'speaker' | 'notes' | 'rating' | 'language'>,
): PortraitWords {
  const { ownTitle: title, text, tags, speaker, notes, rating, language } = portrait;
  return { title, text, tags, speaker, notes, rating, language };
}

/** Blanks around a line of text are not kept, so they make no difference. */
const plain = (value: unknown): string =>
  JSON.stringify(value, (key, inner: unknown) =>
    typeof inner === 'string' && key !== 'text' && key !== 'notes' ? inner.trim() : inner,
  ) ?? '';

const same = (words: SomeWords, others: SomeWords, key: WordKey) =>
  plain({ [key]: words[key] }) === plain({ [key]: others[key] });

const touched = (draft: Draft) => keys.filter((key) => draft.mine[key] !== undefined);

function only(words: SomeWords, wanted: readonly WordKey[]): SomeWords {
  return Object.fromEntries(wanted.map((key) => [key, words[key]]));
}

/** What is to be seen in the form: the stored words with one's own over them. */
export function shownWords(draft: Draft | undefined, stored: PortraitWords): PortraitWords {
  return draft === undefined ? stored : { ...stored, ...(only(draft.mine, touched(draft)) as Partial<PortraitWords>) };
}

/** What a save has to send. */
export function changedWords(draft: Draft, stored: PortraitWords): SomeWords {
  return only(
    draft.mine,
    touched(draft).filter((key) => !same(draft.mine, stored, key)),
  );
}

/** Fields both sides changed, and not to the same words. */
export function conflicts(draft: Draft | undefined, stored: PortraitWords): WordKey[] {
  if (draft === undefined) return [];
  return touched(draft).filter((key) => !same(draft.base, stored, key) && !same(draft.mine, stored, key));
}

export type DraftState = 'clean' | 'dirty' | 'conflict';

/** How a draft stands beside what is stored now. */
export function draftState(draft: Draft | undefined, stored: PortraitWords): DraftState {
  if (draft === undefined || Object.keys(changedWords(draft, stored)).length === 0) return 'clean';
  return conflicts(draft, stored).length > 0 ? 'conflict' : 'dirty';
}

/** The draft after the host typed; undefined when everything is as it is stored. */
export function write(draft: Draft | undefined, stored: PortraitWords, change: SomeWords): Draft | undefined {
  const base = {
    ...only(
      stored,
      keys.filter((key) => change[key] !== undefined),
    ),
    ...draft?.base,
  };
  const next: Draft = { base, mine: { ...draft?.mine, ...change } };
  return rebase(next, stored);
}

/** The draft without the fields that are stored as they stand; undefined when none is left. */
export function rebase(draft: Draft, stored: PortraitWords): Draft | undefined {
  const left = touched(draft).filter((key) => !same(draft.mine, stored, key));
  return left.length === 0 ? undefined : { base: only(draft.base, left), mine: only(draft.mine, left) };
}

/** What is left of a draft when the others' words are taken where both wrote. */
export function giveWay(draft: Draft, stored: PortraitWords): Draft | undefined {
  const lost = conflicts(draft, stored);
  const left = touched(draft).filter((key) => !lost.includes(key));
  return rebase({ base: only(draft.base, left), mine: only(draft.mine, left) }, stored);
}

/** Tags as a host types them (`bois, équipe`): trimmed, none twice, at most 20. */
export function addTags(tags: readonly string[], typed: string): string[] {
  const all = [...tags];
  for (const part of typed.split(/[,;\n]/)) {
    const tag = cleanTag(part);
    const known = all.some((one) => tagKey(one) === tagKey(tag));
    if (tag !== '' && !known && all.length < mostTags) all.push(tag);
  }
  return all;
}
