import { expect, type Page, test } from 'playwright/test';
import { newId } from '../../shared/domain/ids.ts';
import { type DeskRig, demoPin, openDesk, siteAddress } from '../fixtures/desk-rig.ts';
import { picturesWanted } from '../fixtures/pictures.ts';
import { DeskPage } from './desk-page.ts';
import { checkAccess, takePicture } from './look.ts';

const usual = { width: 1440, height: 900 };
/** The narrowest the desk is made for, where words have the least room and fingers may be used. */
const narrowest = { width: 1024, height: 768 };
const sizes = [{ width: 1920, height: 1080 }, { width: 1080, height: 1920 }, narrowest];

let full: DeskRig;
let fresh: DeskRig;
/** Portraits in the states the screens are to be seen in. */
let shown: { first: string; unconfirmed: string; begun: string; approved: string; batch: string };

test.beforeAll(async () => {
  fresh = await openDesk({ demo: false });
  full = await openDesk({ demo: true });
  shown = await furnish(full);
});
test.afterAll(async () => {
  await fresh.close();
  await full.close();
});

/** Deliveries of every kind, a paused site, words, and a microphone that was unplugged. */
async function furnish(rig: DeskRig) {
  const { portraits } = rig.studio.library;
  const rows = portraits.list({ limit: 50 }).rows;
  const id = (name: string) => {
    const row = rows.find((one) => one.speaker.firstName === name);
    if (row === undefined) throw new Error(`no ${name} in the demonstration`);
    return row.id;
  };
  const approve = (name: string) => {
    const portrait = portraits.get(id(name));
    const change = portraits.approve(id(name), portrait?.revision ?? 0, 'host');
    if (!change.ok) throw new Error(change.code);
  };
  const { delivery } = rig.studio;
  const site = { kind: 'wordpress' as const, user: 'cabine', password: 'abcd efgh ijkl mnop' };
  const save = async (name: string) => {
    const saved = await delivery.saveDestination({ ...site, name, url: siteAddress }, 'organiser');
    if (!saved.ok) throw new Error('the destination was refused');
    return saved.value.id;
  };
  const main = await save('Site Hauts les Coop');
  const second = await save('Radio du littoral');
  const publish = async (name: string, destination: string, until: string, fault?: DeskRig['weather']['fault']) => {
    rig.weather.fault = fault;
    const queued = delivery.publish({ portraitId: id(name), destinationId: destination }, 'host');
    if (!queued.ok) throw new Error(queued.code);
    const state = () => delivery.queue().deliveries.find((one) => one.id === queued.value.id);
    await expect.poll(() => state()?.reason ?? state()?.state, { timeout: 30_000 }).toBe(until);
    return queued.value.id;
  };
  rig.describe(id('Inès'), {
    title: 'Chacun a son poste, on gagne ensemble, et personne ne reste sur le banc',
    text: 'Une journée de printemps à Dunkerque, entre deux services.',
    tags: ['équipe', 'solidarité', 'cuisine'],
  });
  await publish('Inès', main, 'done');
  approve('Mado');
  await publish('Mado', main, 'tooLarge', '413');
  approve('Camille');
  await publish('Camille', main, 'offline', 'refused');
  await publish('Yanis', second, 'login', 'login');
  delivery.cancel({ id: await publish('Camille', second, 'login', 'refused') }, 'host');
  rig.studio.microphone.report({ state: 'lost', device: 'USB Microphone', detail: '' });
  rig.describe(id('Kofi'), { title: '', text: '', tags: ['vélo'] });
  const { batches } = rig.studio.library;
  const words = { name: 'Dunkerque, avril 2023', description: 'Une équipe, un territoire.' };
  const batch = batches.create({ ...words, purpose: 'podcast', needsTranscript: true, feedUrl: '' }, 'host');
  const added = batches.add(batch, batches.get(batch)?.revision ?? 0, [id('Inès'), id('Mado')], undefined, 'host');
  if (!added.ok) throw new Error(added.code);
  const begun = id('Kofi');
  write(rig, `words-${begun}`, [begun], {
    base: { title: '', text: '' },
    mine: {
      title: 'Anticonstitutionnellement vôtre : la guinguette du quai des Hollandais, un soir de pleine lune',
      text: 'Elle raconte la cuisine, le bruit des casseroles et les voisins qui passent.\nÀ reprendre avec Zéphyrine-Marguerite.',
    },
  });
  write(rig, `record-${begun}`, [begun], { note: '' });
  write(rig, 'new-batch', [], { name: 'Les Montalbanaises et Montalbanais du Haut-Languedoc', description: '' });
  return { first: id('Simone'), unconfirmed: id('Agathe'), begun, approved: id('Inès'), batch };
}

