import { codeLength, readCode, shortCode } from '../../../shared/domain/code.ts';
import type { Language } from '../../../shared/domain/language.ts';
import type { TicketContent } from '../../../shared/domain/ticket.ts';
import { createTicketPrinter, type Printed, type TicketPrinterParts } from './printer.ts';

type Unknown = { ok: false; code: 'UNKNOWN_CODE' } | { ok: false; code: 'WAIT'; waitSeconds: number };

/** What a ticket has to know of the rest of the house. */
export interface TicketPorts extends TicketPrinterParts {
  /** Whether a code is somebody's; guessing is slowed there. */
  look: (code: string) => { ok: true } | Unknown;
  /** What stands on every ticket of the day. */
  event: () => Omit<TicketContent, 'language' | 'code' | 'url'> & { withdrawalUrl: string | null };
}

/** Visitors' tickets on paper. */
export function createPaperTickets({ look, event, ...parts }: TicketPorts) {
  const printer = createTicketPrinter(parts);

  function content(code: string, language: Language): TicketContent {
    const { withdrawalUrl, ...known } = event();
    return { ...known, language, code, url: withdrawalUrl === null ? null : `${withdrawalUrl}#${code}` };
  }

  return {
    offered: printer.offered,
    async print(typed: string, language: Language): Promise<Printed | Unknown> {
      const found = look(typed);
      const code = readCode(typed);
      if (!found.ok || code === undefined) return found.ok ? { ok: false, code: 'UNKNOWN_CODE' } : found;
      return printer.print(content(code, language));
    },
    /** A ticket with a code that is nobody's. */
    printSpecimen: (): Promise<Printed> => printer.print(content(shortCode(new Uint8Array(codeLength)), 'fr')),
  };
}
