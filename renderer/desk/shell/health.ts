import type { HealthCheck, Severity } from '../../../shared/contract/health.ts';
import type { Language } from '../../../shared/domain/language.ts';
import { healthWords } from '../../../shared/i18n/desk/health.ts';
import { typeset } from '../../../shared/i18n/typography.ts';
import type { Format } from '../format.ts';

const order: readonly Severity[] = ['good', 'unknown', 'notice', 'bad'];

/** The gravest of all checks; unknown when there is none. An unused microphone is no reason to worry. */
export function worst(checks: readonly HealthCheck[]): Severity {
  if (checks.length === 0) return 'unknown';
  return checks.reduce<Severity>((gravest, check) => {
    const severity = check.severity === 'unknown' && check.code === 'unused' ? 'good' : check.severity;
    return order.indexOf(severity) > order.indexOf(gravest) ? severity : gravest;
  }, 'good');
}

/** A check in words; a code nobody wrote a sentence for is told by its severity. `short` is for the small box. */
export function healthSentence(
  check: HealthCheck,
  language: Language,
  format: Pick<Format, 'room' | 'whole'>,
  short = false,
): string | undefined {
  const words = healthWords[language];
  const key = `${check.id}_${check.code}`;
  const text = short ? words[`short_${key}`] : (words[key] ?? words[`other_${check.severity}`]);
  if (text === undefined) return undefined;
  const minutes = check.figures.minutes;
  const filled = text.replace(/\{(\w+)\}/g, (_, name: string) => {
    if (name === 'room') return typeof minutes === 'number' ? format.room(minutes) : '';
    const figure = check.figures[name];
    return typeof figure === 'number' ? format.whole(figure) : (figure ?? '');
  });
  // Figures that are not known leave no empty brackets behind.
  return typeset(filled.replace(/ ?\((ffmpeg )?\)/, ''), language);
}
