import { expect, type Page, test } from 'playwright/test';
import { editDuration } from '../../shared/domain/edit.ts';
import type { Edit } from '../../shared/domain/sound.ts';
import { type DeskRig, openDesk } from '../fixtures/desk-rig.ts';
import { DeskPage } from './desk-page.ts';
import { checkAccess } from './look.ts';

/** What was put into the sound device: when, how long, how loud. */
interface PieceHeard {
  at: number;
  seconds: number;
  rms: number;
}
declare global {
  interface Window {
    piecesHeard: PieceHeard[];
  }
}

let rig: DeskRig;
test.beforeAll(async () => {
  rig = await openDesk({ demo: true });
});
test.afterAll(() => rig.close());

async function open(page: Page, name: string): Promise<{ desk: DeskPage; id: string; stored(): Edit }> {
  await page.addInitScript(() => {
    window.piecesHeard = [];
    const { start } = AudioBufferSourceNode.prototype;
    AudioBufferSourceNode.prototype.start = function started(this: AudioBufferSourceNode, at = 0) {
      const samples = this.buffer?.getChannelData(0) ?? new Float32Array();
      const rms = Math.sqrt(samples.reduce((sum, one) => sum + one * one, 0) / Math.max(1, samples.length));
      window.piecesHeard.push({ at, seconds: this.buffer?.duration ?? 0, rms });
      start.call(this, at);
    };
  });
  const desk = new DeskPage(page);
  await desk.signIn(rig.url);
  await desk.choose(name);
  await expect(page.locator('.edit-saving')).toHaveText('Enregistré');
  const id = page.url().split('/').at(-1) ?? '';
  return {
    desk,
    id,
    stored() {
      const edit = rig.studio.library.portraits.get(id)?.edit;
      if (!edit) throw new Error('no edit');
      return edit;
    },
  };
}

test('trims, cuts, marks and decides by keyboard alone; what was done is undone after a reload', async ({ page }) => {
  const { desk, id, stored } = await open(page, 'Kofi');
  const suggested = stored();

  // It plays at once, as loud as it is published.
  await desk.key(' ');
  await expect.poll(() => desk.position()).toBeGreaterThan(suggested.in + 1);
  const heard = await page.evaluate(() => window.piecesHeard);
  expect(Math.max(...heard.map(({ rms }) => rms))).toBeGreaterThan(0.05);
  // A busy machine may come late, and then there is a gap; never do two pieces sound at once.
  const gaps = heard.slice(1).map(({ at }, index) => {
    const before = heard[index] as PieceHeard;
    return at - before.at - before.seconds;
  });
  expect(Math.min(...gaps)).toBeGreaterThan(-1e-6);
  expect(gaps.some((gap) => Math.abs(gap) < 1e-6)).toBe(true);
  await desk.key('i');
  await expect.poll(() => stored().in).toBeGreaterThan(suggested.in + 0.9);
  const trimmed = stored().in;
  await desk.key('k');
  await expect(desk.button('Lire')).toBeVisible();
  await desk.key('.');
  await desk.key('.');
  await expect.poll(() => stored().in).toBeCloseTo(trimmed + 0.02, 5);

  // By number.
  await page.getByRole('textbox', { name: 'Fin' }).fill('0:15,250');
  await desk.key('Enter');
  await expect.poll(() => stored().out).toBeCloseTo(15.25, 5);
  await page.getByRole('textbox', { name: 'Fin' }).press('ArrowUp');
  await page.getByRole('textbox', { name: 'Fin' }).press('Shift+ArrowUp');
  await expect.poll(() => stored().out).toBeCloseTo(15.36, 5);
  await desk.key('Escape');

  // By the handle, in words.
  const handle = page.getByRole('slider', { name: 'Début' });
  await handle.press('ArrowLeft');
  await expect(handle).toHaveAttribute('aria-valuetext', /secondes$/);
  await expect.poll(() => stored().in).toBeCloseTo(trimmed + 0.01, 2);
  await desk.playhead.focus();
  await desk.key('m');
  await page.keyboard.type('le vélo');
  await desk.key('Enter');
  await expect.poll(() => stored().markers.map(({ word }) => word)).toEqual(['le vélo']);
  // French sets its colons off with spaces of several kinds.
  const label = (await page.locator('.wave').getAttribute('aria-label')) ?? '';
  expect(label.replaceAll(/\s/g, ' ')).toMatch(/Partie gardée : de 0:0\d,\d{3} à 0:15,360/);

  // The suggestion is one key, and everything done before is still there to be undone after a reload.
  await desk.key('s');
  await expect.poll(() => stored().out).toBeCloseTo(suggested.out, 5);
  await page.reload();
  await desk.pin('2304');
  await expect(page.locator('.edit-saving')).toHaveText('Enregistré');
  await desk.key('Control+z');
  await expect.poll(() => stored().out).toBeCloseTo(15.36, 5);
  await expect(desk.note).toContainText('montage proposé');
  // The word first, then the marker it was given to; each is seen before the next is asked for.
  const words = page.locator('.edit-list-word');
  await desk.key('Control+z');
  await expect(words).toHaveValue('Repère 1');
  await desk.key('Control+z');
  await expect(words).toHaveCount(0);
  await expect.poll(() => stored().markers).toEqual([]);
  await desk.key('Control+Shift+z');
  await expect(words).toHaveValue('Repère 1');
  await desk.key('Control+Shift+z');
  await expect(words).toHaveValue('le vélo');
  await desk.key('Control+Shift+z');
  await expect.poll(() => stored().out).toBeCloseTo(suggested.out, 5);
  expect(stored().markers.map(({ word }) => word)).toEqual(['le vélo']);

  // A change that is still on its way when one decides is not lost.
  await desk.key('i');
  await desk.key('Enter');
  await expect(desk.note).toContainText('est approuvé');
  expect(rig.studio.library.portraits.get(id)?.state).toBe('approved');
});

