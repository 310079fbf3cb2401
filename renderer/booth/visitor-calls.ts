import type { TicketState } from '../../shared/contract/ticket.ts';
import type { Purpose } from '../../shared/domain/consent.ts';
import type { Language } from '../../shared/domain/language.ts';
import { type Api, settled } from '../api.ts';
import { printPage } from './paper.ts';
import type { Printing, Refusal, Vouch } from './ports.ts';

/** Milliseconds after which a studio that does not answer counts as out of reach. */
const patience = 8000;
/** A printer may take its time. */
const printerPatience = 15_000;

const silent: Refusal = { refused: 'silent' };
const soon = (ms = patience) => ({ signal: AbortSignal.timeout(ms) });

/** What a PIN or a code that opened nothing means for the person who typed it. */
function refusal(error: { code: string; data?: unknown }): Refusal {
  const data = error.data as { waitSeconds?: number } | undefined;
  const seconds = Math.ceil(data?.waitSeconds ?? 0);
  if (error.code === 'WAIT') return { refused: 'wait', seconds };
  return { refused: 'wrong', seconds };
}

/** Calls made for a visitor beside the recording: their errors are values. */
export function visitorCalls(api: Api) {
  return {
    async vouch(pin: string): Promise<Vouch | Refusal> {
      const { error, data, isDefined } = await settled(api.staff.vouch({ pin }, soon()));
      if (error === null) return { vouch: data.vouch, name: data.name };
      return isDefined ? refusal(error) : silent;
    },
    async lookUp(code: string): Promise<TicketState | Refusal> {
      const { error, data, isDefined } = await settled(api.ticket.look({ code }, soon()));
      if (error === null) return data;
      return isDefined ? refusal(error) : silent;
    },
    async withdraw(code: string, purposes: 'all' | Purpose[]): Promise<TicketState | Refusal> {
      const { error, data, isDefined } = await settled(api.ticket.withdraw({ code, purposes }, soon()));
      if (error === null) return data;
      return isDefined ? refusal(error) : silent;
    },
    async print(code: string, language: Language): Promise<Printing> {
      const { error, data, isDefined } = await settled(api.ticket.print({ code, language }, soon(printerPatience)));
      if (error === null) return data.by === 'page' ? printPage() : 'printed';
      return isDefined && error.code === 'NO_PRINTER' ? 'noPrinter' : 'failed';
    },
  };
}
