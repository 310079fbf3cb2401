import { expect, test } from 'playwright/test';
import { type DeskRig, demoPortraits, openDesk } from '../fixtures/desk-rig.ts';
import { DeskPage } from './desk-page.ts';

// The list holds no more lines than it shows and a few beyond: here lines are counted, so the window is large.
test.use({ viewport: { width: 1920, height: 1200 } });

test.describe('a new booth', () => {
  let rig: DeskRig;
  test.beforeAll(async () => {
    rig = await openDesk({ demo: false });
  });
  test.afterAll(() => rig.close());

  test('asks for a PIN twice, opens, and forgets the session with the page', async ({ page }) => {
    const desk = new DeskPage(page);
    await page.goto(rig.url);
    await expect(desk.heading('Bienvenue en régie')).toBeVisible();
    await page.getByLabel('Votre prénom').fill('Nadia');
    await page.keyboard.press('Enter');
    await desk.pin('12');
    await expect(page.getByText('Il faut au moins 4 chiffres.')).toBeVisible();
    await desk.pin('230414');
    await expect(page.getByLabel('Le même code, encore une fois')).toBeFocused();
    await desk.pin('230415');
    await expect(page.getByText('Les deux codes ne sont pas les mêmes. On recommence.')).toBeVisible();
    await desk.pin('230414');
    await desk.pin('230414');
    await expect(page.getByText('Aucun portrait pour l’instant')).toBeVisible();
    await page.reload();
    await expect(desk.heading('La régie est fermée à clé')).toBeVisible();
  });

  test('opens by touch alone', async ({ page }) => {
    const desk = new DeskPage(page);
    await page.goto(rig.url);
    for (const digit of '2304149') await page.getByRole('button', { name: digit, exact: true }).click();
    await page.getByRole('button', { name: 'Effacer' }).click();
    await desk.button('Ouvrir la régie').click();
    await expect(page.getByRole('navigation')).toBeVisible();
  });

  test('shows how long to wait after wrong PINs, and then listens again', async ({ page }) => {
    const desk = new DeskPage(page);
    await page.goto(rig.url);
    for (let guess = 0; guess < 3; guess++) {
      await desk.pin('0000');
      await expect(page.getByText('Ce n’est pas le bon code.')).toBeVisible();
      await expect(page.locator('.pin input')).toHaveValue('');
    }
    await desk.pin('0000');
    await expect(page.getByText(/Prochain essai dans \d+\ss/)).toBeVisible();
    await expect(desk.button('Ouvrir la régie')).toBeDisabled();
    await expect(desk.button('Ouvrir la régie')).toBeEnabled();
    await desk.pin('230414');
    await expect(page.getByRole('navigation')).toBeVisible();
  });
});