test('selects and cuts by hand, plays the join, and takes the cut back', async ({ page }) => {
  const { desk, stored } = await open(page, 'Thomas');
  const before = stored();
  await desk.key('x');
  await expect(desk.note).toContainText('Sélectionnez d’abord un passage');
  await desk.drag(8, 10);
  await expect(page.getByRole('img', { name: /^Sélection, de 0:0[78],/ })).toBeVisible();

  // Space plays the selection, and comes back to its beginning.
  await desk.key(' ');
  await expect(desk.button('Pause')).toBeVisible();
  await expect(desk.button('Lire')).toBeVisible();
  expect(await desk.position()).toBeCloseTo(8, 0);
  await desk.key('x');
  await expect.poll(() => stored().cuts.length).toBe(1);
  const [cut] = stored().cuts;
  expect(cut?.start).toBeCloseTo(8, 1);
  expect(editDuration(stored())).toBeCloseTo(editDuration(before) - 2, 1);
  await expect(page.getByRole('img', { name: /^Coupe 1, de/ })).toBeVisible();

  await page.evaluate(() => {
    window.piecesHeard = [];
  });
  await page.getByRole('button', { name: 'Écouter le raccord 1' }).click();
  await expect
    .poll(() => page.evaluate(() => window.piecesHeard.reduce((sum, one) => sum + one.seconds, 0)))
    .toBeCloseTo(1.5, 2);
  await expect(desk.button('Lire')).toBeVisible();

  // The beginning by hand, past where it can go and back.
  await page.getByRole('slider', { name: 'Début' }).hover({ position: { x: 7, y: 20 } });
  await page.mouse.down();
  const { x } = await desk.pointAt(5);
  await page.mouse.move(x, 400, { steps: 4 });
  await page.mouse.up();
  await expect.poll(() => stored().in).toBeCloseTo(5, 0);

  // A fade by hand is one step; by keys its end goes where the arrow points.
  const faded = stored();
  const fade = page.getByRole('slider', { name: 'Fondu d’entrée' });
  const corner = await fade.boundingBox();
  if (corner === null) throw new Error('no handle');
  expect(Math.min(corner.width, corner.height)).toBeGreaterThanOrEqual(44);
  await page.mouse.move(corner.x + 20, corner.y + 16);
  await page.mouse.down();
  const [here, there] = [await desk.pointAt(5), await desk.pointAt(6.5)];
  await page.mouse.move(corner.x + 20 + there.x - here.x, corner.y + 16, { steps: 4 });
  await page.mouse.up();
  await expect.poll(() => stored().fadeIn).toBeCloseTo(faded.fadeIn + 1.5, 1);
  await expect(fade).toHaveAttribute('aria-valuetext', /^1,\d+\ssecondes$/);
  await desk.key('Control+z');
  await expect.poll(() => stored().fadeIn).toBeCloseTo(faded.fadeIn, 5);
  await expect(desk.note).toContainText('fondu');
  await page.getByRole('slider', { name: 'Fondu de sortie' }).press('Shift+ArrowLeft');
  await expect.poll(() => stored().fadeOut).toBeCloseTo(faded.fadeOut + 0.1, 5);

  // The small picture of the whole leads anywhere.
  const map = await page.locator('.wave-map').boundingBox();
  if (map === null) throw new Error('no overview');
  await page.mouse.click(map.x + map.width / 2, map.y + map.height / 2);
  const whole = Number(await desk.playhead.getAttribute('aria-valuemax'));
  await expect.poll(async () => Math.abs((await desk.position()) - whole / 2)).toBeLessThan(0.3);

  // Compared with the original, at the same moment.
  await desk.key('v');
  await expect(page.getByRole('button', { name: 'Original' })).toHaveAttribute('aria-pressed', 'true');
  await desk.key('v');
  await page.getByRole('switch', { name: 'Grondements' }).click();
  await expect.poll(() => stored().cleanUp.highPass).toBe(true);
  await desk.key('c');
  await expect(desk.note).toContainText('sans nettoyage');

  await desk.clickWave(9);
  await expect.poll(() => stored().cuts).toEqual([]);
  await desk.note.getByRole('button', { name: 'Annuler' }).click();
  await expect.poll(() => stored().cuts.length).toBe(1);

  // A stored cut stands where it is from the first picture on.
  await page.reload();
  await desk.pin('2304');
  const drawn = page.getByRole('img', { name: /^Coupe 1, de/ });
  await expect(drawn).toBeVisible();
  const cutAt = await desk.pointAt(stored().cuts[0]?.start ?? 0);
  expect(Math.abs(((await drawn.boundingBox())?.x ?? 0) - cutAt.x)).toBeLessThan(3);
});

