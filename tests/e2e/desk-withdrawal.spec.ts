import { expect, type Page, test } from 'playwright/test';
import { newId } from '../../shared/domain/ids.ts';
import { type DeskRig, openDesk, siteAddress } from '../fixtures/desk-rig.ts';
import { DeskPage } from './desk-page.ts';
import { checkAccess, takePicture } from './look.ts';

const sizes = [
  { width: 1440, height: 900 },
  { width: 1280, height: 800 },
];

async function look(page: Page, name: string): Promise<void> {
  const { width } = page.viewportSize() ?? { width: 0 };
  await takePicture(page, `withdrawal-${name}-${width}`);
  await checkAccess(page, name);
}

/** Simone's portrait stands on a site, where somebody enters its code. */
function withdrawOnSite({ studio }: DeskRig): string {
  const account = {
    kind: 'wordpress',
    name: 'Hauts les Coop',
    url: siteAddress,
    user: 'kiosk',
    password: 'x',
  } as const;
  const saved = studio.delivery.saveDestination(account, 'organiser');
  if (!saved.ok) throw new Error(saved.code);
  const destinationId = saved.value.id;
  const { rows } = studio.library.portraits.list({ limit: 50 });
  const portraitId = rows.find(({ speaker }) => speaker.firstName === 'Simone')?.id ?? '';
  studio.library.db
    .prepare(
      `INSERT INTO deliveries (id, portrait_id, destination_id, state, memo, next_at, created_at, updated_at)
       VALUES (?, ?, ?, 'done', '{"postId":1}', '', '', '')`,
    )
    .run(newId(), portraitId, destinationId);
  expect(studio.consent.hearSite({ portraitId, destinationId, ref: newId() })).toBe(true);
  return portraitId;
}

for (const viewport of sizes) {
  test.describe(`withdrawn on a site, ${viewport.width}×${viewport.height}`, () => {
    let rig: DeskRig;
    test.use({ viewport });
    test.beforeEach(async ({ page }) => {
      rig = await openDesk({ demo: true });
      await new DeskPage(page).signIn(rig.url);
    });
    test.afterEach(() => rig.close());

    test('it says so in the list and over the portrait, and a host undoes it by keyboard', async ({ page }) => {
      const desk = new DeskPage(page);
      const id = withdrawOnSite(rig);
      await expect(desk.row('Simone')).toContainText('Retiré depuis le site');
      await desk.choose('Simone');
      const banner = page.getByRole('region', { name: 'Retrait depuis le site' });
      await expect(banner).toContainText(
        /Retiré depuis le site «\sHauts les Coop\s» le .+\s; le son sera effacé le .+/,
      );
      await expect(page.locator('.portrait-head')).toContainText('Retiré depuis le site');
      await look(page, 'banner');
      // Nothing lies over it.
      await banner.getByRole('button', { name: 'Confirmer l’effacement' }).click({ trial: true });

      const undo = banner.getByRole('button', { name: 'Annuler le retrait' });
      await undo.focus();
      await page.keyboard.press('Enter');
      const dialog = page.getByRole('dialog', { name: 'Annuler ce retrait ?' });
      await expect(dialog).toContainText('Rien n’est republié tout seul');
      await look(page, 'undo');
      await page.keyboard.press('Escape');
      await expect(undo).toBeFocused();
      await page.keyboard.press('Enter');
      await dialog.getByRole('button', { name: 'Annuler le retrait' }).focus();
      await page.keyboard.press('Enter');
      await expect(desk.note).toContainText('Le retrait est annulé.');
      await expect(banner).toHaveCount(0);
      await expect(desk.row('Simone')).not.toContainText('Retiré depuis le site');
      expect(rig.studio.library.consent.scope(id)?.purposes?.length).toBeGreaterThan(0);
      const panel = page.getByRole('region', { name: 'Autorisation', exact: true });
      await panel.getByText('Ce qui a été dit').click();
      await expect(panel).toContainText('Retrait du site annulé');
      await look(page, 'undone');
    });

    test('a host confirms it after being asked once more, and it is gone', async ({ page }) => {
      const desk = new DeskPage(page);
      const id = withdrawOnSite(rig);
      await desk.view('Autorisations');
      await expect(page.getByText(/Retiré depuis le site\s: effacé le/)).toBeVisible();
      await look(page, 'page');
      await page.getByRole('link', { name: 'Sans nom' }).click();
      const banner = page.getByRole('region', { name: 'Retrait depuis le site' });
      await banner.getByRole('button', { name: 'Confirmer l’effacement' }).press('Enter');
      const dialog = page.getByRole('dialog', { name: 'Effacer maintenant ?' });
      await expect(dialog).toContainText('On ne peut pas revenir en arrière');
      await look(page, 'confirm');
      await dialog.getByRole('button', { name: 'Confirmer l’effacement' }).press('Enter');
      await expect(desk.note).toContainText('Le portrait est effacé.');
      await expect(desk.row('Simone')).toHaveCount(0);
      expect(rig.studio.library.consent.erasureOf(id)).toBe('withdrawn');
    });

    test('the event says for how many days it can be undone', async ({ page }) => {
      await page.goto(`${rig.url}#/settings/event`);
      const days = page.getByLabel('Jours avant d’effacer un retrait du site');
      await expect(days).toHaveValue('14');
      await days.fill('61');
      await expect(page.getByText('Entre 1 et 60.')).toBeVisible();
      await days.fill('7');
      await days.evaluate((field) => field.scrollIntoView({ block: 'center' }));
      await look(page, 'event');
      await page.getByRole('button', { name: 'Enregistrer' }).click();
      await expect.poll(() => rig.studio.library.events.current().consent.graceDays).toBe(7);
    });
  });
}
