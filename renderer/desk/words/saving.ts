import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { Transcript } from '../../../shared/contract/base.ts';
import type { PortraitDetail } from '../../../shared/contract/library.ts';
import type { Api } from '../../api.ts';
import { useDesk } from '../desk-context.ts';
import type { Drafts } from '../drafts/drafts.ts';
import { codeOf } from '../problems.ts';
import { draftOf, sameTranscript, type TranscriptDraft, transcriptOf } from './cue-rows.ts';
import { changedWords, type Draft, draftState, rebase, wordsOf } from './draft.ts';

export const wordsName = (id: string) => `words-${id}`;
export const transcriptName = (id: string) => `transcript-${id}`;
/** A tag that is half typed. */
export const taggingName = (id: string) => `tagging-${id}`;
/** Drafts of the form of words. */
export const wordsDrafts = (id: string): string[] => [wordsName(id), taggingName(id)];

/** Why what is being written could not be saved before an act. `found`: a draft of before waits to be decided about. */
export type Unsaved = 'found' | 'clash' | 'failed';
export class WordsNotSaved extends Error {
  override name = 'WordsNotSaved';
  readonly why: Unsaved;
  constructor(why: Unsaved, cause?: unknown) {
    super(why, { cause });
    this.why = why;
  }
}

/**
 * Saves something written beside a portrait. When the portrait changed meanwhile but not this (somebody approved it), it
 * is saved over the newer revision; when this itself was changed, STALE is thrown and `onNewer` gets the stored portrait.
 */
async function saveOver(
  api: Api,
  portrait: PortraitDetail,
  save: (revision: number, over: PortraitDetail) => Promise<PortraitDetail>,
  clashes: (newer: PortraitDetail) => boolean,
  onNewer: (newer: PortraitDetail) => void,
): Promise<PortraitDetail> {
  let over = portrait;
  for (;;) {
    try {
      return await save(over.revision, over);
    } catch (error) {
      if (codeOf(error) !== 'STALE') throw error;
      const newer = await api.library.get({ id: portrait.id });
      if (clashes(newer) || newer.revision === over.revision) {
        onNewer(newer);
        throw error;
      }
      over = newer;
    }
  }
}

interface Saving {
  api: Api;
  drafts: Drafts;
  place(portrait: PortraitDetail): void;
}

async function saveWords({ api, drafts, place }: Saving, portrait: PortraitDetail, draft: Draft) {
  const saved = await saveOver(
    api,
    portrait,
    (revision, over) => api.words.save({ id: portrait.id, revision, words: changedWords(draft, wordsOf(over)) }),
    (newer) => draftState(draft, wordsOf(newer)) === 'conflict',
    place,
  );
  settleWords(drafts, saved, draft);
  return saved;
}

/** Lets go of a draft that was saved, but for what was typed since. */
function settleWords(drafts: Drafts, saved: PortraitDetail, sent: Draft): void {
  const name = wordsName(saved.id);
  const held = drafts.get(name) as Draft | undefined;
  if (held === undefined) return;
  const stored = wordsOf(saved);
  const left = rebase({ base: { ...held.base, ...sent.mine }, mine: held.mine }, stored);
  if (left === undefined) drafts.drop(name);
  else drafts.set(name, left);
}

async function saveTranscript({ api, drafts, place }: Saving, portrait: PortraitDetail, draft: TranscriptDraft) {
  const transcript = transcriptOf(draft, portrait);
  const saved = await saveOver(
    api,
    portrait,
    (revision) => api.words.saveTranscript({ id: portrait.id, revision, transcript }),
    (newer) => !sameTranscript(newer.transcript, draft.base) && !sameTranscript(newer.transcript, transcript),
    place,
  );
  const name = transcriptName(saved.id);
  const held = drafts.get(name) as TranscriptDraft | undefined;
  // The rows stay as they are, and with them the place where somebody is writing.
  if (held !== undefined) drafts.set(name, { ...held, base: saved.transcript });
  return saved;
}

/** Puts a changed portrait in place at once and has the lists read again. */
export function usePlacing() {
  const queries = useQueryClient();
  return (portrait: PortraitDetail) => {
    queries.setQueryData(['portraits', 'one', portrait.id], portrait);
    void queries.invalidateQueries({ queryKey: ['portraits'] });
  };
}

function useSaving(): Saving {
  const { api, drafts } = useDesk();
  return { api, drafts, place: usePlacing() };
}

export function useSaveWords() {
  const saving = useSaving();
  return useMutation({
    mutationFn: ({ portrait, draft }: { portrait: PortraitDetail; draft: Draft }) => saveWords(saving, portrait, draft),
    onSuccess: saving.place,
  });
}

export function useSaveTranscript() {
  const saving = useSaving();
  return useMutation({
    mutationFn: ({ portrait, draft }: { portrait: PortraitDetail; draft: TranscriptDraft }) =>
      saveTranscript(saving, portrait, draft),
    onSuccess: saving.place,
  });
}

/** Whether anything is being written about a portrait that an act has to save first. */
export const isBeingWritten = (drafts: Drafts, id: string): boolean =>
  drafts.get(wordsName(id)) !== undefined || drafts.get(transcriptName(id)) !== undefined;

/**
 * Saves whatever is still being written about a portrait, so that an act never loses it; answers its revision. Throws
 * WordsNotSaved where that cannot be: then the act is not done either.
 */
export function useSaveDrafts() {
  const saving = useSaving();
  return async (portrait: PortraitDetail): Promise<number> => {
    const { drafts } = saving;
    const names = [wordsName(portrait.id), transcriptName(portrait.id)];
    if (names.some((name) => drafts.found(name) !== undefined)) throw new WordsNotSaved('found');
    try {
      return await saveAll(saving, portrait);
    } catch (error) {
      if (error instanceof WordsNotSaved) throw error;
      throw new WordsNotSaved(codeOf(error) === 'STALE' ? 'clash' : 'failed', error);
    }
  };
}

async function saveAll(saving: Saving, portrait: PortraitDetail): Promise<number> {
  let latest = portrait;
  const words = saving.drafts.get(wordsName(portrait.id)) as Draft | undefined;
  // A portrait that was just read has the newest revision: the studio alone would not see the clash.
  if (draftState(words, wordsOf(portrait)) === 'conflict') throw new WordsNotSaved('clash');
  if (words !== undefined) latest = await saveWords(saving, latest, words);
  const transcript = saving.drafts.get(transcriptName(portrait.id)) as TranscriptDraft | undefined;
  if (transcript !== undefined && !sameTranscript(transcriptOf(transcript, latest), transcript.base)) {
    const theirs = latest.transcript;
    const clash = !sameTranscript(theirs, transcript.base) && !sameTranscript(theirs, transcriptOf(transcript, latest));
    if (clash) throw new WordsNotSaved('clash');
    latest = await saveTranscript(saving, latest, transcript);
  }
  return latest.revision;
}

/** For a draft that is put together elsewhere: a whole transcript in place of what is there. */
export function replaceTranscript(drafts: Drafts, portrait: PortraitDetail, transcript: Transcript | null): void {
  const held = drafts.get(transcriptName(portrait.id)) as TranscriptDraft | undefined;
  const base = held === undefined ? portrait.transcript : held.base;
  drafts.set(transcriptName(portrait.id), { ...draftOf(transcript), base });
}
