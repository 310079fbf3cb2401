import type { TicketContent } from '../../../shared/domain/ticket.ts';
import { ticketText } from '../../../shared/i18n/ticket.ts';
import { Qr } from './Qr.tsx';

/** The ticket for the system's printer: on the screen it is not there, on paper nothing else is. */
export function PaperTicket({ content }: { content: TicketContent }) {
  const text = ticketText(content);
  return (
    <aside className="paper-ticket" aria-hidden="true" lang={content.language}>
      <strong>{text.heading}</strong>
      <p>{text.where}</p>
      <p>{text.codeLabel}</p>
      <p className="paper-code">{text.code}</p>
      {text.url !== null && <Qr text={text.url} label={text.code} />}
      <p>{text.what}</p>
      <ul>
        {text.ways.map((way) => (
          <li key={way}>{way}</li>
        ))}
      </ul>
      {text.until !== null && <p>{text.until}</p>}
      <p>{text.thanks}</p>
    </aside>
  );
}
