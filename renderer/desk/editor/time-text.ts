import type { Language } from '../../../shared/domain/language.ts';

/**
 * Seconds of what a host types: `0:12,345`, `12.3`, `1:02:07`, `12`, blanks around it. `null` for anything else; minutes
 * and seconds after a colon stay below 60, so that a slip of the finger is seen.
 */
export function parseTime(text: string): number | null {
  const match = /^(?:(\d+):)?(?:(\d{1,4}):)?(\d{1,5})(?:[.,](\d{0,6}))?$/.exec(text.replace(/\s/g, ''));
  if (match === null) return null;
  const [, first, second, last, fraction = ''] = match;
  const parts = [first, second].filter((part) => part !== undefined).map(Number);
  const [hours, minutes] = parts.length === 2 ? parts : [0, parts[0] ?? 0];
  const seconds = Number(last) + (fraction === '' ? 0 : Number(`0.${fraction}`));
  if (parts.length > 0 && seconds >= 60) return null;
  if (parts.length === 2 && (minutes as number) >= 60) return null;
  return (hours as number) * 3600 + (minutes as number) * 60 + seconds;
}

/** `0:12,345`: to the millisecond, as a field of time shows it. */
export function timeText(seconds: number, language: Language): string {
  const whole = Math.max(0, Math.round(seconds * 1000));
  const ms = String(whole % 1000).padStart(3, '0');
  const s = String(Math.floor(whole / 1000) % 60).padStart(2, '0');
  const minutes = Math.floor(whole / 60_000);
  const lead = minutes >= 60 ? `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, '0')}` : `${minutes}`;
  return `${lead}:${s}${language === 'en' ? '.' : ','}${ms}`;
}

/** Steps of a field of time, in seconds: an arrow, an arrow with Shift or a page. */
export const fineStep = 0.01;
export const coarseStep = 0.1;

/** What a key does to a time in a field; undefined when it does nothing. Rounded, so that steps stay on hundredths. */
export function steppedTime(seconds: number, key: string, shift: boolean): number | undefined {
  const by = { ArrowUp: 1, ArrowRight: 1, ArrowDown: -1, ArrowLeft: -1 }[key];
  if (by !== undefined) return stepped(seconds, by * (shift ? coarseStep : fineStep));
  if (key === 'PageUp') return stepped(seconds, 1);
  if (key === 'PageDown') return stepped(seconds, -1);
  return undefined;
}

const stepped = (seconds: number, by: number) => Math.max(0, Math.round((seconds + by) * 1000) / 1000);
