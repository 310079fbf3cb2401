import type { PortraitFacts } from './consent/ports.ts';
import type { Library } from './library/library.ts';

/** What the papers say of a portrait; undefined once it is erased. */
export function factsOf(
  { portraits, drafts }: Pick<Library, 'portraits' | 'drafts'>,
  portraitId: string,
): PortraitFacts | undefined {
  const portrait = portraits.get(portraitId);
  if (portrait === undefined) return undefined;
  const { speaker, take, transcript, ...rest } = portrait;
  return {
    ...rest,
    firstName: speaker.firstName,
    trade: speaker.trade,
    takeId: take?.id ?? null,
    takeSha256: take?.sha256 ?? null,
    seconds: portrait.duration,
    unsaved: drafts.textsAbout(portraitId),
    transcript: transcript?.cues.map(({ text }) => text).join(' ') ?? '',
  };
}
