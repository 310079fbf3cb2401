import { z } from 'zod';
import { usualPrinterPort } from '../domain/ticket.ts';
import { empty, organiserCall } from './base.ts';

/** Host name or address, without scheme or port. */
const host = z.string().regex(/^[A-Za-z0-9]([A-Za-z0-9.:-]{0,251}[A-Za-z0-9])?$/);
/** A device, never a file: `/dev/usb/lp0`, or a printer shared by Windows, `\\localhost\ticket`. */
const device = z
  .string()
  .regex(/^(\/dev\/[\w./-]{1,100}|\\\\[\w.-]{1,60}\\[\w.-]{1,60})$/)
  .refine((path) => !path.includes('..'));

/** Where tickets are printed. */
export const ticketPrinter = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('none') }),
  z.object({ kind: z.literal('network'), host, port: z.int().min(1).max(65_535).default(usualPrinterPort) }),
  z.object({ kind: z.literal('device'), path: device }),
  z.object({ kind: z.literal('system') }),
]);
export type TicketPrinter = z.infer<typeof ticketPrinter>;

export const printerErrors = {
  /** None is chosen, or nothing answers there. */
  NO_PRINTER: { status: 409, data: empty },
  /** It answered and did not take the ticket: no paper, an open lid. */
  PRINTER_FAILED: { status: 502, data: empty },
} as const;

/** Whose it is to print: with `page` the studio has done nothing, and the page prints on the system's printer. */
export const printedBy = z.object({ by: z.enum(['studio', 'page']) });

export const printingContract = {
  /** Prints a specimen on the printer of the saved settings. */
  test: organiserCall.errors(printerErrors).input(empty).output(printedBy),
};
