import { ORPCError } from '@orpc/server';
import { type Caller, os } from './base.ts';

const statuses = { CLOSED: 409, DISK_FULL: 507, UNKNOWN_TEXT: 422, UNKNOWN_TAKE: 404 } as const;

function refuse(code: keyof typeof statuses): never {
  throw new ORPCError(code, { status: statuses[code], data: {} });
}

/** Tells the desks that a portrait came, went or changed. */
function noted<T>(context: Caller, answer: T): T {
  context.studio.changes.note('portraits');
  return answer;
}

export const captureRouter = os.capture.router({
  start: os.capture.start.handler(async ({ context, input }) => {
    const started = await context.studio.capture.start(input);
    if (started.ok) return { token: started.token };
    if (started.code === 'GUARDIAN_NEEDED') {
      const { guardians, staff } = started;
      throw new ORPCError('GUARDIAN_NEEDED', { status: 422, data: { guardians, staff } });
    }
    return refuse(started.code);
  }),
  stop: os.capture.stop.handler(async ({ context, input }) => {
    const stopped = await context.studio.capture.stop(input);
    if (stopped.ok) return { verdict: stopped.verdict, peaks: stopped.peaks };
    if (stopped.code === 'MISSING_CHUNKS') {
      throw new ORPCError('MISSING_CHUNKS', { status: 409, data: { expected: stopped.expected } });
    }
    return refuse(stopped.code);
  }),
  keep: os.capture.keep.handler(async ({ context, input }) => {
    const kept = await context.studio.capture.keep(input);
    if (!kept.ok) return refuse(kept.code);
    const { code } = kept;
    const page = context.studio.library.events.current().consent.withdrawalUrl;
    // Behind the #: a site never sees a code it was not asked about.
    return noted(context, { code, ticket: { code, url: page === null ? null : `${page}#${code}` } });
  }),
  discard: os.capture.discard.handler(async ({ context, input }) => {
    const discarded = await context.studio.capture.discard(input);
    return discarded.ok ? noted(context, {}) : refuse(discarded.code);
  }),
});
