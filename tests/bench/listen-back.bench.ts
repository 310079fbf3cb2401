import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Visitor } from '../e2e/visitor.ts';
import { judge } from '../fixtures/judge.ts';
import { launchBrowser, openKiosk } from '../fixtures/kiosk.ts';
import { writeVisit } from '../fixtures/visit-sound.ts';

// From the tap on stop to sound at publication loudness, in the real booth with the real studio: takes of 60 to 90
// seconds, at real time. `node tests/bench/listen-back.bench.ts [takes]`; twenty of them last about half an hour, so the
// run of every bench measures three.
const takes = Number(process.argv[2] ?? 3);

interface Heard {
  /** Milliseconds from the tap to the first moment that sound has been played. */
  audible: number;
  /** Address of what is played. */
  url: string;
}
declare global {
  interface Window {
    heard?: Promise<Heard>;
  }
}

const sentence =
  'Je tiens un café associatif près du canal. On y répare des chaises, on y apprend des langues, et le jeudi, on y ' +
  'chante. Au début, nous étions trois avec une cafetière. Maintenant, il faut ouvrir les fenêtres pour que tout le monde ' +
  'entre. ';

const dir = mkdtempSync(join(tmpdir(), 'phonomaton-bench-'));
const wav = join(dir, 'visit.wav');
await writeVisit(wav, sentence.repeat(9), 12, 5);
const kiosk = await openKiosk();
const median = (values: number[]) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
const times: number[] = [];
const levels: number[] = [];

try {
  for (let take = 0; take < takes; take++) {
    // A browser a take: its microphone plays the file from the beginning.
    const browser = await launchBrowser(wav);
    const page = await browser.newPage({ viewport: { width: 1080, height: 1920 }, hasTouch: true });
    await page.addInitScript(() => {
      const { promise, resolve } = Promise.withResolvers<Heard>();
      window.heard = promise;
      let tapped = Number.POSITIVE_INFINITY;
      const watch = (element: HTMLMediaElement) => {
        if (element.currentTime > 0) resolve({ audible: performance.now() - tapped, url: element.currentSrc });
        else setTimeout(() => watch(element), 1);
      };
      const play = HTMLMediaElement.prototype.play;
      HTMLMediaElement.prototype.play = function played(this: HTMLMediaElement) {
        if (Number.isFinite(tapped)) watch(this);
        return play.call(this);
      };
      document.addEventListener(
        'click',
        (event) => {
          const screen = document.querySelector('[data-screen]')?.getAttribute('data-screen');
          if (screen === 'recording') tapped = event.timeStamp;
        },
        { capture: true },
      );
    });
    await page.goto(kiosk.url);
    const visitor = new Visitor(page);
    await visitor.goesToRecording();
    const seconds = 60 + (27 * take) / Math.max(1, takes - 1);
    const began = performance.now();
    await page.waitForFunction(
      (until) => performance.now() > until,
      ((await page.evaluate('performance.now()')) as number) + seconds * 1000,
      {
        timeout: 120_000,
      },
    );
    await visitor.tap(visitor.say('recording.stop'));
    await visitor.sees('review');
    const heard = await page.evaluate(() => window.heard);
    if (heard === undefined) throw new Error('nothing was played');
    const sound = await page.evaluate(async (url) => {
      const bytes = new Uint8Array(await (await fetch(url)).arrayBuffer());
      let text = '';
      for (let at = 0; at < bytes.length; at += 8192) text += String.fromCharCode(...bytes.subarray(at, at + 8192));
      return btoa(text);
    }, heard.url);
    const played = join(dir, 'played.wav');
    writeFileSync(played, Buffer.from(sound, 'base64'));
    const { lufs } = await judge(played);
    times.push(heard.audible);
    levels.push(lufs);
    const length = ((performance.now() - began) / 1000).toFixed(0);
    console.log(
      `take ${take + 1} of ${takes}: ${length} s, audible after ${heard.audible.toFixed(0)} ms at ${lufs.toFixed(2)} LUFS`,
    );
    await browser.close();
  }
  const sorted = [...times].sort((a, b) => a - b);
  const p95 = sorted[Math.min(sorted.length - 1, Math.ceil(0.95 * sorted.length) - 1)] ?? Number.NaN;
  console.log(
    `stop to audible: median ${median(times).toFixed(0)} ms, 95th percentile ${p95.toFixed(0)} ms (aim 300 ms)`,
  );
  console.log(
    `loudness played: ${Math.min(...levels).toFixed(2)} to ${Math.max(...levels).toFixed(2)} LUFS (target −16)`,
  );
} finally {
  await kiosk.close();
  rmSync(dir, { recursive: true, force: true });
}
