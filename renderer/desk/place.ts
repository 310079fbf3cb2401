/** Where in the desk one is; kept in the address after `#`, so that a reload comes back to it. */
export const viewNames = ['toReview', 'approved', 'published', 'rejected', 'withdrawn', 'all'] as const;
export type ViewName = (typeof viewNames)[number];

export const settingsPages = [
  'destinations',
  'event',
  'sound',
  'words',
  'booth',
  'team',
  'network',
  'journal',
  'health',
] as const;
export type SettingsPage = (typeof settingsPages)[number];

/** What of a portrait somebody was sent to, to mend it. */
export const portraitParts = ['title', 'transcript', 'consent'] as const;
export type PortraitPart = (typeof portraitParts)[number];

export type Place =
  | { screen: 'portraits'; view: ViewName; id: string | null; part?: PortraitPart }
  | { screen: 'batches'; id: string | null }
  | { screen: 'queue' }
  | { screen: 'consent' }
  | { screen: 'settings'; page: SettingsPage };

export const start: Place = { screen: 'portraits', view: 'toReview', id: null };

const known = <Name extends string>(names: readonly Name[], text: string | undefined): Name | undefined =>
  names.find((name) => name === text);

/** Reads `#/portraits/toReview/<id>`, `#/portraits/all/<id>/title`, `#/batches/<id>`, `#/queue`, `#/settings/event`; anything else is the start. */
export function readPlace(hash: string): Place {
  const idOf = (text: string | undefined) => (text !== undefined && /^[0-9a-f-]{36}$/.test(text) ? text : null);
  const [screen, second, third, fourth] = hash.replace(/^#?\/?/, '').split('/');
  if (screen === 'queue' || screen === 'consent') return { screen };
  if (screen === 'batches') return { screen, id: idOf(second) };
  if (screen === 'settings') return { screen, page: known(settingsPages, second) ?? 'destinations' };
  if (screen !== 'portraits') return start;
  const id = idOf(third);
  const part = id === null ? undefined : known(portraitParts, fourth);
  return { screen, view: known(viewNames, second) ?? 'toReview', id, ...(part !== undefined && { part }) };
}

export function placeHash(place: Place): string {
  if (place.screen === 'queue' || place.screen === 'consent') return `#/${place.screen}`;
  if (place.screen === 'batches') return `#/batches${place.id === null ? '' : `/${place.id}`}`;
  if (place.screen === 'settings') return `#/settings/${place.page}`;
  const part = place.part === undefined ? '' : `/${place.part}`;
  return `#/portraits/${place.view}${place.id === null ? '' : `/${place.id}${part}`}`;
}
