import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { CDPSession, Page } from 'playwright/test';
import { randomFrom } from '../../fixtures/many-portraits.ts';
import { typed } from './figures.ts';

/** Acts of a busy host in a minute: one a second. */
const actsPerMinute = 60;

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

interface Memory {
  /** MiB of living objects in the page after everything else was collected. */
  heap: number;
  nodes: number;
  listeners: number;
  /** MiB of living objects in the studio; the bench's own are among them. */
  studio: number;
}

async function memoryOf(client: CDPSession): Promise<Memory> {
  await client.send('HeapProfiler.collectGarbage');
  const { usedSize } = await client.send('Runtime.getHeapUsage');
  const { nodes, jsEventListeners } = await client.send('Memory.getDOMCounters');
  collect();
  return {
    heap: usedSize / 1_048_576,
    nodes,
    listeners: jsEventListeners,
    studio: process.memoryUsage().heapUsed / 1_048_576,
  };
}
const toldMemory = ({ heap, nodes, listeners, studio }: Memory) =>
  `page ${heap.toFixed(1)} MB, ${nodes} nodes, ${listeners} listeners; studio ${studio.toFixed(1)} MB`;

/**
 * Views, searches, scrolls, choices and acts as they come, as many as a busy host does in `minutes`, as fast as the desk
 * takes them; memory after forced collections at the start, on the way and at the end. What is let go after a time has
 * less of it here than in a real hour, so this is the harder of the two.
 */
export async function randomUse(page: Page, minutes: number): Promise<void> {
  const random = randomFrom(7);
  const pick = <Value>(values: readonly Value[]) => values[Math.floor(random() * values.length)] as Value;
  const view = () => pick([0, 1, 2, 3, 4, 5]);
  const acts: Record<string, () => Promise<unknown>> = {
    next: () => page.keyboard.press('ArrowDown'),
    extend: () => page.keyboard.press('Shift+ArrowDown'),
    clear: () => page.keyboard.press('Escape'),
    view: () => page.locator('.sidebar-nav a').nth(view()).click(),
    scroll: () =>
      page.locator('.list-scroll').evaluate((element, by) => element.scrollBy(0, by), (random() - 0.3) * 4000),
    search: async () => {
      await page.keyboard.press('/');
      await page.keyboard.type(pick(typed).slice(0, 2 + Math.floor(random() * 6)));
      await page.keyboard.press('Enter');
    },
    leaveSearch: async () => {
      await page.keyboard.press('/');
      await page.keyboard.press('Escape');
    },
    decide: async () => {
      await page.keyboard.press('Shift+ArrowDown');
      await page.keyboard.press('r');
      await page
        .locator('.note')
        .waitFor({ timeout: 3000 })
        .catch(() => undefined);
      await page.keyboard.press('u');
    },
  };
  const home = async () => {
    await page.keyboard.press('Escape');
    await page.locator('.sidebar-nav a').first().click();
    await page.keyboard.press('/');
    await page.keyboard.press('Escape');
    await page.locator('.row').first().waitFor();
  };
  const client = await page.context().newCDPSession(page);
  await client.send('DOM.enable');
  await home();
  const whole = Math.round(minutes * actsPerMinute);
  const began = performance.now();
  const spent: Record<string, { times: number; ms: number }> = {};
  console.log(
    `memory before ${whole} random acts (${minutes} minutes of a busy host): ${toldMemory(await memoryOf(client))}`,
  );
  for (let done = 1; done <= whole; done++) {
    const name = pick(Object.keys(acts));
    const start = performance.now();
    await acts[name]?.();
    const { times, ms } = spent[name] ?? { times: 0, ms: 0 };
    spent[name] = { times: times + 1, ms: ms + performance.now() - start };
    if (done % Math.ceil(whole / 6) === 0) console.log(`  after ${done}: ${toldMemory(await memoryOf(client))}`);
  }
  await home();
  console.log(
    `memory after them, ${((performance.now() - began) / 1000).toFixed(0)} s later: ${toldMemory(await memoryOf(client))}`,
  );
  const means = Object.entries(spent).map(([name, { times, ms }]) => `${name} ${(ms / times).toFixed(0)}`);
  console.log(`  milliseconds an act took: ${means.join(', ')}`);
  await client.detach();
}
