import { useMemo } from 'react';
import type { Edit } from '../../../shared/domain/sound.ts';
import { editorWords } from '../../../shared/i18n/desk/editor.ts';
import type { DeskSay } from '../../../shared/i18n/desk/words.ts';
import { useDesk } from '../desk-context.ts';
import { type Change, type EditSession, sameEdit } from './session.ts';

/** What a step of the history is called; a key of the desk's words. */
export type StepLabel = Extract<keyof (typeof editorWords)['fr'], `step${string}`>;

/** Changes the edit; false when nothing changed. */
export type ChangeEdit = (make: (edit: Edit) => Edit, change: Change & { label: StepLabel }) => boolean;

/** How everything on the screen changes the edit: at once on the screen, then stored. */
export function useChange(session: EditSession | undefined, locked: boolean): ChangeEdit {
  const { tell, say } = useDesk();
  return useMemo(
    () => (make, change) => {
      if (session === undefined) return false;
      if (locked) {
        tell({ text: say('editLocked'), tone: 'bad' });
        return false;
      }
      const before = session.state().edit;
      const after = make(before);
      session.change(after, change);
      return !sameEdit(after, before);
    },
    [session, locked, tell, say],
  );
}

/** A step's label in words; one given elsewhere (by another version, by the studio) stands for itself. */
export function stepWord(label: string | null, say: DeskSay): string {
  const known = Object.keys(editorWords.fr).find((key): key is StepLabel => key === label && key.startsWith('step'));
  return known === undefined ? (label ?? '') : say(known);
}
