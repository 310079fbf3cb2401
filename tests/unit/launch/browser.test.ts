import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { chromiumArguments, findChromium, hasDisplay, prepareProfile } from '../../../electron/launch/browser.ts';

let profile: string;
beforeEach(() => {
  profile = mkdtempSync(join(tmpdir(), 'profile-'));
});
afterEach(() => rmSync(profile, { recursive: true }));
const preferences = () => JSON.parse(readFileSync(join(profile, 'Default/Preferences'), 'utf8'));

test('finds a Chromium: the one named first, then the free one, then kin, on the path', () => {
  const on =
    (...paths: string[]) =>
    (path: string) =>
      paths.includes(path);
  const PATH = '/usr/local/bin:/usr/bin';
  expect(findChromium({ PATH }, 'linux', on('/usr/bin/google-chrome', '/usr/bin/chromium'))).toBe('/usr/bin/chromium');
  const named = { PATH, PHONOMATON_CHROMIUM: '/opt/c' };
  expect(findChromium(named, 'linux', on('/opt/c', '/usr/bin/chromium'))).toBe('/opt/c');
  expect(findChromium({ PATH }, 'linux', on('/elsewhere/chromium'))).toBeNull();
  expect(findChromium({ PATH }, 'darwin', on('/Applications/Google Chrome.app/Contents/MacOS/Google Chrome'))).toMatch(
    /Chrome$/,
  );
});

test('a window needs a display on Linux only', () => {
  expect(hasDisplay({}, 'linux')).toBe(false);
  expect(hasDisplay({ DISPLAY: '' }, 'linux')).toBe(false);
  expect(hasDisplay({ DISPLAY: ':0' }, 'linux')).toBe(true);
  expect(hasDisplay({ WAYLAND_DISPLAY: 'wayland-0' }, 'linux')).toBe(true);
  expect(hasDisplay({}, 'darwin')).toBe(true);
});

test('the booth is full screen and quiet on the net, and keeps its sandbox unless root runs it', () => {
  const common = { url: 'http://127.0.0.1:7411', profile: '/data/p' };
  const booth = chromiumArguments({ ...common, kiosk: true, asRoot: false });
  expect(booth).toContain('--kiosk');
  expect(booth).toContain('--user-data-dir=/data/p');
  expect(booth).toContain('--disable-background-networking');
  expect(booth).toContain('--autoplay-policy=no-user-gesture-required');
  expect(booth.at(-1)).toBe('--app=http://127.0.0.1:7411');
  expect(booth.join(' ')).not.toMatch(/sandbox|fake-ui|disable-web-security|remote-debugging/);
  expect(chromiumArguments({ ...common, kiosk: false, asRoot: false })).not.toContain('--kiosk');
  expect(chromiumArguments({ ...common, kiosk: true, asRoot: true })).toContain('--no-sandbox');
});

test('the profile grants the microphone to the booth’s origin alone', () => {
  prepareProfile(profile, 'http://127.0.0.1:7411');
  const { exceptions } = preferences().profile.content_settings;
  expect(exceptions).toEqual({ media_stream_mic: { 'http://127.0.0.1:7411,*': { setting: 1 } } });
  expect(preferences().profile.default_content_setting_values.media_stream_camera).toBe(2);
});

test('what the browser stored stays, an older grant goes, a broken file is replaced', () => {
  prepareProfile(profile, 'http://127.0.0.1:1111');
  const stored = preferences();
  writeFileSync(
    join(profile, 'Default/Preferences'),
    JSON.stringify({ ...stored, media: { device_id_salt: 'kept' }, profile: { ...stored.profile, name: 'kept' } }),
  );
  prepareProfile(profile, 'http://127.0.0.1:2222');
  expect(preferences().media.device_id_salt).toBe('kept');
  expect(preferences().profile.name).toBe('kept');
  const grants = preferences().profile.content_settings.exceptions.media_stream_mic;
  expect(Object.keys(grants)).toEqual(['http://127.0.0.1:2222,*']);

  mkdirSync(join(profile, 'Default'), { recursive: true });
  writeFileSync(join(profile, 'Default/Preferences'), '{"profile": [');
  prepareProfile(profile, 'http://127.0.0.1:3333');
  expect(preferences().profile.exited_cleanly).toBe(true);
});
