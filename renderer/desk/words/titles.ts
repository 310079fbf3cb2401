import type { PortraitDetail } from '../../../shared/contract/library.ts';
import { suggestTitles } from '../../../shared/domain/titles.ts';
import { typeset } from '../../../shared/i18n/typography.ts';

type Titled = Pick<PortraitDetail, 'speaker' | 'cooperative' | 'question' | 'language'>;

/** The name a title may say; `null` for somebody who stays anonymous. */
export const publicNameOf = ({ speaker }: Pick<PortraitDetail, 'speaker'>): string | null => speaker.firstName;

/** The titles a portrait may be given with one key. */
export function titlesOf(portrait: Titled): string[] {
  const titles = suggestTitles({
    publicName: publicNameOf(portrait),
    trade: portrait.speaker.trade,
    cooperative: portrait.cooperative,
    question: portrait.question,
    language: portrait.language,
  });
  return titles.map((title) => typeset(title, portrait.language));
}

/** The suggestion after the one that stands there; the first for no title, none for words of the host's own. */
export function nextTitle(titles: readonly string[], now: string, by = 1): string | undefined {
  if (now.trim() === '') return by > 0 ? titles[0] : titles.at(-1);
  const at = titles.indexOf(now.trim());
  return at < 0 ? undefined : titles[(at + by + titles.length) % titles.length];
}
