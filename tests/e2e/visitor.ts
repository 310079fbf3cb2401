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
}
