import { expect, test } from 'playwright/test';
import { openStand, type Stand } from '../fixtures/stand.ts';
import { checkAccess, sizes } from './look.ts';
import { Visitor } from './visitor.ts';

const pin = '2304';
let stand: Stand;
test.beforeAll(async () => {
  stand = await openStand({ launch: test.info().project.use.launchOptions ?? {} });
  await stand.served.studio.staff.setUp(pin);
});
test.afterEach(() => stand.clear());
test.afterAll(() => stand.close());

for (const { width, height } of sizes) {
  test(`the staff go to the desk and back by touch alone, at ${width}×${height}`, async () => {
    const page = await stand.open({ width, height });
    const visitor = new Visitor(page);
    const { say } = visitor;
    const panel = page.locator('[data-overlay="staff"]');
    await visitor.sees('attract');

    // A visitor's touch opens nothing: the pointer is let go long before.
    const name = page.locator('.event-name');
    await name.tap();
    await expect(panel).toHaveCount(0);
    await name.hover();
    await page.mouse.down();
    await expect(panel).toBeVisible();
    await page.mouse.up();
    await checkAccess(page, 'staff panel');
    for (const digit of '1111') await visitor.tap(digit);
    await visitor.tap(say('staff.open'));
    await expect(panel).toContainText(say('staff.wrong'));
    // Keys stay in the panel: Enter here starts no visit.
    await page.keyboard.press('Escape');
    await expect(panel).toHaveCount(0);
    await visitor.sees('attract');

    await name.hover();
    await page.mouse.down();
    await expect(panel).toBeVisible();
    await page.mouse.up();
    for (const digit of pin) await visitor.tap(digit);
    await visitor.tap(say('staff.open'));
    await expect(page.getByRole('button', { name: say('staff.leave') })).toHaveCount(0);
    await checkAccess(page, 'staff choices');
    await visitor.tap(say('staff.desk'));
    await page.getByRole('link', { name: 'Retour à la cabine' }).click();
    await visitor.sees('attract');
  });
}

test('with Electron the same panel gives the screen back, by a session of the staff', async () => {
  const page = await stand.open();
  const visitor = new Visitor(page);
  const { say } = visitor;
  await visitor.sees('attract');
  // A fake of the bridge: the real one is Electron's, and has specs of its own where Electron is.
  await page.evaluate(() => {
    const asked: string[] = [];
    Object.assign(window, {
      asked,
      phonomaton: {
        leaveKiosk: (token: string) => {
          asked.push(token);
          return Promise.resolve({ ok: true, value: null });
        },
      },
    });
  });
  await page.locator('.event-name').hover();
  await page.mouse.down();
  await expect(page.locator('[data-overlay="staff"]')).toBeVisible();
  await page.mouse.up();
  for (const digit of pin) await visitor.tap(digit);
  await visitor.tap(say('staff.open'));
  await visitor.tap(say('staff.leave'));
  await expect(page.locator('[data-overlay="staff"]')).toHaveCount(0);
  const [token] = await page.evaluate(() => (window as unknown as { asked: string[] }).asked);
  expect(stand.served.studio.staff.session(token ?? '')?.role).toBe('organiser');
});
