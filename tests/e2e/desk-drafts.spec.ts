import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { type BrowserContext, chromium, expect, type Page, test } from 'playwright/test';
import { type DeskRig, openDesk } from '../fixtures/desk-rig.ts';
import { runs } from '../fixtures/runs.ts';
import { DeskPage } from './desk-page.ts';
import { checkAccess, takePicture } from './look.ts';

// What a host typed outlives the page, and is shown to nobody else.

const odile = '230411';
const samir = '230422';
let rig: DeskRig;
test.beforeAll(async () => {
  rig = await openDesk({ demo: true });
  const { staff } = rig.studio;
  for (const [name, pin] of [
    ['Odile', odile],
    ['Samir', samir],
  ] as const) {
    const added = await staff.add({ name, role: 'organiser', pin }, 'organiser', 'booth');
    if (!added.ok) throw new Error(added.code);
  }
});
test.afterAll(() => rig.close());

const memberId = (name: string) => rig.studio.staff.members().find((one) => one.name === name)?.id ?? '';
const keptDrafts = (name: string) => rig.studio.library.drafts.list(memberId(name));
const chosen = (page: Page) => page.url().split('/').at(-1) ?? '';
const found = (page: Page) => page.locator('.draft-found');
async function enter(page: Page, pin: string): Promise<DeskPage> {
  const desk = new DeskPage(page);
  await desk.pin(pin);
  await expect(page.getByRole('navigation')).toBeVisible();
  return desk;
}
async function open(page: Page, pin: string): Promise<DeskPage> {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await page.goto(rig.url);
  return enter(page, pin);
}
/** Every word on the page, shown or hidden, and in its fields. */
const everything = (page: Page) =>
  page.evaluate(() => {
    const fields = [...document.querySelectorAll<HTMLInputElement>('input, textarea')].map(({ value }) => value);
    return `${document.documentElement.outerHTML} ${fields.join(' ')} ${JSON.stringify({ ...localStorage, ...sessionStorage })}`;
  });

test('words, tags and a dialog come back after a reload, and another member sees none of it', async ({ page }) => {
  const desk = await open(page, odile);
  await desk.choose('Noé');
  const id = chosen(page);
  await desk.title.fill('La guinguette du quai');
  await page.getByLabel('Entre nous').fill('Rappeler Zéphyrine');
  await page.getByLabel('Étiquettes').pressSequentially('mirabel');
  // Gone in the middle of it: no blur, no goodbye.
  await expect.poll(() => keptDrafts('Odile').length).toBe(2);
  await page.reload();
  await enter(page, odile);
  await expect(found(page)).toContainText('Brouillon retrouvé');
  await expect(desk.title).toHaveValue('La guinguette du quai');
  await expect(page.getByLabel('Entre nous')).toHaveValue('Rappeler Zéphyrine');
  await expect(page.getByLabel('Étiquettes')).toHaveValue('mirabel');
  await checkAccess(page, 'a draft found again', { within: '.words' });
  await takePicture(page, 'desk-draft-found');
  expect(rig.studio.library.portraits.get(id)?.ownTitle).toBe('');

  // An approval waits until the host has said what becomes of the draft.
  await page.locator('[role=listbox]').first().focus();
  await desk.key('a');
  await expect(desk.note).toContainText('Un brouillon retrouvé attend ici');
  expect(rig.studio.library.portraits.get(id)?.state).toBe('toReview');

  await desk.button('Verrouiller').click();
  await enter(page, samir);
  await desk.choose('Noé');
  await expect(desk.title).toHaveValue('');
  await expect(desk.button('Brouillons')).toHaveCount(0);
  for (const word of ['guinguette', 'Zéphyrine', 'mirabel']) expect(await everything(page)).not.toContain(word);

  await desk.button('Verrouiller').click();
  await enter(page, odile);
  await desk.choose('Noé');
  await expect(found(page)).toBeVisible();
  await desk.button('Le jeter').click();
  await expect(desk.title).toHaveValue('');
  await desk.key('u');
  await expect(desk.title).toHaveValue('La guinguette du quai');
  await desk.key('Control+s');
  await expect.poll(() => rig.studio.library.portraits.get(id)?.ownTitle).toBe('La guinguette du quai');
  await desk.button('Brouillons').click();
  await checkAccess(page, 'drafts', { within: 'dialog' });
  await page.getByRole('dialog').getByRole('button', { name: 'Le jeter' }).click();
  await expect(page.getByRole('dialog')).toContainText('Aucun brouillon');
  await desk.key('Escape');
  await expect.poll(() => keptDrafts('Odile')).toEqual([]);
});

