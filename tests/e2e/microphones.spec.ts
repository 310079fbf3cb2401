import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, chromium, expect, type Page, test } from 'playwright/test';
import type { ChosenDevice } from '../../shared/domain/devices.ts';
import { unpackS24 } from '../../shared/domain/pcm.ts';
import type { CapturePage } from '../fixtures/capture-page/page.ts';
import { openCaptureRig } from '../fixtures/capture-rig.ts';
import { long } from '../fixtures/runs.ts';
import { openSoundServer, type SoundServer } from '../fixtures/sound-server.ts';
import { heardIn, writeTone } from '../fixtures/tones.ts';

declare global {
  interface Window {
    capturePage: CapturePage;
  }
}

/** Each room has a tone of its own, so that a recording says which microphone made it. */
const tones = { booth: 600, camera: 1000, hall: 1700 };
const [rode, camera] = ['Rode NT-USB', 'C920 Webcam'];

let rig: Awaited<ReturnType<typeof openCaptureRig>>;
let dir: string;
let sound: SoundServer;
let browser: Browser;
let page: Page;
const table: Record<string, unknown>[] = [];

test.beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'microphones-e2e-'));
  for (const [room, hertz] of Object.entries(tones)) writeTone(join(dir, `${room}.wav`), hertz, 300);
  rig = await openCaptureRig();
});
test.beforeEach(async () => {
  sound = await openSoundServer();
  for (const room of Object.keys(tones)) {
    await sound.room(room);
    sound.play(join(dir, `${room}.wav`), room);
  }
  const { executablePath, args = [] } = test.info().project.use.launchOptions ?? {};
  browser = await chromium.launch({
    ...(executablePath === undefined ? {} : { executablePath }),
    env: sound.env as Record<string, string>,
    // The question is answered with yes; the devices are the sound server's own.
    args: [...args, '--use-fake-ui-for-media-stream', '--autoplay-policy=no-user-gesture-required'],
  });
  page = await (await browser.newContext()).newPage();
  page.on('pageerror', (error) => console.error(error));
  await page.goto(rig.url);
  await page.waitForFunction(() => 'capturePage' in window);
});
test.afterEach(async () => {
  await browser.close();
  await sound.close();
});
test.afterAll(async () => {
  await rig.close();
  rmSync(dir, { recursive: true, force: true });
  console.table(table);
});

const open = (chosen: ChosenDevice | null = null, usual: ChosenDevice | null = null) =>
  page.evaluate((wanted) => window.capturePage.open(wanted), { chosen, usual });
const devices = (chosen: ChosenDevice | null = null) =>
  page.evaluate((microphone) => window.capturePage.devices(microphone), chosen);
/** How the page would store this one, once it lists so many of that name. */
async function choice(name: string, nth = 0): Promise<ChosenDevice> {
  await expect
    .poll(async () => (await devices()).microphones.filter((one) => one.name === name).length)
    .toBeGreaterThan(nth);
  const found = (await devices()).microphones.filter((one) => one.name === name)[nth];
  if (found === undefined) throw new Error(`${name} is not listed`);
  return found.choice;
}
const gone = (name: string) =>
  expect.poll(async () => (await devices()).microphones.some((one) => one.name === name)).toBe(false);
/** Sources that a program of the machine listens to; the microphones' own links to their rooms are not. */
const listeners = async () =>
  (await sound.pactl('list', 'short', 'source-outputs')).split('\n').filter((line) => line.includes('protocol-native'));

/** The sources they listen to, by their ports. */
async function listenedTo(): Promise<string[]> {
  const sources = new Map(
    (await sound.pactl('list', 'short', 'sources')).split('\n').map((line) => {
      const [index = '', name = ''] = line.split('\t');
      return [index, name];
    }),
  );
  return (await listeners()).map((line) => sources.get(line.split('\t')[1] ?? '') ?? '');
}

const recorded = (seconds: number) =>
  page.waitForFunction((frames) => (window.capturePage.progress?.recordedFrames ?? 0) > frames, seconds * 48_000, {
    timeout: 30_000,
  });

async function begin(): Promise<string> {
  const takeId = await page.evaluate(() => window.capturePage.record(0));
  await recorded(1.2);
  return takeId;
}

/** Ends the take; answers what it holds, tenth by tenth, and what was said of its microphone. */
async function end(takeId: string, what: string) {
  const stopped = await page.evaluate(() => window.capturePage.stop());
  const troubles = await page.evaluate(() => window.capturePage.troubles);
  const file = rig.capture.master(takeId);
  const frames = Math.floor((statSync(file).size - 44) / 3);
  const samples = unpackS24(readFileSync(file).subarray(44, 44 + frames * 3));
  expect(samples.length).toBe(stopped.frames);
  const heard = heardIn(samples, stopped.sampleRate, tones);
  const lostMs = stopped.gaps.reduce((sum, { ms }) => sum + ms, 0);
  table.push({
    what,
    seconds: (frames / stopped.sampleRate).toFixed(1),
    ...heard,
    lostMs,
    troubles: troubles.join(' '),
  });
  await page.evaluate(() => window.capturePage.close());
  const last = Object.keys(heardIn(samples.subarray(-stopped.sampleRate), stopped.sampleRate, tones));
  return { heard, last, troubles, lostMs, seconds: frames / stopped.sampleRate };
}

