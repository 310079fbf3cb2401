import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { BoothEvent } from '../../../../renderer/booth/chart/visit.ts';
import { FakeServices, openFakeBooth } from './fake-services.ts';

type Step =
  | { event: BoothEvent }
  | { pass: number }
  | { trouble: 'ended' | 'zeros' | 'stalled' | 'noData' }
  | { broken: boolean };

const plain = [
  'START',
  'YES',
  'NO',
  'NEXT',
  'CALL',
  'RETRY',
  'OTHER_QUESTION',
  'GO',
  'STOP',
  'LISTEN',
  'KEEP',
  'AGAIN',
  'ERASE',
  'BACK',
  'ABORT',
  'CONFIRM',
  'CANCEL',
  'ACTIVITY',
  'MINOR',
  'READ',
  'HOST',
  'NAME',
  'CONTACT',
  'ALLOW',
  'REFUSE',
  'PRINT',
  'CODE',
] as const;

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(...plain).map((type): Step => ({ event: { type } as BoothEvent })) },
  fc.constant<Step>({ event: { type: 'COOPERATIVE', id: null } }),
  fc.constantFrom('fr', 'nl').map((language): Step => ({ event: { type: 'LANGUAGE', language: language as 'fr' } })),
  fc.string().map((value): Step => ({ event: { type: 'TELL', field: 'trade', value } })),
  fc
    .constantFrom<BoothEvent>(
      { type: 'PIN', pin: '1234' },
      { type: 'GUARDIAN', change: { name: 'Noor' } },
      { type: 'SIGN', signature: [[[1, 2]]] },
      { type: 'TICK', purpose: 'site' },
      { type: 'TICK', purpose: 'social' },
      { type: 'CHOOSE', change: { nameShown: 'pseudonym', pseudonym: 'Léo' } },
      { type: 'LOOK', code: 'KM4-7QX' },
      { type: 'WITHDRAW', purposes: 'all' },
    )
    .map((event): Step => ({ event })),
  fc.integer({ min: 1, max: 100_000 }).map((pass): Step => ({ pass })),
  fc.constantFrom('ended', 'zeros', 'stalled', 'noData').map((trouble): Step => ({ trouble: trouble as 'ended' })),
  fc.boolean().map((broken): Step => ({ broken })),
);

/** Everything the studio and the microphone can fail at, failing. */
function breakDown(services: FakeServices): void {
  const silent = () => Promise.reject(new TypeError('fetch failed'));
  services.answers = {
    config: silent,
    readiness: silent,
    microphone: async () => 'missing',
    begin: silent,
    finish: async () => 'nothing',
    keep: silent,
    vouch: silent,
    lookUp: async () => ({ refused: 'wait', seconds: 30 }),
    withdraw: silent,
    print: silent,
    erase: silent,
  };
}

test('a child mashing every key, with everything failing meanwhile, never meets a dead end', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 60 }), async (steps) => {
      const services = new FakeServices();
      const booth = openFakeBooth(services);
      await booth.settle();
      for (const one of steps) {
        if ('event' in one) await booth.send(one.event);
        else if ('pass' in one) await booth.pass(one.pass);
        else if ('trouble' in one) services.trouble(one.trouble);
        else if (one.broken) breakDown(services);
        else services.answers = new FakeServices().answers;
      }
      expect(booth.actor.getSnapshot().status).toBe('active');
      // With the studio back, a visitor who says that they leave is at the start, and the next one can record.
      services.answers = new FakeServices().answers;
      await booth.pass(5000);
      // The way out of the whole text leads to the notice, and from there to the start.
      await booth.send({ type: 'ABORT' }, { type: 'CONFIRM' }, { type: 'ABORT' });
      await booth.pass(5000);
      expect(booth.visit()).toMatch(/^attract/);
      await booth.send({ type: 'START' }, { type: 'YES' }, { type: 'NEXT' }, { type: 'COOPERATIVE', id: null });
      await booth.send({ type: 'NEXT' }, { type: 'GO' });
      await booth.pass(3000);
      expect(booth.visit()).toBe('take.recording');
      await booth.send({ type: 'STOP' }, { type: 'KEEP' }, { type: 'TICK', purpose: 'site' }, { type: 'ALLOW' });
      expect(booth.visit()).toBe('thanks.shown');
    }),
    { numRuns: 300 },
  );
});
