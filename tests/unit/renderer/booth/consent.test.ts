import { describe, expect, test } from 'vitest';
import { consentAnswer } from '../../../../shared/contract/capture.ts';
import { choices } from '../../../../shared/contract/consent.ts';
import { config, FakeServices, openFakeBooth } from './fake-services.ts';
import { openBoothIn } from './walk.ts';

const signature = [
  [
    [10, 20],
    [30, 40],
  ],
] as [number, number][][];

describe('the choices', () => {
  test('begin with nothing ticked, and nothing can be allowed that way', async () => {
    const booth = await openBoothIn('choices.choosing');
    expect(booth.context().visit.allowed.purposes).toEqual([]);
    await booth.send({ type: 'ALLOW' });
    expect(booth.visit()).toBe('choices.choosing');
  });

  test('are sent as the contract has them, with the words they were given to', async () => {
    const booth = await openBoothIn('choices.choosing');
    await booth.send({ type: 'TICK', purpose: 'archive' }, { type: 'TICK', purpose: 'site' });
    await booth.send({ type: 'TICK', purpose: 'podcast' }, { type: 'TICK', purpose: 'podcast' }, { type: 'ALLOW' });
    const { kept } = booth.services;
    expect(choices.parse(kept)).toEqual(kept);
    expect(kept).toMatchObject({
      textVersion: '1',
      language: 'fr',
      purposes: ['site', 'archive'],
      nameShown: 'anonymous',
      until: '2028-04-14',
    });
  });

  test('offer only what the event offers', async () => {
    const booth = await openBoothIn('choices.choosing');
    await booth.send({ type: 'TICK', purpose: 'social' });
    expect(booth.context().visit.allowed.purposes).toEqual([]);
  });

  test('call who introduced themself by that name, and by another where they say so', async () => {
    const services = new FakeServices();
    const booth = openFakeBooth(services);
    await booth.settle();
    await booth.send({ type: 'START' }, { type: 'YES' }, { type: 'TELL', field: 'firstName', value: 'Zoé' });
    await booth.send({ type: 'NEXT' }, { type: 'COOPERATIVE', id: null }, { type: 'NEXT' }, { type: 'GO' });
    await booth.pass(3000);
    await booth.send({ type: 'STOP' }, { type: 'KEEP' });
    expect(booth.context().visit.allowed.nameShown).toBe('name');
    await booth.send({ type: 'NAME' }, { type: 'CHOOSE', change: { nameShown: 'pseudonym', pseudonym: ' Léo ' } });
    await booth.send({ type: 'NEXT' }, { type: 'BACK' }, { type: 'KEEP' });
    await booth.send({ type: 'TICK', purpose: 'site' }, { type: 'ALLOW' });
    expect(services.kept).toMatchObject({ nameShown: 'pseudonym', pseudonym: 'Léo' });
  });

  test('another name left empty is none', async () => {
    const booth = await openBoothIn('choices.name');
    await booth.send({ type: 'CHOOSE', change: { nameShown: 'pseudonym' } }, { type: 'NEXT' });
    await booth.send({ type: 'TICK', purpose: 'site' }, { type: 'ALLOW' });
    expect(booth.services.kept).toMatchObject({ nameShown: 'anonymous', pseudonym: '' });
  });

  test('all refused is asked once, then erased', async () => {
    const booth = await openBoothIn('choices.nothing');
    await booth.send({ type: 'CANCEL' });
    expect(booth.visit()).toBe('choices.choosing');
    await booth.send({ type: 'REFUSE' }, { type: 'CONFIRM' });
    expect(booth.visit()).toBe('erased');
    expect(booth.services.asked).not.toContain('keep');
    expect(booth.services.asked.filter((call) => call.startsWith('erase'))).toHaveLength(1);
  });

  test('walked away from, they keep nothing and erase nothing', async () => {
    const booth = await openBoothIn('choices.choosing');
    await booth.send({ type: 'TICK', purpose: 'site' });
    await booth.pass(45_000);
    await booth.pass(15_000);
    expect(booth.visit()).toMatch(/^attract/);
    expect(booth.services.asked.filter((call) => /^(keep|erase)/.test(call))).toEqual([]);
  });
});

