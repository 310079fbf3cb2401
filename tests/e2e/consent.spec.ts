import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, type Page, test } from 'playwright/test';
import type { EventConsent } from '../../shared/contract/event.ts';
import type { PortraitRow } from '../../shared/contract/library.ts';
import { openFakePrinter } from '../fixtures/fake-printer.ts';
import { openStand, type Stand } from '../fixtures/stand.ts';
import { Visitor } from './visitor.ts';

const pin = '2304';
let stand: Stand;
test.beforeAll(async () => {
  stand = await openStand({ launch: test.info().project.use.launchOptions ?? {} });
  await stand.served.studio.staff.setUp(pin, 'Ana');
});
test.afterEach(() => stand.clear());
test.afterAll(() => stand.close());

/** What the organiser says of authorisations from now on. */
function organise(consent: Partial<EventConsent>): void {
  const { events } = stand.served.studio.library;
  const { id: _, ...event } = events.current();
  events.save({ ...event, consent: { ...event.consent, ...consent } }, 'organiser');
}

function inbox(): PortraitRow[] {
  return stand.served.studio.library.portraits.list({ limit: 50 }).rows;
}

function masters(): number {
  return readdirSync(join(stand.served.dir, 'takes')).filter((file) => file.endsWith('.wav')).length;
}

/** Counts what the visitor taps from now on: the browser also clicks on nothing, where a tap brought another screen. */
async function countTaps(page: Page): Promise<() => Promise<number>> {
  await page.evaluate(() => {
    document.documentElement.dataset.taps = '0';
    window.addEventListener(
      'click',
      ({ target }) => {
        if (!(target instanceof Element) || target.closest('button, input, label') === null) return;
        const { dataset } = document.documentElement;
        dataset.taps = String(Number(dataset.taps) + 1);
      },
      { capture: true },
    );
  });
  return async () => Number(await page.evaluate(() => document.documentElement.dataset.taps));
}

test('an adult by touch: three taps and some seconds of consent, and only what was ticked', async () => {
  organise({ withdrawalUrl: 'https://coop.example.org/retrait', contact: 'bonjour@example.org' });
  const page = await stand.open();
  const visitor = new Visitor(page);
  const { say } = visitor;
  await visitor.sees('attract');
  await visitor.tap(say('attract.start'));
  await visitor.sees('notice');
  const taps = await countTaps(page);
  let consenting = 0;
  let since = Date.now();
  await visitor.tap(say('notice.yes'));
  await visitor.sees('name');
  consenting += Date.now() - since;
  const before = await taps();
  await visitor.tap(say('nav.skip'));
  await visitor.sees('cooperative');
  await visitor.tap(say('cooperative.none'));
  await visitor.passesCheck();
  await visitor.tap(say('question.go'));
  await visitor.speaksFor(1);
  await visitor.tap(say('recording.stop'));
  await visitor.sees('review');
  await visitor.tap(say('review.keep'));
  const between = await taps();
  since = Date.now();
  await visitor.sees('choices');
  for (const box of await page.getByRole('checkbox').all()) await expect(box).not.toBeChecked();
  await visitor.use('site').tap();
  await visitor.tap(say('choices.allow'));
  await visitor.sees('thanks');
  consenting += Date.now() - since;
  const counted = before + (await taps()) - between;
  console.log({ taps: counted, consentSeconds: consenting / 1000 });
  expect(counted).toBeLessThanOrEqual(4);
  expect(consenting).toBeLessThanOrEqual(20_000);
  const [portrait] = inbox();
  const { library } = stand.served.studio;
  library.portraits.approve(portrait?.id ?? '', portrait?.revision ?? 0, 'host');
  expect(library.consent.mayUse(portrait?.id ?? '', 'site')).toEqual({ allowed: true });
  expect(library.consent.mayUse(portrait?.id ?? '', 'podcast')).toEqual({ allowed: false, why: 'notThisPurpose' });
  await expect(page.locator('.ticket-phone')).toContainText('coop.example.org/retrait');
});

test('refused after listening: nothing is kept, and thanks all the same', async () => {
  const page = await stand.open();
  const visitor = new Visitor(page);
  const { say, texts } = visitor;
  const before = { portraits: inbox().length, masters: masters() };
  await visitor.goesToRecording();
  await visitor.tap(say('recording.stop'));
  await visitor.sees('review');
  await visitor.tap(say('review.keep'));
  await visitor.sees('choices');
  await visitor.tap(texts.choices.none.replace(' :', '\u202f:'));
  await visitor.isAsked('nothing');
  await visitor.tap(say('nothing.yes'));
  await visitor.sees('erased');
  await expect(page.getByText(say('erased.text'))).toBeVisible();
  expect({ portraits: inbox().length, masters: masters() }).toEqual(before);
});

