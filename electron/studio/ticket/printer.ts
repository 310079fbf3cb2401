import type { TicketPrinter } from '../../../shared/contract/printing.ts';
import type { TicketContent } from '../../../shared/domain/ticket.ts';
import { openCable } from './cables.ts';
import { receipt } from './receipt.ts';
import { type PrinterDevice, sendToDevice, sendToNetwork } from './send.ts';

/** `page`: the system's printer is the page's to reach. */
export type Printed =
  | { ok: true; by: 'studio' | 'page' }
  | { ok: false; code: 'NO_PRINTER' | 'PRINTER_FAILED' | 'NOT_A_PRINTER' };

/** Opens a printer on a cable, after having looked at what it is. */
export type OpenDevice = (
  path: string,
) => Promise<{ ok: true; device: PrinterDevice } | { ok: false; why: 'absent' | 'notAPrinter' }>;

export interface TicketPrinterParts {
  setting: () => TicketPrinter;
  /** Hears that a printer failed; never what was on the ticket. */
  log: (what: string) => void;
  /** Milliseconds for one ticket, for tests. */
  patience?: number;
  /** For tests, which have no printer. */
  openDevice?: OpenDevice;
}

const codes = { absent: 'NO_PRINTER', failed: 'PRINTER_FAILED', notAPrinter: 'NOT_A_PRINTER' } as const;

/** Prints visitors' tickets, one after the other, on the printer of the settings. A printer that fails is told and forgotten. */
export function createTicketPrinter({ setting, log, patience, openDevice = openCable }: TicketPrinterParts) {
  let line: Promise<unknown> = Promise.resolve();

  async function print(content: TicketContent): Promise<Printed> {
    const printer = setting();
    if (printer.kind === 'none') return { ok: false, code: 'NO_PRINTER' };
    if (printer.kind === 'system') return { ok: true, by: 'page' };
    const bytes = receipt(content);
    const sent =
      printer.kind === 'network'
        ? await sendToNetwork(printer.host, printer.port, bytes, patience)
        : await toDevice(printer.path, bytes);
    if (sent === 'sent') return { ok: true, by: 'studio' };
    log(`the ticket printer (${printer.kind}) is ${sent}`);
    return { ok: false, code: codes[sent] };
  }

  async function toDevice(path: string, bytes: Uint8Array) {
    const opened = await openDevice(path);
    return opened.ok ? sendToDevice(opened.device, bytes, patience) : opened.why;
  }

  return {
    /** Whether a visitor may be offered a ticket on paper. */
    offered: () => setting().kind !== 'none',
    print(content: TicketContent): Promise<Printed> {
      const printed = line.then(() => print(content));
      line = printed.catch(() => undefined);
      return printed;
    },
  };
}
export type Printer = ReturnType<typeof createTicketPrinter>;
