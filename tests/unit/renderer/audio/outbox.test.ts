import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createOutbox, type OutboxPorts, type PutReply } from '../../../../renderer/audio/outbox.ts';
import type { Progress } from '../../../../renderer/audio/types.ts';

const rate = 1000;
const id = { takeId: 'a', token: 't' };

/** A studio that follows the chunk protocol; `fate` says what becomes of each request. */
function studio(fate: () => 'ok' | 'down' | 'lost answer' | 'full' = () => 'ok') {
  const takes = new Map<string, { chunks: Uint8Array[] }>();
  let puts = 0;
  return {
    takes,
    get puts() {
      return puts;
    },
    bytes(takeId: string) {
      return Buffer.concat(takes.get(takeId)?.chunks ?? []);
    },
    async put(takeId: string, _: string, chunk: number, bytes: Uint8Array): Promise<PutReply> {
      puts++;
      const become = fate();
      if (become === 'down') return { kind: 'down' };
      if (become === 'full') return { kind: 'full' };
      const take = takes.get(takeId) ?? { chunks: [] };
      takes.set(takeId, take);
      if (chunk > take.chunks.length) return { kind: 'missing', expected: take.chunks.length };
      const before = take.chunks[chunk];
      if (before === undefined) take.chunks.push(bytes);
      else expect(Buffer.from(bytes).equals(before), 'a number stands for the same bytes for ever').toBe(true);
      if (become === 'lost answer') return { kind: 'down' };
      return { kind: 'receipt', durableFrames: this.bytes(takeId).length / 3 };
    },
  };
}

function source(total: number) {
  const all = Uint8Array.from({ length: total * 3 }, (_, i) => (i * 7) & 255);
  return { all: Buffer.from(all), pack: (from: number, to: number) => all.slice(from * 3, to * 3), frames: total };
}

function ports(sound: { frames: number; pack: OutboxPorts['pack'] }, put: OutboxPorts['put'], states: string[] = []) {
  return {
    frames: () => sound.frames,
    pack: sound.pack,
    put,
    // Other work gets its turn; no clock is waited for.
    wait: () => new Promise<void>((resolve) => setImmediate(resolve)),
    now: () => 0,
    tell: (state: Progress['state']) => void states.push(state),
  } satisfies OutboxPorts;
}
const turn = () => new Promise((resolve) => setImmediate(resolve));

