import { AxeBuilder } from '@axe-core/playwright';
import { expect, type Locator, type Page } from 'playwright/test';
import { picturesWanted } from '../fixtures/pictures.ts';

export const sizes = [
  { width: 1080, height: 1920 },
  { width: 1920, height: 1080 },
  { width: 1440, height: 900 },
] as const;

/** Keeps a picture of the page, or of a part of it, under test-results/screens, where pictures are wanted. */
export async function takePicture(of: Page | Locator, name: string): Promise<void> {
  if (picturesWanted) await of.screenshot({ path: `test-results/screens/${name}.png`, animations: 'disabled' });
}

/** Smallest thing to touch, and smallest main action, in CSS pixels. */
const leastTarget = 64;
const leastMain = 96;

interface Box {
  what: string;
  x: number;
  y: number;
  width: number;
  height: number;
  main: boolean;
}

/** Everything that can be touched on the layer in front. */
function targets(page: Page): Promise<Box[]> {
  return page.evaluate(() =>
    [...document.querySelectorAll<HTMLElement>('button, input')]
      .filter((element) => element.closest('[inert]') === null && element.checkVisibility())
      .map((element) => {
        const { x, y, width, height } = element.getBoundingClientRect();
        const main = element.matches('.screen-actions .button-main, .screen-actions .button-stop');
        return { what: element.textContent || element.tagName, x, y, width, height, main };
      }),
  );
}

/** Sizes and places of what is touched; nothing runs out of the screen or is cut. */
export async function checkMeasures(page: Page, name: string): Promise<void> {
  const view = page.viewportSize() ?? { width: 0, height: 0 };
  for (const { what, x, y, width, height, main } of await targets(page)) {
    const where = `${name} ${view.width}×${view.height} « ${what} »`;
    expect.soft(Math.min(width, height), where).toBeGreaterThanOrEqual(main ? leastMain : leastTarget);
    expect
      .soft(x >= 0 && y >= 0 && x + width <= view.width && y + height <= view.height, `${where} is inside`)
      .toBe(true);
    if (main) expect.soft(y + height / 2, `${where} stands in the lower half`).toBeGreaterThan(view.height / 2);
  }
  const spilling = await page.evaluate(() =>
    // Letters of a display face reach a little beyond their lines.
    [...document.querySelectorAll<HTMLElement>('.screen-words, .screen-actions, .screen-top, .dialog')]
      .filter((box) => box.scrollHeight > box.clientHeight + 12 || box.scrollWidth > box.clientWidth + 4)
      .map(
        (box) => `${box.className} ${box.scrollWidth}×${box.scrollHeight} in ${box.clientWidth}×${box.clientHeight}`,
      ),
  );
  expect.soft(spilling, `${name} ${view.width}×${view.height} has room for its words`).toEqual([]);
}

/** Headlines are 6 to 10 % of the height, or as large as a long question lets them be. */
export async function titleShare(page: Page): Promise<number> {
  return page.evaluate(() => {
    const title = document.querySelector<HTMLElement>('h1');
    return title === null ? 0 : Number.parseFloat(getComputedStyle(title).fontSize) / innerHeight;
  });
}

/**
 * What of a page is asked about: everything; or its colours only, where another light is all that is new; or all but
 * them, where only the language is. Measuring colours takes axe as long as all the rest.
 */
export type Ask = 'everything' | 'colours' | 'allButColours';
const colours = 'color-contrast';

/** Nothing that axe knows of stands in anybody's way, on the whole page or `within` a part of it. */
export async function checkAccess(
  page: Page,
  name: string,
  { within, ask = 'everything' }: { within?: string; ask?: Ask } = {},
): Promise<void> {
  // What is fading in has not its colours yet.
  await page.evaluate(() =>
    Promise.allSettled(
      document
        .getAnimations()
        .filter((one) => Number.isFinite(one.effect?.getComputedTiming().endTime))
        .map((one) => one.finished),
    ),
  );
  const axe = new AxeBuilder({ page });
  // Nothing here has frames; without them axe need not open a page of its own to put their results together, which takes
  // as long as its looking.
  axe.setLegacyMode();
  if (within !== undefined) axe.include(within);
  if (ask === 'colours') axe.withRules(colours);
  if (ask === 'allButColours') axe.disableRules(colours);
  const { violations } = await axe.analyze();
  const found = violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, html, failureSummary }) => `${id}: ${target.join(' ')} ${html} ${failureSummary ?? ''}`),
  );
  expect.soft(found, name).toEqual([]);
}
