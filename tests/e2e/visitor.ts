import { readFileSync } from 'node:fs';
import { expect, type Locator, type Page } from 'playwright/test';
import { quiet, typingQuiet } from '../../renderer/booth/input/press.ts';
import type { Purpose } from '../../shared/domain/consent.ts';
import type { Language } from '../../shared/domain/language.ts';
import { type ReadableText, readingVersion } from '../../shared/i18n/booth/reading.ts';
import { boothWords } from '../../shared/i18n/booth/words.ts';
import { typeset } from '../../shared/i18n/typography.ts';
import { type Say, speak } from '../../shared/i18n/words.ts';

/** A visitor at the booth: knows its screens by name and what is written on its buttons. */
export class Visitor {
  readonly page: Page;
  readonly say: Say<(typeof boothWords)['fr']>;
  /** The texts of consent as they ship. */
  readonly texts: ReadableText & { choices: { none: string } };
  readonly language: Language;
  readonly #patienceMs: number;
  #tapped = '';

  /** `patienceMs` is how long a screen may take to come. */
  constructor(page: Page, language: Language = 'fr', patienceMs = 15_000) {
    this.page = page;
    this.#patienceMs = patienceMs;
    this.say = speak(boothWords, language);
    this.language = language;
    const file = new URL(`../../resources/consent/${readingVersion}.${language}.json`, import.meta.url);
    this.texts = JSON.parse(readFileSync(file, 'utf8'));
  }

  /**
   * Waits until a screen is there and reacts. An assertion looks now and then; waiting for an element would look at
   * every frame, and have a machine without a graphics card paint each.
   */
  async sees(screen: string): Promise<void> {
    await expect(this.page.locator(`[data-screen="${screen}"][data-settled="true"]`)).toBeVisible({
      timeout: this.#patienceMs,
    });
  }

  async isAsked(overlay: 'idle' | 'leave' | 'erase' | 'nothing' | 'withdraw' | 'full'): Promise<void> {
    await expect(this.page.locator(`[data-overlay="${overlay}"]`)).toBeVisible();
    await expect(this.page.locator('[data-screen][data-settled="true"]')).toHaveCount(1);
  }

  button(name: string): Locator {
    return this.page.getByRole('button', { name, exact: true });
  }

  /** Taps a button; the same one again only after the calm that tells a second press from a bounce. */
  async tap(name: string): Promise<void> {
    if (name === this.#tapped) await this.#calm(2 * quiet);
    this.#tapped = name;
    await this.button(name).tap();
  }

  /**
   * Tabs until the button named has the focus, then presses Enter: as somebody does who has only a keyboard, no faster
   * than fingers are.
   */
  async byKeyboard(name: string): Promise<void> {
    for (let presses = 0; presses < 40; presses++) {
      await this.#calm(2 * typingQuiet);
      await this.page.keyboard.press('Tab');
      const focused = await this.page.evaluate(() => document.activeElement?.textContent);
      if (focused === name) return this.page.keyboard.press('Enter');
    }
    throw new Error(`« ${name} » is not reached by Tab`);
  }

  /** Lets so many milliseconds of the page's own clock pass. */
  async #calm(ms: number): Promise<void> {
    await this.page.evaluate((wait) => {
      const until = performance.now() + wait;
      return new Promise<void>((done) => {
        const look = () => (performance.now() >= until ? done() : setTimeout(look, until - performance.now()));
        look();
      });
    }, ms);
  }

  /** From the start to where the microphone is opened: says yes, no name, « je découvre ». */
  async goesToMicrophone(): Promise<void> {
    const { say } = this;
    await this.sees('attract');
    await this.tap(say('attract.start'));
    await this.sees('notice');
    await this.tap(say('notice.yes'));
    await this.sees('name');
    await this.tap(say('nav.skip'));
    await this.sees('cooperative');
    await this.tap(say('cooperative.none'));
  }

  /** Is heard well, and goes on to the question. */
  async passesCheck(): Promise<void> {
    await this.sees('check');
    await this.tap(this.say('nav.next'));
    await this.sees('question');
  }

  async goesToQuestion(): Promise<void> {
    await this.goesToMicrophone();
    await this.passesCheck();
  }

  async goesToRecording(): Promise<void> {
    await this.goesToQuestion();
    await this.tap(this.say('question.go'));
    await this.speaksFor(1);
  }

  /** Waits until so many seconds are recorded; a stop at once would leave nothing to listen to. */
  async speaksFor(seconds: number, limit = 90): Promise<void> {
    await this.sees('recording');
    const figure = this.page.locator('.figure');
    await expect.poll(async () => Number(await figure.textContent())).toBeLessThanOrEqual(limit - seconds);
  }

  /** A tick box of the choices. */
  use(purpose: Purpose): Locator {
    const name = typeset(this.texts.choices.purposes[purpose].label, this.language);
    return this.page.getByRole('checkbox', { name, exact: true });
  }

  /** From listening back to thanks: keeps it, and allows these uses. */
  async keeps(...purposes: [Purpose, ...Purpose[]] | []): Promise<void> {
    await this.sees('review');
    await this.button(this.say('review.keep')).click();
    await this.sees('choices');
    for (const purpose of purposes.length === 0 ? (['site'] as const) : purposes) await this.use(purpose).click();
    await this.button(this.say('choices.allow')).click();
    await this.sees('thanks');
  }

  /** Taps keys one after the other; a hand is up for a moment before it taps the same one again. */
  async #taps(signs: string): Promise<void> {
    for (const [place, sign] of [...signs].entries()) {
      if (sign === signs[place - 1]) await this.#calm(2 * typingQuiet);
      await this.button(sign).click();
    }
  }

  /** Taps a PIN of the staff on the pad. */
  async typesPin(pin: string): Promise<void> {
    await this.#taps(pin);
    await this.button(this.say('pin.open')).click();
  }

  /** Draws two strokes in the field. */
  async signs(): Promise<void> {
    const box = await this.page.locator('.signature canvas').boundingBox();
    if (box === null) throw new Error('there is no field to sign in');
    const { mouse } = this.page;
    const to = (x: number, y: number) => mouse.move(box.x + box.width * x, box.y + box.height * y, { steps: 6 });
    for (const [from, by, until] of [
      [0.2, 0.3, 0.45],
      [0.5, 0.6, 0.8],
    ] as const) {
      await to(from, 0.6);
      await mouse.down();
      await to(by, 0.25);
      await to(until, 0.65);
      await mouse.up();
    }
  }

  /** The code shown at thanks. */
  async code(): Promise<string> {
    const shown = await this.page.locator('.code strong > [aria-hidden]').innerText();
    return shown.replace('\u2011', '-');
  }

  async typesCode(code: string): Promise<void> {
    await this.#taps(code.replace('-', ''));
  }
}
