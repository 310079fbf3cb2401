import { expect, type Page, test } from 'playwright/test';
import { type DeskRig, openDesk } from '../fixtures/desk-rig.ts';
import { day } from '../fixtures/time.ts';
import { DeskPage } from './desk-page.ts';
import { checkAccess, takePicture } from './look.ts';

/** By how much the computer's clock is off, in milliseconds. */
let off = 0;

async function look(page: Page, name: string): Promise<void> {
  for (const [width, height] of [
    [1440, 900],
    [1280, 800],
  ] as const) {
    await page.setViewportSize({ width, height });
    await takePicture(page, `clock-${name}-${width}`);
    const wide = await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth);
    expect(wide, `${name} at ${width}`).toBe(true);
  }
  await checkAccess(page, name);
}

test.describe('what day is it?', () => {
  let rig: DeskRig;
  test.beforeEach(async ({ page }) => {
    off = 0;
    rig = await openDesk({ demo: true, now: () => new Date(Date.now() + off) });
    await new DeskPage(page).signIn(rig.url);
  });
  test.afterEach(() => rig.close());

  const banner = (page: Page) => page.getByRole('region', { name: 'Horloge' });
  const lamp = (page: Page) => page.locator('.health-box');

  test('is asked on every screen when the clock jumps; one tap confirms it', async ({ page }) => {
    const desk = new DeskPage(page);
    await expect(banner(page)).toBeHidden();
    off = 3 * day;
    rig.studio.clock.look();
    await expect(banner(page)).toContainText('La cabine n’est pas sûre de la date.');
    await expect(banner(page)).toContainText('les envois attendent');
    await expect(lamp(page)).toContainText('Date à confirmer');
    await look(page, 'jumped');
    const theme = page.locator('select:has(option[value="dark"])');
    await theme.selectOption('dark');
    await look(page, 'jumped-dark');
    await desk.view('Envois');
    await expect(banner(page)).toBeVisible();
    await page.reload();
    await desk.pin('2304');
    await expect(banner(page)).toBeVisible();
    await desk.button('Oui, c’est juste').click();
    await expect(desk.note).toContainText('Date confirmée');
    await expect(banner(page)).toBeHidden();
    expect(rig.studio.clock.state()).toMatchObject({ trusted: true });
    await expect(lamp(page)).not.toContainText('Date à confirmer');
  });

  test('is answered with a date and a time where the shown one is wrong', async ({ page }) => {
    const desk = new DeskPage(page);
    const right = new Date();
    off = 72 * 365 * day;
    rig.studio.clock.look();
    await desk.button('Non, corriger…').click();
    const dialog = page.getByRole('dialog');
    await expect(dialog.getByLabel('Date')).not.toHaveValue('');
    await dialog.getByLabel('Date').fill('2140-01-01');
    await dialog.getByRole('button', { name: 'Mettre à cette heure' }).click();
    await expect(dialog).toContainText('Cette date n’est pas possible.');
    await look(page, 'dialog');
    const two = (part: number) => String(part).padStart(2, '0');
    await dialog.getByLabel('Date').fill(`${right.getFullYear()}-${two(right.getMonth() + 1)}-${two(right.getDate())}`);
    await dialog.getByLabel('Heure').fill(`${two(right.getHours())}:${two(right.getMinutes())}`);
    await dialog.getByRole('button', { name: 'Mettre à cette heure' }).click();
    await expect(desk.note).toContainText('Date corrigée');
    await expect(banner(page)).toBeHidden();
    expect(Math.abs(rig.studio.clock.now().getTime() - right.getTime())).toBeLessThan(day / 24);
    await expect(lamp(page)).toContainText('Ordinateur à régler');
  });

  test('is asked once more before something is erased for good', async ({ page }) => {
    const { db } = rig.studio.library;
    const id = db.prepare<[], string>("SELECT id FROM portraits WHERE state = 'approved' LIMIT 1").pluck().get() ?? '';
    db.prepare("UPDATE portraits SET state = 'published' WHERE id = ?").run(id);
    // As after nights off without a site to ask: the system clock alone says that it is this day.
    rig.studio.clock.correct(new Date(Date.now() - 2 * day), 'host');
    rig.studio.clock.correct(new Date(), 'host');
    db.prepare("UPDATE consent_now SET until = date(?, '-1 day') WHERE portrait_id = ?").run(
      rig.studio.clock.likely().toISOString(),
      id,
    );
    expect(rig.studio.consent.unsure()).toBe(1);
    await page.reload();
    await new DeskPage(page).pin('2304');
    await expect(banner(page)).toContainText('Un portrait arrive au bout de sa durée et sera effacé pour de bon.');
    await look(page, 'due');
    await page.getByRole('button', { name: 'Oui, effacer' }).click();
    await expect(banner(page)).toBeHidden();
    await expect.poll(() => rig.studio.library.portraits.get(id)?.state).not.toBe('published');
  });
});
