import { expect, type Page, test } from 'playwright/test';
import { newId } from '../../shared/domain/ids.ts';
import { type DeskRig, openDesk } from '../fixtures/desk-rig.ts';
import { DeskPage } from './desk-page.ts';
import { checkAccess, takePicture } from './look.ts';

/** Keeps a picture to look at, and has axe judge what is shown. */
async function look(page: Page, name: string): Promise<void> {
  await takePicture(page, `consent-${name}`);
  await checkAccess(page, name);
}

test.describe('authorisations at the desk', () => {
  let rig: DeskRig;
  test.use({ viewport: { width: 1440, height: 900 } });
  test.beforeEach(async ({ page }) => {
    rig = await openDesk({ demo: true });
    await new DeskPage(page).signIn(rig.url);
  });
  test.afterEach(() => rig.close());

  test('who left without choosing cannot be approved until their choices are written down, with how they are known', async ({
    page,
  }) => {
    const desk = new DeskPage(page);
    await desk.choose('Agathe');
    const panel = page.getByRole('region', { name: 'Autorisation', exact: true });
    await expect(panel).toContainText('rien ne peut sortir');
    await look(page, 'unsaid');
    await page.locator('.decide').getByRole('button', { name: 'Noter ses choix…' }).click();
    const dialog = page.getByRole('dialog');
    await expect(dialog.getByRole('checkbox', { checked: true })).toHaveCount(0);
    await dialog.getByLabel('Site').check();
    await dialog.getByLabel('Avec son prénom').check();
    await dialog.getByLabel('De vive voix').check();
    await expect(dialog.getByRole('button', { name: 'Noter ces choix' })).toBeDisabled();
    await dialog.getByLabel('Où et quand').fill('Au stand, à midi.');
    await look(page, 'record');
    await dialog.getByRole('button', { name: 'Noter ces choix' }).click();
    await expect(panel.locator('.consent-yes')).toHaveText(/Site/);
    await panel.getByText('Ce qui a été dit').click();
    await expect(panel).toContainText('Noté pour la personne (de vive voix) : Site');
    await desk.button('Approuver').click();
    await expect(desk.count('Approuvés')).toHaveText('3');
  });

  test('shows the evidence, withdraws some uses and then everything, and finds the portrait by its code no more', async ({
    page,
  }) => {
    const desk = new DeskPage(page);
    await desk.choose('Simone');
    const { code } = rig.studio.library.portraits
      .list({ limit: 50 })
      .rows.find(({ speaker }) => speaker.firstName === 'Simone') ?? { code: null };
    const panel = page.getByRole('region', { name: 'Autorisation', exact: true });
    await look(page, 'panel');
    const [evidence] = await Promise.all([
      page.context().waitForEvent('page'),
      panel.getByRole('link', { name: 'Voir la preuve' }).click(),
    ]);
    await expect(evidence.getByRole('heading', { name: 'Preuve d’autorisation' })).toBeVisible();
    await expect(evidence.locator('.good')).toContainText('aucune n’a été modifiée');
    await takePicture(evidence, 'consent-evidence');
    await evidence.close();

    await panel.getByRole('button', { name: 'Retirer…' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Seulement certains usages').check();
    await dialog.getByLabel('Réseaux sociaux').check();
    await dialog.getByRole('button', { name: 'Retirer ces usages' }).click();
    await expect(panel.locator('.consent-no').filter({ hasText: 'Réseaux sociaux' })).toContainText('Retiré');

    await desk.view('Autorisations');
    await page.getByRole('textbox', { name: 'Chercher par code' }).fill((code ?? '').toLowerCase().replace('-', ' '));
    await desk.button('Chercher').click();
    await expect(page.getByRole('status').filter({ hasText: 'Simone' })).toBeVisible();
    const [download] = await Promise.all([page.waitForEvent('download'), desk.button('Remettre son dossier').click()]);
    expect(download.suggestedFilename()).toMatch(/^tout-ce-que-nous-gardons/);
    await look(page, 'page');
    await page.getByRole('link', { name: 'Ouvrir le portrait' }).click();

    // Two copies have left the house before everything is taken back.
    const { id = '' } = rig.studio.library.consent.byCode(code ?? '') ?? {};
    for (const [batch, place] of [
      ['Radio du littoral', 'radio-du-littoral.zip'],
      ['Été à Dunkerque', 'ete-a-dunkerque.zip'],
    ] as const) {
      const sha256 = batch.length.toString(16).padStart(64, '0');
      const file = { name: '01-simone.mp3', portraitId: id, madeFrom: '', bytes: 1000, sha256 };
      rig.studio.library.exports.sent(newId(), file, { batch, place, actor: 'host' });
    }
    await panel.getByRole('button', { name: 'Retirer…' }).click();
    await dialog.getByLabel('Tout : effacer ce portrait').check();
    await expect(dialog).toContainText('On ne peut pas revenir en arrière');
    await look(page, 'withdraw');
    await dialog.getByRole('button', { name: 'Retirer et effacer' }).click();
    await expect(desk.note).toContainText('Le portrait est effacé.');
    await expect(desk.row('Simone')).toHaveCount(0);

    const link = page.getByRole('navigation').getByRole('link', { name: /^Autorisations/ });
    await expect(link.getByRole('img', { name: 'Copies à faire détruire ou rendre : 2' })).toBeVisible();
    await link.click();
    const follow = page.getByRole('region', { name: 'Retraits à suivre' });
    await expect(follow).toContainText('Archive ZIP, remise le');
    await look(page, 'copies');
    await follow.getByRole('button', { name: /^C’est fait : Lot « Radio du littoral »/ }).click();
    await expect(dialog).toContainText('On ne peut pas revenir en arrière');
    await look(page, 'copy');
    await dialog.getByRole('button', { name: 'C’est fait' }).click();
    await expect(follow.locator('.follow-copy')).toHaveText([/Été à Dunkerque/]);
    await follow.getByRole('button', { name: /^C’est fait/ }).click();
    await dialog.getByRole('button', { name: 'C’est fait' }).click();
    await expect(follow).toContainText('Aucun retrait n’attend.');
    await expect(link.getByRole('img')).toHaveCount(0);
    expect(rig.studio.library.consent.verify()).toMatchObject({ ok: true });
  });

  test('the event says who answers, what is asked and for how long', async ({ page }) => {
    await page.goto(`${rig.url}#/settings/event`);
    await page.getByRole('textbox', { name: 'Responsable', exact: true }).fill('Collectif des Hauts');
    await page.getByLabel('Jours gardés sans publication').fill('3');
    await expect(page.getByText('Entre 15 et 3650.')).toBeVisible();
    await page.getByLabel('Jours gardés sans publication').fill('60');
    await page.getByLabel('Promotion').uncheck();
    await page.getByRole('heading', { name: 'Autorisations' }).scrollIntoViewIfNeeded();
    await look(page, 'event');
    await page.getByRole('button', { name: 'Enregistrer' }).click();
    await expect
      .poll(() => rig.studio.library.events.current().consent)
      .toMatchObject({
        controller: 'Collectif des Hauts',
        keptDays: 60,
        purposes: ['site', 'podcast', 'social', 'transcript', 'archive'],
      });
    expect(rig.studio.consentTexts.notices[0]?.paragraphs[0]).toContain('Collectif des Hauts');
  });
});
