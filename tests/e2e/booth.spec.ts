import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'playwright/test';
import type { PortraitRow } from '../../shared/contract/library.ts';
import { openStand, type Stand } from '../fixtures/stand.ts';
import { Visitor } from './visitor.ts';

let stand: Stand;
test.beforeAll(async () => {
  stand = await openStand({ launch: test.info().project.use.launchOptions ?? {} });
});
test.afterEach(() => stand.clear());
test.afterAll(() => stand.close());

/** What the hosts find, newest first. */
function inbox(): PortraitRow[] {
  return stand.served.studio.library.portraits.list({ limit: 50 }).rows;
}

/** How many masters lie on the disk, those that are being recorded among them. */
function stored(): number {
  return readdirSync(join(stand.served.dir, 'takes')).filter((file) => file.endsWith('.wav')).length;
}

test('by touch: from attract to thanks, and nothing of the visitor stays', async () => {
  const page = await stand.open({ motion: true });
  const visitor = new Visitor(page);
  const { say } = visitor;
  await visitor.sees('attract');
  await visitor.tap(say('attract.start'));
  await visitor.sees('notice');
  await visitor.tap(say('notice.yes'));
  await visitor.sees('name');
  for (const key of ['A', 'ï', 'd', 'a']) await page.locator('.hg-button', { hasText: new RegExp(`^${key}$`) }).tap();
  await page.getByLabel(say('name.trade')).tap();
  for (const key of ['L', 'u', 't', 'h']) await page.locator('.hg-button', { hasText: new RegExp(`^${key}$`) }).tap();
  await page.getByRole('button', { name: say('name.delete') }).tap();
  await visitor.tap(say('nav.next'));
  await visitor.sees('cooperative');
  await visitor.tap('Le Groop');
  await visitor.sees('check');
  await expect(page.getByText(say('check.good'))).toBeVisible();
  await visitor.passesCheck();
  await visitor.tap(say('question.other'));
  await visitor.tap(say('question.go'));
  await visitor.speaksFor(4);
  await visitor.tap(say('recording.stop'));
  await visitor.sees('review');
  await expect(page.getByRole('button', { name: say('review.pause') })).toBeVisible();
  await visitor.keeps();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(say('thanks.named', { name: 'Aïda' }));
  const code = await visitor.code();
  const [portrait] = inbox();
  expect(portrait).toMatchObject({
    state: 'toReview',
    confirmed: true,
    code,
    cooperative: 'Le Groop',
    speaker: { firstName: 'Aïda', trade: 'Lut' },
  });
  await visitor.tap(say('thanks.done'));
  await visitor.sees('attract');
  expect(await page.content()).not.toMatch(/Aïda|Lut\b/);
  expect(await page.content()).not.toContain(code);
  expect(await page.evaluate(() => JSON.stringify({ ...localStorage, ...sessionStorage }))).not.toContain('Aïda');
});

test('by keyboard alone', async () => {
  const page = await stand.open({ touch: false });
  const visitor = new Visitor(page, 'nl');
  const { say } = visitor;
  await visitor.sees('attract');
  await visitor.byKeyboard(say('language.name'));
  await visitor.byKeyboard(say('attract.start'));
  await visitor.sees('notice');
  await visitor.byKeyboard(say('notice.yes'));
  await visitor.sees('name');
  // Typing without having chosen a field means the first one; Enter goes on to the next.
  await page.keyboard.type('Lotte');
  await page.keyboard.press('Enter');
  await page.keyboard.type('bakker');
  await page.keyboard.press('Enter');
  await visitor.sees('cooperative');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await visitor.sees('check');
  await expect(page.getByText(say('check.good'))).toBeVisible();
  await visitor.byKeyboard(say('nav.next'));
  await visitor.sees('question');
  await visitor.byKeyboard(say('question.go'));
  await visitor.sees('recording');
  await page.keyboard.press('Escape');
  await visitor.isAsked('leave');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('alertdialog')).toBeHidden();
  await visitor.speaksFor(1);
  await visitor.byKeyboard(say('recording.stop'));
  await visitor.sees('review');
  await visitor.byKeyboard(say('review.keep'));
  await visitor.sees('choices');
  // The first tick box comes after the way back, the way out and reading aloud.
  await expect(async () => {
    await page.keyboard.press('Tab');
    await expect(visitor.use('site')).toBeFocused({ timeout: 50 });
  }).toPass({ intervals: [0] });
  await page.keyboard.press('Space');
  await visitor.byKeyboard(say('choices.allow'));
  await visitor.sees('thanks');
  expect(inbox()[0]).toMatchObject({
    language: 'nl',
    speaker: { firstName: 'Lotte', trade: 'bakker' },
    confirmed: true,
  });
  await page.keyboard.press('Escape');
  await visitor.sees('attract');
});

