import type { TicketPrinter } from '../../../shared/contract/printing.ts';
import type { TicketContent } from '../../../shared/domain/ticket.ts';
import { receipt } from './receipt.ts';
import { type Sent, sendToDevice, sendToNetwork } from './send.ts';

/** `page`: the system's printer is the page's to reach. */
export type Printed = { ok: true; by: 'studio' | 'page' } | { ok: false; code: 'NO_PRINTER' | 'PRINTER_FAILED' };

export interface TicketPrinterParts {
  setting: () => TicketPrinter;
  /** Hears that a printer failed; never what was on the ticket. */
  log: (what: string) => void;
  /** Milliseconds for one ticket, for tests. */
  patience?: number;
}

/** Prints visitors' tickets, one after the other, on the printer of the settings. A printer that fails is told and forgotten. */
export function createTicketPrinter({ setting, log, patience }: TicketPrinterParts) {
  let line: Promise<unknown> = Promise.resolve();

  async function print(content: TicketContent): Promise<Printed> {
    const printer = setting();
    if (printer.kind === 'none') return { ok: false, code: 'NO_PRINTER' };
    if (printer.kind === 'system') return { ok: true, by: 'page' };
    const bytes = receipt(content);
    const sent: Sent =
      printer.kind === 'network'
        ? await sendToNetwork(printer.host, printer.port, bytes, patience)
        : await sendToDevice(printer.path, bytes, patience);
    if (sent === 'sent') return { ok: true, by: 'studio' };
    log(`the ticket printer (${printer.kind}) is ${sent}`);
    return { ok: false, code: sent === 'absent' ? 'NO_PRINTER' : 'PRINTER_FAILED' };
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
