import { type BrowserContext, expect, type Page, test } from 'playwright/test';
import { openKiosk } from '../fixtures/kiosk.ts';
import { DeskPage } from './desk-page.ts';
import { checkAccess, takePicture } from './look.ts';

const pin = '230414';
let kiosk: Awaited<ReturnType<typeof openKiosk>>;
const contexts: BrowserContext[] = [];

test.beforeAll(async () => {
  // Its network is loopback: the desk is never put on a real one by a test.
  kiosk = await openKiosk({ network: { addresses: () => ['127.0.0.1'], port: 0 } });
  await kiosk.studio.staff.setUp(pin, 'Nadia');
  await kiosk.studio.network.switchOn('organiser');
  const { settings } = kiosk.studio.library;
  settings.save({ ...settings.get(), ticketPrinter: { kind: 'device', path: '/dev/usb/lp0' } }, 'organiser');
});
test.afterAll(async () => {
  await Promise.all(contexts.map((context) => context.close()));
  await kiosk.close();
});

async function seen(page: Page, name: string): Promise<void> {
  for (const [width, height] of [
    [1440, 900],
    [1280, 800],
  ] as const) {
    await page.setViewportSize({ width, height });
    await takePicture(page, `places-${name}-${width}`);
  }
  await checkAccess(page, name, { ask: 'everything' });
}

const here = 'À régler à la cabine elle-même.';

test('what names programs and devices is set at the booth, and only shown on the network', async ({ browser }) => {
  const context = await browser.newContext({ ignoreHTTPSErrors: true });
  contexts.push(context);
  const page = await context.newPage();
  const desk = new DeskPage(page);
  await page.goto(`${kiosk.studio.network.state().addresses[0]}/desk`);
  await desk.pin(pin);
  await expect(page.getByText('À la régie : Nadia')).toBeVisible();

  await page.goto(`${new URL(page.url()).origin}/desk#/settings/sound`);
  await expect(page.getByLabel('Chemin d’un ffmpeg à utiliser')).toBeDisabled();
  await expect(page.getByText(here)).toBeVisible();
  await seen(page, 'far-sound');
  await page.goto(`${new URL(page.url()).origin}/desk#/settings/words`);
  await expect(page.getByLabel('Chemin du modèle')).toBeDisabled();
  await expect(page.getByLabel('Chemin de whisper-cli')).toBeDisabled();
  await seen(page, 'far-words');
  await page.goto(`${new URL(page.url()).origin}/desk#/settings/booth`);
  await expect(page.getByLabel('Imprimante', { exact: true })).toBeDisabled();
  await expect(page.getByLabel('Imprimante branchée')).toBeDisabled();
  await page.getByText(here).scrollIntoViewIfNeeded();
  await seen(page, 'far-booth');
});

test('at the booth a program that is none is refused beside its field, and printers come from a list', async ({
  page,
}) => {
  const desk = new DeskPage(page);
  await page.goto(`${kiosk.url}/desk`);
  await desk.pin(pin);
  await expect(page.getByText('À la régie : Nadia')).toBeVisible();
  await page.goto(`${kiosk.url}/desk#/settings/sound`);
  await page.getByLabel('Chemin d’un ffmpeg à utiliser').fill('/bin/sh');
  await desk.button('Enregistrer').click();
  await expect(page.getByText('Ce n’est pas ce programme.')).toBeVisible();
  await seen(page, 'sound-refused');
  expect(kiosk.studio.library.settings.get().ffmpegPath).toBe('');

  await page.goto(`${kiosk.url}/desk#/settings/booth`);
  await expect(page.getByText('L’ordinateur ne voit aucune imprimante de reçus.')).toBeVisible();
  await expect(page.getByLabel('Imprimante branchée')).toContainText('/dev/usb/lp0 (pas là pour le moment)');
  await page.getByText('L’ordinateur ne voit aucune imprimante').scrollIntoViewIfNeeded();
  await seen(page, 'booth');

  await page.goto(`${kiosk.url}/desk#/settings/destinations`);
  await desk.button('Ajouter un site').click();
  await page.getByLabel('Adresse du site').fill('http://exemple.fr');
  await expect(page.getByText('Par internet, le mot de passe ne part jamais en clair.')).toBeVisible();
  await page.getByLabel('Adresse du site').fill('http://192.168.1.20');
  await expect(page.getByText('Adresse sans chiffrement (http)')).toBeVisible();
  await expect(page.getByLabel('Je le sais, et je veux quand même')).not.toBeChecked();
  await seen(page, 'plain');
});
