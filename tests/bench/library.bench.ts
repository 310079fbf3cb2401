import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright/test';
import { foldWord } from '../../shared/domain/search.ts';
import { openDesk } from '../fixtures/desk-rig.ts';
import { launchBrowser } from '../fixtures/kiosk.ts';
import { fillMany, randomFrom } from '../fixtures/many-portraits.ts';

// The hosts' list with 10 000 portraits, in the service and on the screen, each beside a reference of the same run.
// `node tests/bench/library.bench.ts [minutes of random use] [portraits]`; an hour is `60`.
const minutes = Number(process.argv[2] ?? 3);
const portraits = Number(process.argv[3] ?? 10_000);
const typed = ['maraîcher', 'cœur équipe', 'vélo', 'menuisière bois', 'odile', 'école hiver', 'tilt'];

const sorted = (values: number[]) => [...values].sort((a, b) => a - b);
const quantile = (values: number[], part: number) =>
  sorted(values)[Math.min(values.length - 1, Math.ceil(part * values.length) - 1)] ?? Number.NaN;
const told = (values: number[]) =>
  `median ${quantile(values, 0.5).toFixed(1)} ms, p95 ${quantile(values, 0.95).toFixed(1)} ms (${values.length})`;

const rig = await openDesk({ demo: false });
const { library } = rig.studio;
await rig.studio.staff.setUp('2304');
const began = performance.now();
fillMany(library, portraits);
console.log(`${portraits} portraits written in ${((performance.now() - began) / 1000).toFixed(0)} s`);

/** Every text a host has in the field while typing these. */
const keystrokes = typed.flatMap((text) => Array.from(text, (_, index) => text.slice(0, index + 1)));

function service(): void {
  const time = (work: (words: string) => void) => {
    for (const words of keystrokes) work(words);
    return Array.from({ length: 5 }, () => keystrokes)
      .flat()
      .map((words) => {
        const start = performance.now();
        work(words);
        return performance.now() - start;
      });
  };
  const ours = time((words) => library.portraits.list({ state: 'toReview', words, limit: 40 }));
  const like = library.db.prepare(
    `SELECT p.id FROM portraits p JOIN speakers s ON s.id = p.speaker_id WHERE p.state = 'toReview' AND
     (s.first_name LIKE @like OR s.trade LIKE @like OR p.title LIKE @like OR p.text LIKE @like OR p.notes LIKE @like
      OR p.transcript LIKE @like) ORDER BY p.id DESC LIMIT 40`,
  );
  const theirs = time((words) => like.all({ like: `%${words}%` }));
  const view = time(() => library.portraits.list({ state: 'toReview', limit: 40 }));
  const counts = time((words) => library.portraits.facets({ state: 'toReview', words }));
  console.log(`service, search as one types: ${told(ours)} (aim p95 10 ms)`);
  console.log(`  reference, LIKE over the same fields, ids alone, accents not folded: ${told(theirs)}`);
  console.log(`  a page without a search: ${told(view)}; all counts of a search: ${told(counts)}`);
}

async function firstPaint(page: Page): Promise<void> {
  const times: number[] = [];
  for (let round = 0; round < 7; round++) {
    await page.goto('about:blank');
    await page.goto(rig.url);
    await page.locator('.pin input').fill('2304');
    // From the moment the desk opens: the calls, the rows, their pixels.
    const shown = page.evaluate(
      () =>
        new Promise<number>((resolve) => {
          let start = 0;
          const look = () => {
            if (start === 0 && document.querySelector('.desk') !== null) start = performance.now();
            if (start > 0 && document.querySelector('.row .strip path') !== null) {
              requestAnimationFrame(() => resolve(performance.now() - start));
            } else requestAnimationFrame(look);
          };
          look();
        }),
    );
    await page.keyboard.press('Enter');
    times.push(await shown);
  }
  console.log(`first paint of the list, from the desk's first frame: ${told(times)}`);
}

/** Each letter by itself, from the key to the frame after the rows that answer it are in the page. */
async function typing(page: Page): Promise<void> {
  const times: number[] = [];
  for (const text of typed) {
    await page.keyboard.press('/');
    // A keyboard of the test has no accents, and the search needs none.
    for (const letter of Array.from(text, (one) => (one === ' ' ? one : foldWord(one))).join('')) {
      const shown = page.evaluate(
        () =>
          new Promise<number>((resolve) => {
            addEventListener(
              'keydown',
              (event) => {
                const start = event.timeStamp;
                // The list names the search it shows; only an answer to this very letter ends the watch.
                const wanted = () => (document.querySelector('[type=search]') as HTMLInputElement).value.trim();
                const look = () => {
                  const list = document.querySelector('.list-scroll');
                  if (list?.getAttribute('data-words') === wanted() && wanted() !== before) {
                    requestAnimationFrame(() => resolve(performance.now() - start));
                  } else if (performance.now() - start > 3000) resolve(Number.NaN);
                  else requestAnimationFrame(look);
                };
                const before = wanted();
                look();
              },
              { once: true, capture: true },
            );
          }),
      );
      await page.keyboard.press(letter === ' ' ? 'Space' : letter);
      const time = await shown;
      // A space changes nothing that is looked for.
      if (letter !== ' ') times.push(time);
    }
    await page.keyboard.press('Escape');
  }
  console.log(`screen, key to pixels while searching: ${told(times.filter(Number.isFinite))} (aim 50 ms)`);
}

