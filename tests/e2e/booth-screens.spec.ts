import { expect, type Page, test } from 'playwright/test';
import { newId } from '../../shared/domain/ids.ts';
import { type Language, languages } from '../../shared/domain/language.ts';
import { openStand, type Stand } from '../fixtures/stand.ts';
import { checkAccess, checkMeasures, sizes, takePicture, titleShare } from './look.ts';
import { otherTour, tour } from './tour.ts';
import { Visitor } from './visitor.ts';

const pin = '2304';
let stand: Stand;
test.beforeAll(async () => {
  stand = await openStand({ launch: test.info().project.use.launchOptions ?? {} });
  const { library, staff } = stand.served.studio;
  await staff.setUp(pin, 'Ana');
  // Everything an event may ask and show, so that the fullest screens are the ones that are measured.
  const { id: _, ...event } = library.events.current();
  const everything = {
    contact: 'bonjour@coop.example.org',
    withdrawalUrl: 'https://coop.example.org/portraits/retrait',
    fullTextUrl: 'https://coop.example.org/portraits/autorisations',
    askContact: true,
  };
  library.events.save({ ...event, consent: { ...event.consent, ...everything } }, 'organiser');
  library.settings.save({ ...library.settings.get(), ticketPrinter: { kind: 'system' } }, 'organiser');
});
test.afterEach(() => stand.clear());
test.afterAll(() => stand.close());

/** Colours are the same in every language: French screens answer for them. */
const access = (page: Page, name: string, language: Language) =>
  checkAccess(page, `${name} in ${language}`, { ask: language === 'fr' ? 'everything' : 'allButColours' });

/** Pictures of a screen in every size, measured in each; a booth speaks other languages on its own two screens only. */
async function look(page: Page, name: string, language = 'fr'): Promise<void> {
  for (const { width, height } of language === 'fr' ? sizes : sizes.slice(0, 2)) {
    await page.setViewportSize({ width, height });
    // The title fits itself to the new room before it is painted.
    await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
    await checkMeasures(page, name);
    const folder = language === 'fr' ? '' : `${language}/`;
    await takePicture(page, `${folder}${width}x${height}-${name}`);
  }
  await page.setViewportSize(sizes[0]);
}

for (const language of languages) {
  test(`every screen of a visit in ${language}`, async () => {
    const page = await stand.open();
    const see = async (name: string) => {
      await look(page, name, language);
      // The countdown is over before axe is.
      if (name !== 'countdown') await access(page, name, language);
    };
    const code = await tour(page, language, see);
    // Their structure is the same in every language; only their measures differ.
    const measured = language === 'fr' ? see : (name: string) => look(page, name, language);
    await otherTour(page, language, { pin, code }, measured);
  });
}

test('short headlines are 6 to 10 % of the height', async () => {
  const page = await stand.open();
  const visitor = new Visitor(page);
  for (const size of sizes) {
    await page.setViewportSize(size);
    await visitor.sees('attract');
    // The new height is there a moment before the headline has followed it.
    await expect(async () => {
      const share = await titleShare(page);
      expect(share).toBeGreaterThanOrEqual(0.06);
      expect(share).toBeLessThanOrEqual(0.1);
    }).toPass({ timeout: 15_000 });
  }
});

test.describe('when something is missing', () => {
  for (const language of languages) {
    test(`the studio, in ${language}`, async () => {
      const page = await stand.open();
      const visitor = new Visitor(page, language);
      await visitor.sees('attract');
      await visitor.tap(visitor.say('language.name'));
      await page.route('**/api/booth/readiness', (route) => route.abort());
      await visitor.tap(visitor.say('attract.start'));
      await visitor.sees('resting');
      await look(page, 'resting', language);
      await access(page, 'resting', language);
      await page.unroute('**/api/booth/readiness');
      await visitor.sees('attract');
      await visitor.tap(visitor.say('language.name'));
      await visitor.tap(visitor.say('attract.start'));
      await visitor.sees('notice');
      await visitor.tap(visitor.say('notice.no'));
      await visitor.sees('declined');
      await look(page, 'declined', language);
      await access(page, 'declined', language);
      await visitor.tap(visitor.say('nav.home'));
      await visitor.sees('attract');
      await visitor.tap(visitor.say('language.name'));
      await page.route('**/api/capture/start', (route) => route.abort());
      await visitor.goesToQuestion();
      await visitor.tap(visitor.say('question.go'));
      await visitor.sees('refused');
      await look(page, 'refused', language);
      await access(page, 'refused', language);
      await page.unroute('**/api/capture/start');
      await visitor.speaksFor(1);
      await visitor.tap(visitor.say('recording.stop'));
      await visitor.sees('review');
      await visitor.tap(visitor.say('review.erase'));
      await visitor.isAsked('erase');
      await visitor.tap(visitor.say('erase.yes'));
      await visitor.sees('erased');
      await look(page, 'erased', language);
      await access(page, 'erased', language);
    });

    test(`the microphone, in ${language}`, async () => {
      const page = await stand.open({ microphone: false });
      const visitor = new Visitor(page, language);
      await visitor.sees('attract');
      await visitor.tap(visitor.say('language.name'));
      await visitor.goesToMicrophone();
      await visitor.sees('noMicrophone');
      await look(page, 'noMicrophone', language);
      await access(page, 'noMicrophone', language);
    });
  }

  test('the studio, from the page’s opening on', async () => {
    const page = await stand.open();
    const visitor = new Visitor(page);
    await page.route('**/api/booth/config', (route) => route.abort());
    await page.reload();
    await visitor.sees('loading');
    await page.getByText(visitor.say('unavailable.title')).waitFor();
    await look(page, 'unavailable');
    await checkAccess(page, 'unavailable');
    await page.unroute('**/api/booth/config');
    await visitor.sees('attract');
  });
});

