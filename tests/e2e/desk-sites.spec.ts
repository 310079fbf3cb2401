import { expect, type Page, test } from 'playwright/test';
import { type DeskRig, openDesk, siteAddress } from '../fixtures/desk-rig.ts';
import { DeskPage } from './desk-page.ts';
import { takePicture } from './look.ts';

const better = 'https://www.site.test';

test.describe('a site in trouble', () => {
  let rig: DeskRig;
  test.beforeEach(async ({ page }) => {
    rig = await openDesk({ demo: true });
    await new DeskPage(page).signIn(rig.url);
  });
  test.afterEach(() => rig.close());

  async function publish(page: Page, fault: DeskRig['weather']['fault']): Promise<void> {
    const { delivery, library } = rig.studio;
    const input = { kind: 'wordpress', name: 'Site Hauts les Coop', url: siteAddress, user: 'cabine' } as const;
    const saved = delivery.saveDestination({ ...input, password: 'abcd efgh ijkl mnop' }, 'organiser');
    if (!saved.ok) throw new Error(saved.code);
    rig.weather.fault = fault;
    for (const row of library.portraits.list({ limit: 50 }).rows) {
      if (row.state === 'approved') delivery.publish({ portraitId: row.id, destinationId: saved.value.id }, 'host');
    }
    await page.goto(`${rig.url}#/queue`);
  }

  async function pictures(page: Page, name: string): Promise<void> {
    for (const [width, height] of [
      [1280, 800],
      [1440, 900],
    ] as const) {
      await page.setViewportSize({ width, height });
      await takePicture(page, `${name}-${width}`);
      const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      expect(wide, `${name} at ${width}`).toBeLessThanOrEqual(0);
    }
  }

  test('redirects what it is sent: both addresses are named, and the right one is taken with one tap', async ({
    page,
  }) => {
    await publish(page, 'redirect');
    const banner = page.locator('.banner');
    await expect(banner).toContainText(`${siteAddress} renvoie vers ${better}.`, { timeout: 30_000 });
    await expect(banner).toContainText('Le site renvoie les envois vers une autre adresse.');
    await expect(page.locator('.delivery').first()).toContainText('Le site renvoie les envois');
    await pictures(page, 'queue-redirected');

    await banner.getByRole('link', { name: 'Régler la destination' }).click();
    await expect(page.locator('.form')).toBeVisible();
    await page.getByRole('button', { name: 'Tester la connexion' }).click();
    const result = page.locator('.test-result');
    await expect(result).toContainText(`${siteAddress} renvoie vers ${better}.`);
    await result.scrollIntoViewIfNeeded();
    await pictures(page, 'destinations-redirected');
    await result.getByRole('button', { name: `Prendre ${better}` }).click();
    await expect(page.getByLabel('Adresse du site')).toHaveValue(better);

    await banner.getByRole('button', { name: `Prendre ${better}` }).click();
    await expect(new DeskPage(page).note).toContainText(`L’adresse est maintenant ${better}.`);
    await expect(banner).toHaveCount(0);
    await page.goto(`${rig.url}#/queue`);
    await expect(page.locator('.delivery-done')).toHaveCount(2, { timeout: 30_000 });
    expect(rig.site.posts).toHaveLength(2);
  });

  test('is locked: every delivery waits with that sentence, and goes on by itself', async ({ page }) => {
    await publish(page, '401');
    const banner = page.locator('.banner');
    await expect(banner).toContainText('Les envois vers Site Hauts les Coop attendent.', { timeout: 30_000 });
    await expect(banner).toContainText('Un verrou devant le site (.htpasswd)');
    await expect(banner).toContainText(/On redemande au site (dans|maintenant)/);
    for (const item of await page.locator('.delivery').all())
      await expect(item).toContainText('Un verrou devant le site');
    await pictures(page, 'queue-locked');
    rig.weather.fault = undefined;
    await expect(page.locator('.delivery-done')).toHaveCount(2, { timeout: 60_000 });
    await expect(banner).toHaveCount(0);
  });
});
