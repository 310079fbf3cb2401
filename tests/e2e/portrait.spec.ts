import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, expect, type Page, test } from 'playwright/test';
import type { Serving } from '../../electron/serve.ts';
import { filesWith } from '../fixtures/bytes.ts';
import { envelope, envelopeRate, placeOf } from '../fixtures/envelope.ts';
import { judge } from '../fixtures/judge.ts';
import { launchBrowser, openKiosk } from '../fixtures/kiosk.ts';
import { writeVisit } from '../fixtures/visit-sound.ts';
import { startWordPress, type WordPress } from '../rig/wordpress.ts';
import { DeskPage } from './desk-page.ts';
import { Visitor } from './visitor.ts';

declare global {
  interface Window {
    /** When the test microphone began to play its file, by the page's clock. */
    microphoneOpened?: number;
  }
}

const text =
  'Je m’occupe de quarante ruches, entre les dunes et les jardins du port. Le printemps, je change les cadres au lever ' +
  'du jour, quand il fait encore frais. L’été, on extrait le miel à plusieurs, dans la cuisine de la coopérative, et ' +
  'chacun repart avec un pot. Ce qui me plaît, c’est que rien ne se fait toute seule, ni chez les abeilles, ni chez nous. ' +
  'L’hiver, je répare le matériel, je fais mes comptes, et je passe dans les écoles avec une ruche vide, pour que les ' +
  'enfants puissent mettre le nez dedans. La première question est toujours la même : est-ce que ça pique ?';
/** The pad the suggested trim leaves around the speech, in seconds. */
const pad = 0.3;
/** The portrait begins this long after the microphone was opened: time enough to reach the question. */
const speechAt = 26;

let site: WordPress;
let kiosk: Serving & { dir: string };
let browser: Browser;
let dir: string;

test.beforeAll(async () => {
  test.setTimeout(240_000);
  dir = mkdtempSync(join(tmpdir(), 'phonomaton-portrait-'));
  site = await startWordPress();
  kiosk = await openKiosk();
});
test.afterAll(async () => {
  await browser?.close();
  await kiosk?.close();
  await site?.stop();
  rmSync(dir, { recursive: true, force: true });
});

/** Waits until the microphone has played this many seconds of its file. */
async function heard(page: Page, seconds: number): Promise<void> {
  await page.waitForFunction(
    (until) => performance.now() - (window.microphoneOpened ?? Number.POSITIVE_INFINITY) > until * 1000,
    seconds,
    { timeout: (seconds + 30) * 1000 },
  );
}