for (const language of languages) {
  test(`« are you still there? » in ${language}`, async () => {
    const page = await stand.open();
    const visitor = new Visitor(page, language);
    await page.route('**/api/booth/config', async (route) => {
      const answer = await route.fetch();
      const body = await answer.json();
      Object.assign(body.json, { idleSeconds: 1, idleGraceSeconds: 60 });
      await route.fulfill({ response: answer, json: body });
    });
    await page.reload();
    await visitor.sees('attract');
    await visitor.tap(visitor.say('language.name'));
    await visitor.tap(visitor.say('attract.start'));
    await visitor.isAsked('idle');
    await look(page, 'idle', language);
    await access(page, 'idle', language);
  });
}

test('very long names have their place, and so has none', async () => {
  const page = await stand.open();
  const visitor = new Visitor(page);
  const long = 'Marie-Antoinette-Joséphine-Philippine Vandenbroucke-Vanheeckhoet de la Rochefouc'.slice(0, 80);
  expect(long).toHaveLength(80);
  await visitor.sees('attract');
  await visitor.tap(visitor.say('attract.start'));
  await visitor.sees('notice');
  await visitor.tap(visitor.say('notice.yes'));
  await visitor.sees('name');
  await page.getByLabel(visitor.say('name.first')).fill(long);
  await page.getByLabel(visitor.say('name.trade')).fill(long);
  await look(page, 'name-long');
  await visitor.tap(visitor.say('nav.next'));
  await visitor.sees('cooperative');
  await visitor.tap(visitor.say('cooperative.none'));
  await visitor.passesCheck();
  await visitor.tap(visitor.say('question.go'));
  await visitor.speaksFor(1);
  await visitor.tap(visitor.say('recording.stop'));
  await visitor.sees('review');
  await visitor.tap(visitor.say('review.keep'));
  await visitor.sees('choices');
  await look(page, 'choices-long');
  await visitor.use('site').tap();
  await visitor.tap(visitor.say('choices.allow'));
  await visitor.sees('thanks');
  await look(page, 'thanks-long');
});

test('a recording of somebody under 18 whose guardian the studio has forgotten calls a host', async () => {
  const page = await stand.open();
  const visitor = new Visitor(page);
  const { say } = visitor;
  await visitor.sees('attract');
  await visitor.tap(say('attract.start'));
  await visitor.sees('notice');
  await visitor.tap(say('notice.minor'));
  await visitor.sees('minor');
  await visitor.tap(say('minor.host'));
  await visitor.sees('pin');
  await visitor.typesPin(pin);
  await visitor.sees('guardian');
  await page.getByLabel(say('guardian.name')).fill('Marguerite Vandenbroucke');
  await visitor.tap(say('guardian.next'));
  await visitor.sees('signature');
  await visitor.signs();
  await visitor.tap(say('signature.sign'));
  await visitor.sees('name');
  await visitor.tap(say('nav.skip'));
  await visitor.sees('cooperative');
  await visitor.tap(say('cooperative.none'));
  await visitor.passesCheck();
  await visitor.tap(say('question.go'));
  await visitor.speaksFor(1);
  // As after a restart with another folder: the studio knows neither the take nor who stood by.
  const changed = (path: string, change: (input: Record<string, unknown>) => void) =>
    page.route(path, async (route) => {
      const body = route.request().postDataJSON();
      change(body.json);
      await route.continue({ postData: JSON.stringify(body) });
    });
  await changed('**/api/capture/stop', (input) => {
    input.takeId = newId();
  });
  await changed('**/api/capture/start', (input) => {
    input.portraitId = newId();
    delete input.continues;
    Object.assign(input.consent as object, { vouch: '' });
  });
  const kept = () => stand.served.studio.library.portraits.list({ limit: 1 }).counts.toReview;
  const before = kept();
  await visitor.tap(say('recording.stop'));
  await visitor.keeps();
  await visitor.tap(say('thanks.done'));
  await visitor.sees('hostNeeded');
  await look(page, 'hostNeeded');
  await checkAccess(page, 'hostNeeded');
  await visitor.tap(say('waiting.later'));
  await visitor.sees('attract');
  await page.unrouteAll();
  await visitor.tap(say('attract.start'));
  await visitor.sees('notice');
  await visitor.tap(say('notice.no'));
  await visitor.sees('declined');
  await visitor.tap(say('nav.home'));
  await visitor.sees('hostNeeded');
  for (const digit of pin) await visitor.tap(digit);
  await visitor.tap(say('waiting.send'));
  await visitor.sees('attract');
  await expect.poll(kept).toBe(before + 1);
});
