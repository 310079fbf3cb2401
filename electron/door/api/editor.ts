import { ORPCError } from '@orpc/server';
import type { EditorOpening, EditState } from '../../../shared/contract/editor.ts';
import { acceptTrim } from '../../../shared/domain/edit/moves.ts';
import { suggestEdit } from '../../../shared/domain/edit.ts';
import { takePeaksLevels } from '../../../shared/domain/take-peaks.ts';
import { headerBytes } from '../../../shared/domain/wav.ts';
import { actorOf, type Caller, os } from './base.ts';

type Edits = Caller['studio']['library']['edits'];
type Outcome = ReturnType<Edits['save']>;
type Refusal = Extract<Outcome, { ok: false }>;

function refuse(refusal: Refusal): never {
  switch (refusal.code) {
    case 'STALE': {
      const { revision, by, at } = refusal;
      throw new ORPCError('STALE', { status: 409, data: { revision, by, at } });
    }
    case 'WRONG_STATE':
      throw new ORPCError('WRONG_STATE', { status: 409, data: { state: refusal.state } });
    case 'BAD_EDIT':
      throw new ORPCError('BAD_EDIT', { status: 422, data: { problem: refusal.problem } });
    default:
      throw new ORPCError(refusal.code, { status: refusal.code === 'NOT_FOUND' ? 404 : 409, data: {} });
  }
}

function settle(context: Caller, outcome: Outcome): EditState {
  if (!outcome.ok) return refuse(outcome);
  context.studio.changes.note('portraits');
  return outcome.value;
}

function open(context: Caller, id: string): EditorOpening {
  const opened = context.studio.library.edits.open(id);
  if (!opened.ok) return refuse(opened);
  const { state, take } = opened;
  // Asked for in a moment: the page finds it made, or waits less.
  void context.studio.takePeaks(take.id);
  const { sampleRate, frames, analysis } = take;
  const { targetLufs: lufs, targetTruePeak: truePeak } = context.studio.library.settings.get();
  return {
    ...state,
    suggested: take.trim === null ? null : suggestEdit(take.trim),
    duration: frames / sampleRate,
    take: {
      id: take.id,
      sampleRate,
      frames,
      gainDb: take.gainDb,
      url: context.mediaUrl(`/media/takes/${take.id}.wav`),
      dataOffset: headerBytes,
      floorDb: analysis?.floorDb ?? null,
      speechDb: analysis?.speechDb ?? null,
      speech: analysis?.speech ?? null,
      peaks: {
        url: context.mediaUrl(`/media/takes/${take.id}.peaks`),
        levels: takePeaksLevels(sampleRate, frames),
      },
    },
    target: { lufs, truePeak },
  };
}

export const editorRouter = os.editor.router({
  open: os.editor.open.handler(({ context, input }) => open(context, input.id)),
  save: os.editor.save.handler(({ context, input: { id, revision, ...change } }) =>
    settle(context, context.studio.library.edits.save(id, revision, change, actorOf(context))),
  ),
  undo: os.editor.undo.handler(({ context, input: { id, revision } }) =>
    settle(context, context.studio.library.edits.undo(id, revision, actorOf(context))),
  ),
  redo: os.editor.redo.handler(({ context, input: { id, revision } }) =>
    settle(context, context.studio.library.edits.redo(id, revision, actorOf(context))),
  ),
  accept: os.editor.accept.handler(({ context, input: { id, revision, label } }) =>
    settle(context, context.studio.library.edits.accept(id, revision, label, acceptTrim, actorOf(context))),
  ),
});
