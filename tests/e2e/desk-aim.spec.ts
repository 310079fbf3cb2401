import { expect, type Page, test } from 'playwright/test';
import { createApi } from '../../renderer/api.ts';
import { type DeskRig, demoPin, openDesk } from '../fixtures/desk-rig.ts';
import { fillMany } from '../fixtures/many-portraits.ts';
import { DeskPage } from './desk-page.ts';
import { checkAccess } from './look.ts';

// A second desk acts through the door while this one is used: what is done here is done to what is shown here.

let rig: DeskRig;
let other: ReturnType<typeof createApi>;
test.beforeEach(async ({ page }) => {
  rig = await openDesk({ demo: false });
  await rig.studio.staff.setUp(demoPin);
  fillMany(rig.studio.library, 40);
  const base = new URL(rig.url).origin;
  const { token } = await createApi({ base }).staff.signIn({ pin: demoPin });
  other = createApi({ base, session: () => token });
  await page.emulateMedia({ reducedMotion: 'reduce' });
  const desk = new DeskPage(page);
  await desk.signIn(rig.url);
  await expect(desk.rows.first()).toBeVisible();
  await expect(page.locator('.portrait-head')).toBeVisible();
});
test.afterEach(() => rig.close());

const toReview = () => rig.studio.library.portraits.list({ state: 'toReview', limit: 100 }).rows.map(({ id }) => id);
const state = (id: string) => rig.studio.library.portraits.get(id)?.state;
const chosen = (page: Page) => page.url().split('/').at(-1) ?? '';
const left = (page: Page) => page.locator('.decide-left');
const title = (id: string, text: string) => rig.describe(id, { title: text });

test('Enter in a search opens its first hit, and a second one goes to it alone', async ({ page }) => {
  const desk = new DeskPage(page);
  const [first = '', second = '', third = ''] = toReview();
  title(third, 'La guinguette');
  await expect.poll(() => chosen(page)).toBe(first);
  const before = rig.studio.library.portraits.get(first)?.revision;
  // The answer to the search is late: nothing may happen to the one that was open meanwhile.
  const { promise: held, resolve: free } = Promise.withResolvers<void>();
  await page.route('**/api/library/list**', async (route) => {
    const asked = `${decodeURIComponent(route.request().url())} ${route.request().postData() ?? ''}`;
    if (asked.includes('guinguette')) await held;
    await route.continue();
  });
  await desk.key('/');
  await page.keyboard.type('guinguette');
  await desk.key('Enter');
  await desk.key('Enter');
  await desk.key('a');
  await desk.key('5');
  expect([state(first), state(second), state(third)]).toEqual(['toReview', 'toReview', 'toReview']);
  free();
  await expect.poll(() => chosen(page)).toBe(third);
  await expect(page.locator('.portrait-head')).toContainText('La guinguette');
  await desk.key('Enter');
  await expect.poll(() => state(third)).toBe('approved');
  expect([state(first), state(second)]).toEqual(['toReview', 'toReview']);
  expect(rig.studio.library.portraits.get(first)?.revision).toBe(before);
});

test('what a search, a filter or another host takes out of the list is told, and nothing can be done to it', async ({
  page,
}) => {
  const desk = new DeskPage(page);
  const [first = '', second = '', third = ''] = toReview();
  title(second, 'La guinguette');
  const before = rig.studio.library.portraits.get(first);
  await desk.key('/');
  await page.keyboard.type('guinguette');
  await expect(left(page)).toContainText('n’est plus dans la liste');
  await checkAccess(page, 'left the list', { within: '.portrait-place' });
  await expect(desk.button('Approuver')).toBeDisabled();
  await page.locator('.list [role=listbox]').focus();
  for (const key of ['a', 'r', 'b', 'p', 't', '4', 'Enter', 'x', 'i']) await desk.key(key);
  await expect(page.getByRole('dialog')).toHaveCount(0);
  expect(rig.studio.library.portraits.get(first)).toEqual(before);
  // Shown as chosen again, it can be acted on again.
  await page.getByRole('searchbox').focus();
  await desk.key('Escape');
  await expect(left(page)).toHaveCount(0);
  await desk.key('r');
  await expect.poll(() => state(first)).toBe('rejected');
  await expect.poll(() => chosen(page)).toBe(second);

  // Another host approves the one that is open here.
  const { revision } = await other.library.get({ id: second });
  await other.library.approve({ id: second, revision });
  await expect(left(page)).toBeVisible();
  const approved = rig.studio.library.portraits.get(second);
  await desk.key('r');
  await desk.key('3');
  expect(approved?.state).toBe('approved');
  expect(rig.studio.library.portraits.get(second)).toEqual(approved);
  await desk.key('ArrowDown');
  await expect.poll(() => chosen(page)).toBe(third);
  await expect(left(page)).toHaveCount(0);
  // It comes back by the other host's hand, and nothing moves here.
  const after = await other.library.get({ id: second });
  await other.library.restore({ id: second, revision: after.revision });
  await expect(page.locator(`#row-${second}`)).toBeVisible();
  expect(chosen(page)).toBe(third);
});

test('ticked portraits that leave the list are counted in words, and no act touches them', async ({ page }) => {
  const desk = new DeskPage(page);
  const ids = toReview();
  const [first = '', second = '', third = ''] = ids;
  for (const at of [0, 1, 2]) await desk.rows.nth(at).locator('.row-pick').click();
  await expect(page.locator('.bulk-head strong')).toHaveText('3 choisis');
  const { revision } = await other.library.get({ id: second });
  await other.library.reject({ id: second, revision });
  await expect(page.locator('.bulk-gone')).toContainText('1 autre portrait coché n’est plus dans la liste');
  await expect(page.locator('.bulk-head strong')).toHaveText('2 choisis');
  await checkAccess(page, 'ticked and gone', { within: '.list' });
  await desk.key('a');
  await expect.poll(() => [state(first), state(second), state(third)]).toEqual(['approved', 'rejected', 'approved']);
});
