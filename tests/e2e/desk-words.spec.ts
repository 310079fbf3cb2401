import { readFile } from 'node:fs/promises';
import { expect, type Page, test } from 'playwright/test';
import checker from 'webvtt-parser';
import { type DeskRig, openDesk } from '../fixtures/desk-rig.ts';
import { DeskPage } from './desk-page.ts';
import { checkAccess, takePicture } from './look.ts';

// The list holds no more lines than it shows and a few beyond: here one far down is chosen, so the window is large.
test.use({ viewport: { width: 1920, height: 1200 } });

let rig: DeskRig;
test.beforeAll(async () => {
  rig = await openDesk({ demo: true });
});
test.afterAll(() => rig.close());
test.beforeEach(async ({ page }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await new DeskPage(page).signIn(rig.url);
});

const chosen = (page: Page) => page.url().split('/').at(-1) ?? '';
const stored = (page: Page) => rig.studio.library.portraits.get(chosen(page));
const passages = (page: Page) => page.getByRole('list', { name: 'Passages' }).getByRole('textbox');
const saved = (page: Page) => expect(page.locator('.transcript-state')).toHaveText('Enregistré');
/** Nothing axe knows of stands in anybody's way, in any light. */
async function inEveryLight(page: Page, name: string): Promise<void> {
  for (const theme of ['light', 'dark', 'contrast']) {
    await page.evaluate((wanted) => document.documentElement.setAttribute('data-theme', wanted), theme);
    await takePicture(page, `desk-${name}-${theme}`);
    await checkAccess(page, `${name}, ${theme}`, { ask: theme === 'light' ? 'everything' : 'colours' });
  }
}
/** The file of an export, as text. */
async function exported(page: Page, format: string): Promise<string> {
  await page.getByRole('button', { name: 'Exporter…' }).click();
  await page.getByRole('radio', { name: format }).check();
  const download = page.waitForEvent('download');
  await page.getByRole('dialog').getByRole('button', { name: 'Exporter' }).click();
  return readFile(await (await download).path(), 'utf8');
}

test('gives title, tags and stars by keys, and corrects who speaks', async ({ page }) => {
  const desk = new DeskPage(page);
  await desk.choose('Kofi');
  rig.describe(chosen(page), { tags: ['Esprit d’équipe'] });
  await desk.choose('Noé');
  await desk.key('t');
  await expect(desk.heading('Noé, graphiste')).toBeVisible();
  await expect(desk.note).toContainText('Titre : « Noé, graphiste »');
  await desk.key('t');
  await expect.poll(() => stored(page)?.ownTitle).toMatch(/^Noé\s:\s«/);
  await page.keyboard.press('4');
  await expect(page.getByRole('radio', { name: '4 sur 5' })).toBeChecked();

  await desk.key('g');
  await expect(page.getByLabel('Étiquettes')).toBeFocused();
  await page.keyboard.type('equ');
  await expect(page.getByRole('option', { name: 'Esprit d’équipe' })).toBeVisible();
  await desk.key('ArrowDown');
  await desk.key('Enter');
  await page.keyboard.type('graphisme');
  await desk.key('Enter');
  await page.getByText('Personne', { exact: false }).first().click();
  await page.getByLabel('Métier').fill('design graphique');
  await page.getByLabel('Entre nous').fill('Rappeler pour la photo.');
  // Somebody else writes something else meanwhile, which is no conflict.
  rig.describe(chosen(page), { text: 'Écrit à l’autre table.' });
  await desk.key('Control+s');
  await expect(desk.note).toContainText('Enregistré.');
  expect(stored(page)).toMatchObject({
    text: 'Écrit à l’autre table.',
    tags: ['Esprit d’équipe', 'graphisme'],
    speaker: { firstName: 'Noé', trade: 'design graphique' },
    notes: 'Rappeler pour la photo.',
    rating: 4,
  });
  await inEveryLight(page, 'words');
});

test('writes a transcript by keys while it plays, follows it, and exports it', async ({ page }) => {
  const desk = new DeskPage(page);
  await desk.choose('Simone');
  await desk.key('w');
  await expect(passages(page)).toBeFocused();
  await page.keyboard.type('Je fais du théâtre.');
  await desk.key('F9');
  await expect(page.locator('.listen-position')).not.toHaveText(/^0:0[01]/);
  await desk.key('Control+Enter');
  await page.keyboard.type('Avec des gens < de partout > & d’ailleurs.');
  await expect(page.locator('.cue[aria-current="true"] textarea')).toHaveValue(/^Avec/);
  await desk.key('F9');
  await expect(desk.button('Lire').first()).toBeVisible();
  await page.getByRole('switch', { name: 'Relu' }).check();
  await saved(page);
  const transcript = stored(page)?.transcript;
  expect(transcript).toMatchObject({ origin: 'typed', checked: true, language: 'fr' });
  const [first, second] = transcript?.cues ?? [];
  expect(second?.start).toBeGreaterThan((first?.start ?? 0) + 1);
  expect(second?.start).toBe(first?.end);

  // The time of a passage plays from there.
  await page
    .getByRole('button', { name: /^Écouter à partir de/ })
    .first()
    .click();
  await expect(page.locator('.cue[aria-current="true"] textarea')).toHaveValue(/^Je fais/);
  await desk.button('Pause').first().click();

  const vtt = await exported(page, 'WebVTT');
  const checked = new checker.WebVTTParser().parse(vtt, 'subtitles');
  expect(checked.errors).toEqual([]);
  expect(checked.cues.map((cue) => cue.text)).toEqual([
    'Je fais du théâtre.',
    'Avec des gens &lt; de partout &gt; &amp; d’ailleurs.',
  ]);
  // Times of the published sound begin with it.
  expect(checked.cues[0]?.startTime).toBe(0);
  await inEveryLight(page, 'transcript');
});

