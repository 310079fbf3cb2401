import type { PortraitDetail } from '../../../shared/contract/library.ts';
import { suggestTitles } from '../../../shared/domain/titles.ts';
import { typeset } from '../../../shared/i18n/typography.ts';

type Titled = Pick<PortraitDetail, 'speaker' | 'cooperative' | 'question' | 'language' | 'publicName'>;

/**
 * The name a title may say: what the person chose, `null` for somebody who stays anonymous or has not said. `firstName`:
 * as a host is just correcting it; it counts for those who are heard under it.
 */
export function publicNameOf(
  { speaker, publicName }: Pick<PortraitDetail, 'speaker' | 'publicName'>,
  firstName: string = speaker.firstName,
): string | null {
  return publicName === speaker.firstName.trim() ? firstName.trim() : publicName;
}

/** The titles a portrait may be given with one key; `speaker` as a host is just correcting it. */
export function titlesOf(portrait: Titled, speaker: Titled['speaker'] = portrait.speaker): string[] {
  const titles = suggestTitles({
    publicName: publicNameOf(portrait, speaker.firstName),
    trade: speaker.trade,
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
