import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { type Browser, chromium, expect, type Page, test } from 'playwright/test';
import { unpackS24 } from '../../shared/domain/pcm.ts';
import type { CapturePage } from '../fixtures/capture-page/page.ts';
import { openCaptureRig } from '../fixtures/capture-rig.ts';
import { compare } from '../fixtures/sample-compare.ts';
import { writeSpoken } from '../fixtures/spoken.ts';

declare global {
  interface Window {
    capturePage: CapturePage;
  }
}

const rate = 44_100;
let rig: Awaited<ReturnType<typeof openCaptureRig>>;
let dir: string;
let browser: Browser | undefined;

test.beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'capture-e2e-'));
  rig = await openCaptureRig();
});
test.afterEach(async () => {
  await browser?.close();
  browser = undefined;
});
test.afterAll(async () => {
  await rig.close();
  rmSync(dir, { recursive: true, force: true });
});

interface Listening {
  /** Before the page's own scripts. */
  before?: () => void;
  /** Whether the visitor lets the page hear them; `taken back` by clearing the context's permissions. */
  consent?: 'given' | 'refused';
}

/** A browser whose microphone plays `wav` once from its opening on. */
async function listen(wav: string, { before, consent }: Listening = {}): Promise<Page> {
  const { executablePath, args = [] } = test.info().project.use.launchOptions ?? {};
  browser = await chromium.launch({
    ...(executablePath === undefined ? {} : { executablePath }),
    args: [
      ...args,
      '--use-fake-device-for-media-stream',
      // Without a word on consent the fake dialogue says yes; else the context's permissions decide.
      ...(consent === undefined ? ['--use-fake-ui-for-media-stream'] : []),
      ...(consent === 'refused' ? ['--use-fake-ui-for-media-stream=deny'] : []),
      `--use-file-for-fake-audio-capture=${wav}%noloop`,
      '--autoplay-policy=no-user-gesture-required',
    ],
  });
  const context = await browser.newContext({ permissions: consent === 'given' ? ['microphone'] : [] });
  const page = await context.newPage();
  if (before) await page.addInitScript(before);
  page.on('pageerror', (error) => console.error(error));
  await page.goto(rig.url);
  await page.waitForFunction(() => 'capturePage' in window);
  return page;
}

async function openMicrophone(page: Page): Promise<void> {
  const opening = await page.evaluate(() => window.capturePage.open());
  expect(opening).toMatchObject({ ok: true, sampleRate: rate, method: 'processor', effects: [] });
}

function master(takeId: string): Float32Array {
  return unpackS24(readFileSync(rig.capture.master(takeId)).subarray(44, 44 + framesOf(takeId) * 3));
}
function framesOf(takeId: string): number {
  return Math.floor((statSync(rig.capture.master(takeId)).size - 44) / 3);
}

function keepBusy(count: number): ChildProcess[] {
  return Array.from({ length: count }, () => spawn(process.execPath, ['-e', 'for (;;);'], { stdio: 'ignore' }));
}

for (const { busy, seconds } of [
  { busy: false, seconds: 30 },
  { busy: true, seconds: 90 },
]) {
  test(`${seconds} seconds lose and double no frame, ${busy ? 'both cores busy' : 'idle'}`, async () => {
    const wav = join(dir, 'long.wav');
    const source = writeSpoken(wav, { seconds: 110, speechAt: 1.5 });
    const page = await listen(wav);
    const hogs = busy ? keepBusy(2) : [];
    try {
      await openMicrophone(page);
      const takeId = await page.evaluate(() => window.capturePage.record(2000));
      await page.waitForFunction(
        (frames) => (window.capturePage.progress?.recordedFrames ?? 0) > frames,
        (seconds + 0.5) * rate,
        {
          timeout: 120_000,
        },
      );
      const stopped = await page.evaluate(() => window.capturePage.stopAndListen());
      const recorded = master(takeId);
      const { unlike, levelDb, offset } = compare(recorded, source);
      console.log({ busy, ...stopped, unlike, levelDb, offset });
      expect(recorded.length).toBe(stopped.frames);
      expect(recorded.length).toBeGreaterThan(seconds * rate);
      expect(unlike).toBe(0);
      expect(Math.abs(levelDb)).toBeLessThan(0.1);
      expect(Math.abs(stopped.elapsedMs - (stopped.frames * 1000) / rate)).toBeLessThan(busy ? 500 : 100);
      expect(await page.evaluate(() => window.capturePage.troubles)).toEqual([]);
    } finally {
      for (const hog of hogs) hog.kill('SIGKILL');
    }
  });
}

