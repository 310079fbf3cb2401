import { ORPCError } from '@orpc/server';
import type { Printed } from '../../studio/ticket/printer.ts';
import { os } from './base.ts';

/** Who printed it; a printer that is not there or fails is thrown as the contract's typed error. */
export function printed(outcome: Printed): { by: 'studio' | 'page' } {
  if (outcome.ok) return { by: outcome.by };
  throw new ORPCError(outcome.code, { status: outcome.code === 'NO_PRINTER' ? 409 : 502, data: {} });
}

export const printingRouter = os.printing.router({
  test: os.printing.test.handler(async ({ context: { studio } }) => printed(await studio.tickets.printSpecimen())),
});