test('a refusal that comes late, to the session before, does not end the one that is open', async ({ page }) => {
  const desk = await open(page, odile);
  await desk.choose('Noé');
  const { promise: held, resolve: free } = Promise.withResolvers<void>();
  await page.route('**/api/words/**', async (route) => {
    if (route.request().method() === 'POST') await held;
    await route.continue();
  });
  const rated = page.waitForRequest((request) => request.url().includes('/api/words/') && request.method() === 'POST');
  await page.locator('[role=listbox]').first().focus();
  await desk.key('4');
  const asked = await rated;
  await desk.button('Verrouiller').click();
  await enter(page, samir);
  free();
  expect((await asked.response())?.ok()).toBe(false);
  // The desk is still Samir's, and works.
  await desk.choose('Mado');
  await expect(page.locator('.pin input')).toHaveCount(0);
  await expect(page.locator('.sidebar-who')).toContainText('Samir');
});

test('what is being written of an authorisation comes back as it was; Cancel lets it go', async ({ page }) => {
  const desk = await open(page, odile);
  await desk.choose('Kofi');
  const record = page.locator('.consent').getByRole('button', { name: 'Noter' });
  await record.click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('textbox').first().fill('Au téléphone, mardi');
  await expect.poll(() => keptDrafts('Odile').length).toBe(1);
  await page.reload();
  await enter(page, odile);
  await record.click();
  await expect(dialog.locator('.draft-found')).toBeVisible();
  await expect(dialog.getByRole('textbox').first()).toHaveValue('Au téléphone, mardi');
  // Escape and Back close it, and keep what was typed; Cancel does not.
  await page.goBack();
  await expect(dialog).toHaveCount(0);
  await expect(page.getByRole('navigation')).toBeVisible();
  await record.click();
  await expect(dialog.getByRole('textbox').first()).toHaveValue('Au téléphone, mardi');
  await dialog.getByRole('button', { name: 'Annuler' }).click();
  await expect.poll(() => keptDrafts('Odile')).toEqual([]);
});

test('Back never leaves the desk unasked', async ({ page }) => {
  await page.goto(rig.url.replace(/desk$/, ''));
  const desk = await open(page, odile);
  await desk.choose('Noé');
  await desk.title.press('Control+a');
  await desk.title.pressSequentially('Mots en cours');
  await page.goBack();
  await expect(desk.note).toContainText('Encore une fois « Retour » pour quitter la régie');
  await expect(desk.title).toHaveValue('Mots en cours');
  await desk.view('Approuvés');
  await page.goBack();
  await expect(page).toHaveURL(/toReview/);
  await page.goBack();
  await expect(page.getByRole('navigation')).toBeVisible();
  await page.goBack();
  await expect.poll(() => new URL(page.url()).pathname).not.toBe('/desk');
  // And back again the words are there.
  await page.goto(rig.url);
  await enter(page, odile);
  await desk.choose('Noé');
  await expect(desk.title).toHaveValue('Mots en cours');
  await desk.button('Le jeter').click();
  await expect.poll(() => keptDrafts('Odile')).toEqual([]);
});

test('approving many saves what is being written first, and does nothing where it cannot', async ({ page }) => {
  const desk = await open(page, samir);
  await desk.choose('Noé');
  const first = chosen(page);
  await desk.title.fill('Écrit juste avant');
  await desk.row('Noé').locator('.row-pick').click();
  const other = desk.rows.nth(0);
  await other.locator('.row-pick').click();
  await desk.button('Approuver').first().click();
  await expect(desk.note).toContainText('approuvé');
  expect(rig.studio.library.portraits.get(first)).toMatchObject({ state: 'approved', ownTitle: 'Écrit juste avant' });
  await desk.key('u');
  await expect(desk.note).toContainText('annulé');

  await desk.choose('Noé');
  await desk.title.fill('Une autre version');
  rig.studio.library.words.save(
    first,
    rig.studio.library.portraits.get(first)?.revision ?? 0,
    { title: 'De l’autre table' },
    'host',
  );
  await desk.row('Noé').locator('.row-pick').click();
  await desk.button('Approuver').first().click();
  await expect(desk.note).toContainText('Rien n’a été fait');
  expect(rig.studio.library.portraits.get(first)).toMatchObject({ state: 'toReview', ownTitle: 'De l’autre table' });
  rig.studio.changes.note('portraits');
  await desk.button('Prendre l’autre').click();
  await expect.poll(() => keptDrafts('Samir')).toEqual([]);
});