/** What the member who signs in had begun to write before this page was opened. */
function write(rig: DeskRig, name: string, subjects: string[], value: unknown): void {
  const staffId = rig.studio.staff.members()[0]?.id ?? '';
  const draft = { id: newId(), name, subjects, value: JSON.stringify(value), turn: 1, replaces: [], staffId };
  expect(rig.studio.library.drafts.save(draft)).toBe('saved');
}

/** Sets language and light as the machine remembers them, before the page is read. */
async function prefer(page: Page, language: string, theme: string): Promise<void> {
  await page.addInitScript(
    (value) => localStorage.setItem('phonomaton.desk', value),
    JSON.stringify({ language, theme }),
  );
}

const go = (page: Page, hash: string) => page.evaluate((place) => location.assign(place), hash);
const settled = (page: Page) => page.locator('.portrait .wave canvas').first();

let trains = 0;

/** Every screen of the desk, each brought about as a host would. */
const screens: Record<string, (page: Page) => Promise<void>> = {
  async portraits(page) {
    await go(page, `#/portraits/toReview/${shown.first}`);
    await expect(settled(page)).toBeVisible();
  },
  async unconfirmed(page) {
    await go(page, `#/portraits/toReview/${shown.unconfirmed}`);
    await expect(page.locator('.attest')).toBeVisible();
    await expect(settled(page)).toBeVisible();
  },
  async published(page) {
    await go(page, `#/portraits/all/${shown.approved}`);
    await expect(page.locator('.facts a')).toBeVisible();
    await expect(settled(page)).toBeVisible();
  },
  async empty(page) {
    await go(page, '#/portraits/withdrawn');
    await expect(page.locator('.list .empty')).toBeVisible();
  },
  async draft(page) {
    await go(page, `#/portraits/toReview/${shown.begun}`);
    await expect(page.locator('.words .draft-found')).toBeVisible();
    await expect(settled(page)).toBeVisible();
  },
  async drafts(page) {
    await page.locator('.sidebar-buttons button').first().click();
    await expect(page.locator('dialog .draft-item')).toHaveCount(3);
  },
  async left(page) {
    await page.keyboard.press('Escape');
    await page.getByRole('searchbox').fill('nobody is called that');
    await expect(page.locator('.decide-left')).toBeVisible();
  },
  async conflict(page) {
    await page.getByRole('searchbox').fill('');
    await go(page, `#/portraits/toReview/${shown.unconfirmed}`);
    await page.locator('.words input').first().fill('Du pain et des gens');
    full.describe(shown.unconfirmed, {
      title: `Le pain du matin, ${++trains}`,
      text: `Écrit dans le train, ${trains}.`,
      tags: ['pain'],
    });
    await expect(page.locator('.conflict')).toBeVisible();
  },
  async publish(page) {
    // What the conflict left behind goes first.
    await page.locator('.conflict .button').last().click();
    await go(page, `#/portraits/all/${shown.approved}`);
    await expect(page.locator('.decide .button-main')).toBeVisible();
    await page.keyboard.press('p');
    await expect(page.locator('dialog .destination-choice')).toHaveCount(2);
  },
  async keys(page) {
    await page.keyboard.press('Escape');
    await page.keyboard.press('?');
    await expect(page.locator('dialog .key-groups')).toBeVisible();
  },
  async queue(page) {
    await page.keyboard.press('Escape');
    await go(page, '#/queue');
    await expect(page.locator('.delivery')).toHaveCount(5);
    await expect(page.locator('.banner').first()).toBeVisible();
  },
  async destinations(page) {
    await go(page, '#/settings/destinations');
    await expect(page.locator('.form')).toBeVisible();
  },
  async event(page) {
    await go(page, '#/settings/event');
    await expect(page.locator('.questions')).toBeVisible();
  },
  async sound(page) {
    await go(page, '#/settings/sound');
    await expect(page.locator('.checks')).toBeVisible();
  },
  async booth(page) {
    await go(page, '#/settings/booth');
    await expect(page.locator('.learn').last()).toBeVisible();
  },
  async words(page) {
    await go(page, '#/settings/words');
    await expect(page.locator('.words-settings')).toHaveCount(2);
  },
  async team(page) {
    await go(page, '#/settings/team');
    await expect(page.locator('.member')).not.toHaveCount(0);
  },
  async network(page) {
    await go(page, '#/settings/network');
    await expect(page.locator('.network-switch')).toBeVisible();
  },
  async journal(page) {
    await go(page, '#/settings/journal');
    await expect(page.locator('.journal-line').first()).toBeVisible();
  },
  async authorisations(page) {
    await go(page, '#/consent');
    await expect(page.locator('.work .queue-part').first()).toBeVisible();
  },
  async batches(page) {
    await go(page, '#/batches');
    await expect(page.locator(`.work a[href="#/batches/${shown.batch}"]`)).toBeVisible();
  },
  async batch(page) {
    await go(page, `#/batches/${shown.batch}`);
    await expect(page.locator('.batch-item')).toHaveCount(2);
  },
  async health(page) {
    await go(page, '#/settings/health');
    await expect(page.locator('.check')).toHaveCount(7);
  },
};