test('imports a SubRip file as old programs write it, undoes, and offers both when somebody else wrote', async ({
  page,
}) => {
  const desk = new DeskPage(page);
  await desk.choose('Mado');
  await page.getByRole('tab', { name: 'Transcription' }).click();
  const text =
    "1\r\n00:00:01,000 --> 00:00:04,000\r\n<i>L'aiguille</i>\r\n2\r\n00:00:03,000 --> 00:00:06,500\r\net le fil à moitié défait\r\n";
  const words = page.getByLabel('Importer…');
  const file = { name: 'mado.srt', mimeType: 'application/x-subrip', buffer: Buffer.from(text, 'latin1') };
  await words.setInputFiles({ ...file, buffer: Buffer.from('Bonjour') });
  await expect(desk.note).toContainText('aucun passage dans ce fichier');
  await words.setInputFiles(file);
  const dialog = page.getByRole('dialog', { name: 'Importer une transcription' });
  await expect(dialog).toContainText('2 passages lus.');
  await checkAccess(page, 'import');
  await dialog.getByRole('radio', { name: 'le début de l’enregistrement entier' }).check();
  await dialog.getByRole('button', { name: 'Importer' }).click();
  await expect(passages(page)).toHaveCount(2);
  await saved(page);
  expect(stored(page)?.transcript).toMatchObject({
    origin: 'imported',
    checked: false,
    cues: [
      { start: 1, end: 3, text: "L'aiguille" },
      { start: 3, end: 6.5, text: 'et le fil à moitié défait' },
    ],
  });
  await desk.note.getByRole('button', { name: 'Annuler' }).click();
  await expect(page.getByText('Pas encore de transcription')).toBeVisible();
  await expect.poll(() => stored(page)?.transcript).toBeNull();

  const portrait = stored(page);
  await desk.key('w');
  await page.keyboard.type('Ma version');
  const theirs = {
    language: 'fr' as const,
    origin: 'typed' as const,
    checked: false,
    cues: [{ start: 0, end: 2, text: 'Leur version' }],
  };
  rig.studio.library.words.saveTranscript(chosen(page), portrait?.revision ?? 0, theirs, 'host');
  rig.studio.changes.note('portraits');
  const conflict = page.getByRole('alert');
  await expect(conflict).toContainText('Ma version');
  await expect(conflict).toContainText('Leur version');
  expect(stored(page)?.transcript?.cues[0]?.text).toBe('Leur version');
  await desk.button('Garder la mienne').click();
  await saved(page);
  expect(stored(page)?.transcript?.cues[0]?.text).toBe('Ma version');
});

test('renames and merges tags for the whole library, and back', async ({ page }) => {
  const desk = new DeskPage(page);
  const ids = rig.studio.library.portraits.list({ limit: 3, state: 'toReview' }).rows.map((row) => row.id);
  for (const [index, name] of ['vélo', 'bicyclette', 'cycle'].entries())
    rig.describe(ids[index] ?? '', { tags: [name] });
  const tags = () => ids.map((id) => rig.studio.library.portraits.get(id)?.tags.join());
  await page.getByRole('link', { name: 'Mots' }).click();
  await page.getByRole('button', { name: 'Renommer « cycle »' }).click();
  await page.getByLabel('Nouveau nom').fill('Vélo');
  await desk.key('Enter');
  await expect(page.getByText('« vélo » existe déjà. Les fusionner ?')).toBeVisible();
  await desk.key('Enter');
  await expect.poll(tags).toEqual(['vélo', 'bicyclette', 'vélo']);
  await page.getByLabel('Choisir « bicyclette » pour fusionner').check();
  await page.getByLabel('Choisir « vélo » pour fusionner').check();
  await page.getByRole('button', { name: 'Fusionner 2 étiquettes…' }).click();
  await page.getByRole('radio', { name: 'vélo' }).check();
  await page.getByRole('button', { name: 'Fusionner', exact: true }).click();
  await expect.poll(tags).toEqual(['vélo', 'vélo', 'vélo']);
  await desk.note.getByRole('button', { name: 'Annuler' }).click();
  await expect.poll(tags).toEqual(['vélo', 'bicyclette', 'vélo']);
  await inEveryLight(page, 'settings-words');
});
