import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, expect, type Page, test } from 'playwright/test';
import type { Serving } from '../../electron/serve.ts';
import { envelope, placeOf } from '../fixtures/envelope.ts';
import { judge } from '../fixtures/judge.ts';
import { launchBrowser, openKiosk } from '../fixtures/kiosk.ts';
import { writeVisit } from '../fixtures/visit-sound.ts';
import { startWordPress, type WordPress } from '../rig/wordpress.ts';

const text =
  'Je m’occupe de quarante ruches, entre les dunes et les jardins du port. Le printemps, je change les cadres au lever ' +
  'du jour, quand il fait encore frais. L’été, on extrait le miel à plusieurs, dans la cuisine de la coopérative, et ' +
  'chacun repart avec un pot. Ce qui me plaît, c’est que rien ne se fait toute seule, ni chez les abeilles, ni chez nous.';
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
    (until) => performance.now() - (window as { opened?: number } & Window).opened! > until * 1000,
    seconds,
    { timeout: (seconds + 30) * 1000 },
  );
}

test('one portrait, from a tap on the booth to a public page', async () => {
  const wav = join(dir, 'visit.wav');
  const { speech } = await writeVisit(wav, text, speechAt);
  browser = await launchBrowser(wav);

  // The visitor.
  const booth = await browser.newPage({ viewport: { width: 1080, height: 1920 } });
  await booth.addInitScript(() => {
    const open = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
    navigator.mediaDevices.getUserMedia = async (wanted) => {
      const stream = await open(wanted);
      (window as { opened?: number } & Window).opened = performance.now();
      return stream;
    };
  });
  await booth.goto(kiosk.url);
  await booth.getByRole('button', { name: 'Commencer' }).click();
  await booth.getByRole('button', { name: 'Oui' }).click();
  await booth.getByLabel('Votre prénom').fill('Hortense');
  await booth.getByLabel('Votre métier').fill('apicultrice');
  await booth.getByRole('button', { name: 'Continuer' }).click();
  await booth.getByRole('button', { name: 'Tilt' }).click();
  await expect(booth.getByText('On vous entend très bien.')).toBeVisible();
  await booth.getByRole('button', { name: 'Continuer' }).click();
  await heard(booth, speechAt - 4.5);
  await booth.getByRole('button', { name: 'C’est parti' }).click();
  await expect(booth.getByText('On vous enregistre')).toBeVisible();
  await heard(booth, speech.end + 1.5);
  await booth.getByRole('button', { name: 'J’ai fini' }).click();
  await booth.getByRole('button', { name: 'Garder' }).click();
  const code = await booth.getByText(/^[A-Z0-9]{3}-[A-Z0-9]{3}$/).textContent();

  // The host.
  const desk = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  await desk.goto(`${kiosk.url}/desk`);
  await expect(desk.getByRole('heading', { name: 'Bienvenue en régie' })).toBeVisible();
});
