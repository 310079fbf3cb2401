import { expect, type Locator, type Page } from 'playwright/test';
import { demoPin, siteAddress } from '../fixtures/desk-rig.ts';

/** The desk as a host meets it; what it is called on the screen stays in one place. French unless said otherwise. */
export class DeskPage {
  readonly page: Page;
  readonly rows: Locator;
  readonly note: Locator;
  readonly title: Locator;
  readonly playhead: Locator;
  /** What is drawn; stretches and handles stand in it. */
  readonly wave: Locator;

  constructor(page: Page) {
    this.page = page;
    this.rows = page.getByRole('listbox').getByRole('option');
    this.note = page.locator('.note-place');
    this.title = page.getByLabel('Titre');
    this.playhead = page.getByRole('slider', { name: 'Position dans le son' });
    this.wave = page.locator('.wave-drawing');
  }

  /** Types a PIN where one is asked, and sends it. */
  async pin(pin: string): Promise<void> {
    await this.page.locator('.pin input').fill(pin);
    await this.page.keyboard.press('Enter');
  }
  async signIn(url: string): Promise<void> {
    await this.page.goto(url);
    await this.pin(demoPin);
    await expect(this.page.getByRole('navigation')).toBeVisible();
  }
  key(key: string): Promise<void> {
    return this.page.keyboard.press(key);
  }
  async view(name: string): Promise<void> {
    await this.page.getByRole('navigation').getByRole('link', { name }).click();
  }
  row(name: string): Locator {
    return this.rows.filter({ hasText: name });
  }
  /** Chooses a portrait and waits until it is the one on the right. */
  async choose(name: string): Promise<void> {
    await this.row(name).click();
    await expect(this.page.locator('.portrait-head')).toContainText(name);
  }
  /** Where the playhead stands, in seconds, as the screen says. */
  async position(): Promise<number> {
    const text = await this.page.locator('.listen-position').innerText();
    const [minutes = 0, rest = 0] = text.replace(',', '.').split(':').map(Number);
    return minutes * 60 + rest;
  }
  /** The point of the screen at which a moment of the sound stands, at the upper quarter of the wave. */
  async pointAt(seconds: number): Promise<{ x: number; y: number }> {
    const whole = Number(await this.playhead.getAttribute('aria-valuemax'));
    await this.wave.scrollIntoViewIfNeeded();
    const box = await this.wave.boundingBox();
    if (box === null) throw new Error('the wave is not drawn');
    return { x: box.x + (seconds / whole) * box.width, y: box.y + box.height / 4 };
  }
  async clickWave(seconds: number): Promise<void> {
    const { x, y } = await this.pointAt(seconds);
    await this.page.mouse.click(x, y);
  }
  /** Draws over the sound from one moment to another. */
  async drag(from: number, to: number): Promise<void> {
    const [start, end] = [await this.pointAt(from), await this.pointAt(to)];
    await this.page.mouse.move(start.x, start.y);
    await this.page.mouse.down();
    await this.page.mouse.move((start.x + end.x) / 2, end.y, { steps: 3 });
    await this.page.mouse.move(end.x, end.y, { steps: 3 });
    await this.page.mouse.up();
  }
  heading(name: string): Locator {
    return this.page.getByRole('heading', { name });
  }
  button(name: string): Locator {
    return this.page.getByRole('button', { name });
  }
  /** How many portraits a view holds, as the sidebar says. */
  count(view: string): Locator {
    return this.page.getByRole('navigation').getByRole('link', { name: view }).locator('.count');
  }
  async fillDestination(
    name: string,
    { url = siteAddress, user = 'cabine', password = 'abcd efgh ijkl mnop' } = {},
  ): Promise<void> {
    await this.page.getByLabel('Nom', { exact: true }).fill(name);
    await this.page.getByLabel('Adresse du site').fill(url);
    await this.page.getByLabel('Nom d’utilisateur').fill(user);
    await this.page.getByLabel('Mot de passe d’application').fill(password);
  }
}
