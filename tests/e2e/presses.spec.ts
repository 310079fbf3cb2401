import fc from 'fast-check';
import { expect, type Locator, type Page, test } from 'playwright/test';
import { runs } from '../fixtures/runs.ts';
import { openStand, type Stand } from '../fixtures/stand.ts';
import { Hands, keys, type Place } from './hands.ts';
import { Visitor } from './visitor.ts';

const pin = '2304';
let stand: Stand;
test.beforeAll(async () => {
  stand = await openStand({ launch: test.info().project.use.launchOptions ?? {} });
  await stand.served.studio.staff.setUp(pin, 'Ana');
});
test.afterEach(() => stand.clear());
test.afterAll(() => stand.close());

/** Where a control stands; `dx` and `dy` off its middle. */
async function placeOf(control: Locator, dx = 0, dy = 0): Promise<Place> {
  const box = await control.boundingBox();
  if (box === null) throw new Error('it is not on the screen');
  return { x: box.x + box.width / 2 + dx, y: box.y + box.height / 2 + dy };
}

/** Writes down every press that reaches what is pressed, from now on. */
async function countActs(page: Page): Promise<() => Promise<string[]>> {
  await page.evaluate(() => {
    const acts: string[] = [];
    Object.assign(window, { acts });
    document.addEventListener('click', ({ target }) => {
      const control = (target as Element).closest('button');
      if (control !== null) acts.push(control.getAttribute('aria-label') ?? control.textContent ?? '');
    });
  });
  return () => page.evaluate(() => (window as unknown as { acts: string[] }).acts);
}

/** A visitor before the screen named, hands and what they did so far. */
async function at(screen: 'attract' | 'notice' | 'name', options: Parameters<Stand['open']>[0] = {}) {
  const page = await stand.open(options);
  const visitor = new Visitor(page);
  const { say } = visitor;
  await visitor.sees('attract');
  if (screen !== 'attract') {
    await visitor.tap(say('attract.start'));
    await visitor.sees('notice');
  }
  if (screen === 'name') {
    await visitor.tap(say('notice.yes'));
    await visitor.sees('name');
  }
  const acts = await countActs(page);
  const hands = await Hands.of(page);
  await hands.rest();
  return { page, visitor, say, acts, hands };
}

/** On to what may be done with a recording: boxes to tick. */
async function atChoices() {
  const { page, visitor, say } = await at('notice');
  await visitor.tap(say('notice.yes'));
  await visitor.sees('name');
  await visitor.tap(say('nav.skip'));
  await visitor.sees('cooperative');
  await visitor.tap(say('cooperative.none'));
  await visitor.passesCheck();
  await visitor.tap(say('question.go'));
  await visitor.speaksFor(1);
  await visitor.tap(say('recording.stop'));
  await visitor.sees('review');
  await visitor.tap(say('review.keep'));
  await visitor.sees('choices');
  const acts = await countActs(page);
  const hands = await Hands.of(page);
  await hands.rest();
  return { page, visitor, say, acts, hands };
}

test('a worn panel that bounces gives consent as it was meant: each box stays ticked', async () => {
  const { visitor, say, hands, acts } = await atChoices();
  for (const [purpose, gaps] of [
    ['site', [25]],
    ['podcast', [8, 60]],
    ['archive', [150, 150, 150]],
  ] as const) {
    const box = visitor.use(purpose);
    const place = await placeOf(box);
    await hands.tap(place);
    for (const after of gaps) await hands.tap({ x: place.x + 3, y: place.y - 2 }, { after, lasting: 12 });
    await expect(box).toBeChecked();
    await hands.rest(300);
  }
  // By a worn key as well: Space ticks and unticks.
  const box = visitor.use('transcript');
  await box.focus();
  await hands.press(keys.space);
  for (const after of [25, 80]) await hands.press(keys.space, { after, lasting: 10 });
  await expect(box).toBeChecked();
  await hands.rest(300);
  await hands.press(keys.space);
  await expect(box).not.toBeChecked();
  expect(await acts()).toHaveLength(5);
  await visitor.tap(say('choices.allow'));
  await visitor.sees('thanks');
});

