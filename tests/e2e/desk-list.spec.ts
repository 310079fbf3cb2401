import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, type Page, test } from 'playwright/test';
import { resourcesDir } from '../fixtures/booth.ts';
import { type DeskRig, openDesk } from '../fixtures/desk-rig.ts';
import { fillMany } from '../fixtures/many-portraits.ts';
import { keptPortrait } from '../integration/library/lives.ts';
import { DeskPage } from './desk-page.ts';
import { checkAccess } from './look.ts';

let rig: DeskRig;
test.beforeAll(async () => {
  rig = await openDesk({ demo: false });
  await rig.studio.staff.setUp('2304');
  fillMany(rig.studio.library, 300);
});
test.afterAll(() => rig.close());
test.beforeEach(async ({ page }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  const desk = new DeskPage(page);
  await desk.signIn(rig.url);
  await expect(desk.rows.first()).toBeVisible();
});

const picked = (page: Page) => page.locator('.bulk-head strong');
const count = (state: 'toReview' | 'approved') => rig.studio.library.portraits.list({ limit: 1 }).counts[state];

test('finds words wherever they stand, marks them, and says where else they are', async ({ page }) => {
  const desk = new DeskPage(page);
  const [, second] = rig.studio.library.portraits.list({ state: 'toReview', limit: 2 }).rows;
  if (second === undefined) throw new Error('there are portraits to review');
  rig.describe(second.id, { title: 'La guinguette', text: '<b>Un accordéon</b> sous les tilleuls', tags: [] });
  await desk.key('/');
  await page.keyboard.type('accordeon tilleul');
  await expect(desk.rows).toHaveCount(1);
  await expect(desk.rows.locator('.row-excerpt mark')).toHaveText(['accordéon', 'tilleuls']);
  await expect(desk.rows.locator('.row-excerpt')).toContainText('<b>Un accordéon</b>');
  await expect(page.locator('.finder-count')).toHaveText('1 portrait');
  await checkAccess(page, 'search', { within: '.list' });
  await page.getByRole('searchbox').fill('GUINGUETTE');
  await expect(desk.rows.locator('.row-title mark')).toHaveText('guinguette');
  await desk.view('Approuvés');
  await desk.key('/');
  await page.keyboard.type('guinguette');
  await expect(page.locator('.list-nothing')).toContainText('À écouter (1)');
  await desk.key('Escape');
  await expect(page.locator('.list-nothing')).toHaveCount(0);
});

test('filters with counts in sight, takes one back by its chip, and remembers the view', async ({ page }) => {
  const desk = new DeskPage(page);
  await desk.button('Filtrer').click();
  const choice = page.getByRole('checkbox', { name: /^nl|néerlandais/ });
  const expected = await page.locator('label', { has: choice }).locator('.count').innerText();
  await checkAccess(page, 'filters', { within: '.list' });
  await choice.check();
  await expect(page.locator('.finder-count')).toHaveText(`${expected} portraits`);
  await desk.key('Escape');
  await page.getByRole('combobox', { name: 'Ordre de la liste' }).selectOption('longest');
  await desk.view('Approuvés');
  await expect(page.locator('.chip')).toHaveCount(0);
  await page.reload();
  await desk.pin('2304');
  await desk.view('À écouter');
  await expect(page.locator('.finder-count')).toHaveText(`${expected} portraits`);
  await expect(page.getByRole('combobox', { name: 'Ordre de la liste' })).toHaveValue('longest');
  await desk.button('Enlever le filtre « néerlandais »').click();
  await expect(page.locator('.chip')).toHaveCount(0);
  await expect(page.locator('.finder-count')).toHaveText(`${count('toReview')} portraits`);
});

test('approves many by keys alone, tells what could not be, and takes it all back with one key', async ({ page }) => {
  const desk = new DeskPage(page);
  const before = { toReview: count('toReview'), approved: count('approved') };
  const rows = rig.studio.library.portraits.list({ state: 'toReview', limit: 6 }).rows;
  rig.studio.library.db.prepare('UPDATE portraits SET confirmed = (id <> ?)').run(rows[1]?.id);
  rig.studio.changes.note('portraits');
  await expect(desk.rows.nth(1)).toContainText('non confirmé');
  for (let step = 0; step < 5; step++) await desk.key('Shift+ArrowDown');
  await expect(picked(page)).toHaveText('6 choisis');
  await expect(page.locator('[role=option][aria-selected=true]')).toHaveCount(6);
  await checkAccess(page, 'bulk', { within: '.list' });
  await desk.key('a');
  await expect(desk.note).toContainText('5 approuvés.');
  await expect(page.locator('.bulk-left')).toContainText('1 n’ont rien autorisé');
  await expect(picked(page)).toHaveText('1 choisi');
  expect(count('approved')).toBe(before.approved + 5);
  await desk.key('u');
  await expect(desk.note).toContainText('C’est annulé.');
  expect({ toReview: count('toReview'), approved: count('approved') }).toEqual(before);

  await desk.key('Control+a');
  await expect(picked(page)).toHaveText(`${before.toReview} choisis`);
  await desk.key('Escape');
  await expect(page.locator('.bulk')).toHaveCount(0);
});