/**
 * The server takes the streams of a source that was the default elsewhere, though they were opened by an id: waits until
 * the recording is back at `port`, and two seconds of it are there.
 */
async function backTo(port: string): Promise<void> {
  await expect.poll(() => listenedTo(), { timeout: 60_000 }).toEqual([port]);
  const back = await page.evaluate(() => (window.capturePage.progress?.recordedFrames ?? 0) / 48_000);
  await recorded(back + 2);
}

/** The take ends in the room of the chosen microphone, and what came from elsewhere meanwhile is marked as lacking. */
function onlyOrMarked(room: string, { heard, last, lostMs }: Awaited<ReturnType<typeof end>>): void {
  const others = Object.entries(heard).filter(([from]) => from !== room);
  const foreign = others.reduce((sum, [, tenths]) => sum + tenths * 100, 0);
  expect(lostMs).toBeGreaterThanOrEqual(foreign - 200);
  expect(last).toEqual([room]);
}

async function twoMicrophones(): Promise<void> {
  await sound.plugIn(rode, 'booth', 'usb-1');
  await sound.plugIn(camera, 'camera', 'usb-2');
  await choice(camera);
}

test('the chosen one is recorded, whatever the system’s default is, now or in the middle of a take', async () => {
  await twoMicrophones();
  for (const [name, room, other] of [
    [rode, 'booth', 'usb-2'],
    [camera, 'camera', 'usb-1'],
  ] as const) {
    await sound.setDefault(other);
    expect(await open(await choice(name))).toMatchObject({ ok: true, device: name, method: 'processor', effects: [] });
    const takeId = await begin();
    for (const source of ['usb-1', 'hall.monitor', 'usb-2']) await sound.setDefault(source);
    await backTo(room === 'booth' ? 'usb-1' : 'usb-2');
    const ended = await end(takeId, `chosen: ${name}; default changed`);
    onlyOrMarked(room, ended);
    expect(ended.heard[room]).toBeGreaterThan(20);
    expect(ended.troubles.filter((trouble) => trouble !== undefined && trouble !== 'stalled')).toEqual([]);
  }
});

test('unplugged in a take, missed by name, and found again on another port, in another order', async () => {
  await twoMicrophones();
  await sound.setDefault('usb-1');
  const chosen = await choice(rode);
  expect(await open(chosen)).toMatchObject({ ok: true, device: rode });
  const takeId = await begin();
  await sound.unplug('usb-1');
  await page.waitForFunction(() =>
    window.capturePage.troubles.some((trouble) => trouble === 'ended' || trouble === 'moved'),
  );
  const { heard } = await end(takeId, `chosen: ${rode}; unplugged`);
  expect(heard.booth).toBeGreaterThanOrEqual(12);
  expect(heard.camera ?? 0).toBe(0);
  expect(heard.hall ?? 0).toBe(0);

  await gone(rode);
  for (const source of ['usb-2', 'hall.monitor']) {
    await sound.setDefault(source);
    expect(await open(chosen)).toEqual({ ok: false, reason: 'chosenMissing', name: rode });
    expect(await listeners()).toEqual([]);
  }
  const { missing, microphones } = await devices(chosen);
  expect(missing.microphone).toBe(rode);
  expect(microphones).toMatchObject([{ name: camera, current: false }]);

  await sound.unplug('usb-2');
  await gone(camera);
  await sound.plugIn(camera, 'camera', 'usb-7');
  await sound.plugIn(rode, 'booth', 'usb-9');
  await sound.setDefault('usb-7');
  expect((await choice(rode)).id).not.toBe(chosen.id);
  expect(await open(chosen)).toMatchObject({ ok: true, device: rode });
  const again = await begin();
  const { heard: then } = await end(again, `chosen: ${rode}; replugged elsewhere`);
  expect(Object.keys(then)).toEqual(['booth']);
});

test('a monitor as the default is never taken, and a real microphone is told by its own name', async () => {
  await sound.setDefault('hall.monitor');
  await expect.poll(async () => (await open()).ok).toBe(false);
  expect(await open()).toEqual({ ok: false, reason: 'missing' });
  expect(await listeners()).toEqual([]);
  // One that is listed under its own name is none either.
  await sound.plugIn('Monitor of the hall', 'hall', 'monitor');
  await choice('Monitor of the hall');
  expect(await open()).toEqual({ ok: false, reason: 'noMicrophone', name: 'Monitor of the hall' });
  expect(await listeners()).toEqual([]);
  await sound.plugIn(rode, 'booth', 'usb-1');
  const usual = await choice(rode);
  expect(await open()).toMatchObject({ ok: true, device: rode });
  const { heard } = await end(await begin(), 'none chosen; a monitor is the default');
  expect(Object.keys(heard)).toEqual(['booth']);
  // A camera that comes and becomes the default does not take over.
  await sound.plugIn(camera, 'camera', 'a-first');
  await sound.setDefault('a-first');
  await choice(camera);
  expect(await open(null, usual)).toMatchObject({ ok: true, device: rode });
  const { heard: next } = await end(await begin(), 'none chosen; a camera is the default');
  expect(Object.keys(next)).toEqual(['booth']);
});