test('a finger that rolls inside the button is heard, one that slides off is not', async () => {
  const { page, visitor, say, hands, acts } = await at('notice');
  const no = visitor.button(say('notice.no'));
  const pressed = page.locator('[data-pressed]');
  for (const [dx, dy] of [
    [0, -400],
    [0, 400],
  ] as const) {
    await hands.down(0, await placeOf(no));
    await expect(pressed).toHaveCount(1);
    await hands.move(0, await placeOf(no, dx / 4, dy / 4));
    await hands.move(0, await placeOf(no, dx, dy));
    await expect(pressed).toHaveCount(0);
    await hands.up(0);
    await hands.rest(300);
  }
  expect(await acts()).toEqual([]);
  await visitor.sees('notice');
  for (const roll of [16, 32, 48, 64, 80]) {
    const yes = visitor.button(say('notice.yes'));
    await hands.down(0, await placeOf(yes, -roll / 2));
    for (let step = 1; step <= 4; step++) await hands.move(0, await placeOf(yes, -roll / 2 + (roll * step) / 4, step));
    await expect(pressed).toHaveText(say('notice.yes'));
    await hands.up(0);
    await visitor.sees('name');
    await visitor.tap(say('nav.back'));
    await visitor.sees('notice');
    await hands.rest();
  }
});

test('a palm that rests on the glass blocks nothing and does nothing, wherever it lies', async () => {
  const { page, visitor, say, hands, acts } = await at('attract');
  const corners: Place[] = [{ x: 1075, y: 1915 }, { x: 4, y: 960 }, await placeOf(visitor.button(say('code.open')))];
  for (const corner of corners) {
    await hands.down(7, corner);
    await hands.move(7, { x: corner.x - 3, y: corner.y - 2 });
    await hands.rest(300);
    await hands.tap(await placeOf(visitor.button(say('attract.start'))), { finger: 1 });
    await visitor.sees('notice');
    await hands.rest();
    await hands.up(7);
    await hands.rest(300);
    await visitor.sees('notice');
    await visitor.tap(say('nav.back'));
    await visitor.sees('attract');
    await hands.rest();
  }
  expect(await acts()).toEqual(corners.flatMap(() => [say('attract.start'), say('nav.back')]));
  expect(await page.locator('[data-pressed]').count()).toBe(0);
});

test('two fingers on yes and no in one instant agree to nothing', async () => {
  const { visitor, say, hands, acts } = await at('notice');
  const yes = await placeOf(visitor.button(say('notice.yes')));
  const no = await placeOf(visitor.button(say('notice.no')));
  for (const [first, second] of [
    [yes, no],
    [no, yes],
  ] as const) {
    for (const lifted of [1, 2]) {
      await hands.down(1, first);
      await hands.down(2, second, 40);
      await hands.up(lifted, 90);
      await hands.up(3 - lifted, 30);
      await hands.rest(300);
    }
  }
  expect(await acts()).toEqual([]);
  await visitor.sees('notice');
});

test('what fires by itself presses once, and not what comes after', async () => {
  const { page, visitor, say, hands, acts } = await at('attract');
  const start = await placeOf(visitor.button(say('attract.start')));
  // Thirty a second for two seconds, over the change of screen.
  for (let shot = 0; shot < 60; shot++) await hands.tap(start, { after: 18, lasting: 15 });
  await hands.rest(300);
  await visitor.sees('notice');
  expect(await acts()).toEqual([say('attract.start')]);
  await page.reload();
  await visitor.sees('attract');
  const byKey = await countActs(page);
  const again = await Hands.of(page);
  await again.rest();
  for (let shot = 0; shot < 30; shot++) await again.press(keys.bigButton, { after: 50, lasting: 50 });
  await again.rest(300);
  await visitor.sees('notice');
  expect(await byKey()).toEqual([say('attract.start')]);
});

test('a button or a key that is held presses once', async () => {
  const { visitor, say, hands, acts } = await at('attract');
  await hands.key('keyDown', keys.bigButton);
  for (let count = 0; count < 40; count++) await hands.key('keyDown', keys.bigButton, { after: 33, repeat: true });
  await visitor.sees('notice');
  await hands.key('keyUp', keys.bigButton, { after: 33 });
  await hands.rest(300);
  await visitor.sees('notice');
  const yes = visitor.button(say('notice.yes'));
  await hands.down(0, await placeOf(yes));
  await hands.rest(1500);
  await hands.up(0);
  await visitor.sees('name');
  expect(await acts()).toEqual([say('attract.start'), say('notice.yes')]);
});

test('a screen that changes under the finger takes the press with it', async () => {
  const { page, visitor, say, hands, acts } = await at('notice');
  const no = await placeOf(visitor.button(say('notice.no')));
  await hands.down(0, no);
  await page.keyboard.press('Escape');
  await visitor.sees('attract');
  await hands.rest();
  await hands.up(0);
  await hands.rest(300);
  await visitor.sees('attract');
  expect(await acts()).toEqual([]);
  await visitor.tap(say('attract.start'));
  await visitor.sees('notice');
});