for (const key of ['F8', 'Space']) {
  test(`by one single button alone (${key})`, async () => {
    const page = await stand.open({ touch: false });
    const visitor = new Visitor(page);
    const { say } = visitor;
    const press = () => page.keyboard.press(key);
    /** Waits until the highlight is on a choice, and takes it. */
    const choose = async (name: string) => {
      await expect(page.locator('[data-scanned]', { hasText: name })).toBeVisible({ timeout: 30_000 });
      await press();
    };
    await visitor.sees('attract');
    await press();
    await visitor.sees('notice');
    await choose(say('notice.yes'));
    await visitor.sees('name');
    await press();
    await visitor.sees('cooperative');
    await choose('Alterna');
    await visitor.sees('check');
    // Another key, the same from here on: one whole visit is enough.
    if (key === 'Space') return;
    await expect(page.getByText(say('check.good'))).toBeVisible();
    await choose(say('nav.next'));
    await visitor.sees('question');
    await choose(say('question.go'));
    await visitor.speaksFor(1);
    await press();
    await visitor.sees('review');
    await choose(say('review.keep'));
    await visitor.sees('choices');
    await choose(visitor.texts.choices.purposes.site.label);
    await choose(say('choices.allow'));
    await visitor.sees('thanks');
    expect(inbox()[0]).toMatchObject({ cooperative: 'Alterna', speaker: { firstName: '' }, confirmed: true });
    await press();
    await visitor.sees('attract');
  });
}

test('a no opens no microphone and stores nothing', async () => {
  const page = await stand.open();
  await page.addInitScript(() => {
    const devices = navigator.mediaDevices;
    const open = devices.getUserMedia.bind(devices);
    devices.getUserMedia = (wanted) => {
      document.documentElement.dataset.asked = 'yes';
      return open(wanted);
    };
  });
  await page.reload();
  const before = inbox().length;
  const visitor = new Visitor(page);
  await visitor.sees('attract');
  await visitor.tap(visitor.say('attract.start'));
  await visitor.sees('notice');
  await visitor.tap(visitor.say('notice.no'));
  await visitor.sees('declined');
  await visitor.tap(visitor.say('nav.home'));
  await visitor.sees('attract');
  expect(await page.evaluate(() => document.documentElement.dataset.asked)).toBeUndefined();
  expect(inbox()).toHaveLength(before);
  // The same spy sees the microphone opened once somebody says yes, so its silence means something.
  await visitor.goesToMicrophone();
  await visitor.sees('check');
  expect(await page.evaluate(() => document.documentElement.dataset.asked)).toBe('yes');
});

test('erased is erased', async () => {
  const page = await stand.open();
  const visitor = new Visitor(page);
  const { say } = visitor;
  const before = stored();
  await visitor.goesToRecording();
  expect(stored()).toBe(before + 1);
  await visitor.tap(say('recording.stop'));
  await visitor.sees('review');
  await visitor.tap(say('review.erase'));
  await visitor.isAsked('erase');
  await visitor.tap(say('erase.yes'));
  await visitor.sees('erased');
  expect(stored()).toBe(before);
});

test('an erasure the studio could not do yet is done after a reload', async () => {
  const page = await stand.open();
  const visitor = new Visitor(page);
  const { say } = visitor;
  const before = stored();
  await visitor.goesToRecording();
  await page.route('**/api/capture/discard', (route) => route.abort());
  await visitor.tap(say('recording.stop'));
  await visitor.sees('review');
  await visitor.tap(say('review.erase'));
  await visitor.isAsked('erase');
  await visitor.tap(say('erase.yes'));
  await expect(page.getByText(say('erasedSoon.title'))).toBeVisible();
  expect(stored()).toBe(before + 1);
  await page.unroute('**/api/capture/discard');
  await page.reload();
  await visitor.sees('attract');
  await expect.poll(stored).toBe(before);
});

