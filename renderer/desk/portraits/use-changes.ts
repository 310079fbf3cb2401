import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { PortraitDetail } from '../../../shared/contract/library.ts';
import type { Api } from '../../api.ts';
import { useDesk } from '../desk-context.ts';
import type { Drafts } from '../drafts.ts';
import { sessionOf } from '../editor/use-editing.ts';
import { codeOf } from '../problems.ts';
import { type Draft, type PortraitWords, sameWords, wordsOf } from './draft.ts';

export interface Description {
  /** The portrait as the words were written beside it. */
  portrait: PortraitDetail;
  words: PortraitWords;
}

/**
 * Saves words. When the portrait changed meanwhile but its words did not (somebody approved it), it is saved over the
 * newer revision; when the words themselves changed, STALE is thrown and `onNewer` gets the stored portrait.
 */
async function describePortrait(
  api: Api,
  { portrait, words }: Description,
  onNewer: (portrait: PortraitDetail) => void,
): Promise<PortraitDetail> {
  const { id } = portrait;
  try {
    return await api.library.describe({ id, revision: portrait.revision, ...words });
  } catch (error) {
    if (codeOf(error) !== 'STALE') throw error;
    const newer = await api.library.get({ id });
    if (sameWords(wordsOf(newer), wordsOf(portrait))) {
      return api.library.describe({ id, revision: newer.revision, ...words });
    }
    onNewer(newer);
    throw error;
  }
}

/** Lets go of a draft that was saved, unless more was typed since. */
function settleDraft(drafts: Drafts, saved: PortraitDetail, words: PortraitWords): void {
  const name = `words-${saved.id}`;
  const draft = drafts.get(name) as Draft | undefined;
  if (draft === undefined) return;
  if (sameWords(draft.mine, words)) drafts.drop(name);
  else drafts.set(name, { base: wordsOf(saved), mine: draft.mine } satisfies Draft);
}

/** Puts a changed portrait in place at once and has the lists read again. */
function usePlacing() {
  const queries = useQueryClient();
  return (portrait: PortraitDetail) => {
    queries.setQueryData(['portraits', 'one', portrait.id], portrait);
    void queries.invalidateQueries({ queryKey: ['portraits'] });
  };
}

export function useDescribe() {
  const { api, drafts } = useDesk();
  const place = usePlacing();
  return useMutation({
    mutationFn: (description: Description) => describePortrait(api, description, place),
    onSuccess(saved, { words }) {
      settleDraft(drafts, saved, words);
      place(saved);
    },
  });
}

export type Decision =
  | { to: 'approved'; attested: boolean }
  | { to: 'rejected' }
  | { to: 'toReview' }
  /** An approval taken up again: what undoing a rejection of an approved portrait needs. */
  | { to: 'approvedAgain' };

/** Moves a portrait on; its edit, and words still being written, are saved first, so that a decision never loses them. */
export function useDecide() {
  const { api, drafts } = useDesk();
  const place = usePlacing();
  return useMutation({
    async mutationFn({ portrait, decision }: { portrait: PortraitDetail; decision: Decision }) {
      const { id } = portrait;
      const editing = sessionOf(drafts, id);
      await editing?.flush();
      let revision = Math.max(portrait.revision, editing?.revision() ?? 0);
      const draft = drafts.get(`words-${id}`) as Draft | undefined;
      if (draft !== undefined) {
        const saved = await describePortrait(api, { portrait: { ...portrait, revision }, words: draft.mine }, place);
        settleDraft(drafts, saved, draft.mine);
        revision = saved.revision;
      }
      switch (decision.to) {
        case 'approved':
          return api.library.approve({ id, revision, attested: decision.attested });
        case 'rejected':
          return api.library.reject({ id, revision });
        case 'toReview':
          return api.library.restore({ id, revision });
        case 'approvedAgain': {
          const restored = await api.library.restore({ id, revision });
          return api.library.approve({ id, revision: restored.revision, attested: false });
        }
      }
    },
    onSuccess: place,
    onError(error, { portrait }) {
      if (codeOf(error) === 'STALE') void api.library.get({ id: portrait.id }).then(place, () => undefined);
    },
  });
}
