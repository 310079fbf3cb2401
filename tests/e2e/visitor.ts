import { expect, type Locator, type Page } from 'playwright/test';
import type { Language } from '../../shared/domain/language.ts';
import { boothWords } from '../../shared/i18n/booth/words.ts';
import { type Say, speak } from '../../shared/i18n/words.ts';

/** A visitor at the booth: knows its screens by name and what is written on its buttons. */
export class Visitor {
  readonly page: Page;
  readonly say: Say<(typeof boothWords)['fr']>;

  constructor(page: Page, language: Language = 'fr') {
    this.page = page;
    this.say = speak(boothWords, language);
  }

  /** Waits until a screen is there and reacts. */
  async sees(screen: string): Promise<void> {
    await expect(this.page.locator(`[data-screen="${screen}"][data-settled="true"]`)).toBeVisible({ timeout: 15_000 });
  }

  async isAsked(overlay: 'idle' | 'leave' | 'erase'): Promise<void> {
    await expect(this.page.locator(`[data-overlay="${overlay}"]`)).toBeVisible();
    await expect(this.page.locator('[data-screen][data-settled="true"]')).toHaveCount(1);
  }

  button(name: string): Locator {
    return this.page.getByRole('button', { name, exact: true });
  }

  async tap(name: string): Promise<void> {
    await this.button(name).tap();
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
}
