import { ORPCError } from '@orpc/client';
import { describe, expect, it, vi } from 'vitest';
import { digitsOf, secondsLeft } from '../../../../renderer/desk/gate/pin.ts';
import { createSession } from '../../../../renderer/desk/gate/session.ts';
import { follow, staleKeys } from '../../../../renderer/desk/live/follow.ts';
import { type Preferences, readPreferences, writePreferences } from '../../../../renderer/desk/preferences.ts';
import { sortQueue } from '../../../../renderer/desk/queue/queries.ts';
import type { Delivery } from '../../../../shared/contract/delivery.ts';
import type { Topic } from '../../../../shared/contract/health.ts';

describe('following the studio', () => {
  type Next = (input: { after: number }) => Promise<{ seq: number; topics: Topic[] }>;
  async function run(next: Next, until: number) {
    const stop = new AbortController();
    const changes: string[][] = [];
    const reachable: boolean[] = [];
    const asked: number[] = [];
    await follow(
      {
        next: (async (input: { after: number }) => {
          asked.push(input.after);
          if (asked.length > until) {
            stop.abort();
            throw new TypeError('gone');
          }
          return next(input);
        }) as never,
      },
      {
        onChange: (keys) => changes.push(keys),
        onReachable: (is) => reachable.push(is),
        signal: stop.signal,
        retryMs: 1,
      },
    );
    return { changes, reachable, asked };
  }

  it('asks from the last number on and tells only what changed', async () => {
    let seq = 10;
    const { changes, asked } = await run(async () => ({ seq: ++seq, topics: seq === 12 ? ['portraits'] : [] }), 3);
    expect(asked).toEqual([0, 11, 12, 13]);
    expect(changes).toEqual([['portraits', 'batches']]);
  });
  it('tries again from the same number when the studio does not answer', async () => {
    let calls = 0;
    const { asked, reachable } = await run(async () => {
      calls += 1;
      if (calls === 2) throw new TypeError('down');
      return { seq: 5, topics: [] };
    }, 3);
    expect(asked).toEqual([0, 5, 5, 5]);
    expect(reachable).toEqual([true, false, true]);
  });
  it('ends when the session is over', async () => {
    const denied = new ORPCError('NOT_ALLOWED', { defined: true, status: 403, data: { needs: 'host' } });
    const { asked, reachable } = await run(() => Promise.reject(denied), 5);
    expect(asked).toEqual([0]);
    expect(reachable).toEqual([]);
  });
  it('takes a delivery for a change of its portrait too, and a portrait for one of its batches', () => {
    expect(staleKeys(['deliveries']).sort()).toEqual(['batches', 'deliveries', 'portraits']);
    expect(staleKeys(['health'])).toEqual(['health']);
  });
});

describe('the session', () => {
  it('gives its token only while it is open', () => {
    const session = createSession();
    const heard = vi.fn();
    session.subscribe(heard);
    expect(session.token()).toBeUndefined();
    session.open({ token: 'secret', id: 'm', role: 'organiser', name: 'Nadia' });
    expect(session.token()).toBe('secret');
    session.lock();
    expect(session.token()).toBeUndefined();
    expect(session.state().status).toBe('locked');
    expect(heard).toHaveBeenCalledTimes(2);
  });
  it('ends when an organiser is refused, not when a host asks for too much', () => {
    const session = createSession();
    session.open({ token: 'secret', id: 'm', role: 'host', name: 'Nadia' });
    expect(session.refused('organiser')).toBe(false);
    expect(session.state().status).toBe('in');
    expect(session.refused('host')).toBe(true);
    expect(session.state().status).toBe('ended');
    session.open({ token: 'other', id: 'm', role: 'organiser', name: 'Nadia' });
    session.refused('organiser');
    expect(session.state().status).toBe('ended');
  });
});

describe('small things', () => {
  it('reads a PIN out of what was typed', () => {
    expect(digitsOf('23 04-14')).toBe('230414');
    expect(digitsOf('1234567890123')).toBe('123456789012');
    expect(secondsLeft(10_000, 8_100)).toBe(2);
    expect(secondsLeft(10_000, 10_001)).toBe(0);
  });
  it('remembers language and light, and is as usual where it cannot', () => {
    const kept = new Map<string, string>();
    const mine: Preferences = {
      language: 'nl',
      theme: 'dark',
      looks: { all: { sort: 'name', filters: { tag: ['bois'], language: ['nl'] } } },
      pane: 'transcript',
    };
    writePreferences({ setItem: (key, value) => kept.set(key, value) }, mine);
    expect(readPreferences({ getItem: (key) => kept.get(key) ?? null })).toEqual(mine);
    const usual: Preferences = { language: 'fr', theme: 'auto', looks: {}, pane: 'words' };
    for (const stored of [null, '{', '7', 'null', '{"language":"xx","theme":1,"looks":{"none":{}}}']) {
      expect(readPreferences({ getItem: () => stored }), String(stored)).toEqual(usual);
    }
    const refuse = () => {
      throw new Error('no storage');
    };
    expect(readPreferences({ getItem: refuse })).toEqual(usual);
    expect(() => writePreferences({ setItem: refuse }, usual)).not.toThrow();
  });
  it('puts what needs a host before what goes by itself', () => {
    const states = ['done', 'waiting', 'failed', 'running', 'cancelled'] as const;
    const sorted = sortQueue(states.map((state) => ({ state }) as Delivery));
    expect(sorted.troubled.map((one) => one.state)).toEqual(['failed']);
    expect(sorted.underWay.map((one) => one.state)).toEqual(['waiting', 'running']);
    expect(sorted.over.map((one) => one.state)).toEqual(['done', 'cancelled']);
  });
});
