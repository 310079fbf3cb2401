import { describe, expect, it } from 'vitest';
import { createChanges } from '../../../electron/studio/changes.ts';
import { topics } from '../../../shared/contract/health.ts';

describe('changes', () => {
  it('tells at once what happened since a number', async () => {
    const changes = createChanges(1000);
    changes.note('portraits');
    changes.note('health');
    changes.note('portraits');
    expect(await changes.next(1000, 0)).toEqual({ seq: 1003, topics: ['portraits', 'health'] });
    expect(await changes.next(1002, 0)).toEqual({ seq: 1003, topics: ['portraits'] });
    expect(await changes.next(1003, 0)).toEqual({ seq: 1003, topics: [] });
  });

  it('wakes who waits', async () => {
    const changes = createChanges(1000);
    const answer = changes.next(1000, 20_000);
    changes.note('deliveries');
    expect(await answer).toEqual({ seq: 1001, topics: ['deliveries'] });
  });

  it('lets a page go that leaves, and every page when the studio closes', async () => {
    const changes = createChanges(1000);
    const leaving = new AbortController();
    const left = changes.next(1000, 20_000, leaving.signal);
    leaving.abort();
    expect(await left).toEqual({ seq: 1000, topics: [] });
    const closed = changes.next(1000, 20_000);
    changes.close();
    expect(await closed).toEqual({ seq: 1000, topics: [] });
  });

  it('tells everything to a page from before a restart, from the future, or too far behind', async () => {
    const changes = createChanges(1000);
    for (let n = 0; n < 600; n++) changes.note('health');
    for (const after of [0, 999, 5000, 1001]) expect((await changes.next(after, 0)).topics).toEqual([...topics]);
    expect((await changes.next(1590, 0)).topics).toEqual(['health']);
  });
});
