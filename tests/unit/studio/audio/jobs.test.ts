import { describe, expect, test } from 'vitest';
import { SharedJobs } from '../../../../electron/studio/audio/jobs.ts';

const gate = () => {
  const { promise: opened, resolve: open } = Promise.withResolvers<void>();
  return { opened, open: () => open() };
};

describe('shared jobs', () => {
  test('the same key is worked on once, and all get the answer and the progress', async () => {
    const jobs = new SharedJobs<number>();
    const { opened, open } = gate();
    let runs = 0;
    const heard: number[] = [];
    const work = async (_: AbortSignal, tell: (share: number) => void) => {
      runs++;
      await opened;
      tell(0.5);
      return 7;
    };
    const asked = [1, 2, 3].map(() => jobs.run('a', work, { onProgress: (share) => heard.push(share) }));
    open();
    expect(await Promise.all(asked)).toEqual([7, 7, 7]);
    expect(runs).toBe(1);
    expect(heard).toEqual([0.5, 0.5, 0.5]);
    await jobs.run('a', work);
    expect(runs).toBe(2);
  });

  test('one at a time, in the order asked for, past a failure', async () => {
    const jobs = new SharedJobs<string>();
    const log: string[] = [];
    let at = 0;
    const work = (name: string) => async () => {
      expect(++at).toBe(1);
      await new Promise((resolve) => setImmediate(resolve));
      at--;
      log.push(name);
      if (name === 'b') throw new Error('broken');
      return name;
    };
    const results = await Promise.allSettled(['a', 'b', 'c'].map((name) => jobs.run(name, work(name))));
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(log).toEqual(['a', 'b', 'c']);
  });

  test('one who leaves does not take the work along; the last one does', async () => {
    const jobs = new SharedJobs<string>();
    const [first, second] = [new AbortController(), new AbortController()];
    let stopped = false;
    const work = (signal: AbortSignal) =>
      new Promise<string>((_, reject) => {
        signal.addEventListener('abort', () => {
          stopped = true;
          reject(signal.reason);
        });
      });
    const one = jobs.run('a', work, { signal: first.signal });
    const other = jobs.run('a', work, { signal: second.signal });
    first.abort();
    await expect(one).rejects.toMatchObject({ name: 'AbortError' });
    expect(stopped).toBe(false);
    second.abort();
    await expect(other).rejects.toMatchObject({ name: 'AbortError' });
    expect(stopped).toBe(true);
    expect(await jobs.run('a', async () => 'new')).toBe('new');
  });

  test('work waiting for its turn never starts when nobody waits for it any more', async () => {
    const jobs = new SharedJobs<string>();
    const { opened, open } = gate();
    const busy = jobs.run('a', async () => {
      await opened;
      return 'a';
    });
    const leaving = new AbortController();
    let started = false;
    const waiting = jobs.run(
      'b',
      async () => {
        started = true;
        return 'b';
      },
      { signal: leaving.signal },
    );
    leaving.abort();
    await expect(waiting).rejects.toMatchObject({ name: 'AbortError' });
    open();
    expect(await busy).toBe('a');
    expect(await jobs.run('c', async () => 'c')).toBe('c');
    expect(started).toBe(false);
  });
});
