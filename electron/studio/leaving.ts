import { z } from 'zod';
import type { PortraitText } from './delivery/ports.ts';
import type { Library } from './library/library.ts';
import type { StoredPortrait } from './library/portraits.ts';
import type { FeedOwner, Portrait } from './publication/ports.ts';

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

/** Who answers for a feed: whoever is responsible at the portrait's event, where the way to reach them is an e-mail address. */
export function feedOwner({ consent }: Pick<Library, 'consent'>, portraitId: string): FeedOwner | undefined {
  const event = consent.eventOf(portraitId);
  const email = z.email().safeParse(event?.contact);
  return event !== undefined && email.success ? { name: event.controller, email: email.data } : undefined;
}
