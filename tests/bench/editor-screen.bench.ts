import { copyFileSync, existsSync, linkSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright';
import { serve } from '../../electron/serve.ts';
import { dice } from '../../resources/make/voice.ts';
import { DeskPage } from '../e2e/desk-page.ts';
import { writeMaster } from '../fixtures/booth-sound.ts';
import { choicesOf } from '../fixtures/capture-input.ts';
import { launchBrowser } from '../fixtures/kiosk.ts';
import { startOf, tokenHash } from '../integration/library/lives.ts';

// Opening the editor as a host sees and hears it: from the click on a portrait to the drawn wave and to sound (Space is
// pressed as soon as the wave stands), for a take of three minutes and one of half an hour. Beside it what wavesurfer
// does by itself, without stored peaks: fetching and decoding the whole master. `node tests/bench/editor-screen.bench.ts`
const rounds = 5;
const sampleRate = 48_000;
const root = join(import.meta.dirname, '../..');
const dir = mkdtempSync(join(tmpdir(), 'phonomaton-bench-'));
const served = await serve({
  dataDir: dir,
  resourcesDir: join(root, 'resources'),
  rendererDir: join(root, 'dist/renderer'),
  soundsDir: join(root, 'resources/sounds'),
  port: 0,
  demo: false,
});
const { library, audio, folders } = served.studio;
const pin = '230414';
await served.studio.staff.setUp(pin);

/** Bursts of noise with pauses: as many edges as speech has. */
function sound(seconds: number): Float32Array {
  const random = dice(7);
  const out = new Float32Array(seconds * sampleRate);
  for (let n = 0; n < out.length; n++) {
    const loud = Math.sin(n / 9000) > 0 && Math.sin(n / 110_000) > -0.8 ? 0.2 : 0.002;
    out[n] = (random() - 0.5) * loud;
  }
  return out;
}

/** As many portraits as are asked for, each with a take of its own: what is opened for the first time is not at hand. */
async function addTakes(seconds: number, count: number): Promise<string[]> {
  const name = join(folders.takes, `long-${seconds}.part`);
  const sha256 = await writeMaster(name, sound(seconds), sampleRate);
  const analysis = await audio.analyse(name);
  const ids: string[] = [];
  let peaks: string | undefined;
  for (let n = 0; n < count; n++) {
    const start = startOf({ questionId: library.events.current().questions[0]?.id ?? '' });
    const path = join(folders.takes, start.takeId);
    linkSync(name, `${path}.wav`);
    if (peaks !== undefined) copyFileSync(peaks, `${path}.peaks`);
    ids.push(await addTake(seconds, start, sha256, analysis));
    peaks = `${path}.peaks`;
  }
  return ids;
}

async function addTake(
  seconds: number,
  start: ReturnType<typeof startOf>,
  sha256: string,
  { peaks, ...verdict }: Awaited<ReturnType<typeof audio.analyse>>,
): Promise<string> {
  library.takes.startTake(start, tokenHash, new Date().toISOString());
  library.takes.closeTake(start.takeId, {
    state: 'closed',
    closedAt: new Date().toISOString(),
    frames: seconds * sampleRate,
    goFrame: 0,
    elapsedMs: seconds * 1000,
    sha256,
    verdict,
    peaks,
  });
  library.takes.keep(start.portraitId, start.takeId, choicesOf());
  await served.studio.takePeaks(start.takeId);
  return start.portraitId;
}

interface Times {
  drawn: number;
  heard: number;
}
declare global {
  interface Window {
    /** Opens a portrait as a click on it would, and plays as soon as its wave stands. */
    openAndPlay(id: string): Promise<Times>;
    contexts: Set<BaseAudioContext>;
    soundsAt: number;
  }
}

function watch(): void {
  window.contexts = new Set();
  window.soundsAt = Number.POSITIVE_INFINITY;
  const { start } = AudioBufferSourceNode.prototype;
  AudioBufferSourceNode.prototype.start = function started(this: AudioBufferSourceNode, at = 0) {
    window.contexts.add(this.context);
    window.soundsAt = Math.min(window.soundsAt, at);
    start.call(this, at);
  };
  window.openAndPlay = (id) =>
    new Promise((resolve, reject) => {
      window.soundsAt = Number.POSITIVE_INFINITY;
      window.contexts.clear();
      const before = document.querySelector('.wave-drawing');
      const began = performance.now();
      location.hash = `#/portraits/toReview/${id}`;
      let drawn = 0;
      const look = () => {
        const wave = document.querySelector('.wave-drawing');
        const canvas = wave === before ? null : wave?.firstElementChild?.shadowRoot?.querySelector('canvas');
        if (drawn === 0 && canvas && canvas.width > 0) {
          drawn = performance.now() - began;
          // Once: the desk remembers it until it knows the sound, and a second press would be a pause.
          dispatchEvent(new KeyboardEvent('keydown', { key: ' ' }));
        }
        const sounding = [...window.contexts].some((context) => context.currentTime >= window.soundsAt);
        if (drawn > 0 && sounding) {
          resolve({ drawn, heard: performance.now() - began });
          dispatchEvent(new KeyboardEvent('keydown', { key: ' ' }));
          return;
        }
        if (performance.now() - began > 20_000) return reject(new Error('nothing was heard within 20 s'));
        setTimeout(look, 1);
      };
      look();
    });
}

const median = (values: number[]) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] as number;
const show = (values: number[]) =>
  `median ${median(values).toFixed(0)} ms, worst ${Math.max(...values).toFixed(0)} ms, best ${Math.min(...values).toFixed(0)} ms`;

