import { expect, test } from 'vitest';
import { holdContents } from '../../../electron/shell/navigation.ts';
import { cancellable, FakeContents } from './fakes.ts';

function held(): FakeContents {
  const contents = new FakeContents();
  holdContents(contents.asContents());
  return contents;
}
function goes(event: 'will-frame-navigate' | 'will-redirect', url: string, isMainFrame = true): boolean {
  const details = cancellable({ url, isMainFrame });
  held().emit(event, details);
  return !details.defaultPrevented;
}

test('a window goes from page to page and nowhere else', () => {
  expect(goes('will-frame-navigate', 'app://studio/desk')).toBe(true);
  expect(goes('will-frame-navigate', 'https://example.test/')).toBe(false);
  expect(goes('will-frame-navigate', 'file:///etc/passwd')).toBe(false);
  expect(goes('will-frame-navigate', 'app://studio/media/take.wav')).toBe(false);
  expect(goes('will-frame-navigate', 'app://studio/', false)).toBe(false);
  expect(goes('will-redirect', 'app://studio/')).toBe(true);
  expect(goes('will-redirect', 'https://example.test/')).toBe(false);
});

test('no second window and no guest page', () => {
  const contents = held();
  expect(contents.opened?.({ url: 'app://studio/desk' } as never)).toEqual({ action: 'deny' });
  const guest = cancellable({});
  contents.emit('will-attach-webview', guest);
  expect(guest.defaultPrevented).toBe(true);
});
