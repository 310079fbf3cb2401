import type { Language } from './language.ts';

/** How a ticket comes onto paper. `system`: the page prints it, on the computer's own printer. */
export const ticketPrinterKinds = ['none', 'network', 'device', 'system'] as const;
export type TicketPrinterKind = (typeof ticketPrinterKinds)[number];

/** The port receipt printers listen on for raw ESC/POS. */
export const usualPrinterPort = 9100;

/** Everything that stands on a visitor's ticket. Nothing of what they said, and not their name. */
export interface TicketContent {
  language: Language;
  event: { name: string; town: string; day: string };
  code: string;
  /** Where the code may be used away from the booth; null where there is no such page. */
  url: string | null;
  /** Who answers a letter about it; empty when the event names nobody. */
  contact: string;
  /** Last day (YYYY-MM-DD) on which the portrait may be used, if there is one. */
  until: string | null;
}