test('one portrait, from a tap on the booth to a public page, and off it again with its code', async () => {
  const wav = join(dir, 'visit.wav');
  const { speech } = await writeVisit(wav, text, speechAt);
  browser = await launchBrowser(wav);

  // The visitor.
  const booth = await browser.newPage({ viewport: { width: 1080, height: 1920 } });
  await booth.addInitScript(() => {
    const open = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
    navigator.mediaDevices.getUserMedia = async (wanted) => {
      const stream = await open(wanted);
      window.microphoneOpened = performance.now();
      return stream;
    };
  });
  await booth.goto(kiosk.url);
  const visitor = new Visitor(booth);
  const { say } = visitor;
  await visitor.sees('attract');
  await visitor.button(say('attract.start')).click();
  await visitor.sees('notice');
  await visitor.button(say('notice.yes')).click();
  await visitor.sees('name');
  await booth.getByLabel(say('name.first')).fill('Hortense');
  await booth.getByLabel(say('name.trade')).fill('apicultrice');
  await visitor.button(say('nav.next')).click();
  await visitor.sees('cooperative');
  await visitor.button('Tilt').click();
  await visitor.sees('check');
  await expect(booth.getByText(say('check.good'))).toBeVisible();
  await visitor.button(say('nav.next')).click();
  await visitor.sees('question');
  await heard(booth, speechAt - 4.5);
  await visitor.button(say('question.go')).click();
  await visitor.sees('recording');
  await heard(booth, speech.end + 1.5);
  await visitor.button(say('recording.stop')).click();
  await visitor.sees('review');
  await expect(booth.getByText(say('review.good'))).toBeVisible();
  await visitor.keeps('site');
  const code = await visitor.code();
  expect(code).toMatch(/^[A-Z0-9]{4}-[A-Z0-9]{4}$/);
  const portraitId = kiosk.studio.library.portraits.list({ limit: 1 }).rows[0]?.id ?? '';

  // The host.
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  const desk = new DeskPage(page);
  await page.goto(`${kiosk.url}/desk`);
  await page.getByLabel('Votre prénom').fill('Nadia');
  await desk.key('Enter');
  await desk.pin('230414');
  await expect(page.getByLabel('Le même code, encore une fois')).toBeFocused();
  await desk.pin('230414');
  await desk.choose('Hortense');
  await expect(page.getByText(`Code ${code}`)).toBeVisible();
  await page.goto(`${kiosk.url}/desk#/settings/destinations`);
  await desk.button('Ajouter un site').click();
  await desk.fillDestination('Site d’essai', { url: site.url, user: site.user, password: site.password });
  await desk.button('Tester la connexion').click();
  await expect(page.locator('.test-good')).toContainText('Tout va bien');
  await desk.button('Enregistrer').click();
  await expect(desk.note).toContainText('La destination est enregistrée.');
  await desk.view('À écouter');
  await desk.choose('Hortense');
  await desk.button('Approuver').click();
  await desk.view('Approuvés');
  await desk.choose('Hortense');
  await desk.button('Publier…').click();
  await page.getByRole('dialog').getByRole('button', { name: 'Publier' }).click();
  await expect(desk.count('Publiés')).toHaveText('1', { timeout: 60_000 });
  await desk.view('Publiés');
  await desk.choose('Hortense');
  const link = page.getByRole('link', { name: 'En ligne sur Site d’essai' });

  // A listener, who knows nothing of the booth.
  const address = (await link.getAttribute('href')) ?? '';
  const publicPage = await (await fetch(address)).text();
  expect(publicPage).toContain('Hortense, apicultrice, Tilt');
  const source = /<audio[^>]*\ssrc="([^"]+)"/.exec(publicPage)?.[1] ?? '';
  const served = Buffer.from(await (await fetch(source)).arrayBuffer());
  const fetched = join(dir, 'fetched.mp3');
  writeFileSync(fetched, served);

  const rendered = await kiosk.studio.render(portraitId);
  if (!rendered.ok) throw new Error(rendered.error);
  const local = rendered.value.files.find(({ format }) => format === 'mp3')?.path ?? '';
  expect(served.equals(readFileSync(local)), 'byte-identical to the local rendition').toBe(true);

  const { lufs, truePeak } = await judge(fetched);
  const [published, whole] = await Promise.all([envelope(fetched), envelope(wav)]);
  const { seconds, likeness } = placeOf(published, whole);
  const begins = seconds - (speech.start - pad);
  const ends = seconds + published.length / envelopeRate - (speech.end + pad);
  console.log({ lufs, truePeak, likeness, begins, ends, bytes: served.length });
  expect(Math.abs(lufs + 16)).toBeLessThanOrEqual(0.2);
  expect(truePeak).toBeLessThanOrEqual(-1);
  expect(likeness).toBeGreaterThan(0.9);
  expect(Math.abs(begins)).toBeLessThanOrEqual(0.3);
  expect(Math.abs(ends)).toBeLessThanOrEqual(0.3);

  // Allowed on the site, and nowhere else: a batch for the podcast says so, and has nothing to export.
  await desk.key('b');
  await page.getByRole('dialog').getByLabel('Nom du lot').fill('Voix du port');
  await desk.key('Enter');
  await desk.note.getByRole('link', { name: 'Voir le lot' }).click();
  await expect(page.getByLabel('Fait pour')).toHaveValue('podcast');
  await expect(page.locator('.batch-item')).toContainText('La personne n’autorise pas cet usage');
  await expect(desk.button('Préparer le ZIP')).toBeDisabled();
  const [batch] = kiosk.studio.library.batches.list();
  const { exports } = kiosk.studio.publication;
  const refused = await exports.start({ id: batch?.id ?? '', to: { kind: 'zip' }, flac: false }, 'host');
  expect(refused).toEqual({ ok: false, code: 'NOTHING' });

  // The visitor comes back with the code, and takes everything back.
  await visitor.button(say('thanks.done')).click();
  await visitor.sees('attract');
  await visitor.button(say('code.open')).click();
  await visitor.sees('code');
  await visitor.typesCode(code);
  await visitor.sees('ticket');
  await expect(booth.getByText(say('ticket.published'))).toBeVisible();
  await expect(booth.getByText(new URL(address).host).first()).toBeVisible();
  await visitor.button(say('ticket.withdrawAll')).click();
  await visitor.isAsked('withdraw');
  await visitor.button(say('withdraw.yes')).click();
  await visitor.sees('withdrawn');
  await expect.poll(async () => (await fetch(address)).status, { timeout: 60_000 }).toBe(404);
  await expect.poll(async () => (await fetch(source)).status).toBe(404);
  expect(await (await fetch(`${site.url}/feed/`)).text()).not.toContain('Hortense');
  await expect(desk.count('Publiés')).toHaveText('0');
  await expect.poll(() => filesWith(kiosk.dir, Buffer.from('Hortense'))).toEqual([]);
});
