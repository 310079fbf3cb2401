import type { Page } from 'playwright/test';
import { foldWord } from '../../../shared/domain/search.ts';
import { told, typed } from './figures.ts';

/** Opens the desk anew, several times; the last one stays open. From the moment the desk opens: calls, rows, pixels. */
export async function firstPaint(page: Page, url: string, pin: string): Promise<void> {
  const times: number[] = [];
  for (let round = 0; round < 7; round++) {
    await page.goto('about:blank');
    await page.goto(url);
    await page.locator('.pin input').fill(pin);
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

declare global {
  interface Window {
    /** Milliseconds from the key that comes next to the frame that shows its rows. */
    answered: Promise<number>;
  }
}

/** Resolves once the page waits for a key: a key sent before that would never be seen, and be waited for in vain. */
function armed(page: Page): Promise<void> {
  return page.evaluate(() => {
    const field = document.querySelector('[type=search]') as HTMLInputElement;
    const before = field.value.trim();
    window.answered = new Promise((resolve) => {
      const pressed = (event: KeyboardEvent) => {
        const start = event.timeStamp;
        const look = () => {
          const wanted = field.value.trim();
          // The list names the search it shows; only an answer to this very letter ends the watch.
          const shown = document.querySelector('.list-scroll')?.getAttribute('data-words');
          if (wanted !== before && shown === wanted) {
            requestAnimationFrame(() => resolve(performance.now() - start));
          } else if (performance.now() - start > 5000) resolve(Number.NaN);
          else requestAnimationFrame(look);
        };
        look();
      };
      addEventListener('keydown', pressed, { once: true, capture: true });
    });
  });
}

/**
 * Each letter by itself, from the key to the frame after the rows that answer it are in the page; then the words in one
 * go, at the pace of a fast typist, from the last key.
 */
export async function typing(page: Page): Promise<void> {
  const single: number[] = [];
  const last: number[] = [];
  // A keyboard of the test has no accents, and the search needs none.
  const letters = (text: string) =>
    Array.from(text, (one) => (one === ' ' ? 'Space' : Array.from(foldWord(one)))).flat();
  for (const text of typed) {
    await page.keyboard.press('/');
    for (const letter of letters(text)) {
      // A space changes nothing that is looked for.
      if (letter !== 'Space') await armed(page);
      await page.keyboard.press(letter);
      if (letter !== 'Space') single.push(await page.evaluate(() => window.answered));
    }
    await page.keyboard.press('Escape');
  }
  for (const text of typed) {
    await page.keyboard.press('/');
    const all = letters(text);
    await page.keyboard.type(text.slice(0, 1));
    for (const letter of all.slice(1, -1)) {
      await page.keyboard.press(letter);
      await page.waitForTimeout(70);
    }
    await armed(page);
    await page.keyboard.press(all.at(-1) ?? '');
    last.push(await page.evaluate(() => window.answered));
    await page.keyboard.press('Escape');
  }
  const lost = [...single, ...last].filter(Number.isNaN).length;
  console.log(`screen, key to pixels while searching: ${told(single.filter(Number.isFinite))} (aim p95 50 ms)`);
  console.log(`  the last key of words typed at a letter every 70 ms: ${told(last.filter(Number.isFinite))}`);
  if (lost > 0) console.log(`  NOT ANSWERED within 5 s: ${lost} keys`);
}

interface Scrolled {
  frames: number[];
  long: number[];
}

async function scroll(page: Page, selector: string): Promise<Scrolled> {
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
    // The observer is told of a long task once it is over and the page is idle.
    await new Promise((resolve) => requestIdleCallback(resolve));
    long.push(...watch.takeRecords().map((entry) => entry.duration));
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

/** Through the list, twice: the second time every row is at hand. */
export async function scrolling(page: Page): Promise<void> {
  for (const time of ['first time, pages being fetched', 'again']) {
    await page.locator('.list-scroll').evaluate((element) => element.scrollTo(0, 0));
    const scrolled = await scroll(page, '.list-scroll');
    console.log(`scrolling, ${time}: ${toldScroll(scrolled)} (aim: no long task over 50 ms)`);
  }
  const built = await plainList(page);
  console.log(
    `  reference, 500 rows all in the page: ${built.toFixed(0)} ms to draw; ${toldScroll(await scroll(page, '#plain'))}`,
  );
  await page.evaluate(() => document.getElementById('plain')?.remove());
}