test('a microphone that is lost: what was recorded is kept and offered', async () => {
  const page = await stand.open();
  const visitor = new Visitor(page);
  const { say } = visitor;
  await visitor.goesToRecording();
  await visitor.speaksFor(3);
  await page.context().clearPermissions();
  await visitor.sees('review');
  await expect(page.getByText(say('review.cut'))).toBeVisible();
  await visitor.keeps();
  expect(inbox()[0]).toMatchObject({ confirmed: true, state: 'toReview' });
});

test('a studio that falls silent while recording loses nothing', async () => {
  const page = await stand.open();
  const visitor = new Visitor(page);
  const { say } = visitor;
  await visitor.goesToRecording();
  await page.context().setOffline(true);
  await visitor.speaksFor(4);
  await visitor.tap(say('recording.stop'));
  await visitor.sees('review');
  await visitor.keeps();
  await expect(page.getByText(say('thanks.later'))).toBeVisible();
  await page.context().setOffline(false);
  await expect.poll(() => inbox()[0]?.confirmed, { timeout: 40_000 }).toBe(true);
  expect(inbox()[0]?.duration).toBeGreaterThan(2);
});

test('who walks away after recording leaves it, unconfirmed, to the hosts', async () => {
  const page = await stand.open();
  const visitor = new Visitor(page);
  const { say } = visitor;
  await page.route('**/api/booth/config', async (route) => {
    const answer = await route.fetch();
    const body = await answer.json();
    Object.assign(body.json, { idleSeconds: 3, idleGraceSeconds: 3 });
    await route.fulfill({ response: answer, json: body });
  });
  await page.reload();
  const before = stored();
  const kept = inbox().filter((portrait) => portrait.confirmed).length;
  await visitor.goesToRecording();
  await visitor.tap(say('recording.stop'));
  await visitor.sees('review');
  await visitor.tap(say('review.pause'));
  await visitor.isAsked('idle');
  await expect(page.getByText(say('idle.kept'))).toBeVisible();
  await page.getByRole('button', { name: say('idle.here') }).tap();
  await expect(page.getByRole('alertdialog')).toBeHidden();
  await visitor.isAsked('idle');
  await visitor.sees('attract');
  expect(stored()).toBe(before + 1);
  expect(inbox().filter((portrait) => portrait.confirmed)).toHaveLength(kept);
});

test('opened twice, the second page waits, and takes over when the first is closed', async () => {
  const page = await stand.open();
  const visitor = new Visitor(page);
  await visitor.sees('attract');
  const second = await page.context().newPage();
  await second.goto(stand.served.url);
  await expect(second.locator('[data-screen="elsewhere"]')).toBeVisible();
  await visitor.goesToMicrophone();
  await visitor.sees('check');
  await page.close();
  await new Visitor(second).sees('attract');
});

test('a second tap, a held key and a mashed keyboard do no harm', async () => {
  const page = await stand.open();
  const visitor = new Visitor(page);
  await visitor.sees('attract');
  await visitor.button(visitor.say('attract.start')).dblclick();
  await visitor.sees('notice');
  for (const key of ['a', 'Control+p', 'Control++', 'Alt+ArrowLeft', 'Delete', 'Home', 'End', 'PageUp', '1']) {
    await page.keyboard.press(key);
  }
  await visitor.sees('notice');
  expect(await page.evaluate(() => visualViewport?.scale)).toBe(1);
  const kept = await page.evaluate(() => {
    const menu = new MouseEvent('contextmenu', { bubbles: true, cancelable: true });
    document.querySelector('main')?.dispatchEvent(menu);
    return menu.defaultPrevented && getComputedStyle(document.body).userSelect === 'none';
  });
  expect(kept).toBe(true);
});

test('with reduced motion the ring stands still', async () => {
  const page = await stand.open();
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await page.reload();
  await new Visitor(page).sees('attract');
  const drawn = () => page.locator('.ring-done').getAttribute('d');
  const first = await drawn();
  await page.evaluate(() => new Promise((done) => setTimeout(done, 400)));
  expect(await drawn()).toBe(first);
  await page.emulateMedia({ reducedMotion: 'no-preference' });
  await page.reload();
  await new Visitor(page).sees('attract');
  const moving = await drawn();
  await expect.poll(drawn).not.toBe(moving);
});
