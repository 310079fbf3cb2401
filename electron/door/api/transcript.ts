import { ORPCError } from '@orpc/server';
import { os } from './base.ts';

export const transcriptRouter = os.transcript.router({
  engine: os.transcript.engine.handler(({ context }) => context.studio.transcripts.state()),
  start: os.transcript.start.handler(async ({ context, input }) => {
    const answer = await context.studio.transcripts.start(input.id, input.replace);
    if (answer.ok) return {};
    switch (answer.code) {
      case 'NO_ENGINE':
        throw new ORPCError('NO_ENGINE', { status: 409, data: { why: answer.why } });
      case 'NOT_FOUND':
        throw new ORPCError('NOT_FOUND', { status: 404, data: {} });
      case 'NO_SOUND':
        throw new ORPCError('NO_SOUND', { status: 422, data: {} });
      case 'HAS_TRANSCRIPT':
        throw new ORPCError('HAS_TRANSCRIPT', { status: 409, data: {} });
    }
  }),
  cancel: os.transcript.cancel.handler(async ({ context, input }) => {
    await context.studio.transcripts.cancel(input.id);
    return {};
  }),
  read: os.transcript.read.handler(async ({ context, input }) => {
    const read = await context.studio.transcripts.read(input.text);
    if (read === undefined) throw new ORPCError('NOT_CAPTIONS', { status: 422, data: {} });
    return read;
  }),
});