test('a word begun 200 ms before the countdown ends is whole', async () => {
  const speechAt = 4;
  const wav = join(dir, 'early.wav');
  const source = writeSpoken(wav, { seconds: 20, speechAt });
  const page = await listen(wav);
  await openMicrophone(page);
  await page.waitForFunction(() => window.capturePage.levels >= 45);
  const takeId = await page.evaluate((goMs) => window.capturePage.record(goMs), speechAt * 1000 + 200);
  await page.waitForFunction((frames) => (window.capturePage.progress?.recordedFrames ?? 0) > frames, 4 * rate);
  const stopped = await page.evaluate(() => window.capturePage.stop());
  const { offset, unlike } = compare(master(takeId), source);
  const speechFrame = speechAt * rate - offset;
  const early = (stopped.goFrame - speechFrame) / rate;
  console.log({ early, speechFrame, goFrame: stopped.goFrame });
  expect(early).toBeGreaterThan(0.1);
  expect(early).toBeLessThan(0.3);
  expect(speechFrame).toBeGreaterThan(0.2 * rate);
  expect(unlike).toBe(0);

  const heard = await page.evaluate(() => window.capturePage.listenBack(30));
  expect(heard.duration).toBeCloseTo(stopped.frames / rate, 6);
  expect(heard.bins).toBe(500);
  // 30 dB would take it far over full scale: the limiter stands at −1.5 dBFS.
  expect(heard.highest).toBeCloseTo(10 ** (-1.5 / 20), 5);
});

test('a page that hangs for 3 s loses nothing, nor does a studio that is away for 5 s', async () => {
  const wav = join(dir, 'hang.wav');
  const source = writeSpoken(wav, { seconds: 40, speechAt: 1.5 });
  const page = await listen(wav);
  await openMicrophone(page);
  const takeId = await page.evaluate(() => window.capturePage.record(2000));
  await page.waitForFunction((frames) => (window.capturePage.progress?.recordedFrames ?? 0) > frames, 3 * rate);
  await page.evaluate(() => window.capturePage.block(3000));
  rig.setDown(true);
  await page.waitForFunction(() => window.capturePage.progress?.state === 'waiting');
  await pause(5000);
  rig.setDown(false);
  await page.waitForFunction((frames) => (window.capturePage.progress?.durableFrames ?? 0) > frames, 14 * rate);
  const stopped = await page.evaluate(() => window.capturePage.stop());
  const recorded = master(takeId);
  expect(recorded.length).toBe(stopped.frames);
  expect(compare(recorded, source).unlike).toBe(0);
  expect(await page.evaluate(() => window.capturePage.troubles)).toEqual([]);
});

test('a microphone that is unplugged in the middle is told, and what was said until then is kept', async () => {
  const wav = join(dir, 'unplugged.wav');
  const source = writeSpoken(wav, { seconds: 30, speechAt: 1.5 });
  const page = await listen(wav, { consent: 'given' });
  await openMicrophone(page);
  const takeId = await page.evaluate(() => window.capturePage.record(2000));
  await page.waitForFunction((frames) => (window.capturePage.progress?.recordedFrames ?? 0) > frames, 3 * rate);
  await page.context().clearPermissions();
  await page.waitForFunction(() => window.capturePage.troubles.includes('ended'));
  const stopped = await page.evaluate(() => window.capturePage.stop());
  const recorded = master(takeId);
  expect(recorded.length).toBe(stopped.frames);
  expect(compare(recorded, source).unlike).toBe(0);
});

test('a microphone that gives nothing but zeros is told, and its return too', async () => {
  const wav = join(dir, 'zeros.wav');
  writeSpoken(wav, { seconds: 15, speechAt: 1, dead: [2, 6] });
  const page = await listen(wav);
  await openMicrophone(page);
  await page.waitForFunction(() => window.capturePage.troubles.length >= 2, undefined, { timeout: 15_000 });
  expect(await page.evaluate(() => window.capturePage.troubles)).toEqual(['zeros', undefined]);
});

test('a visitor, or a browser, that says no is a plain answer', async () => {
  const wav = join(dir, 'refused.wav');
  writeSpoken(wav, { seconds: 2, speechAt: 1 });
  const page = await listen(wav, { consent: 'refused' });
  expect(await page.evaluate(() => window.capturePage.open())).toEqual({ ok: false, reason: 'refused' });
});

test('a browser without the exact way records by the worklet, and says so', async () => {
  const wav = join(dir, 'fallback.wav');
  writeSpoken(wav, { seconds: 20, speechAt: 1.5 });
  const page = await listen(wav, {
    before: () => {
      Reflect.deleteProperty(window, 'MediaStreamTrackProcessor');
    },
  });
  const opening = await page.evaluate(() => window.capturePage.open());
  expect(opening).toMatchObject({ ok: true, method: 'worklet' });
  const takeId = await page.evaluate(() => window.capturePage.record(2000));
  await page.waitForFunction((frames) => (window.capturePage.progress?.recordedFrames ?? 0) > frames, 4 * rate);
  const stopped = await page.evaluate(() => window.capturePage.stop());
  expect(master(takeId).length).toBe(stopped.frames);
  expect(master(takeId).some((value) => value > 0.05)).toBe(true);
});
