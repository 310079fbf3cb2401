import ReceiptPrinterEncoder from '@point-of-sale/receipt-printer-encoder';
import type { TicketContent } from '../../../shared/domain/ticket.ts';
import { ticketText } from '../../../shared/i18n/ticket.ts';

/** Characters in a line of the narrowest usual paper (58 mm, font A); on 80 mm the ticket has wide margins. */
export const columns = 32;

/**
 * What receipt printers have no letter for, by the nearest they have: every accent of the three languages is in the code
 * page they wake up with, typographic marks are not.
 */
function plain(text: string): string {
  return text
    .replace(/[\u00a0\u202f]/g, ' ')
    .replace(/[’‘]/g, "'")
    .replace(/[“”]/g, '"')
    .replaceAll('…', '...')
    .replace(/[–—‑]/g, '-')
    .replaceAll('œ', 'oe')
    .replaceAll('Œ', 'OE');
}

/** Words on lines of their own; one too long for a line (an address) is cut where it has to be. */
export function wrap(text: string, width = columns): string[] {
  const lines: string[] = [];
  let line = '';
  // Spaces that do not break stay with their words until the lines are made.
  for (let word of text.split(' ')) {
    if (line !== '' && line.length + 1 + word.length > width) {
      lines.push(line);
      line = '';
    }
    while (word.length > width) {
      lines.push(word.slice(0, width));
      word = word.slice(width);
    }
    line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, line].map(plain);
}

/** The ticket as ESC/POS. The QR code is drawn by the printer itself, with what little redundancy a receipt needs. */
export function receipt(content: TicketContent): Uint8Array {
  const text = ticketText(content);
  const encoder = new ReceiptPrinterEncoder({ language: 'esc-pos', columns, feedBeforeCut: 4 });
  const say = (words: string) => {
    for (const line of wrap(words)) encoder.line(line);
  };
  encoder.initialize().codepage('auto').align('center').bold(true);
  say(text.heading);
  encoder.bold(false);
  say(text.where);
  encoder.newline();
  say(text.codeLabel);
  encoder.size(2, 3).bold(true).line(text.code).bold(false).size(1, 1).newline();
  if (text.url !== null) encoder.qrcode(text.url, { model: 2, size: 6, errorlevel: 'm' }).newline();
  encoder.align('left');
  say(text.what);
  for (const way of text.ways) say(`- ${way}`);
  if (text.until !== null) {
    encoder.newline();
    say(text.until);
  }
  encoder.newline().align('center');
  say(text.thanks);
  return encoder.cut('partial').encode();
}