/** The browser's own process, by its own word. */
async function processOf(context: BrowserContext): Promise<number> {
  const session = await context.browser()?.newBrowserCDPSession();
  const facts = await session?.send('SystemInfo.getProcessInfo');
  const browser = facts?.processInfo.find(({ type }) => type === 'browser');
  if (browser === undefined) throw new Error('the browser does not say which process it is');
  return browser.id;
}

/** Lowest pace of a fast hand, in milliseconds a letter. */
const letterMs = 60;

test('a browser killed in the middle of a word while another desk saves the same field loses no word', async () => {
  const profile = await mkdtemp(join(tmpdir(), 'phonomaton-profile-'));
  const { launchOptions = {}, viewport } = test.info().project.use;
  const start = () => chromium.launchPersistentContext(profile, { ...launchOptions, viewport: viewport ?? null });
  const { rows } = rig.studio.library.portraits.list({ state: 'toReview', limit: 20 });
  const lost: number[] = [];
  const times = runs(2, 25);
  let context: BrowserContext | undefined;
  try {
    for (let turn = 0; turn < times; turn++) {
      const portrait = rows[turn % rows.length];
      if (portrait === undefined) throw new Error('there are portraits to review');
      const name = portrait.speaker.firstName;
      const before = rig.studio.library.portraits.get(portrait.id)?.ownTitle ?? '';
      context = await start();
      const page = context.pages()[0] ?? (await context.newPage());
      await page.goto(`${rig.url}#/portraits/all/${portrait.id}`);
      await enter(page, odile);
      const pid = await processOf(context);
      const title = page.getByLabel('Titre');
      await expect(title).toHaveValue(before);
      await title.fill('');
      // What earlier turns kept is a title by now, and for everybody to see.
      const begins = `Essai ${turn} `;
      const word = `${begins}anticonstitutionnellement, ${name} et toute la cuisine`;
      const cut = begins.length + 4 + ((turn * 7) % (word.length - begins.length - 8));
      const pressed: number[] = [];
      for (const [at, letter] of [...word].slice(0, cut).entries()) {
        await page.keyboard.type(letter);
        pressed.push(performance.now());
        // The other desk saves the same field in the middle of it.
        if (at === cut >> 1) rig.describe(portrait.id, { title: `De l’autre table ${turn}` });
        await pause(letterMs);
      }
      const studioHad = keptDrafts('Odile').find((one) => one.name === `words-${portrait.id}`)?.value ?? '';
      const killed = performance.now();
      process.kill(pid, 'SIGKILL');
      await context.close().catch(() => undefined);
      // The other's version came up in the middle of it, and no letter became a key of the desk.
      expect(rig.studio.library.portraits.get(portrait.id)).toMatchObject({
        state: 'toReview',
        rating: portrait.rating,
      });
      expect(studioHad, 'something was kept as it was typed').toContain(begins.slice(0, 3));

      context = await start();
      const again = context.pages()[0] ?? (await context.newPage());
      await again.goto(`${rig.url}#/portraits/all/${portrait.id}`);
      // Another member first: nothing of it is there.
      await enter(again, samir);
      await expect(again.getByLabel('Titre')).toHaveValue(`De l’autre table ${turn}`);
      expect(await everything(again)).not.toContain(begins);
      await new DeskPage(again).button('Verrouiller').click();
      await enter(again, odile);
      // Both changed it: both stand side by side.
      const sides = again.locator('.conflict-side .conflict-text');
      await expect(sides.nth(1)).toContainText(`De l’autre table ${turn}`);
      const mine = await sides.nth(0).innerText();
      expect(word.startsWith(mine), mine).toBe(true);
      // Whatever was half a second old is there, on a machine that is busy with everything else too.
      const old = pressed.filter((moment) => moment < killed - 500).length;
      expect(mine.length, 'letters that came back').toBeGreaterThanOrEqual(old);
      lost.push(cut - mine.trimEnd().length);
      await again.getByRole('button', { name: 'Garder la mienne' }).click();
      await expect.poll(() => rig.studio.library.portraits.get(portrait.id)?.ownTitle).toBe(mine.trim());
      await expect.poll(() => keptDrafts('Odile')).toEqual([]);
      await context.close();
    }
  } finally {
    await context?.close().catch(() => undefined);
    await rm(profile, { recursive: true, force: true });
  }
  console.info(`${times} kills in the middle of a word; letters lost of those just typed: ${lost.join(' ')}`);
});