test('tags what is chosen by the boxes; who changed meanwhile is told and done again', async ({ page }) => {
  const desk = new DeskPage(page);
  await desk.rows.nth(0).locator('.row-pick').click();
  await desk.rows.nth(2).locator('.row-pick').click();
  await expect(picked(page)).toHaveText('2 choisis');
  const ids = await page
    .locator('[role=option][aria-selected=true]')
    .evaluateAll((all) => all.map(({ id }) => id.slice(4)));
  // Another desk is quicker, and this one has not heard of it yet.
  const [first = ''] = ids;
  const revision = rig.studio.library.portraits.get(first)?.revision ?? 0;
  rig.studio.library.words.save(first, revision, { title: 'Autre', text: '', tags: [] }, 'host');
  await desk.button('Étiqueter…').click();
  await page.getByRole('dialog').getByLabel('Étiquettes').fill('kermesse');
  await desk.button('Mettre').click();
  await expect(desk.note).toContainText('1 étiquetés.');
  await expect(page.locator('.bulk-left')).toContainText('1 ont changé entre-temps');
  await desk.button('Recommencer').click();
  await expect(page.locator('.bulk')).toHaveCount(0);
  for (const id of ids) expect(rig.studio.library.portraits.get(id)?.tags).toContain('kermesse');
});

test('lets a newcomer in at the top, and does not move what is looked at further down', async ({ page }) => {
  const desk = new DeskPage(page);
  const list = page.locator('.list-scroll');
  await expect(desk.rows.first()).toBeVisible();
  await list.evaluate((element) => element.scrollTo(0, 2000));
  const middle = () =>
    list.evaluate((element) => {
      const { top } = element.getBoundingClientRect();
      const row = [...element.querySelectorAll('.row')].find((one) => one.getBoundingClientRect().top > top + 60);
      return row === undefined ? undefined : `${row.id} ${Math.round(row.getBoundingClientRect().top)}`;
    });
  await expect.poll(() => list.evaluate((element) => element.scrollTop)).toBeGreaterThan(1500);
  // Rows are measured as they come into sight; what is looked at is what stands still.
  let still: string | undefined;
  await expect
    .poll(async () => {
      const last = still;
      still = await middle();
      return still !== undefined && still === last;
    })
    .toBe(true);
  const { id } = keptPortrait(rig.studio.library, { questionId: 'metier' });
  rig.studio.changes.note('portraits');
  await expect(page.locator('.list-above')).toContainText('1 de plus, en haut');
  expect(await middle()).toBe(still);
  await page.locator('.list-above button').click();
  await expect(page.locator(`#row-${id}`)).toBeVisible();
  await expect(page.locator(`#row-${id}`)).toContainText('Odile');
});

test('brings sounds in, says what is wrong with a file, and approves one only after the person’s choices', async ({
  page,
}) => {
  const desk = new DeskPage(page);
  const sound = join(resourcesDir, 'demo/11-agathe.ogg');
  const panel = page.getByRole('region', { name: 'Import de sons' });
  const line = (name: string) => panel.getByRole('listitem').filter({ hasText: name });
  const chooser = page.waitForEvent('filechooser');
  // The studio's answer to the second one is that of a full disk, once.
  await page.route(/\/import\?title=plein/, (route) => route.fulfill({ status: 507, json: { code: 'DISK_FULL' } }), {
    times: 1,
  });
  await desk.key('n');
  const buffer = readFileSync(sound);
  await (await chooser).setFiles([
    { name: 'au_marché.ogg', mimeType: 'audio/ogg', buffer },
    { name: 'plein.ogg', mimeType: 'audio/ogg', buffer },
    { name: 'lettre.txt', mimeType: 'text/plain', buffer: Buffer.from('Bonjour') },
  ]);
  await expect(line('au_marché')).toContainText('À écouter, sans autorisation');
  await expect(line('plein')).toContainText('Ce qui reste du disque est gardé pour les enregistrements');
  await expect(line('lettre')).toContainText('Nous n’y trouvons pas de son');
  await expect(panel).toContainText('Personne n’a encore rien autorisé');
  await expect(desk.note).toContainText('1 son importé, à écouter.');
  await checkAccess(page, 'importing', { within: '.list' });

  // One that hangs is given up, and nothing of it stays.
  const before = count('toReview');
  await page.route(/\/import\?title=tomb/, () => {});
  await page.evaluate(() => {
    const carried = new DataTransfer();
    carried.items.add(new File([new Uint8Array(5000)], 'tombé.wav'));
    for (const kind of ['dragenter', 'dragover', 'drop']) {
      document
        .querySelector('.list-scroll')
        ?.dispatchEvent(new DragEvent(kind, { bubbles: true, cancelable: true, dataTransfer: carried }));
    }
  });
  await desk.button('Annuler l’import de « tombé.wav »').click();
  await expect(line('tombé')).toContainText('Annulé');
  expect(count('toReview')).toBe(before);
  await line('plein').getByRole('button').click();
  await expect(line('plein')).toContainText('À écouter, sans autorisation');

  await line('au_marché').getByRole('link').click();
  await expect(page.locator('.portrait-head')).toContainText('au marché');
  await desk.button('Ranger').click();
  await expect(panel).toHaveCount(0);
  await expect(page.getByRole('region', { name: 'Autorisation', exact: true })).toContainText('ce son a été importé');
  await page.locator('.decide').getByRole('button', { name: 'Noter ses choix…' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Site').check();
  await dialog.getByLabel('Sans nom').check();
  await dialog.getByLabel('Sur papier').check();
  await dialog.getByLabel('Où et quand').fill('Feuille du 3 mai.');
  await expect(dialog.getByRole('button', { name: 'Noter ces choix' })).toBeDisabled();
  await dialog.getByLabel('Cette personne a 18 ans ou plus').check();
  await dialog.getByRole('button', { name: 'Noter ces choix' }).click();
  await desk.button('Approuver').click();
  await expect(desk.note).toContainText('est approuvé');
});