describe('under 18', () => {
  test('an adult is asked nothing more, and sends no guardian', async () => {
    const booth = await openBoothIn('take.recording');
    const sent = { ...booth.services.begun?.answer, answer: 'yes' };
    expect(consentAnswer.parse(sent)).toEqual(sent);
    expect(sent).toMatchObject({ ageBand: 'adult', guardians: [], vouch: '' });
  });

  test.each([1, 2] as const)('nothing is recorded before a host and %i guardians stand for it', async (guardians) => {
    const services = new FakeServices();
    services.answers.config = async () => ({ ...config, consent: { ...config.consent, guardians } });
    const booth = openFakeBooth(services);
    await booth.settle();
    await booth.send({ type: 'START' }, { type: 'MINOR' });
    // Nothing of the way can be left out.
    await booth.send({ type: 'NEXT' }, { type: 'SIGN', signature }, { type: 'GO' }, { type: 'YES' });
    expect(booth.visit()).toBe('minor.calling');
    await booth.send({ type: 'HOST' }, { type: 'PIN', pin: '1234' });
    await booth.send({ type: 'GUARDIAN', change: { name: '  ' } }, { type: 'NEXT' });
    expect(booth.visit()).toBe('minor.guardian');
    for (let one = 1; one <= guardians; one++) {
      expect(booth.visit()).toBe('minor.guardian');
      await booth.send({ type: 'GUARDIAN', change: { name: `Parent ${one}`, role: 'guardian' } }, { type: 'NEXT' });
      await booth.send({ type: 'SIGN', signature });
    }
    expect(booth.visit()).toBe('who.name');
    expect(services.asked.filter((call) => /openMicrophone|begin/.test(call))).toEqual([]);
    await booth.send({ type: 'NEXT' }, { type: 'COOPERATIVE', id: null }, { type: 'NEXT' }, { type: 'GO' });
    const sent = { ...services.begun?.answer, answer: 'yes' };
    expect(consentAnswer.parse(sent)).toEqual(sent);
    expect(sent).toMatchObject({ ageBand: 'minor', vouch: 'vouch' });
    expect(sent.guardians).toHaveLength(guardians);
    expect(sent.guardians?.[0]).toMatchObject({ name: 'Parent 1', role: 'guardian', signature });
  });

  test.each([
    ['a wrong PIN', { refused: 'wrong', seconds: 0 }],
    ['a wait', { refused: 'wait', seconds: 8 }],
  ] as const)('%s is told, and tried again', async (_, refusal) => {
    const booth = await openBoothIn('minor.pin.entering');
    booth.services.answers.vouch = async () => refusal;
    await booth.send({ type: 'PIN', pin: '0000' });
    expect(booth.visit()).toBe('minor.pin.entering');
    expect(booth.context().visit.refusal).toEqual(refusal);
    booth.services.answers.vouch = async () => ({ vouch: 'vouch', name: 'Ana' });
    await booth.send({ type: 'PIN', pin: '1234' });
    expect(booth.visit()).toBe('minor.guardian');
  });

  test('every step has a way back, and a no', async () => {
    for (const state of ['minor.calling', 'minor.pin.entering', 'minor.guardian', 'minor.signing']) {
      const back = await openBoothIn(state);
      await back.send({ type: 'BACK' });
      expect(back.visit(), state).not.toBe(state);
      const no = await openBoothIn(state);
      await no.send({ type: 'NO' });
      expect(no.visit(), state).toBe('declined');
    }
  });

  test('a word that has become too old leads back to the host', async () => {
    const booth = await openBoothIn('question');
    booth.services.answers.begin = async () => 'guardian';
    await booth.send({ type: 'GO' });
    expect(booth.visit()).toBe('take.refused');
    await booth.send({ type: 'RETRY' });
    expect(booth.visit()).toBe('minor.calling');
    expect(booth.context().visit.vouch).toBeNull();
  });
});

describe('the code of an earlier visit', () => {
  test('says what became of it, and takes one use back', async () => {
    const booth = await openBoothIn('code.found');
    expect(booth.context().visit.ticket?.state).toBe('published');
    await booth.send({ type: 'WITHDRAW', purposes: ['podcast'] }, { type: 'CONFIRM' });
    expect(booth.visit()).toBe('code.withdrawn');
    expect(booth.context().visit.ticket?.purposes).toEqual(['site']);
    expect(booth.services.asked).toContain('withdraw podcast');
  });

  test.each([
    ['wrong', { refused: 'wrong', seconds: 0 }],
    ['guessed too often', { refused: 'wait', seconds: 20 }],
    ['asked of a silent studio', { refused: 'silent' }],
  ] as const)('%s opens nothing, and can be typed again', async (_, refusal) => {
    const booth = await openBoothIn('code.entering');
    booth.services.answers.lookUp = async () => refusal;
    await booth.send({ type: 'LOOK', code: 'AAA-AAA' });
    expect(booth.visit()).toBe('code.entering');
    expect(booth.context().visit.refusal).toEqual(refusal);
    expect(booth.context().visit.ticket).toBeNull();
  });

  test('is not taken back without being asked once, nor told so when it was not', async () => {
    const booth = await openBoothIn('code.sure');
    await booth.send({ type: 'CANCEL' });
    expect(booth.visit()).toBe('code.found');
    expect(booth.services.asked.filter((call) => call.startsWith('withdraw'))).toEqual([]);
    booth.services.answers.withdraw = () => Promise.reject(new TypeError('fetch failed'));
    await booth.send({ type: 'WITHDRAW', purposes: 'all' }, { type: 'CONFIRM' });
    expect(booth.visit()).toBe('code.found');
    expect(booth.context().visit.refusal).toEqual({ refused: 'silent' });
  });

  test('is forgotten when nobody is there any more', async () => {
    const booth = await openBoothIn('code.found');
    await booth.pass(45_000);
    await booth.pass(15_000);
    expect(booth.visit()).toMatch(/^attract/);
    expect(booth.context().visit.ticket).toBeNull();
    expect(booth.context().visit.code).toBeNull();
  });
});

describe('the ticket on paper', () => {
  test.each(['printed', 'noPrinter', 'failed'] as const)('%s is said, and keeps nobody', async (outcome) => {
    const booth = await openBoothIn('thanks.shown');
    booth.services.answers.print = async () => outcome;
    await booth.send({ type: 'PRINT' });
    expect(booth.visit()).toBe('thanks.shown');
    expect(booth.context().visit.printing).toBe(outcome);
    await booth.send({ type: 'NEXT' });
    expect(booth.visit()).toMatch(/^attract/);
  });

  test('without a code there is none', async () => {
    const services = new FakeServices();
    services.answers.keep = async () => 'later';
    const booth = await openBoothIn('thanks.shown', services);
    await booth.send({ type: 'PRINT' });
    expect(services.asked.filter((call) => call.startsWith('print'))).toEqual([]);
  });
});