/** Resident memory of the page's process, in MiB; 0 where the system does not tell. */
async function memory(browser: Browser): Promise<number> {
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send('SystemInfo.getProcessInfo');
  const sizes = processInfo
    .filter(({ type }) => type === 'renderer')
    .map(({ id }) => (existsSync(`/proc/${id}/status`) ? readFileSync(`/proc/${id}/status`, 'utf8') : ''))
    .map((status) => Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1] ?? 0) / 1024);
  return Math.max(0, ...sizes);
}

/** What wavesurfer does when it is given an address and nothing else. */
function decodeWhole(page: Page, url: string): Promise<number> {
  return page.evaluate(async (address) => {
    const began = performance.now();
    const bytes = await (await fetch(address)).arrayBuffer();
    await new OfflineAudioContext(1, 1, 8000).decodeAudioData(bytes);
    return performance.now() - began;
  }, url);
}

const browser = await launchBrowser();
try {
  const [other = ''] = await addTakes(20, 1);
  for (const minutes of [3, 30]) {
    const ids = await addTakes(minutes * 60, rounds);
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
    let url = '';
    page.on('request', (request) => {
      if (request.url().includes('.wav')) url = request.url();
    });
    await page.addInitScript(watch);
    await page.goto(`${served.url}/desk`);
    const desk = new DeskPage(page);
    await desk.pin(pin);
    await page.locator('.wave-drawing canvas').first().waitFor();
    await page.evaluate((first) => window.openAndPlay(first), other);
    for (const time of ['for the first time', 'again']) {
      const drawn: number[] = [];
      const heard: number[] = [];
      for (const id of ids) {
        const times = await page.evaluate((wanted) => window.openAndPlay(wanted), id);
        drawn.push(times.drawn);
        heard.push(times.heard);
        await page.evaluate((back) => window.openAndPlay(back), other);
      }
      console.log(`${minutes} minutes, ${rounds} portraits opened ${time}`);
      console.log(`  to the drawn wave   ${show(drawn)} (aim 100 ms)`);
      console.log(`  to sound            ${show(heard)} (aim 150 ms)`);
    }
    const used = await memory(browser);
    console.log(`  memory of the page  ${used.toFixed(0)} MiB`);
    if (url !== '')
      console.log(
        `  reference: the whole master fetched and decoded ${(await decodeWhole(page, url)).toFixed(0)} ms, then ${(await memory(browser)).toFixed(0)} MiB`,
      );
    await page.close();
  }
} finally {
  await browser.close();
  await served.close();
  rmSync(dir, { recursive: true, force: true });
}