type Look = (name: string) => Promise<void>;

/** From the first start to the last page of the settings, in one language and one light. */
async function walk(page: Page, language: string, theme: string, look: Look): Promise<void> {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await page.setViewportSize(usual);
  await prefer(page, language, theme);
  await page.goto(fresh.url);
  await expect(page.locator('.gate-form input')).toBeVisible();
  await look('set-up');
  await page.goto(full.url);
  await expect(page.locator('.pin input')).toBeVisible();
  await look('sign-in');
  await new DeskPage(page).pin(demoPin);
  await expect(page.locator('.sidebar-nav')).toBeVisible();
  for (const [name, bring] of Object.entries(screens)) {
    await bring(page);
    await look(name);
  }
}

/** Named by its light, or by its language where that is all that is new. */
async function picture(page: Page, name: string, as: string): Promise<void> {
  await page.evaluate(() => document.fonts.ready);
  const { width, height } = page.viewportSize() ?? usual;
  await takePicture(page, `desk-${name}-${as}-${width}x${height}`);
}

async function staysInside(page: Page, name: string): Promise<void> {
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  expect.soft(wide, `${name} does not run past the screen`).toBe(0);
}

/** Everything one touches is at least 44 px high and wide. */
async function checkTargets(page: Page, name: string): Promise<void> {
  const small = await page.evaluate(() =>
    [...document.querySelectorAll<HTMLElement>('button, a[href], select, input, textarea, summary, [role=option]')]
      .filter((element) => element.checkVisibility() && element.closest('p, h3, dd') === null)
      .map((element) => {
        // A tick is touched by its label.
        const target = element.matches('[type=checkbox], [type=radio]')
          ? (element.closest('label') ?? element)
          : element;
        const { width, height } = target.getBoundingClientRect();
        return { what: `${element.className || element.tagName} ${element.textContent?.slice(0, 30)}`, width, height };
      })
      .filter(({ width, height }) => width < 43.5 || height < 43.5)
      .map(({ what, width, height }) => `${what} ${Math.round(width)}×${Math.round(height)}`),
  );
  expect.soft(small, name).toEqual([]);
}

/** Shows the page as in another light until `within` is done. */
async function inLight(page: Page, theme: string, within: () => Promise<void>): Promise<void> {
  const set = (value: string) =>
    page.evaluate((wanted) => document.documentElement.setAttribute('data-theme', wanted), value);
  await set(theme);
  await within();
  await set('light');
}

test('every screen in fr: axe in three lights, pictures in four sizes, targets large enough to touch', async ({
  page,
}) => {
  await walk(page, 'fr', 'light', async (name) => {
    await checkAccess(page, `${name} in fr, light`);
    await picture(page, name, 'light');
    await staysInside(page, name);
    for (const theme of ['dark', 'contrast']) {
      await inLight(page, theme, async () => {
        await checkAccess(page, `${name} in fr, ${theme}`, { ask: 'colours' });
        await picture(page, name, theme);
      });
    }
    for (const size of sizes) {
      await page.setViewportSize(size);
      await picture(page, name, 'light');
      if (picturesWanted) await inLight(page, 'dark', () => picture(page, name, 'dark'));
      await staysInside(page, `${name} ${size.width}×${size.height}`);
    }
    await checkTargets(page, name);
    await page.setViewportSize(usual);
  });
});

// Colours differ by light, not by language: the other languages are measured where there is least room.
for (const language of ['en', 'nl']) {
  test(`every screen in ${language}: axe, and room for its words`, async ({ page }) => {
    await walk(page, language, 'light', async (name) => {
      await page.setViewportSize(narrowest);
      await checkAccess(page, `${name} in ${language}`, { ask: 'allButColours' });
      await picture(page, name, language);
      await staysInside(page, `${name} in ${language}`);
      await page.setViewportSize(usual);
    });
  });
}
