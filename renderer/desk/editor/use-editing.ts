import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useMemo, useRef, useSyncExternalStore } from 'react';
import type { EditorOpening, EditState } from '../../../shared/contract/editor.ts';
import type { PortraitDetail } from '../../../shared/contract/library.ts';
import { editDuration } from '../../../shared/domain/edit.ts';
import type { Api } from '../../api.ts';
import { type Desk, useDesk } from '../desk-context.ts';
import { codeOf, problemOf } from '../problems.ts';
import { createEditSession, type EditCalls, type EditSession, type StoredEdit } from './session.ts';

/** What the editor needs of a portrait beside its words; asked for as soon as its id is known. */
export function useOpening(id: string | null) {
  const { api } = useDesk();
  return useQuery({
    queryKey: ['portraits', 'edit', id],
    queryFn: () => api.editor.open({ id: id ?? '' }),
    enabled: id !== null,
  });
}

const storedOf = ({ edit, revision, canUndo, canRedo, undoes, redoes }: EditState): StoredEdit => ({
  edit,
  revision,
  canUndo,
  canRedo,
  undoes,
  redoes,
});

function callsFor(api: Api, id: string): EditCalls {
  const open = async () => storedOf(await api.editor.open({ id }));
  const settle = async (call: Promise<EditState>) => {
    try {
      return storedOf(await call);
    } catch (error) {
      if (codeOf(error) !== 'STALE') throw error;
      return { stale: await open() };
    }
  };
  return {
    open,
    save: ({ edit, label, merge }, revision) => settle(api.editor.save({ id, revision, edit, label, merge })),
    step: (direction, revision) => settle(api.editor[direction]({ id, revision })),
  };
}

/** The name of a portrait's session among the desk's drafts. */
export const sessionName = (id: string) => `edit-${id}`;

/** What is being edited of a portrait and is not stored yet, for whoever decides about it. */
export function sessionOf(drafts: Desk['drafts'], id: string): EditSession | undefined {
  return drafts.get(sessionName(id)) as EditSession | undefined;
}

/** Sessions somebody looks at: one may come back before the last gesture of one that was left is stored. */
const onScreen = new WeakSet<EditSession>();

/** The session of a portrait that is open. What could not be stored when one leaves is kept and stored later. */
export function useEditSession(portrait: PortraitDetail, opening: EditorOpening | undefined): EditSession | undefined {
  const { api, drafts, tell, tellProblem, say } = useDesk();
  const queries = useQueryClient();
  const { id } = portrait;
  const words = useRef({ tell, tellProblem, say });
  words.current = { tell, tellProblem, say };
  const first = useRef(opening);
  first.current ??= opening;
  const opened = opening !== undefined;

  const session = useMemo(() => {
    const known = sessionOf(drafts, id);
    if (known !== undefined) return known;
    if (!opened || first.current === undefined) return undefined;
    return createEditSession({
      calls: callsFor(api, id),
      stored: storedOf(first.current),
      isSilence: (error) => problemOf(error).kind === 'unreachable',
      onFault(error) {
        const code = codeOf(error);
        if (code === 'WRONG_STATE') words.current.tell({ text: words.current.say('editLocked'), tone: 'bad' });
        else if (code === 'BAD_EDIT') words.current.tell({ text: words.current.say('editRefused'), tone: 'bad' });
        else words.current.tellProblem(error);
      },
      // The next decision is made from this revision; the rest of the page needs no second reading.
      onStored(stored) {
        const { edit, revision } = stored;
        queries.setQueryData<EditorOpening>(['portraits', 'edit', id], (before) =>
          before && before.revision < revision ? { ...before, ...stored } : before,
        );
        queries.setQueryData<PortraitDetail>(
          ['portraits', 'one', id],
          (before) => before && { ...before, edit, revision, duration: editDuration(edit) },
        );
      },
    });
  }, [drafts, id, opened, api, queries]);

  useEffect(() => {
    if (session === undefined) return;
    drafts.set(sessionName(id), session);
    onScreen.add(session);
    return () => {
      onScreen.delete(session);
      void session.flush().then(() => {
        if (session.isStored() && !onScreen.has(session)) drafts.drop(sessionName(id));
      });
    };
  }, [session, drafts, id]);

  // Somebody else's change arrives with the newer opening.
  useEffect(() => {
    if (opening !== undefined) session?.refresh(storedOf(opening));
  }, [session, opening]);
  return session;
}

const nothing = () => () => undefined;

export function useSessionState(session: EditSession | undefined) {
  return useSyncExternalStore(session?.subscribe ?? nothing, () => session?.state());
}
