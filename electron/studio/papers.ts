import type { HandedOver } from '../../shared/domain/evidence.ts';
import type { PortraitFacts } from './consent/ports.ts';
import type { Library } from './library/library.ts';

/** Folders and archives a portrait left in, each once. */
export function copiesOf({ exports }: Pick<Library, 'exports'>, portraitId: string): HandedOver[] {
  const copies = exports
    .handedOver(portraitId)
    .map(({ batch, place, at, settledAt }): HandedOver => ({ to: `${batch} (${place})`, at, settledAt }));
  return copies.filter((copy, index) => copies.findIndex(({ to }) => to === copy.to) === index);
}

/** What the papers say of a portrait; undefined once it is erased. */
export function factsOf({ portraits }: Pick<Library, 'portraits'>, portraitId: string): PortraitFacts | undefined {
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
    transcript: transcript?.cues.map(({ text }) => text).join(' ') ?? '',
  };
}
