import type { Language } from '../domain/language.ts';

/** An event's day (YYYY-MM-DD) as it is said, without the year: « 14 avril », « 1er mai ». */
export function eventDay(day: string, language: Language): string {
  const date = new Date(`${day}T00:00:00Z`);
  const text = new Intl.DateTimeFormat(language, { day: 'numeric', month: 'long', timeZone: 'UTC' }).format(date);
  return language === 'fr' ? text.replace(/^1 /, '1er ') : text;
}

/** A day (YYYY-MM-DD) with its year: « 31 décembre 2027 ». */
export function fullDay(day: string, language: Language): string {
  const date = new Date(`${day}T00:00:00Z`);
  const parts = { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' } as const;
  const text = new Intl.DateTimeFormat(language, parts).format(date);
  return language === 'fr' ? text.replace(/^1 /, '1er ') : text;
}
