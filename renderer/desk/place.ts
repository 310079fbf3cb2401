/** Where in the desk one is; kept in the address after `#`, so that a reload comes back to it. */
export const viewNames = ['toReview', 'approved', 'published', 'rejected', 'withdrawn', 'all'] as const;
export type ViewName = (typeof viewNames)[number];

export const settingsPages = ['destinations', 'event', 'sound', 'booth', 'health'] as const;
export type SettingsPage = (typeof settingsPages)[number];

export type Place =
  | { screen: 'portraits'; view: ViewName; id: string | null }
  | { screen: 'queue' }
  | { screen: 'consent' }
  | { screen: 'settings'; page: SettingsPage };

export const start: Place = { screen: 'portraits', view: 'toReview', id: null };

const known = <Name extends string>(names: readonly Name[], text: string | undefined): Name | undefined =>
  names.find((name) => name === text);

/** Reads `#/portraits/toReview/<id>`, `#/queue`, `#/settings/event`; anything else is the start. */
export function readPlace(hash: string): Place {
  const [screen, second, third] = hash.replace(/^#?\/?/, '').split('/');
  if (screen === 'queue' || screen === 'consent') return { screen };
  if (screen === 'settings') return { screen, page: known(settingsPages, second) ?? 'destinations' };
  if (screen !== 'portraits') return start;
  const id = third !== undefined && /^[0-9a-f-]{36}$/.test(third) ? third : null;
  return { screen, view: known(viewNames, second) ?? 'toReview', id };
}

export function placeHash(place: Place): string {
  if (place.screen === 'queue' || place.screen === 'consent') return `#/${place.screen}`;
  if (place.screen === 'settings') return `#/settings/${place.page}`;
  return `#/portraits/${place.view}${place.id === null ? '' : `/${place.id}`}`;
}
