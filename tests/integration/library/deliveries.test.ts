import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Db, openDatabase, transaction } from '../../../electron/studio/library/database.ts';
import { deliveriesRepository, enqueueDelivery } from '../../../electron/studio/library/deliveries.ts';
import { deliveryLeasesRepository, dueQuery } from '../../../electron/studio/library/deliveryLeases.ts';
import { destinationsRepository } from '../../../electron/studio/library/destinations.ts';
import { newId } from '../../../shared/domain/ids.ts';
import { seedApproved } from '../../rig/approved.ts';

let folder: string;
let db: Db;
let clock = Date.parse('2023-04-14T10:00:00.000Z');
const now = () => new Date(clock);
const iso = (seconds = 0) => new Date(clock + seconds * 1000).toISOString();
const horizon = () => iso(3600);

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'deliveries-'));
  db = openDatabase(join(folder, 'library.db'));
  clock = Date.parse('2023-04-14T10:00:00.000Z');
});
afterEach(() => {
  db.close();
  rmSync(folder, { recursive: true });
});

function setUp(portraits: number) {
  const ids = seedApproved(db, portraits);
  const destinations = destinationsRepository(db, now);
  const addDestination = (): string => {
    const id = newId();
    const record = {
      id,
      kind: 'wordpress',
      name: 'Site',
      url: 'https://site.test',
      user: 'kiosk',
      purpose: 'site' as const,
      paused: null,
    };
    destinations.save(record, { actor: 'organiser', otherSite: false });
    return id;
  };
  const deliveries = deliveriesRepository(db, now);
  const leases = deliveryLeasesRepository(db);
  const destinationId = addDestination();
  const publish = (portraitId: string, to = destinationId) => {
    const outcome = deliveries.publish({ id: newId(), portraitId, destinationId: to, actor: 'host' }, () => ({
      allowed: true,
    }));
    if (!outcome.ok) throw new Error(outcome.code);
    return outcome.delivery;
  };
  const claim = (token: string, seconds = 60) => leases.claim({ now: iso(), token, until: iso(seconds) });
  return { ids, destinations, deliveries, leases, destinationId, addDestination, publish, claim };
}
const audits = (action: string) => db.prepare('SELECT portrait_id FROM audit WHERE action = ?').pluck().all(action);

describe('queueing', () => {
  test('twice is once, and a delivery that failed starts again with what it knows', () => {
    const { ids, publish, claim, leases, deliveries } = setUp(1);
    const first = publish(ids[0] ?? '');
    expect(publish(ids[0] ?? '').id).toBe(first.id);
    expect(audits('delivery-queued')).toEqual(ids);

    claim('t');
    leases.note(first.id, 't', '{"mediaId":7}', iso());
    leases.settle(first.id, 't', iso(), { kind: 'fail', reason: 'tooLarge', detail: '413' });
    expect(deliveries.get(first.id)).toMatchObject({ state: 'failed', reason: 'tooLarge', detail: '413' });
    const again = publish(ids[0] ?? '');
    expect(again).toMatchObject({ id: first.id, state: 'waiting', step: 0, attempts: 0, reason: null });
    expect(JSON.parse(again.memo)).toEqual({ mediaId: 7 });
  });

  test('stands or falls with the transaction it is part of', () => {
    const { ids, destinationId, deliveries } = setUp(1);
    const wanted = { id: newId(), portraitId: ids[0] ?? '', destinationId, actor: 'host' } as const;
    expect(() =>
      transaction(db, () => {
        enqueueDelivery(db, wanted, iso());
        throw new Error('the change of the portrait failed');
      }),
    ).toThrow();
    expect(deliveries.list()).toEqual([]);
    expect(audits('delivery-queued')).toEqual([]);
  });

  test('only approved or published portraits, with consent, to a known destination', () => {
    const { ids, destinationId, deliveries } = setUp(1);
    const wanted = { id: newId(), portraitId: ids[0] ?? '', destinationId, actor: 'host' } as const;
    expect(deliveries.publish({ ...wanted, destinationId: newId() }, () => ({ allowed: true }))).toEqual({
      ok: false,
      code: 'NOT_FOUND',
    });
    expect(deliveries.publish({ ...wanted, portraitId: newId() }, () => ({ allowed: true }))).toEqual({
      ok: false,
      code: 'NOT_FOUND',
    });
    expect(deliveries.publish(wanted, () => ({ allowed: false, why: 'notThisPurpose' }))).toEqual({
      ok: false,
      code: 'NO_CONSENT',
      why: 'notThisPurpose',
    });
    db.prepare(`UPDATE portraits SET state = 'toReview'`).run();
    expect(deliveries.publish(wanted, () => ({ allowed: true }))).toEqual({
      ok: false,
      code: 'WRONG_STATE',
      state: 'toReview',
    });
    expect(deliveries.list()).toEqual([]);
  });
});

