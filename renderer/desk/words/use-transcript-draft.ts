import { useEffect, useMemo, useRef, useSyncExternalStore } from 'react';
import type { PortraitDetail } from '../../../shared/contract/library.ts';
import { useDesk, useKey } from '../desk-context.ts';
import { useDraft } from '../drafts/drafts.ts';
import { useFound } from '../drafts/found-draft.tsx';
import { codeOf } from '../problems.ts';
import { draftOf, sameTranscript, type TranscriptDraft, transcriptOf } from './cue-rows.ts';
import { transcriptName, useSaveTranscript } from './saving.ts';

/** A pause in writing after which it is saved, in milliseconds. */
const pauseMs = 1200;

export type TranscriptState = 'clean' | 'dirty' | 'saving' | 'conflict';

/**
 * The transcript as it is being written. It saves itself in every pause; what cannot be saved (no studio, no session, somebody
 * else's change) is kept as a draft. While nothing of one's own waits, it follows what others write.
 */
export function useTranscriptDraft(portrait: PortraitDetail) {
  const { drafts, session, tellProblem } = useDesk();
  const name = transcriptName(portrait.id);
  const [held, hold, drop] = useDraft<TranscriptDraft>(drafts, name);
  const saving = useSaveTranscript();
  const { status } = useSyncExternalStore(session.subscribe, session.state);
  const stored = portrait.transcript;
  // One that was found again waits for a word of the host's.
  const found = useFound([name]) !== undefined;

  // A poll brings an equal transcript as a new object: the rows stay, and with them the cursor.
  const fresh = useRef<{ of: typeof stored; draft: TranscriptDraft }>(undefined);
  if (fresh.current === undefined || !sameTranscript(fresh.current.of, stored)) {
    fresh.current = { of: stored, draft: draftOf(stored) };
  }
  const draft = held ?? fresh.current.draft;
  const mine = useMemo(() => transcriptOf(draft, portrait), [draft, portrait]);
  const dirty = held !== undefined && !sameTranscript(mine, held.base) && !sameTranscript(mine, stored);
  const moved = held !== undefined && !sameTranscript(held.base, stored);
  const conflict = dirty && moved && !saving.isPending;
  const state: TranscriptState = conflict ? 'conflict' : saving.isPending ? 'saving' : dirty ? 'dirty' : 'clean';

  // Others wrote and nothing of one's own waits: theirs is shown.
  useEffect(() => {
    if (moved && !dirty && !saving.isPending) drop();
  });

  const latest = useRef({ draft: held, portrait, state });
  latest.current = { draft: held, portrait, state };
  const save = useRef((over: boolean) => {
    const { draft, portrait, state } = latest.current;
    if (draft === undefined || !(state === 'dirty' || (over && state === 'conflict'))) return;
    const base = over ? portrait.transcript : draft.base;
    saving.mutate(
      { portrait, draft: { ...draft, base } },
      { onError: (error) => codeOf(error) !== 'STALE' && tellProblem(error) },
    );
  });
  useKey('save', state === 'dirty' ? () => save.current(false) : undefined, 1);

  // After a pause; again when a session opens, since one that ended is the commonest reason for not being saved.
  const failed = saving.isError;
  // biome-ignore lint/correctness/useExhaustiveDependencies: every change of the draft begins the pause anew
  useEffect(() => {
    if (state !== 'dirty' || status !== 'in' || found) return;
    const timer = setTimeout(() => save.current(false), failed ? pauseMs * 8 : pauseMs);
    return () => clearTimeout(timer);
  }, [state, status, held, failed, found]);

  // Leaving saves what waits, and lets go of what is stored already.
  useEffect(
    () => () => {
      const { draft, portrait, state } = latest.current;
      if (drafts.found(transcriptName(portrait.id)) !== undefined) return;
      if (state === 'dirty') save.current(false);
      else if (state === 'clean' && draft !== undefined && drafts.get(transcriptName(portrait.id)) === draft) {
        drafts.drop(transcriptName(portrait.id));
      }
    },
    [drafts],
  );

  return {
    draft,
    mine,
    state,
    change: (part: Partial<Omit<TranscriptDraft, 'base'>>) => hold({ ...draft, ...part }),
    /** Keeps one's own over the others'. */
    keepMine: () => save.current(true),
    takeTheirs: drop,
  };
}