test('under 18: the host’s PIN, two guardians’ signatures, by hand and by keys, before any sound', async () => {
  organise({ guardians: 2 });
  const page = await stand.open();
  const visitor = new Visitor(page);
  const { say } = visitor;
  const before = masters();
  await visitor.sees('attract');
  await visitor.tap(say('attract.start'));
  await visitor.sees('notice');
  await visitor.tap(say('notice.minor'));
  await visitor.sees('minor');
  await visitor.tap(say('minor.host'));
  await visitor.sees('pin');
  await visitor.typesPin('9999');
  await expect(page.getByText(say('staff.wrong'))).toBeVisible();
  await visitor.typesPin(pin);
  await visitor.sees('guardian');
  await expect(page.getByText(say('guardian.host', { name: 'Ana' }))).toBeVisible();
  await page.getByLabel(say('guardian.name')).fill('Noor Peeters');
  await visitor.tap(say('guardian.next'));
  await visitor.sees('signature');
  await expect(visitor.button(say('signature.sign'))).toBeDisabled();
  await visitor.signs();
  await visitor.tap(say('signature.clear'));
  await expect(visitor.button(say('signature.sign'))).toBeDisabled();
  await visitor.signs();
  await visitor.tap(say('signature.undo'));
  await visitor.tap(say('signature.sign'));
  await visitor.sees('guardian');
  await page.getByLabel(say('guardian.name')).fill('Jo Peeters');
  await visitor.tap(say('guardian.guardian'));
  await visitor.tap(say('guardian.next'));
  await visitor.sees('signature');
  await page.getByRole('application').focus();
  for (const key of ['Space', 'ArrowRight', 'ArrowRight', 'ArrowDown', 'Space']) await page.keyboard.press(key);
  await visitor.tap(say('signature.sign'));
  await visitor.sees('name');
  expect(masters()).toBe(before);
  await visitor.tap(say('nav.skip'));
  await visitor.sees('cooperative');
  await visitor.tap(say('cooperative.none'));
  await visitor.passesCheck();
  await visitor.tap(say('question.go'));
  await visitor.speaksFor(1);
  await visitor.tap(say('recording.stop'));
  await visitor.keeps('site', 'archive');
  const evidence = stand.served.studio.consent.papers.evidence(inbox()[0]?.id ?? '') ?? '';
  for (const word of ['moins de 18 ans', 'Noor Peeters', 'Jo Peeters', 'Ana']) expect(evidence).toContain(word);
  // Two drawn signatures: one stroke by hand, one by keys.
  expect(evidence.match(/<svg/g)).toHaveLength(2);
  organise({ guardians: 1 });
});

test('a ticket on paper, then its code: looked up, one use taken back, then all', async () => {
  const printer = await openFakePrinter();
  const { library } = stand.served.studio;
  library.settings.save(
    { ...library.settings.get(), ticketPrinter: { kind: 'network', host: printer.host, port: printer.port } },
    'organiser',
  );
  organise({ withdrawalUrl: null });
  const page = await stand.open();
  const visitor = new Visitor(page);
  const { say, texts } = visitor;
  await visitor.goesToRecording();
  await visitor.tap(say('recording.stop'));
  await visitor.keeps('site', 'podcast');
  const code = await visitor.code();
  await visitor.tap(say('thanks.print'));
  await expect(page.getByText(say('thanks.printed'))).toBeVisible();
  expect(printer.papers()[0]?.lines).toContain(code);
  await printer.close();
  await visitor.tap(say('thanks.print'));
  await expect(page.getByText(say('thanks.noPrinter'))).toBeVisible();
  await visitor.tap(say('thanks.done'));
  await visitor.sees('attract');

  await visitor.tap(say('code.open'));
  await visitor.sees('code');
  // A code of before has six signs, and its owner says that this is all.
  await visitor.typesCode('AAA-AAA');
  await visitor.tap(say('code.six'));
  await expect(page.getByText(say('code.wrong'))).toBeVisible();
  // A keyboard does as well, and dashes do not matter.
  await page.getByRole('textbox').fill(code.toLowerCase());
  await visitor.sees('ticket');
  await expect(page.getByText(say('ticket.underReview'))).toBeVisible();
  await visitor.tap(say('ticket.withdrawOne', { purpose: texts.choices.purposes.podcast.label }));
  await visitor.isAsked('withdraw');
  await visitor.tap(say('withdraw.yes'));
  await visitor.sees('withdrawn');
  await visitor.tap(say('nav.home'));
  await visitor.sees('attract');
  await visitor.tap(say('code.open'));
  await visitor.sees('code');
  await visitor.typesCode(code);
  await visitor.sees('ticket');
  await expect(page.getByText(texts.choices.purposes.podcast.label)).toHaveCount(0);
  const before = masters();
  await visitor.tap(say('ticket.withdrawAll'));
  await visitor.isAsked('withdraw');
  await visitor.tap(say('withdraw.yes'));
  await visitor.sees('withdrawn');
  await expect.poll(masters).toBe(before - 1);
  await visitor.tap(say('nav.home'));
  await visitor.sees('attract');
  expect(await page.content()).not.toContain(code);
});
