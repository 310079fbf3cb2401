import type { PortraitText } from './delivery/ports.ts';
import type { StoredPortrait } from './library/portraits.ts';
import type { Portrait } from './publication/ports.ts';

/** A portrait as it leaves the house in a batch. */
export function inBatch(portrait: StoredPortrait): Portrait {
  const { firstName, trade } = portrait.speaker;
  return {
    ...portrait,
    deskName: [firstName.trim(), trade.trim()].filter((part) => part !== '').join(', '),
    publicName: portrait.publicName ?? '',
    hasSound: portrait.take !== null,
  };
}

/** What of a portrait a site is given in words. */
export function onSite({ title, text, tags, code }: StoredPortrait): PortraitText {
  // A title is never its code, which lets its holder take it down.
  return { title: title || 'Portrait sonore', text, tags, code };
}
