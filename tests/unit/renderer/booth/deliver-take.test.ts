import { ORPCError } from '@orpc/client';
import { expect, test } from 'vitest';
import type { Api } from '../../../../renderer/api.ts';
import type { Recording, Stopped } from '../../../../renderer/audio/types.ts';
import { deliverTake } from '../../../../renderer/booth/deliver-take.ts';
import type { TakeOrder } from '../../../../renderer/booth/ports.ts';
import { createStranded } from '../../../../renderer/booth/stranded.ts';

const order: TakeOrder = {
  portraitId: 'portrait-0',
  token: 'token-0',
  takeId: 'take-0',
  questionId: 'metier',
  answer: {
    textVersion: '2026-1',
    textSha256: '0'.repeat(64),
    language: 'fr',
    answeredAt: '2026-03-14T09:26:53.000Z',
    ageBand: 'minor',
    guardians: [],
    vouch: 'of-before',
  },
  speaker: { firstName: 'Nino', trade: '', cooperativeId: null },
};
const stopped: Stopped = { samples: new Float32Array(9), sampleRate: 48_000, goFrame: 0, elapsedMs: 1 };

interface Start {
  portraitId: string;
  takeId: string;
  continues?: { portraitId: string; token: string };
  consent: { vouch: string };
}

/** A studio that was restarted: it knows no take of before. `answers` is what each `start` gets. */
function studioThat(...answers: (string | null)[]) {
  const started: Start[] = [];
  const sentAs: string[] = [];
  let abandoned = false;
  let taken = false;
  const recording: Recording = {
    takeId: order.takeId,
    token: order.token,
    onProgress: () => () => undefined,
    stop: () => Promise.resolve(stopped),
    delivered: () =>
      Promise.resolve(taken ? { outcome: 'all', chunks: 1, frames: 9 } : { outcome: 'refused', chunks: 0, frames: 0 }),
    resendFrom: () => undefined,
    resendAs(takeId) {
      sentAs.push(takeId);
      taken = true;
    },
    abandon() {
      abandoned = true;
    },
  };
  return { started, sentAs, recording, isAbandoned: () => abandoned, answers };
}

function deliver(studio: ReturnType<typeof studioThat>, stranded = createStranded()) {
  let made = 0;
  const leaving = new AbortController();
  const orders: TakeOrder[] = [];
  const api = {
    capture: {
      async start(input: Start) {
        studio.started.push(input);
        const code = studio.answers.length > 1 ? studio.answers.shift() : studio.answers[0];
        if (code === null) return { token: 'x' };
        throw new ORPCError(code ?? '', { defined: true, data: {} });
      },
      stop: async () => ({ verdict: null, peaks: null }),
    },
  } as unknown as Api;
  const judged = deliverTake(order, stopped, {
    api,
    recording: studio.recording,
    source: { sampleRate: 48_000, device: '', method: 'processor' },
    fresh() {
      made += 1;
      return { portraitId: `portrait-${made}`, token: `token-${made}`, takeId: `take-${made}` };
    },
    hostsWord: stranded.ask,
    became: (changed) => orders.push(changed),
    signal: leaving.signal,
    wait: () => Promise.resolve(),
  });
  return { judged, orders, stranded, leaving };
}

/** Settles once so many recordings wait for a host. */
const waits = (stranded: ReturnType<typeof createStranded>, wanted: number) =>
  new Promise<void>((resolve) => {
    stranded.onWaiting((count) => {
      if (count === wanted) resolve();
    });
  });

test('a portrait that is closed is sent again as another one, which names the one it takes the place of', async () => {
  const studio = studioThat('CLOSED', null);
  const { judged, orders } = deliver(studio);
  expect(await judged).toEqual({ verdict: null, peaks: null });
  expect(studio.started.map(({ portraitId, continues }) => [portraitId, continues?.portraitId])).toEqual([
    ['portrait-0', undefined],
    ['portrait-2', 'portrait-0'],
  ]);
  expect(studio.started[1]?.continues).toEqual({ portraitId: 'portrait-0', token: 'token-0' });
  expect(studio.sentAs).toEqual(['take-2']);
  expect(orders.at(-1)).toMatchObject({ portraitId: 'portrait-2', takeId: 'take-2' });
});

test('a studio that has lost the guardians’ word is asked once; the recording waits for a host, and goes with their word', async () => {
  const studio = studioThat('CLOSED', 'GUARDIAN_NEEDED');
  const { judged, stranded } = deliver(studio);
  await waits(stranded, 1);
  expect(studio.started).toHaveLength(2);
  expect(studio.isAbandoned()).toBe(false);
  // A word that does not help is asked for again, not tried without end.
  stranded.settle('too-old');
  await waits(stranded, 1);
  expect(studio.started).toHaveLength(3);
  studio.answers.splice(0, 9, null);
  stranded.settle('of-now');
  expect(await judged).toEqual({ verdict: null, peaks: null });
  expect(studio.started.map(({ consent }) => consent.vouch)).toEqual(['of-before', 'of-before', 'too-old', 'of-now']);
  expect(studio.sentAs).toHaveLength(1);
});

test('a host may have it erased, and so may the visitor: then nothing is sent any more', async () => {
  const byHost = studioThat('GUARDIAN_NEEDED');
  const one = deliver(byHost);
  await waits(one.stranded, 1);
  one.stranded.settle(null);
  await expect(one.judged).rejects.toThrow('erased');
  expect(byHost).toMatchObject({ sentAs: [] });
  expect(byHost.isAbandoned()).toBe(true);

  const byVisitor = studioThat('GUARDIAN_NEEDED');
  const other = deliver(byVisitor);
  await waits(other.stranded, 1);
  other.leaving.abort(new Error('the visitor wants it erased'));
  await expect(other.judged).rejects.toThrow('the visitor wants it erased');
  await waits(other.stranded, 0);
});