test.describe('reviewing', () => {
  let rig: DeskRig;
  test.beforeAll(async () => {
    rig = await openDesk({ demo: true });
  });
  test.afterAll(() => rig.close());
  test.beforeEach(async ({ page }) => new DeskPage(page).signIn(rig.url));

  test('lists the newest first with lengths, times and marks in words', async ({ page }) => {
    const desk = new DeskPage(page);
    await expect(desk.rows).toHaveCount(10);
    const names = await desk.rows.locator('.row-name').allTextContents();
    expect(names[0]).toMatch(/^Simone/);
    expect(names.at(-1)).toMatch(/^Camille/);
    await expect(desk.row('Agathe')).toContainText('non confirmé');
    await expect(desk.row('Agathe')).toContainText('très court');
    await expect(desk.row('Thomas')).toContainText('bruit de salle');
    await expect(desk.row('Simone').locator('.row-times')).toHaveText(/^\d:\d\d\d{1,2}\sh\s\d\d$/);
    await desk.view('Tous');
    await expect(desk.rows.first()).toHaveAttribute('aria-setsize', String(demoPortraits));
    await expect(page.getByText(`${demoPortraits} portraits`)).toBeVisible();
    await expect(desk.count('Tous')).toHaveText(String(demoPortraits));
  });

  test('walks the list by keys, finds by a word, and comes back to its place', async ({ page }) => {
    const desk = new DeskPage(page);
    await expect(desk.heading('Simone')).toBeVisible();
    await desk.key('ArrowDown');
    await expect(desk.row('Kofi')).toHaveAttribute('aria-selected', 'true');
    await desk.key('ArrowDown');
    await expect(desk.heading('Agathe')).toBeVisible();
    await desk.key('ArrowUp');
    await expect(desk.heading('Kofi')).toBeVisible();
    await desk.key('/');
    await page.keyboard.type('maraicher');
    await expect(desk.rows).toHaveCount(1);
    await desk.key('Escape');
    await expect(desk.rows).toHaveCount(10);
    await expect(page.getByRole('listbox')).toBeFocused();
    await desk.key('?');
    await expect(page.getByRole('dialog', { name: 'Raccourcis clavier' })).toBeVisible();
    await desk.key('ArrowDown');
    await desk.key('Escape');
    await expect(desk.heading('Kofi')).toBeVisible();
  });

  test('plays the chosen portrait from the start of its kept part to its end, and the next one after it', async ({
    page,
  }) => {
    const desk = new DeskPage(page);
    const heard: string[] = [];
    page.on('request', (request) => {
      const id = /\/media\/takes\/([0-9a-f-]+)/.exec(request.url())?.[1];
      if (id !== undefined && heard.at(-1) !== id) heard.push(id);
    });
    const shown = await rig.studio.library.portraits.list({ limit: 20, state: 'toReview' }).rows;
    const takeOf = (row: number) => rig.studio.library.portraits.get(shown[row]?.id ?? '');
    const [first, second] = [takeOf(0), takeOf(1)];
    await expect(desk.heading('Simone')).toBeVisible();
    await expect.poll(() => desk.position()).toBeCloseTo(first?.edit?.in ?? -1, 1);
    await desk.key(' ');
    await expect(desk.button('Pause')).toBeVisible();
    await expect.poll(() => desk.position()).toBeGreaterThan((first?.edit?.in ?? 0) + 0.3);
    expect(heard.at(-1)).toBe(first?.take?.id);

    await desk.key('ArrowDown');
    await expect(desk.heading('Kofi')).toBeVisible();
    await expect(desk.button('Lire')).toBeVisible();
    await desk.key(' ');
    await expect.poll(() => desk.position()).toBeGreaterThan((second?.edit?.in ?? 0) + 0.3);
    expect(heard.at(-1)).toBe(second?.take?.id);

    const end = second?.edit?.out ?? 0;
    await desk.clickWave(end - 0.6);
    await expect(desk.button('Lire')).toBeVisible();
    expect(await desk.position()).toBeCloseTo(end, 1);
    await desk.playhead.press('ArrowLeft');
    await expect.poll(() => desk.position()).toBeCloseTo(end - 1, 1);
    await desk.playhead.press('ArrowDown');
    await expect(desk.heading('Agathe')).toBeVisible();
  });

  test('approves and rejects by key, goes on to the next, and undoes both', async ({ page }) => {
    const desk = new DeskPage(page);
    await desk.choose('Noé');
    await desk.key('Enter');
    await expect(desk.note).toContainText('est approuvé');
    await expect(desk.row('Noé')).toHaveCount(0);
    await expect(desk.row('Olivia')).toHaveAttribute('aria-selected', 'true');
    await expect(desk.count('Approuvés')).toHaveText('3');
    await desk.key('u');
    await expect(desk.note).toContainText('C’est annulé.');
    await expect(desk.heading('Noé')).toBeVisible();
    await expect(desk.count('Approuvés')).toHaveText('2');

    await desk.key('r');
    await expect(desk.note).toContainText('est écarté');
    await expect(desk.count('Écartés')).toHaveText('2');
    await desk.note.getByRole('button', { name: 'Annuler' }).click();
    await expect(desk.row('Noé')).toHaveAttribute('aria-selected', 'true');
    await expect(desk.count('Écartés')).toHaveText('1');

    // An approved portrait that is rejected by mistake is approved again, not merely to be reviewed.
    await desk.view('Approuvés');
    await expect(desk.rows).toHaveCount(2);
    const name = (await desk.rows.first().locator('.row-name').innerText()).split(',')[0] ?? '';
    await desk.choose(name);
    await desk.key('r');
    await expect(desk.row(name)).toHaveCount(0);
    await desk.key('u');
    await expect(desk.row(name)).toHaveCount(1);
    await expect(desk.count('Approuvés')).toHaveText('2');
  });

  test('does not approve who did not say what they allow, and offers to write it down', async ({ page }) => {
    const desk = new DeskPage(page);
    await desk.choose('Agathe');
    await desk.key('a');
    const record = page.locator('.decide').getByRole('button', { name: 'Noter ses choix…' });
    await expect(record).toBeFocused();
    await expect(desk.heading('Agathe')).toBeVisible();
    await desk.key('Enter');
    await expect(page.getByRole('dialog')).toContainText('Noter les choix de la personne');
  });

  test('saves words, keeps what is typed while one goes elsewhere, and through the end of a session', async ({
    page,
  }) => {
    const desk = new DeskPage(page);
    let token = '';
    page.on('request', (request) => {
      token = request.headers().authorization?.replace('Bearer ', '') ?? token;
    });
    await desk.choose('Kofi');
    await desk.key('e');
    await expect(desk.title).toBeFocused();
    await page.keyboard.type('Le vélo et le code');
    await page.getByLabel('Étiquettes').fill('vélo, informatique');
    await desk.key('Enter');
    await desk.key('Control+s');
    await expect(desk.note).toContainText('Enregistré.');
    await expect(desk.row('Kofi')).toContainText('Le vélo et le code');
    await expect(page.getByRole('button', { name: 'Enlever « vélo »' })).toBeVisible();

    await page.getByLabel('Résumé').fill('Il répare, il programme.');
    await expect(desk.row('Kofi')).toContainText('non enregistré');
    await desk.choose('Simone');
    await desk.view('Envois');
    await desk.view('À écouter');
    await desk.choose('Kofi');
    await expect(page.getByLabel('Résumé')).toHaveValue('Il répare, il programme.');

    // The page hears of it by itself.
    rig.studio.staff.signOut(token);
    await expect(page.getByText('Votre session a pris fin.')).toBeVisible();
    await expect(page.locator('.desk')).toBeHidden();
    await desk.pin('2304');
    await expect(page.getByLabel('Résumé')).toHaveValue('Il répare, il programme.');
    await desk.button('Enregistrer').click();
    await expect(desk.note).toContainText('Enregistré.');
    await expect(desk.row('Kofi')).not.toContainText('non enregistré');
  });

  test('shows both versions when somebody else changed the words', async ({ page }) => {
    const desk = new DeskPage(page);
    await desk.choose('Bart');
    const id = page.url().split('/').at(-1) ?? '';
    const stored = () => rig.studio.library.portraits.get(id)?.title;
    await desk.title.fill('Ma version');
    rig.describe(id, { title: 'Leur version', text: 'Écrit ailleurs', tags: [] });
    const conflict = page.getByRole('alert');
    await expect(conflict).toContainText('Quelqu’un a changé ces mots');
    await expect(conflict).toContainText('Ma version');
    await expect(conflict).toContainText('Leur version');
    expect(stored()).toBe('Leur version');
    await desk.button('Garder la mienne').click();
    await expect(desk.note).toContainText('Enregistré.');
    expect(stored()).toBe('Ma version');

    await desk.title.fill('Encore la mienne');
    rig.describe(id, { title: 'Encore la leur', text: '', tags: [] });
    await desk.button('Prendre l’autre').click();
    await expect(desk.title).toHaveValue('Encore la leur');
    expect(stored()).toBe('Encore la leur');
  });

  test('saves words and decides in one go', async ({ page }) => {
    const desk = new DeskPage(page);
    await desk.choose('Rachid');
    const id = page.url().split('/').at(-1) ?? '';
    await desk.title.fill('Les gants');
    await desk.key('Escape');
    await desk.key('a');
    await expect(desk.note).toContainText('est approuvé');
    expect(rig.studio.library.portraits.get(id)).toMatchObject({ title: 'Les gants', state: 'approved' });
    await desk.key('u');
    await expect(desk.heading('Les gants')).toBeVisible();
  });

  test('lets a portrait slide in without moving the one being listened to', async ({ page }) => {
    const desk = new DeskPage(page);
    const [hidden] = rig.studio.library.portraits.list({ limit: 1, state: 'rejected' }).rows;
    if (hidden === undefined) throw new Error('the demonstration has a rejected portrait');
    await expect(desk.rows).toHaveCount(10);
    await desk.choose('Mado');
    rig.studio.library.portraits.moveTo(hidden.id, hidden.revision, 'toReview', 'host');
    rig.studio.changes.note('portraits');
    await expect(desk.rows).toHaveCount(11);
    await expect(desk.row('Mado')).toHaveAttribute('aria-selected', 'true');
    rig.studio.library.portraits.moveTo(hidden.id, hidden.revision + 1, 'rejected', 'host');
    rig.studio.changes.note('portraits');
    await expect(desk.rows).toHaveCount(10);
  });
});
