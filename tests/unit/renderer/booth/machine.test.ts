import { describe, expect, test } from 'vitest';
import { FakeServices, openFakeBooth } from './fake-services.ts';
import { openBoothIn, recordingLimit, ways } from './walk.ts';

/** Where leaving loses a recording, and so is asked first. */
const asked = [
  'take.recording',
  'take.stopping',
  'review.playing',
  'review.paused',
  'review.erase',
  'choices.choosing',
  'choices.name',
  'choices.contact',
  'choices.nothing',
  'erasing',
];
const atTheStart = ['attract.resting', 'attract.refreshing'];

describe('the way out', () => {
  test.each(Object.keys(ways))('leads from %s to the start, with nothing of the visitor', async (state) => {
    const booth = await openBoothIn(state);
    await booth.send({ type: 'TELL', field: 'firstName', value: 'Zoé' }, { type: 'ABORT' });
    // The way out of the whole text leads to the question it was read for.
    if (state === 'notice.full') await booth.send({ type: 'ABORT' });
    if (asked.includes(state)) {
      expect(booth.attention()).toBe('confirming');
      expect(booth.visit()).toBe(state);
      await booth.send({ type: 'CONFIRM' });
    }
    expect(atTheStart).toContain(booth.visit());
    expect(booth.context().visit.speaker.firstName).toBe('');
    expect(booth.context().visit.portrait).toBeNull();
    expect(booth.services.asked.at(-1)).not.toBe('openMicrophone');
  });

  test('while recording, said no to, goes on recording', async () => {
    const booth = await openBoothIn('take.recording');
    await booth.send({ type: 'ABORT' }, { type: 'CANCEL' });
    expect(booth.visit()).toBe('take.recording');
    expect(booth.attention()).toBe('suspended');
  });

  test('from a recording erases it in the studio', async () => {
    const booth = await openBoothIn('take.recording');
    const { portrait } = booth.context().visit;
    await booth.send({ type: 'ABORT' }, { type: 'CONFIRM' });
    expect(booth.services.asked).toContain(`erase ${portrait?.portraitId}`);
  });

  test('after « garder » does not erase what was kept', async () => {
    for (const state of ['keeping', 'thanks.shown', 'thanks.printing']) {
      const booth = await openBoothIn(state);
      await booth.send({ type: 'ABORT' });
      expect(atTheStart).toContain(booth.visit());
      expect(booth.services.asked.filter((call) => call.startsWith('erase'))).toEqual([]);
    }
  });
});

describe('walking away', () => {
  const left = Object.keys(ways).filter((state) => !atTheStart.includes(state));
  test.each(left)('from %s ends at the start', async (state) => {
    const booth = await openBoothIn(state);
    // Every answer the booth waits for comes, late as it may be.
    booth.services.answers = new FakeServices().answers;
    for (let minutes = 0; minutes < 8 && !atTheStart.includes(booth.visit()); minutes++) {
      await booth.pass(recordingLimit);
      booth.services.playing({ seconds: 0, playing: false, ended: true });
      await booth.settle();
    }
    const waitsForAnAnswer = ['checking', 'take.stopping', 'keeping', 'erasing'].includes(state);
    if (!waitsForAnAnswer) expect(atTheStart).toContain(booth.visit());
    else expect(booth.visit()).toBe(state);
  });

  test('warns first, and any sign of life keeps the visitor', async () => {
    const booth = await openBoothIn('notice.short');
    await booth.pass(44_000);
    await booth.send({ type: 'ACTIVITY' });
    await booth.pass(44_000);
    expect(booth.attention()).toBe('watching');
    await booth.pass(2_000);
    expect(booth.attention()).toBe('warning');
    await booth.pass(14_000);
    await booth.send({ type: 'ACTIVITY' });
    expect(booth.attention()).toBe('watching');
    expect(booth.visit()).toBe('notice.short');
  });

  test('is not suspected while recording or listening', async () => {
    for (const state of ['take.recording', 'review.playing']) {
      const booth = await openBoothIn(state);
      await booth.pass(80_000);
      expect(booth.attention()).toBe('suspended');
      expect(booth.visit()).toBe(state);
    }
  });

  test('after a recording leaves it to the hosts', async () => {
    const booth = await openBoothIn('review.paused');
    await booth.pass(45_000);
    await booth.pass(15_000);
    expect(atTheStart).toContain(booth.visit());
    expect(booth.services.asked.filter((call) => call.startsWith('erase'))).toEqual([]);
  });

  test('before a recording leaves nothing in the studio', async () => {
    const booth = await openBoothIn('take.refused');
    const { portrait } = booth.context().visit;
    await booth.send({ type: 'ABORT' });
    expect(booth.services.asked).toContain(`erase ${portrait?.portraitId}`);
  });
});

