import type { Facet } from '../../../shared/contract/inbox.ts';
import type { FilterName, RowMark } from '../../../shared/domain/inbox.ts';
import { languages } from '../../../shared/domain/language.ts';
import type { DeskSay } from '../../../shared/i18n/desk/words.ts';
import type { Format } from '../format.ts';

const markKeys = {
  tooQuiet: 'markTooQuiet',
  clipped: 'markClipped',
  noisy: 'markNoisy',
  silent: 'markSilent',
  tooShort: 'markTooShort',
  gaps: 'markGaps',
  recovered: 'markRecovered',
  unconfirmed: 'markUnconfirmed',
} as const satisfies Record<RowMark, string>;

/** A filter's value as people call it; `facet` knows the names that only the library has. */
export function valueName(
  name: FilterName,
  value: string,
  facet: Facet | undefined,
  say: DeskSay,
  format: Pick<Format, 'day'>,
): string {
  const label = facet?.find((one) => one.value === value)?.label || value;
  switch (name) {
    // Noon is on the same day in every zone the booth may be in.
    case 'day':
      return format.day(`${value}T12:00:00`);
    case 'cooperative':
      return value === '' ? say('discovering') : label;
    case 'mark':
      return value in markKeys ? say(markKeys[value as RowMark]) : value;
    case 'language': {
      const known = languages.find((one) => one === value);
      return known === undefined ? value : say(`language_${known}`);
    }
    case 'by':
      return value === 'host' ? say('by_host') : value === 'organiser' ? say('by_organiser') : value;
    default:
      return label;
  }
}