test('tells when somebody else changed the edit, and loses neither', async ({ page }) => {
  const { desk, id, stored } = await open(page, 'Mado');
  const elsewhere = (start: number) => {
    const portrait = rig.studio.library.portraits.get(id);
    const edit = { ...stored(), in: start };
    const saved = rig.studio.library.edits.save(
      id,
      portrait?.revision ?? 0,
      { edit, label: 'stepIn', merge: false },
      'host',
    );
    if (!saved.ok) throw new Error(saved.code);
  };
  // Without being told: as when both change at once.
  elsewhere(3);
  await page.getByRole('textbox', { name: 'Début' }).fill('0:02,000');
  await desk.key('Enter');
  const conflict = page.getByRole('alert');
  await expect(conflict).toContainText('Quelqu’un a changé ce montage');
  await expect(conflict).toContainText('De 0:02,000');
  await expect(conflict).toContainText('De 0:03,000');
  expect(stored().in).toBe(3);
  await desk.button('Garder la mienne').click();
  await expect.poll(() => stored().in).toBe(2);
  await expect(conflict).toHaveCount(0);
  // Told: what is on the screen follows.
  elsewhere(4);
  rig.studio.changes.note('portraits');
  await expect(page.getByRole('textbox', { name: 'Début' })).toHaveValue('0:04,000');
});

/** Whether wave and overview, in that order, are drawn in the colour of the light that is on. */
const drawnInItsLight = (page: Page) =>
  page.evaluate(() => {
    const pixel = (canvas: HTMLCanvasElement) => {
      const { data } = canvas.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height) ?? { data: [] };
      for (let at = 3; at < data.length; at += 4) if (data[at] === 255) return [...data.slice(at - 3, at)].join();
      return 'nothing drawn';
    };
    const token = document.createElement('canvas');
    const pen = token.getContext('2d');
    const editor = document.querySelector('.editor');
    if (pen === null || editor === null) throw new Error('there is no editor');
    pen.fillStyle = getComputedStyle(editor).getPropertyValue('--wave');
    pen.fillRect(0, 0, token.width, token.height);
    return [...editor.querySelectorAll('*')]
      .flatMap(({ shadowRoot }) => shadowRoot?.querySelector<HTMLCanvasElement>('.canvases canvas') ?? [])
      .map((canvas) => pixel(canvas) === pixel(token));
  });

test('axe finds nothing in an editor full of things, light and dark', async ({ page }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  const { desk } = await open(page, 'Rachid');
  await desk.drag(6, 7);
  await desk.key('x');
  await desk.key('m');
  await desk.key('Enter');
  await page.getByRole('switch', { name: 'Bruit de fond' }).click();
  await page.getByRole('textbox', { name: 'Début' }).fill('0:02');
  await desk.key('Enter');
  await desk.drag(10, 12);
  await expect(page.getByRole('img', { name: /^Montage proposé/ })).toBeVisible();
  for (const theme of ['light', 'dark']) {
    await page.getByLabel('Apparence').selectOption(theme);
    await expect.poll(() => drawnInItsLight(page)).toEqual([true, true]);
    await checkAccess(page, `editor, ${theme}`, { within: '.portrait' });
  }
});