describe('leases', () => {
  test('two workers on two connections never have the same delivery, nor two of one destination', () => {
    const { ids, publish, leases, claim, addDestination } = setUp(3);
    for (const id of ids) publish(id);
    const second = openDatabase(join(folder, 'library.db'));
    const others = deliveryLeasesRepository(second);
    const mine = claim('mine');
    expect(mine).toBeDefined();
    expect(others.claim({ now: iso(), token: 'theirs', until: iso(60) })).toBeUndefined();
    const elsewhere = publish(ids[0] ?? '', addDestination());
    expect(others.claim({ now: iso(), token: 'theirs', until: iso(60) })?.id).toBe(elsewhere.id);
    expect(leases.claim({ now: iso(), token: 'third', until: iso(60) })).toBeUndefined();
    second.close();
  });

  test('who lost the lease can write nothing', () => {
    const { ids, publish, leases, claim, deliveries } = setUp(1);
    const { id } = publish(ids[0] ?? '');
    claim('old', 60);
    clock += 61_000;
    expect(leases.rescue(iso(), horizon())).toBe(1);
    expect(claim('new')).toMatchObject({ id, attempts: 1 });
    const before = deliveries.get(id);
    const done = { step: 4, memo: '{}', url: 'https://site.test/x', at: iso() };
    expect(leases.renew(id, 'old', iso(60))).toBe(false);
    expect(leases.note(id, 'old', '{"a":1}', iso())).toBe(false);
    expect(leases.advance(id, 'old', done)).toBe(false);
    expect(leases.finish(id, 'old', done)).toBe(false);
    for (const how of [
      { kind: 'release' },
      { kind: 'fail', reason: 'siteError', detail: '' },
      { kind: 'drop', reason: null },
      { kind: 'pause', reason: 'login', detail: '' },
      { kind: 'back', step: 0, memo: '{}', nextAt: iso(), detail: '' },
      { kind: 'wait', nextAt: iso(), reason: 'offline', detail: '', attempt: false },
      { kind: 'hold', nextAt: iso(), reason: 'offline', detail: '' },
    ] as const) {
      expect(leases.settle(id, 'old', iso(), how)).toBe(false);
    }
    expect(deliveries.get(id)).toEqual(before);
    expect(deliveries.get(id)).toMatchObject({ paused: null, holdReason: null });
    expect(audits('published')).toEqual([]);
    expect(leases.renew(id, 'new', iso(60))).toBe(true);
  });

  test('a live lease is not rescued; one from a clock that was wrong is', () => {
    const { ids, publish, leases, claim, deliveries } = setUp(2);
    const { id } = publish(ids[0] ?? '');
    claim('t');
    expect(leases.rescue(iso(59), iso(3600))).toBe(0);
    clock -= 365 * 24 * 3600 * 1000;
    expect(leases.rescue(iso(), horizon())).toBe(1);
    expect(deliveries.get(id)).toMatchObject({ state: 'waiting', nextAt: iso() });
  });

  test('a wait set by a clock that ran ahead ends', () => {
    const { ids, publish, leases, claim } = setUp(1);
    const { id } = publish(ids[0] ?? '');
    clock -= 24 * 3600 * 1000;
    expect(claim('t')).toBeUndefined();
    leases.rescue(iso(), horizon());
    expect(claim('t')?.id).toBe(id);
  });
});