test('letters doubled quickly are both typed, in the order of the thumbs, and none bounces', async () => {
  const { page, say, hands } = await at('name');
  const key = (letter: string) =>
    page
      .locator('.hg-button')
      .filter({ hasText: new RegExp(`^${letter}$`, 'i') })
      .first();
  const first = page.getByLabel(say('name.first'));
  const tap = async (letter: string, after: number, bounces: readonly number[] = []) => {
    const place = await placeOf(key(letter));
    await hands.tap(place, { after, lasting: 50 });
    for (const gap of bounces) await hands.tap(place, { after: gap, lasting: 8 });
  };
  await tap('g', 200);
  await tap('i', 120);
  await tap('l', 120, [25]);
  await tap('l', 70);
  await tap('e', 120, [8, 24]);
  // The second thumb is lifted before the first.
  const [s, a] = [await placeOf(key('s')), await placeOf(key('a'))];
  await hands.down(1, s, 150);
  await hands.down(2, a, 60);
  await hands.up(2, 40);
  await hands.up(1, 30);
  await expect(first).toHaveValue('Gillesa');
  // Held, it is one letter still.
  await hands.down(0, await placeOf(page.getByRole('button', { name: say('name.delete') })), 300);
  await hands.rest(1200);
  await hands.up(0);
  await expect(first).toHaveValue('Gilles');
  // And a finger reaches a field while a palm lies beside it.
  await hands.down(7, { x: 1070, y: 1910 }, 300);
  await hands.tap(await placeOf(page.getByLabel(say('name.trade'))), { finger: 1, after: 60 });
  await hands.up(7);
  await expect(page.getByLabel(say('name.trade'))).toBeFocused();
});

test('Enter that bounces goes on by one field; what is typed is never held back', async () => {
  const { page, say, hands, visitor } = await at('name');
  await page.keyboard.type('Lll');
  await hands.rest();
  await hands.press(keys.enter);
  await hands.press(keys.enter, { after: 25, lasting: 10 });
  await expect(page.getByLabel(say('name.trade'))).toBeFocused();
  await visitor.sees('name');
  await hands.rest();
  await page.keyboard.type('aaa');
  await page.keyboard.press('Enter');
  await visitor.sees('cooperative');
});

test('what is pressed shows it before the next picture', async () => {
  const { page, visitor, say, hands } = await at('notice');
  await page.evaluate(() => {
    const seen = { down: 0, marked: 0 };
    Object.assign(window, { seen });
    window.addEventListener('pointerdown', ({ timeStamp }) => {
      seen.down = timeStamp;
      requestAnimationFrame(() => {
        const control = document.querySelector('[data-pressed]');
        if (control !== null && getComputedStyle(control).boxShadow !== 'none') seen.marked += 1;
      });
    });
  });
  for (const theme of ['light', 'dark', 'contrast']) {
    await page.evaluate((set) => document.documentElement.setAttribute('data-theme', set), theme);
    const before = await visitor.button(say('notice.yes')).screenshot();
    await hands.down(0, await placeOf(visitor.button(say('notice.yes'))));
    await expect(page.locator('[data-pressed]')).toHaveText(say('notice.yes'));
    const during = await visitor.button(say('notice.yes')).screenshot();
    expect(during.equals(before), theme).toBe(false);
    await hands.move(0, { x: 20, y: 20 });
    await hands.up(0);
    await hands.rest(300);
  }
  expect(await page.evaluate(() => (window as unknown as { seen: { marked: number } }).seen.marked)).toBe(3);
});

test('what scrolls still scrolls, and a screen reader’s press counts once', async () => {
  const { page, visitor, say, hands, acts } = await at('notice', { width: 1280, height: 720 });
  await visitor.button(say('full.open')).evaluate((control: HTMLElement) => control.click());
  await visitor.isAsked('full');
  expect(await acts()).toEqual([say('full.open')]);
  await hands.rest();
  const body = page.locator('.full-body');
  const middle = await placeOf(body);
  await hands.down(0, middle);
  for (let step = 1; step <= 10; step++) await hands.move(0, { x: middle.x, y: middle.y - 20 * step });
  await hands.up(0);
  await expect.poll(() => body.evaluate((box) => box.scrollTop)).toBeGreaterThan(50);
  // A palm that scrolled and rests there does not keep a finger from the way out.
  await hands.rest(300);
  await hands.down(7, middle);
  for (let step = 1; step <= 4; step++) await hands.move(7, { x: middle.x, y: middle.y + 15 * step });
  await hands.rest(300);
  await hands.tap(await placeOf(visitor.button(say('full.close'))), { finger: 1 });
  await expect(body).toBeHidden();
});

