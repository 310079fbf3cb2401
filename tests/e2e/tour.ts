import type { Page } from 'playwright/test';
import type { Language } from '../../shared/domain/language.ts';
import { boothWords } from '../../shared/i18n/booth/words.ts';
import { Visitor } from './visitor.ts';

/** Walks through every screen of one visit by touch, and calls `look` at each. */
export async function tour(page: Page, language: Language, look: (screen: string) => Promise<void>): Promise<void> {
  const visitor = new Visitor(page, language);
  const { say } = visitor;
  await visitor.sees('attract');
  await visitor.tap(boothWords[language]['language.name']);
  await look('attract');
  await visitor.tap(say('attract.start'));
  await visitor.sees('notice');
  await look('notice');
  await visitor.tap(say('notice.yes'));
  await visitor.sees('name');
  await look('name');
  for (const key of ['Z', 'o', 'é']) {
    const upper = page.locator('.hg-button', { hasText: new RegExp(`^${key}$`) });
    if ((await upper.count()) > 0) await upper.first().tap();
  }
  await page.getByLabel(say('name.trade')).fill('réparatrice de vélos');
  await look('name-filled');
  await visitor.tap(say('nav.next'));
  await visitor.sees('cooperative');
  await look('cooperative');
  await visitor.tap('Tilt');
  await visitor.sees('check');
  await page.getByText(say('check.good')).waitFor();
  await look('check');
  await visitor.tap(say('nav.help'));
  await visitor.sees('help');
  await look('help');
  await visitor.tap(say('check.anyway'));
  await visitor.sees('question');
  await look('question');
  await visitor.tap(say('question.go'));
  await visitor.sees('countdown');
  await look('countdown');
  await visitor.speaksFor(3);
  await look('recording');
  await visitor.tap(say('nav.abort'));
  await visitor.isAsked('leave');
  await look('leave');
  await visitor.tap(say('leave.no'));
  await visitor.speaksFor(1);
  await visitor.tap(say('recording.stop'));
  await visitor.sees('review');
  await look('review');
  await visitor.tap(say('review.erase'));
  await visitor.isAsked('erase');
  await look('erase');
  await visitor.tap(say('erase.no'));
  await visitor.sees('review');
  await visitor.tap(say('review.keep'));
  await visitor.sees('thanks');
  await look('thanks');
  await visitor.tap(say('thanks.done'));
  await visitor.sees('attract');
}
