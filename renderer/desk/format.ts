import type { Language } from '../../shared/domain/language.ts';
import { typeset } from '../../shared/i18n/typography.ts';

const locales: Record<Language, string> = { fr: 'fr-FR', en: 'en-GB', nl: 'nl-BE' };

/** `1:04`; an hour and more `1:02:07`. Rounded to the nearest second. */
export function duration(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  const s = String(whole % 60).padStart(2, '0');
  const m = Math.floor(whole / 60) % 60;
  const h = Math.floor(whole / 3600);
  return h > 0 ? `${h}:${String(m).padStart(2, '0')}:${s}` : `${m}:${s}`;
}

export type Format = ReturnType<typeof createFormat>;

/** How times, dates and figures are written in one language; `now` is the booth's time; `timeZone` the machine's unless set. */
export function createFormat(language: Language, timeZone: string | undefined, now: () => Date) {
  const locale = locales[language];
  const zone = timeZone === undefined ? {} : { timeZone };
  const dayMonth = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'long', ...zone });
  const dayMonthYear = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'long', year: 'numeric', ...zone });
  const weekday = new Intl.DateTimeFormat(locale, {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    year: 'numeric',
    ...zone,
  });
  const clock = new Intl.DateTimeFormat(locale, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23', ...zone });
  const sortable = new Intl.DateTimeFormat('en-CA', { year: 'numeric', month: '2-digit', day: '2-digit', ...zone });
  const relative = new Intl.RelativeTimeFormat(locale, { numeric: 'always', style: 'long' });
  const oneDigit = new Intl.NumberFormat(locale, { minimumFractionDigits: 1, maximumFractionDigits: 1 });
  const whole = new Intl.NumberFormat(locale, { maximumFractionDigits: 0 });

  /** `2026-04-14`, the local day: for grouping. */
  const dayKey = (instant: string) => sortable.format(new Date(instant));

  /** `11 h 42` in French, `11:42` elsewhere. */
  function time(instant: string): string {
    const parts = clock.formatToParts(new Date(instant));
    const part = (type: string) => parts.find((one) => one.type === type)?.value ?? '';
    if (language !== 'fr') return `${part('hour')}:${part('minute')}`;
    return `${Number(part('hour'))}\u00a0h\u00a0${part('minute')}`;
  }

  /** `14 avril`; with the year when it is not this one. */
  function day(instant: string): string {
    const thisYear = dayKey(instant).slice(0, 4) === dayKey(now().toISOString()).slice(0, 4);
    return (thisYear ? dayMonth : dayMonthYear).format(new Date(instant));
  }

  /** Days between today and the instant's own day: 0 today, 1 yesterday. */
  function daysAgo(instant: string): number {
    return Math.round((Date.parse(dayKey(now().toISOString())) - Date.parse(dayKey(instant))) / 86_400_000);
  }

  /** A figure with one digit and a true minus; `−16,0`. */
  const decimal = (value: number) => oneDigit.format(value).replace('-', '−');

  return {
    time,
    day,
    dayKey,
    daysAgo,
    /** The booth's time, ISO 8601. */
    now: () => now().toISOString(),
    /** `mardi 14 avril 2026`: leaves no doubt. */
    wholeDay: (instant: string) => weekday.format(new Date(instant)),
    /** `11:42`, as a field of time takes it. */
    clock(instant: string): string {
      const date = new Date(instant);
      return [date.getHours(), date.getMinutes()].map((part) => String(part).padStart(2, '0')).join(':');
    },
    /** `14 avril, 11 h 42`. */
    moment: (instant: string) => `${day(instant)}, ${time(instant)}`,
    decimal,
    /** With its sign, for gains: `+7,4`. */
    signed: (value: number) => `${value > 0 ? '+' : ''}${decimal(value)}`,
    whole: (value: number) => whole.format(value),
    /** `0:12,3`: a position in a sound, in tenths. */
    position(seconds: number): string {
      const tenths = Math.max(0, Math.round(seconds * 10));
      const mark = language === 'en' ? '.' : ',';
      const s = String(Math.floor(tenths / 10) % 60).padStart(2, '0');
      return `${Math.floor(tenths / 600)}:${s}${mark}${tenths % 10}`;
    },
    /** A length of time in words, rounded up so that nobody comes too early: `12 s`, `3 min`. */
    wait(seconds: number): string {
      const text = seconds < 60 ? `${Math.ceil(seconds)} s` : `${Math.ceil(seconds / 60)} min`;
      return typeset(text, language);
    },
    /** How long one can still record: `45 min`, `41 h`. */
    room(minutes: number): string {
      const text = minutes < 120 ? `${whole.format(minutes)} min` : `${whole.format(Math.floor(minutes / 60))} h`;
      return typeset(text, language);
    },
    /** `dans 2 minutes`; undefined when the instant is not ahead. */
    until(instant: string): string | undefined {
      const seconds = (Date.parse(instant) - now().getTime()) / 1000;
      if (seconds <= 0) return undefined;
      if (seconds < 60) return relative.format(Math.ceil(seconds), 'second');
      if (seconds < 3600) return relative.format(Math.ceil(seconds / 60), 'minute');
      return relative.format(Math.ceil(seconds / 3600), 'hour');
    },
    /** A size that may be small: `12 ko`, `3,4 Mo`, `120 Mo`. */
    size(count: number): string {
      const figure = count / 1_048_576;
      if (figure < 0.1) return `${whole.format(Math.ceil(count / 1024))}\u00a0${language === 'fr' ? 'ko' : 'kB'}`;
      return `${figure < 10 ? decimal(figure) : whole.format(figure)}\u00a0${language === 'fr' ? 'Mo' : 'MB'}`;
    },
    /** `12 Mo` in French, `12 MB` elsewhere. */
    bytes: (count: number) => `${whole.format(count / 1_048_576)}\u00a0${language === 'fr' ? 'Mo' : 'MB'}`,
  };
}
