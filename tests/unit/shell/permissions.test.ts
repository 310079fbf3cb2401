import type { WebContents } from 'electron';
import { beforeEach, expect, test } from 'vitest';
import { guardSession } from '../../../electron/shell/permissions.ts';
import { cancellable, FakeSession } from './fakes.ts';

let session: FakeSession;
beforeEach(() => {
  session = new FakeSession();
  guardSession(session.asSession());
});
const contents = {} as WebContents;

function requested(permission: 'media' | 'geolocation' | 'fileSystem' | 'speaker-selection', details: object): boolean {
  let granted: boolean | undefined;
  session.request?.(
    contents,
    permission,
    (answer) => {
      granted = answer;
    },
    { isMainFrame: true, requestingUrl: 'app://studio/', ...details } as never,
  );
  if (granted === undefined) throw new Error('no answer');
  return granted;
}
const checked = (permission: 'media' | 'notifications' | 'speaker-selection', origin: string, details: object) =>
  session.check?.(contents, permission, origin, { isMainFrame: true, ...details } as never);

test('our pages may ask for the microphone', () => {
  expect(requested('media', { mediaTypes: ['audio'] })).toBe(true);
  expect(requested('media', { mediaTypes: ['audio'], requestingUrl: 'app://studio/desk' })).toBe(true);
});

test.each([
  ['a camera', 'media', { mediaTypes: ['video'] }],
  ['a camera beside it', 'media', { mediaTypes: ['audio', 'video'] }],
  ['nothing named', 'media', { mediaTypes: [] }],
  ['no kinds at all', 'media', {}],
  ['a frame inside', 'media', { mediaTypes: ['audio'], isMainFrame: false }],
  ['another site', 'media', { mediaTypes: ['audio'], requestingUrl: 'https://example.test/' }],
  ['another host of the scheme', 'media', { mediaTypes: ['audio'], requestingUrl: 'app://other/' }],
  ['a file of ours that is no page', 'media', { mediaTypes: ['audio'], requestingUrl: 'app://studio/assets/x.html' }],
  ['the place', 'geolocation', {}],
  ['files', 'fileSystem', {}],
] as const)('asking for %s is refused', (_what, permission, details) => {
  expect(requested(permission, details)).toBe(false);
});

test('our pages may choose the loudspeaker, and no other page may', () => {
  expect(requested('speaker-selection', {})).toBe(true);
  expect(checked('speaker-selection', 'app://studio/', {})).toBe(true);
  for (const details of [{ isMainFrame: false }, { requestingUrl: 'https://example.test/' }]) {
    expect(requested('speaker-selection', details)).toBe(false);
  }
  expect(checked('speaker-selection', 'app://studio/', { isMainFrame: false })).toBe(false);
  expect(checked('speaker-selection', 'https://example.test/', {})).toBe(false);
});

test('the check agrees with the request', () => {
  expect(checked('media', 'app://studio/', { mediaType: 'audio' })).toBe(true);
  expect(checked('media', 'app://studio', { mediaType: 'audio' })).toBe(true);
  expect(checked('media', 'app://studio/', { mediaType: 'video' })).toBe(false);
  expect(checked('media', 'app://studio/', { mediaType: 'unknown' })).toBe(false);
  expect(checked('media', 'app://studio/', { mediaType: 'audio', isMainFrame: false })).toBe(false);
  expect(checked('media', 'https://example.test/', { mediaType: 'audio' })).toBe(false);
  expect(checked('notifications', 'app://studio/', {})).toBe(false);
});

test('devices, screens, pairing, downloads and dictionaries are refused', () => {
  expect(session.device?.({ deviceType: 'usb', origin: 'app://studio' } as never)).toBe(false);
  let streams: unknown = 'none given';
  session.displayMedia?.({} as never, (given) => {
    streams = given;
  });
  expect(streams).toBeNull();
  let paired: unknown;
  session.bluetooth?.({} as never, (answer) => {
    paired = answer.confirmed;
  });
  expect(paired).toBe(false);
  const downloaded = (url: string) => {
    const download = cancellable({});
    session.emit('will-download', download, { getURL: () => url });
    return !download.defaultPrevented;
  };
  expect(downloaded('app://studio/assets/a.js')).toBe(false);
  expect(downloaded('https://example.test/export/0190b6b0-0000-7000-8000-000000000001.zip')).toBe(false);
  expect(downloaded('app://studio/export/0190b6b0-0000-7000-8000-000000000001.zip?until=1&key=2')).toBe(true);
  expect(session.spellChecker).toBe(false);
});

test.each([
  ['app://studio/assets/a.js', false],
  ['app://other/', true],
  ['blob:app://studio/123', false],
  ['data:image/png;base64,', false],
  ['https://example.test/?stolen', true],
  ['http://127.0.0.1:7411/', true],
  ['file:///etc/passwd', true],
  ['not an address', true],
])('a page that fetches %s is stopped: %s', (url, stopped) => {
  let cancel: boolean | undefined;
  session.beforeRequest?.({ url }, (answer) => {
    cancel = answer.cancel;
  });
  expect(cancel).toBe(stopped);
});