describe('the microphone', () => {
  test('is not opened before the visitor has said yes', async () => {
    for (const state of [
      'attract.resting',
      'notice.short',
      'declined',
      'minor.calling',
      'minor.signing',
      'who.name',
      'who.cooperative',
    ]) {
      expect((await openBoothIn(state)).services.asked).not.toContain('openMicrophone');
    }
  });

  test.each(['refused', 'missing', 'busy', 'noData'] as const)(
    '%s is reported and tried again by itself',
    async (reason) => {
      const services = new FakeServices();
      services.answers.microphone = async () => reason;
      const booth = openFakeBooth(services);
      await booth.settle();
      await booth.send({ type: 'START' }, { type: 'YES' }, { type: 'NEXT' }, { type: 'COOPERATIVE', id: 'tilt' });
      expect(booth.visit()).toBe('microphone.failed.waiting');
      expect(services.asked).toContain(`report ${reason}`);
      services.answers.microphone = async () => 'open';
      await booth.pass(4000);
      expect(booth.visit()).toBe('microphone.listening');
    },
  );

  test('lost while recording: what was recorded is offered, and a retake opens it anew', async () => {
    const booth = await openBoothIn('take.recording');
    booth.services.trouble('ended');
    await booth.settle();
    expect(booth.visit()).toBe('review.playing');
    expect(booth.context().visit.cutShort).toBe(true);
    expect(booth.services.asked).toContain('report lost');
    await booth.send({ type: 'AGAIN' });
    expect(booth.visit()).toBe('microphone.listening');
  });

  test('silent while recording is said and does not end the take', async () => {
    const booth = await openBoothIn('take.recording');
    booth.services.trouble('zeros');
    await booth.settle();
    expect(booth.visit()).toBe('take.recording');
    expect(booth.context().visit.silent).toBe(true);
    booth.services.trouble(undefined);
    await booth.settle();
    expect(booth.context().visit.silent).toBe(false);
  });

  test('a stall is said, in a take and at the check, and changes nothing else', async () => {
    for (const state of ['take.recording', 'microphone.listening', 'question', 'take.countdown']) {
      const booth = await openBoothIn(state);
      booth.services.trouble('stalled');
      await booth.settle();
      expect(booth.visit()).toBe(state);
      const shown = state === 'take.recording' || state === 'microphone.listening';
      expect(booth.context().visit.stalled).toBe(shown);
      booth.services.trouble(undefined);
      await booth.settle();
      expect(booth.context().visit.stalled).toBe(false);
      expect(booth.context().visit.microphoneFailure).toBeNull();
    }
  });

  test.each(['microphone.listening', 'question', 'take.countdown'])('lost in %s has a next screen', async (state) => {
    const booth = await openBoothIn(state);
    booth.services.trouble('noData');
    await booth.settle();
    expect(booth.visit()).toBe('microphone.failed.waiting');
  });
});

describe('a take', () => {
  test('ends by itself at the limit, and a second tap on stop is harmless', async () => {
    const booth = await openBoothIn('take.recording');
    await booth.pass(recordingLimit - 1);
    expect(booth.visit()).toBe('take.recording');
    await booth.pass(1);
    await booth.send({ type: 'STOP' }, { type: 'STOP' });
    expect(booth.visit()).toBe('review.playing');
    expect(booth.services.asked.filter((call) => call === 'finish')).toHaveLength(1);
  });

  test('a portrait already with the hosts makes room for a new one, once', async () => {
    const services = new FakeServices();
    services.answers.begin = async () => 'closed';
    const booth = openFakeBooth(services);
    await booth.settle();
    await booth.send({ type: 'START' }, { type: 'YES' }, { type: 'NEXT' }, { type: 'COOPERATIVE', id: null });
    await booth.send({ type: 'NEXT' }, { type: 'GO' });
    expect(booth.visit()).toBe('take.refused');
    const begun = services.asked.filter((call) => call.startsWith('begin'));
    expect(new Set(begun).size).toBe(2);
    expect(begun).toHaveLength(2);
  });

  test('a studio out of reach is asked again', async () => {
    const services = new FakeServices();
    services.answers.begin = () => Promise.reject(new TypeError('fetch failed'));
    const booth = openFakeBooth(services);
    await booth.settle();
    await booth.send({ type: 'START' }, { type: 'YES' }, { type: 'NEXT' }, { type: 'COOPERATIVE', id: null });
    await booth.send({ type: 'NEXT' }, { type: 'GO' });
    expect(booth.visit()).toBe('take.refused');
    services.answers.begin = async () => 'begun';
    await booth.pass(4000);
    expect(booth.visit()).toBe('take.countdown');
  });

  test('again is the same portrait, and going back finds the take before', async () => {
    const booth = await openBoothIn('review.paused');
    const { portrait } = booth.context().visit;
    await booth.send({ type: 'AGAIN' }, { type: 'GO' });
    expect(booth.context().visit.portrait).toEqual(portrait);
    await booth.send({ type: 'BACK' }, { type: 'BACK' });
    expect(booth.visit()).toBe('review.playing');
    expect(booth.services.asked).toContain('callOff');
  });

  test('kept twice is kept once', async () => {
    const booth = await openBoothIn('choices.choosing');
    await booth.send({ type: 'TICK', purpose: 'site' });
    booth.actor.send({ type: 'ALLOW' });
    booth.actor.send({ type: 'ALLOW' });
    await booth.settle();
    expect(booth.visit()).toBe('thanks.shown');
    expect(booth.context().visit.code).toBe('KM4-7QX');
    expect(booth.services.asked.filter((call) => call === 'keep')).toHaveLength(1);
  });
});

test('a studio that is silent at the opening is asked until it answers', async () => {
  const services = new FakeServices();
  const { config } = services.answers;
  services.answers.config = () => Promise.reject(new TypeError('fetch failed'));
  const booth = openFakeBooth(services);
  await booth.settle();
  expect(booth.visit()).toBe('unavailable');
  await booth.send({ type: 'ABORT' });
  expect(booth.visit()).toBe('unavailable');
  services.answers.config = config;
  await booth.pass(4000);
  expect(booth.visit()).toBe('attract.resting');
});

test('a booth that cannot record invites nobody, and opens again by itself', async () => {
  const booth = await openBoothIn('resting.waiting');
  expect(booth.context().readiness).toBe('disk');
  booth.services.answers.readiness = async () => 'ready';
  await booth.pass(4000);
  expect(atTheStart).toContain(booth.visit());
});
