import { ORPCError } from '@orpc/server';
import type { PortraitDetail } from '../../../shared/contract/library.ts';
import { actorOf, type Caller, os } from './base.ts';
import { detail } from './library.ts';

type Library = Caller['studio']['library'];

function settle(context: Caller, id: string, change: ReturnType<Library['words']['save']>): PortraitDetail {
  if (change.ok) {
    context.studio.changes.note('portraits');
    return detail(context, id);
  }
  switch (change.code) {
    case 'STALE':
      throw new ORPCError('STALE', { status: 409, data: { revision: change.revision } });
    case 'WRONG_STATE':
      throw new ORPCError('WRONG_STATE', { status: 409, data: { state: change.state } });
    case 'BAD_CUES':
      throw new ORPCError('BAD_CUES', { status: 422, data: { why: change.why } });
    case 'NOT_FOUND':
      throw new ORPCError('NOT_FOUND', { status: 404, data: {} });
    case 'UNKNOWN_COOPERATIVE':
      throw new ORPCError('UNKNOWN_COOPERATIVE', { status: 422, data: {} });
  }
}

/** An act on tags changes portraits too: the lists are told. */
function acted({ studio }: Caller, act: ReturnType<Library['tags']['rename']>) {
  if (act.ok) {
    studio.changes.note('portraits');
    return { act: act.act, tags: studio.library.tags.list() };
  }
  if (act.code === 'NAME_TAKEN') throw new ORPCError('NAME_TAKEN', { status: 409, data: { id: act.id } });
  throw new ORPCError('NOT_FOUND', { status: 404, data: {} });
}

export const wordsRouter = os.words.router({
  save: os.words.save.handler(({ context, input: { id, revision, words } }) =>
    settle(context, id, context.studio.library.words.save(id, revision, words, actorOf(context))),
  ),
  saveTranscript: os.words.saveTranscript.handler(({ context, input: { id, revision, transcript } }) =>
    settle(context, id, context.studio.library.words.saveTranscript(id, revision, transcript, actorOf(context))),
  ),
  cooperatives: os.words.cooperatives.handler(({ context }) => context.studio.library.events.cooperatives()),
  tags: os.words.tags.handler(({ context }) => ({ tags: context.studio.library.tags.list() })),
  renameTag: os.words.renameTag.handler(({ context, input }) =>
    acted(context, context.studio.library.tags.rename(input.id, input.name, actorOf(context))),
  ),
  mergeTags: os.words.mergeTags.handler(({ context, input }) =>
    acted(context, context.studio.library.tags.merge(input.ids, input.into, actorOf(context))),
  ),
  removeUnusedTags: os.words.removeUnusedTags.handler(({ context }) =>
    acted(context, context.studio.library.tags.removeUnused(actorOf(context))),
  ),
  undoTags: os.words.undoTags.handler(({ context, input }) => {
    const { tags } = context.studio.library;
    if (!tags.undo(input.act, actorOf(context))) throw new ORPCError('GONE', { status: 410, data: {} });
    context.studio.changes.note('portraits');
    return { tags: tags.list() };
  }),
});
