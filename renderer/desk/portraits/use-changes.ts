import { useMutation } from '@tanstack/react-query';
import type { PortraitDetail } from '../../../shared/contract/library.ts';
import { useDesk } from '../desk-context.ts';
import { sessionOf } from '../editor/use-editing.ts';
import { codeOf } from '../problems.ts';
import { usePlacing, useSaveDrafts, WordsNotSaved } from '../words/saving.ts';

export type Decision =
  | { to: 'approved' }
  | { to: 'rejected' }
  | { to: 'toReview' }
  /** An approval taken up again: what undoing a rejection of an approved portrait needs. */
  | { to: 'approvedAgain' };

/** Moves a portrait on; its edit, and words still being written, are saved first, so that a decision never loses them. */
export function useDecide() {
  const { api, drafts } = useDesk();
  const place = usePlacing();
  const saveDrafts = useSaveDrafts();
  return useMutation({
    async mutationFn({ portrait, decision }: { portrait: PortraitDetail; decision: Decision }) {
      const { id } = portrait;
      const editing = sessionOf(drafts, id);
      await editing?.flush();
      const known = Math.max(portrait.revision, editing?.revision() ?? 0);
      const revision = await saveDrafts({ ...portrait, revision: known });
      switch (decision.to) {
        case 'approved':
          return api.library.approve({ id, revision });
        case 'rejected':
          return api.library.reject({ id, revision });
        case 'toReview':
          return api.library.restore({ id, revision });
        case 'approvedAgain': {
          const restored = await api.library.restore({ id, revision });
          return api.library.approve({ id, revision: restored.revision });
        }
      }
    },
    onSuccess: place,
    onError(error, { portrait }) {
      const stale = codeOf(error) === 'STALE' || (error instanceof WordsNotSaved && error.why === 'clash');
      if (stale) void api.library.get({ id: portrait.id }).then(place, () => undefined);
    },
  });
}
