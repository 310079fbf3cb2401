import type { PortraitDetail } from '../../../shared/contract/library.ts';
import { useDesk } from '../desk-context.ts';
import { codeOf } from '../problems.ts';
import type { Draft } from './draft.ts';
import { useSaveWords } from './saving.ts';

/** Words saved at once, apart from whatever else is being written; what goes wrong is told. */
export function usePutWords(portrait: PortraitDetail) {
  const { say, tell, tellProblem } = useDesk();
  const saving = useSaveWords();
  return {
    busy: saving.isPending,
    async put(draft: Draft): Promise<boolean> {
      try {
        await saving.mutateAsync({ portrait, draft });
        return true;
      } catch (error) {
        if (codeOf(error) === 'STALE') tell({ text: say('staleChange'), tone: 'bad' });
        else tellProblem(error);
        return false;
      }
    },
  };
}
