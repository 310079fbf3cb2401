import { ORPCError } from '@orpc/server';
import { os } from './base.ts';
import { printed } from './printing.ts';

type Found<T> = { ok: true; value: T } | { ok: false; code: 'UNKNOWN_CODE' } | Waiting;
interface Waiting {
  ok: false;
  code: 'WAIT';
  waitSeconds: number;
}

function settled<T>(found: Found<T>): T {
  if (found.ok) return found.value;
  if (found.code === 'WAIT') {
    throw new ORPCError('WAIT', { status: 429, data: { waitSeconds: found.waitSeconds } });
  }
  throw new ORPCError('UNKNOWN_CODE', { status: 404, data: {} });
}

export const ticketRouter = os.ticket.router({
  look: os.ticket.look.handler(({ context, input }) => settled(context.studio.consent.look(input.code))),
  print: os.ticket.print.handler(async ({ context, input }) => {
    const outcome = await context.studio.tickets.print(input.code, input.language);
    if (!outcome.ok && (outcome.code === 'UNKNOWN_CODE' || outcome.code === 'WAIT')) return settled<never>(outcome);
    return printed(outcome);
  }),
  withdraw: os.ticket.withdraw.handler(async ({ context, input }) =>
    settled(await context.studio.consent.withdrawByCode(input.code, input.purposes)),
  ),
});
