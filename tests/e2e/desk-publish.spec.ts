import { expect, test } from 'playwright/test';
import { type DeskRig, openDesk } from '../fixtures/desk-rig.ts';
import { DeskPage } from './desk-page.ts';

test.describe('publishing', () => {
  let rig: DeskRig;
  test.beforeEach(async ({ page }) => {
    rig = await openDesk({ demo: true });
    await new DeskPage(page).signIn(rig.url);
  });
  test.afterEach(() => rig.close());

  test('sets a destination up, publishes, and follows it to the page', async ({ page }) => {
    const desk = new DeskPage(page);
    await desk.view('Approuvés');
    await expect(desk.rows).toHaveCount(2);
    await expect(desk.button('Publier…')).toBeVisible();
    await desk.key('p');
    await expect(page.getByRole('dialog')).toContainText('Aucune destination n’est encore réglée.');
    await desk.button('Régler une destination').click();
    await desk.button('Ajouter un site').click();
    await desk.button('Tester la connexion').click();
    await expect(page.getByText('À remplir.')).toHaveCount(4);
    await desk.fillDestination('Site Hauts les Coop');
    rig.weather.fault = '401';
    await desk.button('Tester la connexion').click();
    await expect(page.locator('.test-bad')).toBeVisible();
    rig.weather.fault = undefined;
    await desk.button('Tester la connexion').click();
    await expect(page.locator('.test-good')).toContainText('Tout va bien');
    await desk.button('Enregistrer').click();
    await expect(desk.note).toContainText('La destination est enregistrée.');
    await expect(page.getByLabel('Mot de passe d’application')).toHaveValue('');
    await expect(page.getByText('Un mot de passe est enregistré')).toBeVisible();

    await desk.view('Approuvés');
    await desk.choose('Inès');
    await desk.key('p');
    await expect(page.getByRole('dialog').getByRole('radio')).toBeChecked();
    await desk.key('Enter');
    await expect(desk.note).toContainText('est en file');
    await desk.note.getByRole('link').click();
    const item = page.locator('.delivery');
    await expect(item).toContainText('en ligne', { timeout: 30_000 });
    await expect(item.getByRole('link', { name: 'Voir la page' })).toHaveAttribute('href', rig.site.url + linkOf());
    await expect(desk.count('Publiés')).toHaveText('1');
    await item.getByRole('link', { name: /Inès/ }).click();
    await expect(page.getByRole('link', { name: 'En ligne sur Site Hauts les Coop' })).toBeVisible();
    await desk.key('p');
    await expect(page.getByRole('dialog')).toContainText('déjà en ligne');
    await expect(page.getByRole('dialog').getByRole('button', { name: 'Publier' })).toBeDisabled();
    function linkOf() {
      return `/${rig.site.posts[0]?.slug}/`;
    }
  });

  test('tells why a delivery waits, tries again, resumes a paused site, and cancels', async ({ page }) => {
    const desk = new DeskPage(page);
    await page.goto(`${rig.url}#/settings/destinations`);
    await desk.button('Ajouter un site').click();
    await desk.fillDestination('Site');
    await desk.button('Enregistrer').click();
    await expect(desk.note).toContainText('La destination est enregistrée.');

    rig.weather.fault = 'refused';
    await desk.view('Approuvés');
    await desk.choose('Inès');
    await desk.key('p');
    await expect(page.getByRole('dialog').getByRole('radio')).toBeChecked();
    await desk.key('Enter');
    await expect(desk.note).toContainText('est en file');
    await desk.view('Envois');
    const item = page.locator('.delivery');
    await expect(item).toContainText('Le site n’est pas joignable', { timeout: 30_000 });
    await expect(item).toContainText(/Prochain essai (dans|maintenant)/);
    rig.weather.fault = 'login';
    await item.getByRole('button', { name: 'Réessayer maintenant' }).click();
    const banner = page.locator('.banner');
    await expect(banner).toContainText('Site refuse le mot de passe');
    await expect(item).toContainText('en pause');
    rig.weather.fault = undefined;
    await banner.getByRole('button', { name: 'Reprendre' }).click();
    await expect(banner).toHaveCount(0);
    await expect(item).toContainText('en ligne', { timeout: 30_000 });
    expect(rig.site.posts).toHaveLength(1);

    rig.weather.fault = 'refused';
    await desk.view('Approuvés');
    await expect(desk.rows).toHaveCount(1);
    await expect(desk.button('Publier…')).toBeVisible();
    await desk.key('p');
    await expect(page.getByRole('dialog').getByRole('radio')).toBeChecked();
    await desk.key('Enter');
    await desk.view('Envois');
    await page.getByRole('button', { name: 'Annuler l’envoi' }).click();
    await expect(page.locator('.delivery-cancelled')).toHaveCount(1);

    await page.goto(`${rig.url}#/settings/destinations`);
    await desk.button('Supprimer cette destination').click();
    await page.getByRole('dialog').getByRole('button', { name: 'Supprimer' }).click();
    await expect(page.getByText('Aucune destination', { exact: true })).toBeVisible();
  });

  test('keeps event, sound, booth, language and light', async ({ page }) => {
    const desk = new DeskPage(page);
    await desk.view('Édition');
    await page.getByLabel('Ville').fill('Calais');
    await desk.button('Ajouter une question').click();
    await desk.button('Enregistrer').click();
    await expect(page.getByText('À remplir.')).toHaveCount(1);
    await page.getByRole('group', { name: 'Question 5' }).getByLabel('Français').fill('Et demain ?');
    await desk.button('Monter la question 5').click();
    await desk.view('Son');
    await page.getByLabel('Niveau de publication').fill('−30');
    await expect(page.getByText('Entre −24 et −12.')).toBeVisible();
    await page.getByLabel('Niveau de publication').fill('−18');
    await page.getByLabel('Opus, léger').check();
    await desk.button('Enregistrer').click();
    await expect(desk.note).toContainText('Enregistré.');
    await desk.view('Édition');
    await expect(page.getByLabel('Ville')).toHaveValue('Calais');
    await desk.button('Enregistrer').click();
    await expect(page.getByText('Modifications non enregistrées')).toHaveCount(0);
    await desk.view('Cabine');
    await desk.button('Ajouter une touche').click();
    await desk.key('F9');
    await expect(page.getByText('Touche F9 ajoutée.')).toBeVisible();
    // The printer's own form stands below.
    await desk.button('Enregistrer').first().click();
    await expect.poll(() => rig.studio.library.settings.get().bigButtonKeys).toContain('F9');
    expect(rig.studio.library.settings.get()).toMatchObject({ targetLufs: -18, formats: ['mp3', 'flac', 'opus'] });
    const event = rig.studio.library.events.current();
    expect(event.town).toBe('Calais');
    expect(event.questions[3]?.text).toEqual({ fr: 'Et demain ?' });

    await desk.view('Édition');
    await desk.button('Commencer une nouvelle édition').click();
    await page.getByRole('dialog').getByLabel('Ville').fill('Lille');
    await page.getByRole('dialog').getByRole('button', { name: 'Commencer' }).click();
    await expect(desk.note).toContainText('La nouvelle édition a commencé.');
    expect(rig.studio.library.events.current()).toMatchObject({ town: 'Lille' });
    expect(rig.studio.library.events.current().id).not.toBe(event.id);

    await page.getByLabel('Langue', { exact: true }).selectOption('nl');
    await page.getByLabel('Weergave').selectOption('dark');
    await expect(page.locator('html')).toHaveAttribute('lang', 'nl');
    await page.reload();
    await expect(desk.heading('De regie is op slot')).toBeVisible();
    await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
  });
});
