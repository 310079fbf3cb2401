import { z } from 'zod';
import { usualPrinterPort } from '../domain/ticket.ts';
import { empty, hereErrors, organiserCall, shortText } from './base.ts';

/** Host name or address, without scheme or port. */
const host = z.string().regex(/^[A-Za-z0-9]([A-Za-z0-9.:-]{0,251}[A-Za-z0-9])?$/);
/**
 * A device: `/dev/usb/lp0`, or a printer shared by Windows, `\\localhost\ticket`. What was stored by an older version is
 * still read; whether it is a printer is looked at when it is chosen and again when it is opened.
 */
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
  /** What the settings name is no printer: a device of another kind, a file. Nothing was written to it. */
  NOT_A_PRINTER: { status: 409, data: empty },
} as const;

/** Whose it is to print: with `page` the studio has done nothing, and the page prints on the system's printer. */
export const printedBy = z.object({ by: z.enum(['studio', 'page']) });

export const printingContract = {
  /** Receipt printers on a cable, as the system lists them now. */
  devices: organiserCall
    .meta({ role: 'organiser', here: true })
    .errors(hereErrors)
    .route({ method: 'GET' })
    .input(empty)
    .output(
      z.object({
        printers: z.array(z.object({ path: device, name: shortText })),
        /** Windows: nothing lists what it shares, and the name is written. */
        byName: z.boolean(),
      }),
    ),
  /** Prints a specimen on the printer of the saved settings. */
  test: organiserCall.errors(printerErrors).input(empty).output(printedBy),
};