describe('the outbox', () => {
  test('whatever the network does, the studio ends with the sound, once and in order', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.nat({ max: 400 }), { maxLength: 12 }),
        fc.infiniteStream(fc.constantFrom('ok', 'ok', 'down', 'lost answer', 'full') as fc.Arbitrary<'ok'>),
        async (steps, fates) => {
          const total = steps.reduce((a, b) => a + b, 0);
          const sound = source(total);
          sound.frames = 0;
          let tries = 0;
          // A disk that stays full for ever is another test.
          const there = studio(() => (++tries % 5 === 0 ? 'ok' : (fates.next().value ?? 'ok')));
          const outbox = createOutbox(
            id,
            rate,
            ports(sound, (...put) => there.put(...put)),
          );
          void outbox.run();
          for (const step of steps) {
            sound.frames += step;
            outbox.poke();
            await turn();
          }
          outbox.seal();
          const { outcome, chunks, frames } = await outbox.delivered();
          if (outcome === 'all') {
            expect(there.bytes('a').equals(sound.all)).toBe(true);
            expect(frames).toBe(total);
            expect(chunks).toBe(there.takes.get('a')?.chunks.length ?? 0);
          } else {
            expect(outcome).toBe('diskFull');
            expect(there.bytes('a').equals(sound.all.subarray(0, frames * 3))).toBe(true);
          }
        },
      ),
      { numRuns: 200 },
    );
  });

  test('cuts no chunk under a tenth of a second before the end, and none over 0.4 s', async () => {
    const sound = source(2000);
    sound.frames = 99;
    const there = studio();
    const outbox = createOutbox(
      id,
      rate,
      ports(sound, (...put) => there.put(...put)),
    );
    void outbox.run();
    outbox.poke();
    await turn();
    expect(there.puts).toBe(0);
    sound.frames = 100;
    outbox.poke();
    await turn();
    expect(there.puts).toBe(1);
    sound.frames = 1450;
    outbox.seal();
    await outbox.delivered();
    expect(there.takes.get('a')?.chunks.map((chunk) => chunk.length / 3)).toEqual([100, 400, 400, 400, 150]);
  });

  test('gives a slow studio larger chunks, so that it does not fall behind, and none over 256 KiB', async () => {
    const sound = source(300_000);
    const there = studio();
    let clock = 0;
    const slow: OutboxPorts['put'] = (...put) => {
      clock += 1000;
      return there.put(...put);
    };
    const outbox = createOutbox(id, rate, { ...ports(sound, slow), now: () => clock });
    void outbox.run();
    outbox.seal();
    await turn();
    expect(
      there.takes
        .get('a')
        ?.chunks.slice(0, 3)
        .map((chunk) => chunk.length / 3),
    ).toEqual([400, 2000, 2000]);
    clock = 1e9;
    await outbox.delivered();
    expect(there.bytes('a').equals(sound.all)).toBe(true);
  });

  test('waits while the studio is away, tells so, and goes on by itself', async () => {
    const sound = source(500);
    let away = true;
    const states: string[] = [];
    const there = studio(() => (away ? 'down' : 'ok'));
    const outbox = createOutbox(
      id,
      rate,
      ports(sound, (...put) => there.put(...put), states),
    );
    void outbox.run();
    outbox.seal();
    for (let i = 0; i < 20; i++) await turn();
    expect(new Set(states)).toEqual(new Set(['waiting']));
    away = false;
    expect(await outbox.delivered()).toMatchObject({ outcome: 'all', frames: 500 });
    expect(states.at(-1)).toBe('delivered');
  });

  test('gives up on a full disk after the end, with what fitted, and goes on when asked again', async () => {
    const sound = source(100);
    let full = false;
    const there = studio(() => (full ? 'full' : 'ok'));
    const outbox = createOutbox(
      id,
      rate,
      ports(sound, (...put) => there.put(...put)),
    );
    void outbox.run();
    await turn();
    full = true;
    sound.frames = 100;
    const more = source(250);
    sound.frames = 250;
    sound.pack = more.pack;
    outbox.seal();
    expect(await outbox.delivered()).toEqual({ outcome: 'diskFull', chunks: 1, frames: 100 });
    full = false;
    outbox.resendFrom(1);
    expect(await outbox.delivered()).toMatchObject({ outcome: 'all', frames: 250 });
  });

  test('sends again what a studio has lost', async () => {
    const sound = source(400);
    const there = studio();
    const outbox = createOutbox(
      id,
      rate,
      ports(sound, (...put) => there.put(...put)),
    );
    void outbox.run();
    outbox.seal();
    await outbox.delivered();
    there.takes.get('a')?.chunks.splice(0);
    outbox.resendFrom(0);
    await outbox.delivered();
    expect(there.bytes('a').equals(sound.all)).toBe(true);
  });

  test('a take that is refused is sent whole under another name', async () => {
    const sound = source(400);
    const there = studio();
    const outbox = createOutbox(
      id,
      rate,
      ports(sound, async (takeId, ...put) => (takeId === 'a' ? { kind: 'refused' } : there.put(takeId, ...put))),
    );
    void outbox.run();
    outbox.seal();
    expect(await outbox.delivered()).toMatchObject({ outcome: 'refused' });
    outbox.resendAs('b', 'u');
    expect(await outbox.delivered()).toMatchObject({ outcome: 'all', frames: 400 });
    expect(there.bytes('b').equals(sound.all)).toBe(true);
  });

  test('a studio that asks for more than there ever was is not believed', async () => {
    const outbox = createOutbox(
      id,
      rate,
      ports(source(400), async () => ({ kind: 'missing', expected: 99 })),
    );
    void outbox.run();
    outbox.seal();
    expect(await outbox.delivered()).toMatchObject({ outcome: 'refused' });
  });

  test('sends nothing once abandoned', async () => {
    const sound = source(100);
    const there = studio();
    const outbox = createOutbox(
      id,
      rate,
      ports(sound, (...put) => there.put(...put)),
    );
    outbox.abandon();
    await outbox.run();
    outbox.resendFrom(0);
    outbox.resendAs('b', 'u');
    expect(there.puts).toBe(0);
    expect(await outbox.delivered()).toMatchObject({ outcome: 'abandoned' });
  });
});
