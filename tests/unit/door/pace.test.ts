import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createPace, type PaceLimits, usualPace } from '../../../electron/door/lan/pace.ts';
import { runs } from '../../fixtures/runs.ts';

describe('the pace of the network', () => {
  it('lets a desk open, and slows who hammers, each machine by itself', () => {
    let time = 0;
    const pace = createPace(usualPace, () => time);
    const heard = (address: string, times: number) =>
      Array.from({ length: times }, () => pace.allowed(address)).filter(Boolean).length;
    expect(heard('a', 1000)).toBe(usualPace.burst);
    expect(heard('b', 30)).toBe(30);
    time += 1000;
    expect(heard('a', 1000)).toBe(usualPace.perSecond);
  });

  /** Works that last until the gate of their asker opens. */
  function office(limits: Partial<PaceLimits> = {}) {
    const pace = createPace({ ...usualPace, ...limits }, () => 0);
    const begun: string[] = [];
    const ends = new Map<string, (() => void)[]>();
    const asked: Promise<string | undefined>[] = [];
    const ask = (key: string, guest = false) =>
      asked.push(
        pace.turn({ key, guest }, async () => {
          begun.push(key);
          await new Promise<void>((resolve) => ends.set(key, [...(ends.get(key) ?? []), resolve]));
          return key;
        }),
      );
    const settled = async () => {
      for (let turn = 0; turn < 20; turn++) await Promise.resolve();
    };
    const end = async (key: string) => {
      ends.get(key)?.shift()?.();
      await settled();
    };
    return { ask, end, begun, asked, settled };
  }

  it('works on few at once, lets some wait and sends the rest away', async () => {
    const { ask, end, begun, asked, settled } = office({ atOnce: 2, ofOne: 2, waiting: 3 });
    for (let one = 0; one < 8; one++) ask('a');
    await settled();
    expect(begun).toHaveLength(2);
    for (let one = 0; one < 5; one++) await end('a');
    expect((await Promise.all(asked)).filter((answer) => answer === undefined)).toHaveLength(3);
    expect(begun).toHaveLength(5);
  });

  it('keeps something for another desk, however much one asks', async () => {
    const { ask, begun, settled } = office();
    for (let one = 0; one < 30; one++) ask('busy');
    for (let one = 0; one < 30; one++) ask(`guest ${one}`, true);
    await settled();
    expect(begun.filter((key) => key === 'busy')).toHaveLength(usualPace.ofOne);
    ask('quiet');
    await settled();
    expect(begun).not.toContain('quiet');
  });

  it('goes round those who wait', async () => {
    const { ask, end, begun, settled } = office({ atOnce: 1 });
    for (const key of ['a', 'a', 'a', 'a', 'b', 'c']) ask(key);
    await settled();
    for (const key of ['a', 'a', 'b', 'c', 'a']) await end(key);
    expect(begun).toEqual(['a', 'a', 'b', 'c', 'a', 'a']);
  });

  it('lets guests hold no more than their share, whatever they ask for', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.record({ end: fc.boolean(), who: fc.nat(6) }), { minLength: 10, maxLength: 80 }),
        async (steps) => {
          const { ask, end, begun, settled } = office();
          const over: string[] = [];
          const asked: string[] = [];
          for (const { end: ends, who } of steps) {
            const key = who < 3 ? `desk ${who}` : `guest ${who}`;
            if (ends) {
              const open = begun.length - over.length;
              const counts = new Map<string, number>();
              for (const one of begun) counts.set(one, (counts.get(one) ?? 0) + 1);
              for (const one of over) counts.set(one, (counts.get(one) ?? 0) - 1);
              if ((counts.get(key) ?? 0) > 0) {
                over.push(key);
                await end(key);
              } else expect(open).toBeLessThanOrEqual(usualPace.atOnce);
            } else {
              asked.push(key);
              ask(key, who >= 3);
              await settled();
            }
            const open = new Map<string, number>();
            for (const one of begun) open.set(one, (open.get(one) ?? 0) + 1);
            for (const one of over) open.set(one, (open.get(one) ?? 0) - 1);
            const sum = (which: (key: string) => boolean) =>
              [...open].reduce((total, [one, n]) => total + (which(one) ? n : 0), 0);
            expect(sum(() => true)).toBeLessThanOrEqual(usualPace.atOnce);
            expect(sum((one) => one.startsWith('guest'))).toBeLessThanOrEqual(usualPace.ofGuests);
            for (const n of open.values()) expect(n).toBeLessThanOrEqual(usualPace.ofOne);
            // Nobody who might be worked on waits.
            const waits = asked.length - begun.length;
            if (waits > 0 && sum(() => true) < usualPace.atOnce) {
              const waiting = new Set(
                asked.filter((one) => asked.filter((k) => k === one).length > begun.filter((k) => k === one).length),
              );
              for (const one of waiting)
                expect(one.startsWith('guest') ? sum((k) => k.startsWith('guest')) : (open.get(one) ?? 0)).toBe(
                  one.startsWith('guest') ? usualPace.ofGuests : usualPace.ofOne,
                );
            }
          }
        },
      ),
      { numRuns: runs(150, 3000) },
    );
  });

  it('remembers a bounded number of askers', () => {
    const pace = createPace({ ...usualPace, burst: 1, askers: 2 }, () => 0);
    for (const key of ['a', 'b', 'c']) expect(pace.allowed(key)).toBe(true);
    expect(pace.allowed('c')).toBe(false);
    expect(pace.allowed('a')).toBe(true);
  });
});
