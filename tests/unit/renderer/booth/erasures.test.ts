import { expect, test, vi } from 'vitest';
import { createErasures } from '../../../../renderer/booth/erasures.ts';

/** What a browser keeps between two pages. */
class FakeStorage {
  kept = new Map<string, string>();
  getItem = (key: string) => this.kept.get(key) ?? null;
  setItem = (key: string, value: string) => void this.kept.set(key, value);
}
const storage = () => new FakeStorage() as unknown as Storage & FakeStorage;
const portrait = { portraitId: 'one', token: 'secret' };

test('an erasure asked for twice is done once, and then forgotten', async () => {
  const erase = vi.fn(async () => undefined);
  const kept = storage();
  const erasures = createErasures(erase, kept);
  await Promise.all([erasures.ask(portrait), erasures.ask(portrait)]);
  expect(erase).toHaveBeenCalledOnce();
  expect([...kept.kept.values()]).toEqual(['[]']);
});

test('what one page left undone the next one does', async () => {
  vi.useFakeTimers();
  try {
    const kept = storage();
    const failing = createErasures(() => Promise.reject(new TypeError('fetch failed')), kept);
    void failing.ask({ ...portrait, firstName: 'Zoé' } as typeof portrait);
    await vi.advanceTimersByTimeAsync(100);
    expect([...kept.kept.values()].join()).toBe(JSON.stringify([portrait]));
    const done = vi.fn(async () => undefined);
    createErasures(done, kept).resume();
    await vi.advanceTimersByTimeAsync(100);
    expect(done).toHaveBeenCalledWith(portrait);
  } finally {
    vi.useRealTimers();
  }
});

test('it goes on asking until the studio has done it', async () => {
  vi.useFakeTimers();
  try {
    let failures = 3;
    const erase = vi.fn(async () => {
      if (failures-- > 0) throw new TypeError('fetch failed');
    });
    const done = createErasures(erase, storage()).ask(portrait);
    await vi.advanceTimersByTimeAsync(10_000);
    await done;
    expect(erase).toHaveBeenCalledTimes(4);
  } finally {
    vi.useRealTimers();
  }
});

test('a storage full of rubbish, or none, harms nothing', async () => {
  const kept = storage();
  kept.kept.set('phonomaton.erasures', '{"not": "a list"');
  const erase = vi.fn(async () => undefined);
  createErasures(erase, kept).resume();
  kept.setItem = () => {
    throw new DOMException('full', 'QuotaExceededError');
  };
  await createErasures(erase, kept).ask(portrait);
  expect(erase).toHaveBeenCalledOnce();
});
