import type { Event, EventConsent } from '../../../shared/contract/event.ts';
import type { Purpose } from '../../../shared/domain/consent.ts';
import { type Language, languages } from '../../../shared/domain/language.ts';
import { figureWithin, readSiteUrl } from './figures.ts';

export type Texts = Record<Language, string>;

/** An event as it is typed: every language a text, figures as typed. */
export interface EventFields {
  name: string;
  town: string;
  day: string;
  theme: Texts;
  languages: Language[];
  limit: string;
  questions: { id: string; text: Texts }[];
  consent: ConsentFields;
}

/** What the event says of authorisations, as it is typed; empty is nothing said. */
export interface ConsentFields {
  controller: string;
  contact: string;
  purposes: Purpose[];
  guardians: 1 | 2;
  until: string;
  keptDays: string;
  graceDays: string;
  withdrawalUrl: string;
  fullTextUrl: string;
  askContact: boolean;
}

/** A page's address as typed: `null` for none, undefined for what is no address. */
export function readPage(text: string): string | null | undefined {
  if (text.trim() === '') return null;
  const page = readSiteUrl(text);
  return page !== undefined && page.length <= 500 ? page : undefined;
}

function consentFieldsOf(consent: EventConsent): ConsentFields {
  return {
    ...consent,
    until: consent.until ?? '',
    keptDays: String(consent.keptDays),
    graceDays: String(consent.graceDays),
    withdrawalUrl: consent.withdrawalUrl ?? '',
    fullTextUrl: consent.fullTextUrl ?? '',
  };
}

function consentOf(fields: ConsentFields): EventConsent | undefined {
  const keptDays = figureWithin(fields.keptDays, 15, 3650, true);
  const graceDays = figureWithin(fields.graceDays, 1, 60, true);
  const withdrawalUrl = readPage(fields.withdrawalUrl);
  const fullTextUrl = readPage(fields.fullTextUrl);
  if (keptDays === undefined || withdrawalUrl === undefined || fullTextUrl === undefined) return undefined;
  if (fields.purposes.length === 0 || graceDays === undefined) return undefined;
  const { controller, contact, until } = fields;
  return {
    ...fields,
    controller: controller.trim(),
    contact: contact.trim(),
    until: until === '' ? null : until,
    keptDays,
    graceDays,
    withdrawalUrl,
    fullTextUrl,
  };
}

const spread = (text: Event['theme']): Texts => ({ fr: text.fr, en: text.en ?? '', nl: text.nl ?? '' });

/** The typed texts as the contract takes them: languages left empty are left out. */
function gather(text: Texts): Event['theme'] {
  const en = text.en.trim();
  const nl = text.nl.trim();
  return { fr: text.fr.trim(), ...(en !== '' && { en }), ...(nl !== '' && { nl }) };
}

export function fieldsOf(event: Event): EventFields {
  return {
    name: event.name,
    town: event.town,
    day: event.day,
    theme: spread(event.theme),
    languages: event.languages,
    limit: String(event.limitSeconds),
    questions: event.questions.map(({ id, text }) => ({ id, text: spread(text) })),
    consent: consentFieldsOf(event.consent),
  };
}

/** The event to save, or undefined while something is missing. `limit` is the checked figure. */
export function eventOf(fields: EventFields, limit: number | undefined): Omit<Event, 'id'> | undefined {
  const french = [fields.theme, ...fields.questions.map((one) => one.text)].every((text) => text.fr.trim() !== '');
  const whole = fields.name.trim() !== '' && /^\d{4}-\d{2}-\d{2}$/.test(fields.day);
  const consent = consentOf(fields.consent);
  if (consent === undefined) return undefined;
  if (!french || !whole || limit === undefined || fields.languages.length === 0 || fields.questions.length === 0) {
    return undefined;
  }
  return {
    name: fields.name.trim(),
    town: fields.town.trim(),
    day: fields.day,
    theme: gather(fields.theme),
    // In the order of the interface, whatever the order of the clicks.
    languages: languages.filter((one) => fields.languages.includes(one)),
    limitSeconds: limit,
    questions: fields.questions.map(({ id, text }) => ({ id, text: gather(text) })),
    consent,
  };
}

/** The list with one element moved by one place; unchanged at the ends. */
export function moved<Item>(list: readonly Item[], from: number, by: 1 | -1): Item[] {
  const to = from + by;
  const next = [...list];
  const [item] = next.splice(from, 1);
  if (item === undefined || to < 0 || to > next.length) return [...list];
  next.splice(to, 0, item);
  return next;
}
