import { ORPCError } from '@orpc/server';
import type { Printed } from '../../studio/ticket/printer.ts';
import { os } from './base.ts';

/** Who printed it; a printer that is not there or fails is thrown as the contract's typed error. */
export function printed(outcome: Printed): { by: 'studio' | 'page' } {
  if (outcome.ok) return { by: outcome.by };
  throw new ORPCError(outcome.code, { status: outcome.code === 'PRINTER_FAILED' ? 502 : 409, data: {} });
}

export const printingRouter = os.printing.router({
  devices: os.printing.devices.handler(async ({ context: { studio } }) => ({
    printers: await studio.places.printers(),
    byName: studio.places.byName,
  })),
  test: os.printing.test.handler(async ({ context: { studio } }) => printed(await studio.tickets.printSpecimen())),
});
