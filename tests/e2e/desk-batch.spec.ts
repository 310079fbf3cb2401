import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'playwright/test';
import { type DeskRig, openDesk } from '../fixtures/desk-rig.ts';
import { DeskPage } from './desk-page.ts';
import { checkAccess } from './look.ts';

test.describe('a batch', () => {
  let rig: DeskRig;
  let out: string;
  test.beforeEach(async ({ page }) => {
    out = mkdtempSync(join(tmpdir(), 'phonomaton-batch-'));
    rig = await openDesk({ demo: true });
    await new DeskPage(page).signIn(rig.url);
  });
  test.afterEach(async () => {
    await rig.close();
    rmSync(out, { recursive: true, force: true });
  });

  test('is made, ordered, mended and exported, by keyboard and with nothing in anybody’s way', async ({ page }) => {
    const desk = new DeskPage(page);
    const dialog = page.getByRole('dialog');
    const items = page.locator('.batch-item');

    await desk.view('Lots');
    await expect(desk.heading('Aucun lot pour l’instant')).toBeVisible();
    await checkAccess(page, 'no batch');

    // From a portrait: B makes the first batch, then adds the next portrait to it with two keys.
    await desk.view('Approuvés');
    await expect(desk.button('Publier…')).toBeVisible();
    const first = await page.locator('.portrait-head h2').innerText();
    await desk.key('b');
    await dialog.getByLabel('Nom du lot').fill('Dunkerque 2023');
    await desk.key('Enter');
    await expect(desk.note).toContainText('Ajouté au lot « Dunkerque 2023 »');
    await desk.key('ArrowDown');
    await expect(page.locator('.portrait-head h2')).not.toHaveText(first);
    await desk.key('b');
    await expect(dialog.getByRole('radio').first()).toBeChecked();
    await checkAccess(page, 'adding');
    await desk.key('Enter');
    await expect(desk.note).toContainText('Ajouté au lot « Dunkerque 2023 »');
    await desk.note.getByRole('link', { name: 'Voir le lot' }).click();
    await expect(items).toHaveCount(2);
    await expect(desk.count('Lots')).toHaveText('1');

    // Both have no title of their own: said, with the way to mend it.
    await expect(page.getByText('2 portraits ne peuvent pas encore partir.')).toBeVisible();
    await expect(desk.button('Préparer le ZIP')).toBeDisabled();
    await checkAccess(page, 'blocked');
    const handle = () => items.last().locator('.batch-handle');
    await expect(items.first()).toContainText(first);
    await handle().focus();
    await desk.key('Space');
    await expect(page.getByText('est saisi, place 2 sur 2')).toBeAttached();
    await desk.key('ArrowUp');
    await expect(page.getByText('passe à la place 1 sur 2')).toBeAttached();
    await desk.key('Space');
    await expect(items.last()).toContainText(first);
    await desk.button(`Monter « ${first} »`).click();
    await expect(items.first()).toContainText(first);

    for (const place of [0, 1]) {
      await items.nth(place).getByRole('link', { name: 'Donner un titre' }).click();
      await expect(desk.title).toBeFocused();
      await desk.title.fill(`Voix n° ${place + 1}`);
      await desk.key('Control+s');
      await expect(desk.button('Enregistrer')).toHaveCount(0);
      await page.goBack();
    }
    await expect(page.getByText('Tous les portraits peuvent partir.')).toBeVisible();

    // Taken out, and put back where it was.
    await desk.button('Retirer « Voix n° 1 » du lot').click();
    await expect(items).toHaveCount(1);
    await desk.note.getByRole('button', { name: /Annuler/ }).click();
    await expect(items.first()).toContainText('Voix n° 1');

    const downloading = page.waitForEvent('download', { timeout: 60_000 });
    await desk.button('Préparer le ZIP').click();
    const download = await downloading;
    expect(download.suggestedFilename()).toBe('lot-dunkerque-2023.zip');
    const zip = join(out, 'lot.zip');
    await download.saveAs(zip);
    execFileSync('unzip', ['-q', zip, '-d', out]);
    execFileSync('sha256sum', ['-c', '--quiet', 'SHA256SUMS'], { cwd: join(out, 'lot-dunkerque-2023') });
    await expect(page.locator('.export-done')).toBeVisible();
    await expect(page.locator('.export-done summary')).toContainText('fichiers');
    await checkAccess(page, 'exported');

    await page.getByRole('radio', { name: 'Dans un dossier de la cabine' }).check();
    await page.getByLabel('Dossier', { exact: true }).fill('documents');
    await desk.button('Exporter').click();
    await expect(page.getByText('Écrivez le chemin complet du dossier.')).toBeVisible();
    await page.getByLabel('Dossier', { exact: true }).fill(out);
    await desk.button('Exporter').click();
    await expect(page.locator('.export-done').first()).toContainText(`Dans ${out}`, { timeout: 30_000 });
    expect(existsSync(join(out, 'lot-dunkerque-2023-2', 'feed.xml'))).toBe(true);
    expect(readdirSync(join(out, 'lot-dunkerque-2023-2')).filter((name) => name.startsWith('.'))).toEqual([]);

    await desk.button('Supprimer le lot').click();
    await expect(desk.heading('Aucun lot pour l’instant')).toBeVisible();
    await desk.note.getByRole('button', { name: /Annuler/ }).click();
    await expect(items).toHaveCount(2);
  });
});