test('who signs may lay a hand on the glass: it draws nothing, and the finger does', async () => {
  const { page, visitor, say, hands, acts } = await at('notice');
  await visitor.tap(say('notice.minor'));
  await visitor.sees('minor');
  await visitor.tap(say('minor.host'));
  await visitor.sees('pin');
  await visitor.typesPin(pin);
  await visitor.sees('guardian');
  await page.getByLabel(say('guardian.name')).fill('Noor');
  await visitor.tap(say('guardian.next'));
  await visitor.sees('signature');
  const field = page.locator('.signature canvas');
  await hands.rest();
  await hands.down(7, await placeOf(field, 200, 120));
  await hands.move(7, await placeOf(field, 203, 118));
  await hands.rest(300);
  await hands.down(1, await placeOf(field, -200, 0));
  for (let step = 1; step <= 8; step++)
    await hands.move(1, await placeOf(field, -200 + 40 * step, step % 2 ? -60 : 60));
  await hands.up(1);
  await hands.up(7);
  await expect(page.getByText(say('signature.drawn.one', { n: 1 }))).toBeAttached();
  await hands.rest(300);
  // Undone, nothing is left: the hand has not left a dot.
  await visitor.tap(say('signature.undo'));
  await expect(visitor.button(say('signature.sign'))).toBeDisabled();
  expect((await acts()).at(-1)).toBe(say('signature.undo'));
});

/** How one press is made, and what goes wrong with it; times in ms, places in parts of the control's half. */
const making = fc.record({
  by: fc.constantFrom('touch', 'touch', 'key'),
  from: fc.tuple(fc.double({ min: -0.8, max: 0.8, noNaN: true }), fc.double({ min: -0.8, max: 0.8, noNaN: true })),
  to: fc.tuple(fc.double({ min: -0.8, max: 0.8, noNaN: true }), fc.double({ min: -0.8, max: 0.8, noNaN: true })),
  lasting: fc.integer({ min: 30, max: 600 }),
  before: fc.constantFrom('nothing', 'slides off', 'two fingers'),
  after: fc.constantFrom('nothing', 'bounces', 'bounces', 'fires'),
  palm: fc.boolean(),
  gaps: fc.array(fc.integer({ min: 8, max: 150 }), { minLength: 1, maxLength: 3 }),
});
type Making = typeof making extends fc.Arbitrary<infer Made> ? Made : never;

/** Presses a control once, in the way told, whatever else the hands and the panel do. */
async function pressIll(hands: Hands, control: Locator, other: Locator | null, make: Making): Promise<void> {
  const box = await control.boundingBox();
  if (box === null) throw new Error('it is not on the screen');
  const spot = ([x, y]: readonly [number, number]) => ({
    x: box.x + (box.width * (1 + x)) / 2,
    y: box.y + (box.height * (1 + y)) / 2,
  });
  const again =
    make.after === 'bounces' ? make.gaps : make.after === 'fires' ? Array.from({ length: 12 }, () => 33) : [];
  await hands.rest(260);
  if (make.by === 'key') {
    const key = make.lasting % 2 === 0 ? keys.space : keys.enter;
    await control.focus();
    await hands.rest();
    await hands.press(key, { lasting: make.lasting });
    for (const after of again) await hands.press(key, { after, lasting: after % 20 });
    return;
  }
  if (make.before === 'slides off') {
    await hands.down(0, spot(make.from));
    await hands.move(0, other === null ? { x: 2, y: 2 } : await placeOf(other));
    await hands.up(0, make.lasting);
    await hands.rest(260);
  } else if (make.before === 'two fingers' && other !== null) {
    await hands.down(1, spot(make.from));
    await hands.down(2, await placeOf(other), make.gaps[0]);
    await hands.up(1, make.lasting);
    await hands.up(2, 20);
    await hands.rest(260);
  }
  if (make.palm) {
    await hands.down(7, { x: 1078, y: 1918 });
    await hands.rest(260);
  }
  await hands.down(0, spot(make.from));
  await hands.move(0, spot([(make.from[0] + make.to[0]) / 2, (make.from[1] + make.to[1]) / 2]));
  await hands.move(0, spot(make.to));
  await hands.up(0, make.lasting);
  for (const after of again) await hands.tap(spot(make.to), { after, lasting: after % 20 });
  if (make.palm) await hands.up(7);
}

