import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { _electron, type ElectronApplication, type Page } from 'playwright';
import { expect, test } from 'playwright/test';
import { findElectron } from '../../electron/launch/electron-binary.ts';
import { projectRoot } from '../../electron/launch/paths.ts';
import { openDisplay, type TestDisplay } from '../fixtures/display.ts';

const root = projectRoot();
const binary = findElectron(root);

// What only the real thing can show. Without its binary these report themselves as left out, and why.
const why = !binary
  ? 'the Electron binary is not installed here'
  : existsSync(join(root, 'dist/main/main.js'))
    ? ''
    : 'the bundles are not built';
// biome-ignore lint/suspicious/noSkippedTests: a condition of the machine, reported with its reason
test.skip(why !== '', why);

let app: ElectronApplication;
let booth: Page;
let folder: string;
let display: TestDisplay;

test.beforeAll(async () => {
  if (!binary) return;
  display = await openDisplay();
  folder = mkdtempSync(join(tmpdir(), 'phonomaton-electron-'));
  app = await _electron.launch({
    executablePath: binary,
    args: [
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
      '--use-fake-device-for-media-stream',
      '--password-store=basic',
      root,
    ],
    env: { ...process.env, DISPLAY: display.name, PHONOMATON_DATA: folder } as Record<string, string>,
  });
  booth = await app.firstWindow();
  await booth.waitForLoadState('domcontentloaded');
});
test.afterAll(async () => {
  await app?.close();
  await display?.close();
  if (folder) rmSync(folder, { recursive: true, force: true });
});

test('the booth fills the screen on app://, with nothing of Node in it', async () => {
  expect(booth.url()).toBe('app://studio/');
  expect(await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.isKiosk())).toBe(true);
  expect(await booth.evaluate(() => [typeof require, typeof process, typeof module])).toEqual(
    Array(3).fill('undefined'),
  );
  expect(await booth.evaluate(() => Object.keys(window.phonomaton ?? {}).sort())).toEqual([
    'chooseFolder',
    'leaveKiosk',
    'print',
  ]);
});

test('calls reach the studio over app://, with its policy', async () => {
  const answer = await booth.evaluate(async () => {
    const page = await fetch('/');
    const ready = await fetch(`/api/booth/readiness?data=${encodeURIComponent('{"json":{}}')}`);
    return { policy: page.headers.get('content-security-policy'), status: ready.status, isSecureContext };
  });
  expect(answer.isSecureContext).toBe(true);
  expect(answer.status).toBe(200);
  expect(answer.policy).toContain("default-src 'none'");
});

test('the microphone is granted, the camera and the place are not', async () => {
  const answers = await booth.evaluate(async () => {
    const ask = (wish: MediaStreamConstraints) =>
      navigator.mediaDevices.getUserMedia(wish).then(
        (stream) => {
          for (const track of stream.getTracks()) track.stop();
          return 'granted';
        },
        (error: Error) => error.name,
      );
    const place = await navigator.permissions.query({ name: 'geolocation' });
    return [await ask({ audio: true }), await ask({ video: true }), place.state];
  });
  expect(answers).toEqual(['granted', 'NotAllowedError', 'denied']);
});

test('the window leads nowhere else', async () => {
  const before = app.windows().length;
  await booth.evaluate(() => {
    window.open('https://example.test/');
    location.href = 'https://example.test/';
  });
  const outside = await booth.evaluate(() =>
    fetch('https://example.test/').then(
      () => 'reached',
      () => 'stopped',
    ),
  );
  expect(outside).toBe('stopped');
  expect(app.windows()).toHaveLength(before);
  expect(booth.url()).toBe('app://studio/');
});

test('the kiosk is left with a staff session and not without', async () => {
  const refused = await booth.evaluate(() => window.phonomaton?.leaveKiosk('no-session-of-anybody-here'));
  expect(refused).toEqual({ ok: false, code: 'NOT_ALLOWED' });
  const left = await booth.evaluate(async () => {
    const answer = await fetch('/api/staff/setUp', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ json: { pin: '230414' } }),
    });
    const { json } = await answer.json();
    return window.phonomaton?.leaveKiosk(json.token);
  });
  expect(left).toEqual({ ok: true, value: null });
  await expect.poll(() => app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.isKiosk())).toBe(false);
});

test('a page whose process falls over is there again', async () => {
  const look = () =>
    app.evaluate(({ BrowserWindow }) => {
      const contents = BrowserWindow.getAllWindows()[0]?.webContents;
      return { process: contents?.getOSProcessId(), up: contents?.isCrashed() === false && !contents.isLoading() };
    });
  const before = await look();
  await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.webContents.forcefullyCrashRenderer());
  await expect.poll(async () => (await look()).process).not.toBe(before.process);
  await expect.poll(async () => (await look()).up).toBe(true);
});
