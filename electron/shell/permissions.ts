import type { Session } from 'electron';
import { isOurs, isPage } from './scheme.ts';

type Guarded = Pick<
  Session,
  | 'setPermissionRequestHandler'
  | 'setPermissionCheckHandler'
  | 'setDevicePermissionHandler'
  | 'setDisplayMediaRequestHandler'
  | 'setBluetoothPairingHandler'
  | 'setSpellCheckerEnabled'
  | 'on'
  | 'webRequest'
>;

/** Address of a batch's ZIP on the door. */
const exported = /^\/export\/[0-9a-f-]{36}\.zip$/;
/** Schemes a page may fetch from besides our own: what it holds in memory itself. */
const inMemory = new Set(['blob:', 'data:']);

/**
 * Lets our own pages use the microphone, choose the loudspeaker, and nothing else. Asked for at the moment of use (request) and looked up by
 * Chromium in between (check): both have to agree, or a denied page could still list the devices.
 */
export function guardSession(session: Guarded): void {
  session.setPermissionRequestHandler((_contents, permission, answer, details) => {
    const types = 'mediaTypes' in details ? (details.mediaTypes ?? []) : [];
    const audioOnly = types.length > 0 && types.every((type) => type === 'audio');
    const asked = permission === 'media' ? audioOnly : permission === 'speaker-selection';
    answer(asked && details.isMainFrame && isPage(details.requestingUrl));
  });
  session.setPermissionCheckHandler(
    (_contents, permission, origin, details) =>
      ((permission === 'media' && details.mediaType === 'audio') || permission === 'speaker-selection') &&
      details.isMainFrame &&
      isOurs(origin),
  );
  session.setDevicePermissionHandler(() => false);
  session.setDisplayMediaRequestHandler((_request, answer) => answer(null));
  session.setBluetoothPairingHandler((_details, answer) => answer({ confirmed: false }));
  // Fetches its dictionaries from the net.
  session.setSpellCheckerEnabled(false);
  // The one thing to fetch is an export; its address is given to staff alone, and the system asks where it should lie.
  session.on('will-download', (event, item) => {
    if (!isOurs(item.getURL()) || !exported.test(URL.parse(item.getURL())?.pathname ?? '')) event.preventDefault();
  });
  // Whatever gets into a page cannot carry anything out of the booth.
  session.webRequest.onBeforeRequest((details, answer) => {
    const scheme = URL.parse(details.url)?.protocol ?? '';
    answer({ cancel: !isOurs(details.url) && !inMemory.has(scheme) });
  });
}