test('whole visits of ill-made presses on the real screens: exactly what was meant', async () => {
  // A visit of a hundred presses takes two minutes of a busy machine.
  test.setTimeout(runs(480_000, 3_600_000));
  const seed = 20231;
  const made = fc.sample(making, { seed, numRuns: 3000 }).values();
  const next = (): Making => {
    const { value } = made.next();
    if (value === undefined) throw new Error('too few are made');
    return value;
  };
  const figures = { visits: 0, presses: 0 };
  for (let visit = 0; visit < runs(1, 12); visit++) {
    const page = await stand.open();
    const visitor = new Visitor(page);
    const { say } = visitor;
    await visitor.sees('attract');
    const acts = await countActs(page);
    const hands = await Hands.of(page);
    await hands.rest();
    const meant: string[] = [];
    const press = async (name: string, other: string | null = null, screen: string | null = null) => {
      const make = next();
      meant.push(name);
      await pressIll(hands, visitor.button(name), other === null ? null : visitor.button(other), make);
      if (screen !== null) await visitor.sees(screen);
      await hands.rest();
      expect(await acts(), JSON.stringify(make)).toEqual(meant);
      figures.presses++;
    };
    await press(say('attract.start'), say('code.open'), 'notice');
    await press(say('notice.yes'), say('notice.no'), 'name');
    await press(say('nav.back'), say('nav.skip'), 'notice');
    await press(say('notice.yes'), say('notice.minor'), 'name');
    await press(say('nav.skip'), say('nav.back'), 'cooperative');
    await press('Tilt', 'Alterna', 'check');
    await press(say('nav.help'), say('nav.back'), 'help');
    await press(say('check.anyway'), say('help.retry'), 'question');
    for (let other = 0; other < 6; other++) await press(say('question.other'), say('question.go'));
    await press(say('question.go'), say('question.other'));
    await visitor.speaksFor(1);
    await press(say('recording.stop'), null, 'review');
    await press(say('review.keep'), say('review.erase'), 'choices');
    const ticked = new Set<string>();
    for (let tick = 0; tick < runs(40, 90); tick++) {
      const purpose = (['site', 'podcast', 'archive', 'transcript'] as const)[(tick * 7) % 4] ?? 'site';
      const make = next();
      const box = visitor.use(purpose);
      const before = (await acts()).length;
      await pressIll(hands, box, visitor.use(purpose === 'site' ? 'archive' : 'site'), make);
      if (!ticked.delete(purpose)) ticked.add(purpose);
      await hands.rest();
      expect((await acts()).length - before, `${purpose}: ${JSON.stringify(make)}`).toBe(1);
      figures.presses++;
    }
    for (const purpose of ['site', 'podcast', 'archive', 'transcript'] as const) {
      if (ticked.has(purpose)) await expect(visitor.use(purpose)).toBeChecked();
      else await expect(visitor.use(purpose)).not.toBeChecked();
    }
    if (ticked.size === 0) await visitor.use('site').tap();
    await hands.rest(300);
    meant.push(...(await acts()).slice(meant.length));
    await press(say('choices.allow'), say('choices.refuse'), 'thanks');
    await press(say('thanks.done'), null, 'attract');
    figures.visits++;
    await stand.clear();
  }
  console.log(figures);
});

test('the single button, worn: what it bounces, repeats and fires takes nothing more', async () => {
  const page = await stand.open({ touch: false });
  const visitor = new Visitor(page);
  const { say } = visitor;
  await visitor.sees('attract');
  const acts = await countActs(page);
  const hands = await Hands.of(page);
  const meant: string[] = [];
  const take = async (name: string, screen: string, worn: 'bounces' | 'repeats' | 'fires') => {
    if (screen !== 'notice' && screen !== 'cooperative')
      await expect(page.locator('[data-scanned]', { hasText: name })).toBeVisible({ timeout: 30_000 });
    await hands.rest(300);
    await hands.key('keyDown', keys.bigButton);
    if (worn === 'repeats')
      for (let count = 0; count < 20; count++)
        await hands.key('keyDown', keys.bigButton, { after: count === 0 ? 500 : 33, repeat: true });
    await hands.key('keyUp', keys.bigButton, { after: 60 });
    const gaps = worn === 'bounces' ? [8, 25, 150] : worn === 'fires' ? Array.from({ length: 30 }, () => 33) : [];
    for (const after of gaps) await hands.press(keys.bigButton, { after, lasting: 15 });
    meant.push(name);
    await visitor.sees(screen);
    expect(await acts()).toEqual(meant);
  };
  await take(say('attract.start'), 'notice', 'bounces');
  await take(say('notice.yes'), 'name', 'fires');
  await take(say('nav.skip'), 'cooperative', 'repeats');
  await take('Alterna', 'check', 'bounces');
});