describe('waiting', () => {
  const offline = (seconds: number) => ({ kind: 'hold', nextAt: iso(seconds), reason: 'offline', detail: '' }) as const;

  test('a site in trouble holds everything for it, and nothing else; no delivery bears its marks', () => {
    const { ids, publish, leases, claim, deliveries, destinations, addDestination, destinationId } = setUp(3);
    for (const id of ids) publish(id);
    const other = publish(ids[0] ?? '', addDestination());
    const first = claim('t');
    leases.settle(first?.id ?? '', 't', iso(), offline(30));
    expect(claim('u')?.id).toBe(other.id);
    const held = deliveries.list().filter((delivery) => delivery.destinationId === destinationId);
    expect(
      held.map(({ reason, holdReason, holdNext, attempts, misses }) => [
        reason,
        holdReason,
        holdNext,
        attempts,
        misses,
      ]),
    ).toEqual(ids.map(() => [null, 'offline', iso(30), 0, 0]));
    expect(destinations.get(destinationId)?.hold).toEqual({
      reason: 'offline',
      detail: '',
      since: iso(),
      nextAt: iso(30),
    });
    expect(leases.nextDue()).toBe(iso(30));
  });

  test('it is asked when it is time, by one alone, and no delivery goes there meanwhile', () => {
    const { ids, publish, leases, claim, destinations, destinationId } = setUp(2);
    for (const id of ids) publish(id);
    leases.settle(claim('t')?.id ?? '', 't', iso(), offline(30));
    expect(leases.claimHold(iso(), iso(60))).toBeUndefined();
    clock += 31_000;
    const held = leases.claimHold(iso(), iso(60));
    expect(held).toMatchObject({ id: destinationId, kind: 'wordpress', reason: 'offline', asks: 0, removing: false });
    if (held === undefined) throw new Error('it is time');
    expect(leases.claimHold(iso(), iso(60))).toBeUndefined();
    destinations.resume(destinationId, 'organiser');
    expect(claim('u')).toBeUndefined();
    // What was found is of before somebody resumed it.
    leases.keepHold(held, { reason: 'firewall', detail: '403', nextAt: iso(30) });
    expect(destinations.get(destinationId)?.hold).toBeNull();
    expect(claim('u')).toBeDefined();
  });

  test('asked in vain it waits longer, or for a person; found well, everything goes on', () => {
    const { ids, publish, leases, claim, destinations, destinationId } = setUp(2);
    for (const id of ids) publish(id);
    leases.settle(claim('t')?.id ?? '', 't', iso(), offline(30));
    const since = iso();
    const better = { from: 'https://site.test', to: 'https://www.site.test' };
    clock += 31_000;
    const first = leases.claimHold(iso(), iso(60));
    if (first) leases.keepHold(first, { reason: 'redirected', detail: '301', better, nextAt: iso(60) });
    expect(destinations.get(destinationId)?.hold).toEqual({
      reason: 'redirected',
      detail: '301',
      since,
      nextAt: iso(60),
      better,
    });
    clock += 61_000;
    const second = leases.claimHold(iso(), iso(60));
    expect(second?.asks).toBe(1);
    if (second) leases.keepHold(second, { reason: 'redirected', detail: '301', nextAt: null });
    expect(destinations.get(destinationId)?.hold).toMatchObject({ nextAt: null });
    expect(leases.nextDue()).toBeUndefined();
    expect(claim('u')).toBeUndefined();
    destinations.resume(destinationId, 'organiser');
    expect(claim('u')).toBeDefined();
  });

  test('an ask that died with its process is made again; one of a wrong clock too', () => {
    const { ids, publish, leases, claim } = setUp(1);
    publish(ids[0] ?? '');
    leases.settle(claim('t')?.id ?? '', 't', iso(), offline(0));
    expect(leases.claimHold(iso(), iso(60))).toBeDefined();
    expect(leases.nextDue()).toBe(iso(60));
    clock += 61_000;
    leases.rescue(iso(), horizon());
    expect(leases.claimHold(iso(), iso(60))).toBeDefined();
    clock -= 365 * 24 * 3600 * 1000;
    leases.rescue(iso(), horizon());
    expect(leases.claimHold(iso(), iso(60))).toBeDefined();
  });

  test('coming back online, or one that is tried by hand, has the site asked at once', () => {
    const { ids, publish, leases, claim, deliveries, destinations, destinationId } = setUp(1);
    const { id } = publish(ids[0] ?? '');
    leases.settle(claim('t')?.id ?? '', 't', iso(), offline(900));
    expect(leases.online(iso())).toBe(1);
    const held = leases.claimHold(iso(), iso(60));
    if (held) leases.keepHold(held, { reason: 'firewall', detail: '', nextAt: null });
    expect(leases.online(iso())).toBe(0);
    deliveries.retry(id, 'host');
    expect(destinations.get(destinationId)?.hold?.nextAt).toBe(iso());
    const again = leases.claimHold(iso(), iso(60));
    if (again) leases.endHold(again, iso());
    expect(claim('u')?.id).toBe(id);
  });

  test('a paused destination claims nothing until it is resumed', () => {
    const { ids, publish, leases, claim, deliveries, destinations, destinationId } = setUp(2);
    const { id } = publish(ids[0] ?? '');
    publish(ids[1] ?? '');
    claim('t');
    leases.settle(id, 't', iso(), { kind: 'pause', reason: 'login', detail: '401' });
    expect(destinations.get(destinationId)?.paused).toBe('login');
    expect(deliveries.get(id)).toMatchObject({ state: 'waiting', attempts: 0, paused: 'login' });
    expect(claim('u')).toBeUndefined();
    expect(leases.nextDue()).toBeUndefined();
    destinations.resume(destinationId, 'organiser');
    expect(claim('u')).toBeDefined();
    expect(audits('destination-resumed')).toHaveLength(1);
  });
});