test('a microphone that pauses goes on: what was lost is told, and only that', async () => {
  await sound.plugIn(rode, 'booth', 'usb-1');
  await open(await choice(rode));
  const takeId = await begin();
  await sound.suspend('usb-1', true);
  await page.waitForFunction(() => window.capturePage.troubles.includes('stalled'));
  await sound.suspend('usb-1', false);
  await page.waitForFunction(() => window.capturePage.troubles.at(-1) === undefined);
  await recorded(3.5);
  const { heard, troubles, lostMs } = await end(takeId, 'driver paused for over 2 s');
  expect(troubles).toEqual(['stalled', undefined]);
  expect(lostMs).toBeGreaterThan(1900);
  expect(heard.booth).toBeGreaterThan(30);

  await open(await choice(rode));
  const other = await begin();
  sound.freeze();
  const before = await page.evaluate(() => window.capturePage.progress?.recordedFrames ?? 0);
  // The standstill itself: nothing on the page tells of it, and it has to last longer than what is borne unsaid.
  await page.waitForTimeout(3000);
  sound.thaw();
  await page.waitForFunction((frames) => (window.capturePage.progress?.recordedFrames ?? 0) > frames, before + 96_000);
  const frozen = await end(other, 'sound server stood still for 3 s');
  expect(frozen.troubles.filter((trouble) => trouble !== undefined && trouble !== 'stalled')).toEqual([]);
  // The server catches up with some silence of its own; what it never gives is another microphone.
  expect(Object.keys(frozen.heard).filter((name) => !['booth', 'other', 'nothing'].includes(name))).toEqual([]);
  expect(frozen.heard.booth).toBeGreaterThan(30);
});

/** The longer table, of `npm run test:long`. */
if (long) {
  test('of two with one name the chosen one is recorded', async () => {
    const name = 'USB PnP Sound Device';
    await sound.plugIn(name, 'booth', 'usb-1');
    await sound.plugIn(name, 'camera', 'usb-2');
    const chosen = await choice(name, 1);
    expect(chosen).toMatchObject({ nth: 1, of: 2 });
    await open(chosen);
    expect(Object.keys((await end(await begin(), 'second of two namesakes')).heard)).toEqual(['camera']);
    await sound.unplug('usb-1');
    await sound.unplug('usb-2');
    await gone(name);
    await sound.plugIn(name, 'booth', 'usb-3');
    await sound.plugIn(name, 'camera', 'usb-4');
    await choice(name, 1);
    expect((await devices(chosen)).doubtful).toBe(true);
    await open(chosen);
    expect(Object.keys((await end(await begin(), 'second of two namesakes, other ports')).heard)).toEqual(['camera']);
  });

  test('over many changes of plugs and defaults what is not the chosen one’s is never recorded unmarked', async () => {
    test.setTimeout(900_000);
    let seed = 20_231_127;
    const random = (below: number) => {
      seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
      return Math.floor((seed / 2 ** 32) * below);
    };
    await twoMicrophones();
    const chosen = await choice(rode);
    const ports = new Map([
      [rode, 'usb-1'],
      [camera, 'usb-2'],
    ]);
    for (let life = 0; life < 40; life++) {
      for (const [name, room] of random(2)
        ? [[rode, 'booth'] as const]
        : [[camera, 'camera'] as const, [rode, 'booth'] as const]) {
        const port = ports.get(name);
        if (port !== undefined) {
          await sound.unplug(port);
          ports.delete(name);
          await gone(name);
        } else {
          ports.set(name, `port-${life}-${room}`);
          await sound.plugIn(name, room, `port-${life}-${room}`);
          await choice(name);
        }
      }
      const defaults = [...ports.values(), 'hall.monitor'];
      await sound.setDefault(defaults[random(defaults.length)] ?? 'hall.monitor');
      const opening = await open(chosen);
      if (!ports.has(rode)) {
        expect(opening).toEqual({ ok: false, reason: 'chosenMissing', name: rode });
        continue;
      }
      expect(opening).toMatchObject({ ok: true, device: rode });
      const takeId = await begin();
      await sound.setDefault(defaults[random(defaults.length)] ?? 'hall.monitor');
      await backTo(ports.get(rode) ?? '');
      onlyOrMarked('booth', await end(takeId, `life ${life}`));
    }
  });
}
