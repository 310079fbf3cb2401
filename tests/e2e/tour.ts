import type { Page } from 'playwright/test';
import type { Language } from '../../shared/domain/language.ts';
import { boothWords } from '../../shared/i18n/booth/words.ts';
import { typeset } from '../../shared/i18n/typography.ts';
import { Visitor } from './visitor.ts';

/** Walks through every screen of one visit by touch, and calls `look` at each; answers the visitor's code. */
export async function tour(page: Page, language: Language, look: (screen: string) => Promise<void>): Promise<string> {
  const visitor = new Visitor(page, language);
  const { say } = visitor;
  await visitor.sees('attract');
  await visitor.tap(boothWords[language]['language.name']);
  await look('attract');
  await visitor.tap(say('attract.start'));
  await visitor.sees('notice');
  await look('notice');
  await visitor.tap(say('full.open'));
  await visitor.isAsked('full');
  await look('full');
  await visitor.tap(say('full.close'));
  await visitor.sees('notice');
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
  await visitor.sees('choices');
  await look('choices');
  await visitor.use('site').tap();
  await visitor.use('transcript').tap();
  await look('choices-ticked');
  await visitor.tap(say('choices.refuse'));
  await visitor.isAsked('nothing');
  await look('nothing');
  await visitor.tap(say('nothing.no'));
  await visitor.sees('choices');
  await page.locator('.name-row').tap();
  await visitor.sees('nameShown');
  await page.getByRole('radio', { name: typeset(visitor.texts.choices.name.pseudonym, language) }).tap();
  await look('nameShown');
  await visitor.tap(say('nameShown.done'));
  await visitor.sees('choices');
  await visitor.tap(say('choices.contact'));
  await visitor.sees('contact');
  await look('contact');
  await visitor.tap(say('nav.skip'));
  await visitor.sees('choices');
  await visitor.tap(say('choices.allow'));
  await visitor.sees('thanks');
  await look('thanks');
  const code = await visitor.code();
  await visitor.tap(say('thanks.done'));
  await visitor.sees('attract');
  return code;
}

/** Walks through the screens only some see: somebody under 18, and somebody with a code. `pin` is a host's. */
export async function otherTour(
  page: Page,
  language: Language,
  { pin, code }: { pin: string; code: string },
  look: (screen: string) => Promise<void>,
): Promise<void> {
  const visitor = new Visitor(page, language);
  const { say } = visitor;
  await visitor.sees('attract');
  await visitor.tap(boothWords[language]['language.name']);
  await visitor.tap(say('attract.start'));
  await visitor.sees('notice');
  await visitor.tap(say('notice.minor'));
  await visitor.sees('minor');
  await look('minor');
  await visitor.tap(say('minor.host'));
  await visitor.sees('pin');
  await look('pin');
  await visitor.typesPin(pin);
  await visitor.sees('guardian');
  await page.getByLabel(say('guardian.name')).fill('Marguerite Vandenbroucke');
  await look('guardian');
  await visitor.tap(say('guardian.next'));
  await visitor.sees('signature');
  await look('signature');
  await visitor.signs();
  await look('signature-drawn');
  await visitor.tap(say('notice.no'));
  await visitor.sees('declined');
  await visitor.tap(say('nav.home'));
  await visitor.sees('attract');
  await visitor.tap(boothWords[language]['language.name']);
  await visitor.tap(say('code.open'));
  await visitor.sees('code');
  await look('code');
  await visitor.typesCode(code);
  await visitor.sees('ticket');
  await look('ticket');
  await visitor.tap(say('ticket.withdrawOne', { purpose: visitor.texts.choices.purposes.transcript.label }));
  await visitor.isAsked('withdraw');
  await look('withdraw');
  await visitor.tap(say('withdraw.yes'));
  await visitor.sees('withdrawn');
  await look('withdrawn');
  await visitor.tap(say('nav.home'));
  await visitor.sees('attract');
}
