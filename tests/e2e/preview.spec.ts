import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { expect, test } from 'playwright/test';
import { build } from 'vite';
import { answerFile } from '../../electron/door/media.ts';
import { makeTakePeaks } from '../../electron/studio/audio/take-peaks.ts';
import { openMaster } from '../../electron/studio/audio/wav.ts';
import type { EditorTake } from '../../shared/contract/editor.ts';
import { applyEdit } from '../../shared/domain/edit/apply.ts';
import { addCut } from '../../shared/domain/edit/moves.ts';
import { toEdited } from '../../shared/domain/edit/timeline.ts';
import { plainEdit } from '../../shared/domain/edit.ts';
import { limit, peakEnvelope } from '../../shared/domain/limiter.ts';
import { defaultTarget, type Edit } from '../../shared/domain/sound.ts';
import { takePeaksLevels } from '../../shared/domain/take-peaks.ts';
import { headerBytes } from '../../shared/domain/wav.ts';
import { boothSound, sentences, writeMaster } from '../fixtures/booth-sound.ts';
import type { PreviewPage } from '../fixtures/preview-page/page.ts';

declare global {
  interface Window {
    previewPage: PreviewPage;
  }
}

let dir: string;
let server: Server;
let url: string;
let samples: Float32Array;
let take: EditorTake;
let edit: Edit;

test.beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'preview-e2e-'));
  const site = join(dir, 'site');
  await build({
    root: join(import.meta.dirname, '../fixtures/preview-page'),
    configFile: false,
    logLevel: 'error',
    build: { outDir: site, minify: false },
  });
  const sound = await boothSound({ voice: 'fr+f2', text: sentences.nl, noiseDb: -48 });
  const wav = join(site, 'master.wav');
  await writeMaster(wav, sound.samples, sound.sampleRate);
  await makeTakePeaks(wav, join(site, 'master.peaks'));
  const master = await openMaster(wav);
  samples = await master.read(0, master.frames);
  await master.close();
  server = createServer(async (incoming, outgoing) => {
    const path = join(site, incoming.url === '/' ? 'index.html' : (incoming.url ?? ''));
    const type = { '.html': 'text/html', '.js': 'text/javascript' }[extname(path)] ?? 'application/octet-stream';
    const request = new Request(`http://127.0.0.1${incoming.url}`, { headers: incoming.headers as HeadersInit });
    const response = await answerFile(request, path, { 'content-type': type });
    outgoing.writeHead(response.status, Object.fromEntries(response.headers));
    outgoing.end(Buffer.from(await response.arrayBuffer()));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  const { sampleRate } = sound;
  take = {
    id: '0192a1b2-0000-7000-8000-000000000001',
    sampleRate,
    frames: samples.length,
    gainDb: 9,
    url: '/master.wav',
    dataOffset: headerBytes,
    floorDb: null,
    speechDb: null,
    speech: null,
    peaks: { url: '/master.peaks', levels: takePeaksLevels(sampleRate, samples.length) },
  };
  const trimmed = plainEdit({ in: 1.2, out: samples.length / sampleRate - 1, fadeIn: 0.05, fadeOut: 0.15 });
  const cut = addCut(trimmed, 3, 4.5, samples.length / sampleRate);
  edit = { ...cut, gainDb: 2, cleanUp: { highPass: true, hum: true, noise: true } };
});
test.afterAll(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  rmSync(dir, { recursive: true, force: true });
});

function finish<T>(work: Generator<void, T>): T {
  for (;;) {
    const { done, value } = work.next();
    if (done) return value;
  }
}

/** The whole result at this gain, as a rendition limits it. */
function levelled(sound: Float32Array, gainDb: number, sampleRate: number): Float32Array {
  const gain = 10 ** (gainDb / 20);
  const ceiling = 10 ** ((defaultTarget.truePeak - 0.5) / 20);
  const envelope = finish(peakEnvelope(sound, sampleRate, ceiling / gain));
  return finish(limit(sound, envelope, { gain, ceiling, sampleRate }));
}

/** Largest difference between what was heard and the expected sound from frame `from` on, wherever it began. */
function worstOf(heard: number[], expected: Float32Array, from: number, to: number): { worst: number; frames: number } {
  const first = heard.findIndex((x) => x !== 0);
  // It comes in over 5 ms; what is compared stands after that, and begins within a block of the first sound.
  const skip = 400;
  let best = { worst: Infinity, frames: 0 };
  for (let lead = -4; lead <= 300; lead++) {
    let worst = 0;
    let frames = 0;
    for (let at = from + skip; at < to - 400; at++) {
      const place = first - lead + at - from;
      if (place >= heard.length) break;
      worst = Math.max(worst, Math.abs((heard[place] ?? 0) - (expected[at] as number)));
      frames += 1;
      if (worst > best.worst) break;
    }
    if (worst < best.worst) best = { worst, frames };
  }
  return best;
}

test('a browser plays the rendition’s own samples, across joins and parts, and stops where it should', async ({
  browser,
}) => {
  const page = await browser.newPage();
  await page.goto(url);
  await page.mouse.click(10, 10);
  const { id: takeId, gainDb: guess, peaks, url: wav, dataOffset, sampleRate, frames } = take;
  await page.evaluate((track) => window.previewPage.open(track), {
    ...{ takeId, url: wav, peaksUrl: peaks.url, dataOffset, sampleRate, frames },
    ...{ gainDb: guess, target: defaultTarget, edit },
  });
  const gainDb = await page.evaluate(() => window.previewPage.measured());
  const expected = levelled(applyEdit(samples, sampleRate, edit), gainDb, sampleRate);
  const [from, to] = [2.1, 6.8];
  const heard = await page.evaluate((play) => window.previewPage.hear('result', play), { from, until: to });
  expect(heard.failed).toBe(false);
  expect(Math.abs(heard.reached - to)).toBeLessThan(0.2);
  const frame = (at: number) => Math.round(toEdited(edit, at) * sampleRate);
  const found = worstOf(heard.samples, expected, frame(from), frame(to));
  expect(found.frames).toBeGreaterThan(3 * sampleRate);
  expect(found.worst).toBeLessThan(1 / 32768);

  // The original is the master itself, as loud, and nothing is cut out of it.
  const original = await page.evaluate((play) => window.previewPage.hear('original', play), {
    from: 2.5,
    until: 5,
  });
  expect(Math.abs(original.reached - 5)).toBeLessThan(0.2);
  const whole = levelled(samples, original.gainDb, sampleRate);
  const same = worstOf(original.samples, whole, Math.round(2.5 * sampleRate), 5 * sampleRate);
  expect(same.frames).toBeGreaterThan(2 * sampleRate);
  expect(same.worst).toBeLessThan(1 / 32768);
  console.log(
    `to sound: ${heard.soundMs.toFixed(0)} ms with everything cleaned, ${original.soundMs.toFixed(0)} ms plain`,
  );
  await page.close();
});
