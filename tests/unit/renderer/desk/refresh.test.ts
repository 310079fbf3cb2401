import { QueryClient, QueryObserver } from '@tanstack/react-query';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { refresh } from '../../../../renderer/desk/live/refresh.ts';

type Held = { ok(): void; fail(): void };

/** Each question reads the state at once and is answered by hand. */
function watched() {
  const queries = new QueryClient({ defaultOptions: { queries: { retry: false, staleTime: 60_000 } } });
  let state = 'before';
  const asked: Held[] = [];
  const observer = new QueryObserver(queries, {
    queryKey: ['health'],
    queryFn() {
      const read = state;
      return new Promise<string>((resolve, reject) =>
        asked.push({ ok: () => resolve(read), fail: () => reject(new Error('down')) }),
      );
    },
  });
  const stop = observer.subscribe(() => undefined);
  return {
    stop,
    asked,
    seen: () => observer.getCurrentResult().data,
    change() {
      state = 'after';
      refresh(queries, ['health']);
    },
  };
}

describe('what has changed is asked for again', () => {
  let page: ReturnType<typeof watched>;
  afterEach(() => page.stop());
  const answer = async (nth: number, how: keyof Held = 'ok') => {
    await vi.waitFor(() => expect(page.asked.length).toBeGreaterThan(nth));
    page.asked[nth]?.[how]();
  };

  it.each(['ok', 'fail'] as const)('while the first answer is on its way (%s)', async (how) => {
    page = watched();
    page.change();
    await answer(0, how);
    await answer(1);
    await vi.waitFor(() => expect(page.seen()).toBe('after'));
  });
  it('after the first answer, and while the second is on its way', async () => {
    page = watched();
    await answer(0);
    await vi.waitFor(() => expect(page.seen()).toBe('before'));
    page.change();
    page.change();
    await answer(2);
    await vi.waitFor(() => expect(page.seen()).toBe('after'));
  });
});