interface Scrolled {
  frames: number[];
  long: number[];
}

async function scrolling(page: Page, selector: string): Promise<Scrolled> {
  return page.evaluate(async (target) => {
    const element = document.querySelector(target) as HTMLElement;
    const long: number[] = [];
    const watch = new PerformanceObserver((list) => long.push(...list.getEntries().map((entry) => entry.duration)));
    watch.observe({ type: 'longtask' });
    const frames: number[] = [];
    let last = performance.now();
    for (let step = 0; step < 400; step++) {
      element.scrollTop += 220;
      await new Promise((resolve) => requestAnimationFrame(resolve));
      const now = performance.now();
      frames.push(now - last);
      last = now;
    }
    await new Promise((resolve) => setTimeout(resolve, 200));
    watch.disconnect();
    return { frames, long };
  }, selector);
}
const toldScroll = ({ frames, long }: Scrolled) =>
  `frames ${told(frames)}, ${long.length} long tasks${long.length > 0 ? `, longest ${Math.max(...long).toFixed(0)} ms` : ''}`;

/** The rows as they are, five hundred of them, all in the page: what a list without virtual rows would scroll. */
async function plainList(page: Page): Promise<number> {
  return page.evaluate(async () => {
    const rows = [...document.querySelectorAll('.row')];
    const list = document.createElement('div');
    list.id = 'plain';
    list.style.cssText = 'position:fixed;inset:0 60% 0 0;overflow:auto;background:var(--paper);z-index:9';
    const start = performance.now();
    for (let index = 0; index < 500; index++) {
      const row = rows[index % rows.length]?.cloneNode(true);
      if (row !== undefined) list.append(row);
    }
    document.body.append(list);
    list.getBoundingClientRect();
    await new Promise((resolve) => requestAnimationFrame(resolve));
    return performance.now() - start;
  });
}

async function heap(page: Page): Promise<number> {
  const client = await page.context().newCDPSession(page);
  await client.send('HeapProfiler.collectGarbage');
  const { usedSize } = await client.send('Runtime.getHeapUsage');
  await client.detach();
  return usedSize / 1_048_576;
}

/** Views, searches, scrolls, choices and acts as they come, for a while; what stays in memory afterwards. */
async function randomUse(page: Page): Promise<void> {
  const random = randomFrom(7);
  const pick = <Value>(values: readonly Value[]) => values[Math.floor(random() * values.length)] as Value;
  const studio = () => process.memoryUsage().heapUsed / 1_048_576;
  const acts: (() => Promise<unknown>)[] = [
    () => page.keyboard.press('ArrowDown'),
    () => page.keyboard.press('Shift+ArrowDown'),
    () => page.keyboard.press('Escape'),
    () =>
      page
        .locator('.sidebar-nav a')
        .nth(Math.floor(random() * 6))
        .click(),
    () => page.locator('.list-scroll').evaluate((element, by) => element.scrollBy(0, by), (random() - 0.3) * 4000),
    async () => {
      await page.keyboard.press('/');
      await page.keyboard.type(pick(typed).slice(0, 2 + Math.floor(random() * 6)));
      await page.keyboard.press('Enter');
    },
    async () => {
      await page.keyboard.press('/');
      await page.keyboard.press('Escape');
    },
    async () => {
      await page.keyboard.press('Shift+ArrowDown');
      await page.keyboard.press('r');
      await page
        .locator('.note')
        .waitFor({ timeout: 3000 })
        .catch(() => undefined);
      await page.keyboard.press('u');
    },
  ];
  const points: string[] = [];
  const end = performance.now() + minutes * 60_000;
  let next = performance.now();
  let done = 0;
  const first = await heap(page);
  while (performance.now() < end) {
    await pick(acts)();
    done++;
    if (performance.now() >= next) {
      points.push(`${(await heap(page)).toFixed(1)}`);
      next += Math.max(15_000, (minutes * 60_000) / 12);
    }
  }
  // What a search left is let go after a while.
  await page.keyboard.press('/');
  await page.keyboard.press('Escape');
  await page.locator('.sidebar-nav a').first().click();
  console.log(
    `memory over ${minutes} min and ${done} acts: page ${first.toFixed(1)} → ${(await heap(page)).toFixed(1)} MB (${points.join(', ')}); studio ${studio().toFixed(0)} MB`,
  );
}

const dir = mkdtempSync(join(tmpdir(), 'phonomaton-bench-'));
try {
  service();
  const browser = await launchBrowser();
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  await firstPaint(page);
  await typing(page);
  console.log(`scrolling: ${toldScroll(await scrolling(page, '.list-scroll'))} (aim: no long task over 50 ms)`);
  const built = await plainList(page);
  console.log(
    `  reference, 500 rows all in the page: ${built.toFixed(0)} ms to draw; ${toldScroll(await scrolling(page, '#plain'))}`,
  );
  await page.evaluate(() => document.getElementById('plain')?.remove());
  await randomUse(page);
  await browser.close();
} finally {
  await rig.close();
  rmSync(dir, { recursive: true, force: true });
}
