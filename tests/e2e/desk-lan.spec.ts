import { type BrowserContext, expect, type Page, test } from 'playwright/test';
import { openKiosk } from '../fixtures/kiosk.ts';
import { DeskPage } from './desk-page.ts';
import { checkAccess, takePicture } from './look.ts';

const pin = '230414';
let kiosk: Awaited<ReturnType<typeof openKiosk>>;
const contexts: BrowserContext[] = [];

test.beforeAll(async () => {
  // Its network is loopback: the desk is never put on a real one by a test.
  kiosk = await openKiosk({ network: { addresses: () => ['127.0.0.1', '127.0.0.2'], port: 0 } });
  await kiosk.studio.staff.setUp(pin, 'Nadia');
});
test.afterAll(async () => {
  await Promise.all(contexts.map((context) => context.close()));
  await kiosk.close();
});

async function seen(page: Page, name: string): Promise<void> {
  for (const theme of ['light', 'dark']) {
    await page.evaluate((set) => document.documentElement.setAttribute('data-theme', set), theme);
    for (const [width, height] of [
      [1440, 900],
      [1024, 768],
    ] as const) {
      await page.setViewportSize({ width, height });
      await takePicture(page, `lan-${name}-${theme}-${width}`);
    }
    await checkAccess(page, `${name}, ${theme}`, { ask: theme === 'light' ? 'everything' : 'colours' });
  }
}

test('an organiser lets the desk onto the network, a host opens it there, and is sent away', async ({
  page,
  browser,
}) => {
  const desk = new DeskPage(page);
  await page.goto(`${kiosk.url}/desk`);
  await desk.pin(pin);
  await expect(page.getByText('À la régie : Nadia')).toBeVisible();

  await desk.view('Équipe');
  await desk.button('Ajouter une personne').click();
  await page.getByLabel('Prénom').fill('Théo');
  await page.getByLabel('Code', { exact: true }).fill('777777');
  await page.getByRole('dialog').getByRole('button', { name: 'Ajouter une personne' }).click();
  await expect(desk.heading('Théo')).toBeVisible();
  await seen(page, 'team');

  await desk.view('Régie sur le réseau');
  await expect(page.getByText('La régie n’est pas sur le réseau.')).toBeVisible();
  await desk.button('Ouvrir sur le réseau').click();
  const line = page.locator('.reach-line').first();
  await expect(line).toContainText('https://127.0.0.1:');
  const address = (await line.textContent()) ?? '';

  const context = await browser.newContext({ ignoreHTTPSErrors: true, viewport: { width: 1024, height: 768 } });
  contexts.push(context);
  const far = await context.newPage();
  const there = new DeskPage(far);
  await far.goto(address);
  await there.pin('2304');
  await expect(far.getByText('un code d’au moins 6 chiffres')).toBeVisible();
  await there.pin('777777');
  await expect(far.getByText('À la régie : Théo')).toBeVisible();
  await there.view('Régie sur le réseau');
  await expect(far.getByText('Seule l’organisation peut l’ouvrir ou la fermer.')).toBeVisible();
  await expect(far.getByText('cette régie')).toBeVisible();

  await expect(page.locator('.connected')).toContainText('Théo');
  await seen(page, 'network');
  await desk.button('Déconnecter la régie de Théo').click();
  await expect(there.heading('La régie est fermée à clé')).toBeVisible();
  await expect(page.getByText('Personne pour le moment.')).toBeVisible();

  await desk.view('Journal');
  await expect(page.getByText('Nadia a déconnecté la régie de Théo.')).toBeVisible();
  await expect(page.getByText('Nadia a ajouté Théo à l’équipe.')).toBeVisible();
  await seen(page, 'journal');
  await page.getByLabel('Personne').selectOption({ label: 'Théo' });
  await expect(page.getByText('Théo a ouvert la régie.')).toBeVisible();
  await expect(page.getByText('Nadia a ajouté Théo à l’équipe.')).toBeHidden();
  const saved = page.waitForEvent('download');
  await desk.button('Enregistrer en tableau (CSV)').click();
  expect((await saved).suggestedFilename()).toMatch(/^journal-\d{4}-\d\d-\d\d\.csv$/);

  await desk.view('Régie sur le réseau');
  await desk.button('Fermer et déconnecter tout le monde').click();
  await expect(page.getByText('La régie n’est pas sur le réseau.')).toBeVisible();
  await expect(far.goto(address)).rejects.toThrow();
});
