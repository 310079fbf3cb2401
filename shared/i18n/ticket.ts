import type { TicketContent } from '../domain/ticket.ts';
import { eventDay, fullDay } from './dates.ts';
import { speak, type Words } from './words.ts';

const fr = {
  'ticket.heading': 'Portrait sonore',
  'ticket.code': 'Votre code',
  'ticket.what': 'Avec ce code, vous changez d’avis quand vous voulez, sans donner de raison :',
  'ticket.booth': 'à la cabine, « J’ai un code » ;',
  'ticket.page': 'sur {address} ;',
  'ticket.contact': 'auprès de {contact}.',
  'ticket.team': 'auprès de l’équipe.',
  'ticket.until': 'Autorisé jusqu’au {day} au plus tard.',
  'ticket.thanks': 'Merci !',
} as const;
const en: Words<typeof fr> = {
  'ticket.heading': 'Sound portrait',
  'ticket.code': 'Your code',
  'ticket.what': 'With this code you can change your mind whenever you like, without giving a reason:',
  'ticket.booth': 'at the booth, “I have a code”;',
  'ticket.page': 'at {address};',
  'ticket.contact': 'by asking {contact}.',
  'ticket.team': 'by asking the team.',
  'ticket.until': 'Allowed until {day} at the latest.',
  'ticket.thanks': 'Thank you!',
};
const nl: Words<typeof fr> = {
  'ticket.heading': 'Geluidsportret',
  'ticket.code': 'Uw code',
  'ticket.what': 'Met deze code kunt u altijd van gedachten veranderen, zonder een reden te geven:',
  'ticket.booth': 'in de cabine, “Ik heb een code”;',
  'ticket.page': 'op {address};',
  'ticket.contact': 'bij {contact}.',
  'ticket.team': 'bij het team.',
  'ticket.until': 'Toegestaan tot uiterlijk {day}.',
  'ticket.thanks': 'Bedankt!',
};
export const ticketWords = { fr, en, nl };

export interface TicketText {
  heading: string;
  where: string;
  codeLabel: string;
  code: string;
  url: string | null;
  what: string;
  ways: string[];
  until: string | null;
  thanks: string;
}

/** An address as people read it: without `https://`, and without the code after `#`. */
export function readableAddress(url: string): string {
  return (url.split('#', 1)[0] ?? '').replace(/^https?:\/\//, '').replace(/\/$/, '');
}

/** The words of a ticket, the same on a receipt printer and on a page. */
export function ticketText(content: TicketContent): TicketText {
  const { language, event, code, url, contact, until } = content;
  const say = speak(ticketWords, language);
  const day = eventDay(event.day, language);
  return {
    heading: say('ticket.heading'),
    where: [event.name, event.town, day].filter((part) => part !== '').join(', '),
    codeLabel: say('ticket.code'),
    code,
    url,
    what: say('ticket.what'),
    ways: [
      say('ticket.booth'),
      ...(url === null ? [] : [say('ticket.page', { address: readableAddress(url) })]),
      contact === '' ? say('ticket.team') : say('ticket.contact', { contact }),
    ],
    until: until === null ? null : say('ticket.until', { day: fullDay(until, language) }),
    thanks: say('ticket.thanks'),
  };
}
