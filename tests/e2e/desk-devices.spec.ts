import { expect, type Page, test } from 'playwright/test';
import { languages } from '../../shared/domain/language.ts';
import { deskWords } from '../../shared/i18n/desk/words.ts';
import { demoPin } from '../fixtures/desk-rig.ts';
import { openStand, type Stand } from '../fixtures/stand.ts';
import { DeskPage } from './desk-page.ts';
import { checkAccess, checkMeasures, takePicture } from './look.ts';
import { Visitor } from './visitor.ts';

const absent = { name: 'Rode NT-USB', companions: [], nth: 0, of: 1, id: 'unplugged' };
const [first, second] = ['Fake Audio Input 1', 'Fake Audio Input 2'];
const say = deskWords('fr');
let stand: Stand;
test.beforeAll(async () => {
  stand = await openStand({ launch: test.info().project.use.launchOptions ?? {} });
  await stand.served.studio.staff.setUp(demoPin, 'Ana');
});
test.afterEach(() => stand.clear());
test.afterAll(() => stand.close());

function choose(devices: Partial<ReturnType<typeof chosen>>): void {
  const { library, changes, devices: known } = stand.served.studio;
  library.settings.save({ ...library.settings.get(), ...devices }, 'organiser');
  changes.note('settings');
  known.chosen();
}
const chosen = () => {
  const { microphone, loudspeaker } = stand.served.studio.library.settings.get();
  return { microphone, loudspeaker };
};

/** A desk elsewhere, at the booth's settings. */
async function openForm(language = 'fr', size = { width: 1440, height: 900 }): Promise<Page> {
  const page = await stand.open({ ...size, touch: false, microphone: false });
  await page.addInitScript(
    (value) => localStorage.setItem('phonomaton.desk', value),
    JSON.stringify({ language, theme: 'light' }),
  );
  await new DeskPage(page).signIn(`${stand.served.url}/desk`);
  await page.evaluate(() => location.assign('#/settings/booth'));
  await expect(page.locator('.devices')).toBeVisible();
  return page;
}

/** Nothing of the form runs out of its place. */
const spilling = (page: Page) =>
  page
    .locator('.devices')
    .evaluate((form) =>
      [form, ...form.querySelectorAll('*')]
        .filter((one) => one.getBoundingClientRect().right > form.getBoundingClientRect().right + 1)
        .map((one) => one.outerHTML.slice(0, 80)),
    );

test('by keys alone a host chooses by name, sees the level live, hears the tone, and is told what is missing', async () => {
  choose({ microphone: null, loudspeaker: null });
  await new Visitor(await stand.open()).sees('attract');
  const page = await openForm();
  const microphone = page.getByLabel(say('devicesMicrophone'));
  const meter = page.getByLabel(say('devicesLevel'));
  const level = () => meter.evaluate((element: HTMLMeterElement) => element.value);
  await expect(microphone.getByRole('option', { name: second })).toBeAttached();
  await microphone.focus();
  // A chosen device is stored at once, and the keyboard stays where it is.
  await microphone.press('End');
  await expect.poll(() => chosen().microphone?.name).toBe(second);
  await expect(microphone).toBeFocused();
  await microphone.press('ArrowUp');
  await expect.poll(() => chosen().microphone?.name).toBe(first);
  await expect(microphone).toBeFocused();
  await expect(microphone.locator('option:checked')).toHaveText(first);

  await page.keyboard.press('Tab');
  const listen = page.getByRole('button', { name: say('devicesListen') });
  await expect(listen).toBeFocused();
  expect(await level()).toBe(0);
  await page.keyboard.press('Enter');
  await expect.poll(level).toBeGreaterThan(10);
  await takePicture(page, 'desk-devices-running-1440x900');
  await page.keyboard.press('Enter');
  await expect.poll(level).toBe(0);
  await expect(listen).toBeFocused();

  await page.keyboard.press('Tab');
  await expect(page.getByLabel(say('devicesLoudspeaker'))).toBeFocused();
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await expect(page.getByText(say('devicesHeard'))).toBeVisible();

  choose({ microphone: absent });
  await expect(page.locator('.devices .problem')).toContainText(absent.name);
  await expect(microphone.locator('option:checked')).toContainText(absent.name);
  for (const size of [
    { width: 1440, height: 900 },
    { width: 1280, height: 800 },
  ]) {
    await page.setViewportSize(size);
    expect(await spilling(page)).toEqual([]);
    await takePicture(page, `desk-devices-missing-${size.width}x${size.height}`);
  }
  await checkAccess(page, 'devices', { within: '.devices' });
});

test('a test ends when somebody comes, and says so', async () => {
  choose({ microphone: null, loudspeaker: null });
  const visitor = new Visitor(await stand.open());
  await visitor.sees('attract');
  const page = await openForm();
  await expect(page.getByText(first).first()).toBeAttached();
  await page.getByRole('button', { name: say('devicesListen') }).click();
  const level = () => page.getByLabel(say('devicesLevel')).evaluate((element: HTMLMeterElement) => element.value);
  await expect.poll(level).toBeGreaterThan(10);
  await visitor.tap(visitor.say('attract.start'));
  await expect(page.getByText(say('devicesVisit'))).toBeVisible();
  expect(await level()).toBe(0);
});

for (const language of languages) {
  test(`the booth names the microphone it misses, and comes back by itself, in ${language}`, async () => {
    choose({ microphone: absent });
    const booth = await stand.open();
    const visitor = new Visitor(booth, language);
    await visitor.sees('attract');
    await visitor.tap(visitor.say('language.name'));
    await visitor.goesToMicrophone();
    await visitor.sees('noMicrophone');
    await expect(booth.locator('h1')).toContainText(absent.name);
    // What else is plugged in is for the staff alone.
    await expect(booth.getByText(first)).toHaveCount(0);
    for (const [width, height] of [
      [1366, 768],
      [1080, 1920],
    ] as const) {
      await booth.setViewportSize({ width, height });
      await booth.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
      await checkMeasures(booth, 'chosenMissing');
      await takePicture(booth, `${language}-chosenMissing-${width}x${height}`);
    }
    await checkAccess(booth, `chosenMissing in ${language}`, {
      ask: language === 'fr' ? 'everything' : 'allButColours',
    });
    if (language !== 'fr') {
      const page = await openForm(language, { width: 1280, height: 800 });
      expect(await spilling(page)).toEqual([]);
      await takePicture(page, `${language}-desk-devices-1280x800`);
    }
    choose({ microphone: null });
    await visitor.sees('check');
  });
}