describe('the end', () => {
  const done = () => ({ step: 4, memo: '{}', url: 'https://site.test/x', at: iso() });
  const portrait = (id: string) => db.prepare('SELECT state, revision FROM portraits WHERE id = ?').get(id);

  test('the portrait is published with the last step, once', () => {
    const { ids, publish, leases, claim, deliveries, addDestination } = setUp(1);
    const portraitId = ids[0] ?? '';
    const { id } = publish(portraitId);
    claim('t');
    expect(leases.finish(id, 't', done())).toBe(true);
    expect(deliveries.get(id)).toMatchObject({ state: 'done', url: 'https://site.test/x' });
    expect(portrait(portraitId)).toEqual({ state: 'published', revision: 1 });
    expect(audits('published')).toEqual([portraitId]);
    expect(publish(portraitId)).toMatchObject({ id, state: 'done' });

    const second = publish(portraitId, addDestination());
    claim('u');
    leases.finish(second.id, 'u', done());
    expect(portrait(portraitId)).toEqual({ state: 'published', revision: 1 });
    expect(audits('delivery-done')).toEqual([portraitId]);
  });

  test('a portrait withdrawn at the last moment stays withdrawn', () => {
    const { ids, publish, leases, claim } = setUp(1);
    const { id, portraitId } = publish(ids[0] ?? '');
    claim('t');
    db.prepare(`UPDATE portraits SET state = 'withdrawn'`).run();
    expect(leases.finish(id, 't', done())).toBe(true);
    expect(portrait(portraitId)).toEqual({ state: 'withdrawn', revision: 0 });
    expect(audits('delivery-done')).toEqual([portraitId]);
  });

  test('cancelling takes the lease away; a done delivery stays done', () => {
    const { ids, publish, leases, claim, deliveries } = setUp(2);
    const { id } = publish(ids[0] ?? '');
    claim('t');
    expect(deliveries.cancel(id, 'host')).toMatchObject({ state: 'cancelled' });
    expect(leases.finish(id, 't', done())).toBe(false);
    expect(deliveries.retry(id, 'host')).toMatchObject({ state: 'waiting' });
    claim('u');
    leases.finish(id, 'u', done());
    expect(deliveries.cancel(id, 'host')).toMatchObject({ state: 'done' });
    expect(deliveries.retry(id, 'host')).toMatchObject({ state: 'done' });
    expect(deliveries.retry(newId(), 'host')).toBeUndefined();
  });
});

test('what is due is found by its index, however long the list of what is done', () => {
  const plan = db.prepare(`EXPLAIN QUERY PLAN ${dueQuery}`).all({ now: iso() }) as { detail: string }[];
  const steps = plan.map((step) => step.detail);
  expect(steps).toContain('SEARCH d USING INDEX deliveries_waiting (next_at<?)');
  expect(steps.filter((step) => /^SCAN|TEMP B-TREE/.test(step))).toEqual([]);
});
