import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { approvedPortrait } from '../../fixtures/approved.ts';
import { openBooth, type TestBooth } from '../../fixtures/booth.ts';
import { day, hour, minute, type TestTime, testTime } from '../../fixtures/time.ts';
import { createFakeSite } from '../delivery/FakeSite.ts';
import { startOf } from '../library/lives.ts';

const host = 'host';
let booth: TestBooth;
let time: TestTime;
const site = createFakeSite(() => undefined);
/** What sites say of the time; nothing while undefined. */
let siteTime: (() => number) | undefined;

async function open(dir?: string): Promise<void> {
  const fetch: typeof globalThis.fetch = async (input, init) => {
    const answer = await (site.fetch as typeof globalThis.fetch)(input, init);
    const headers = new Headers(answer.headers);
    if (siteTime !== undefined) headers.set('date', new Date(siteTime()).toUTCString());
    return new Response(answer.body, { status: answer.status, headers });
  };
  booth = await openBooth(dir, { now: time.now, steady: time.steady, fetch, deliveryTimes: { firstMs: 10 } });
}
async function start(at: string): Promise<void> {
  time = testTime(at);
  siteTime = undefined;
  await open();
}
async function restart(whileOff: () => void): Promise<void> {
  await booth.close();
  whileOff();
  await open(booth.dir);
}
afterEach(async () => {
  await booth.close();
  rmSync(booth.dir, { recursive: true });
});
const state = () => booth.studio.clock.state();
const lamp = async () => (await booth.studio.health.state()).checks.find(({ id }) => id === 'clock');
const standing = () =>
  booth.studio.library.db
    .prepare("SELECT count(*) FROM portraits WHERE state IN ('toReview','approved','published')")
    .pluck()
    .get();
const journal = () => booth.studio.library.trail.list({ limit: 50 }).entries.map(({ action }) => action);
const published = (id: string) =>
  booth.studio.library.db.prepare("UPDATE portraits SET state = 'published' WHERE id = ?").run(id);

/** Recorded by a visitor and kept, through the studio itself. */
async function recorded(): Promise<string> {
  const { capture, consentTexts } = booth.studio;
  const notice = consentTexts.notices.find(({ language }) => language === 'fr');
  const text = { textVersion: notice?.version ?? '', textSha256: notice?.sha256 ?? '', language: 'fr' as const };
  const token = 'a-token-of-the-page-itself';
  const input = startOf({ token });
  const answeredAt = time.now().toISOString();
  const startedWith = { ...input, consent: { ...input.consent, ...text, answeredAt } };
  expect(await capture.start(startedWith)).toMatchObject({ ok: true });
  await capture.putChunk(input.takeId, 0, token, new Uint8Array(48_000 * 3));
  expect(
    await capture.stop({ takeId: input.takeId, token, chunks: 1, frames: 48_000, goFrame: 0, elapsedMs: 1000 }),
  ).toMatchObject({ ok: true });
  const choices = {
    ...text,
    purposes: ['site' as const],
    nameShown: 'name' as const,
    pseudonym: '',
    until: null,
    contact: '',
    answeredAt,
  };
  expect(await capture.keep({ portraitId: input.portraitId, takeId: input.takeId, token, choices })).toMatchObject({
    ok: true,
  });
  return input.portraitId;
}
const createdAt = (id: string) =>
  booth.studio.library.db.prepare<[string], string>('SELECT created_at FROM portraits WHERE id = ?').pluck().get(id) ??
  '';
const sidecarOf = (id: string) => {
  const take = booth.studio.library.portraits.get(id)?.take?.id ?? '';
  return JSON.parse(readFileSync(join(booth.studio.folders.takes, `${take}.json`), 'utf8'));
};

describe('one start with the clock far ahead', () => {
  it.each([
    ['2099-03-03T10:00:00Z', null],
    ['2027-11-28T09:00:00Z', '2027-06-30'],
  ])('at %s erases nothing, takes nothing down, and asks', async (wrong, until) => {
    await start('2026-11-27T09:00:00Z');
    if (until !== null) {
      const { id: _, ...event } = booth.studio.library.events.current();
      booth.studio.library.events.save({ ...event, consent: { ...event.consent, until } }, 'organiser');
    }
    const ids = [await approvedPortrait(booth), await approvedPortrait(booth), await approvedPortrait(booth)];
    for (const id of ids) published(id);
    await restart(() => time.set(wrong));
    await booth.studio.consent.tend();
    time.pass(6 * hour);
    booth.studio.clock.look();
    await booth.studio.consent.tend();
    expect(standing()).toBe(3);
    expect(await lamp()).toMatchObject({ severity: 'bad', code: 'ahead' });
    expect(state()).toMatchObject({ trusted: false, reason: 'ahead' });
    expect(state().now.slice(0, 10)).toBe('2026-11-27');
    // The question comes back.
    await restart(() => time.pass(hour));
    expect(state()).toMatchObject({ trusted: false, reason: 'ahead' });
    // The host gives the right day; the computer stays as wrong as it was, and that is known from now on.
    expect(booth.studio.clock.correct(new Date('2026-11-28T09:30:00Z'), host)).toMatchObject({ ok: true });
    await booth.studio.consent.tend();
    expect(standing()).toBe(3);
    expect(await lamp()).toMatchObject({ severity: 'notice', code: 'set' });
    await restart(() => time.pass(14 * hour));
    expect(state()).toMatchObject({ trusted: true, now: '2026-11-28T23:30:00.000Z' });
  });

  it('while it runs is the same', async () => {
    await start('2026-11-27T09:00:00Z');
    published(await approvedPortrait(booth));
    time.set('2099-03-03T10:00:00Z');
    await booth.studio.consent.tend();
    booth.studio.clock.look();
    await booth.studio.consent.tend();
    expect(standing()).toBe(1);
    expect(state()).toMatchObject({ trusted: false, reason: 'jumped', now: '2026-11-27T09:00:00.000Z' });
    // Set right again, it is believed without a word.
    time.set('2026-11-27T09:00:10Z');
    booth.studio.clock.look();
    expect(state()).toMatchObject({ trusted: true });
    expect(journal()).toEqual(expect.arrayContaining(['clock-doubted', 'clock-returned']));
  });
});

describe('a booth that was really off for a year', () => {
  it('asks what day it is, then whether what is due may go, then keeps its promise', async () => {
    await start('2026-11-27T09:00:00Z');
    const id = await approvedPortrait(booth, { choices: { until: '2027-06-30' } });
    published(id);
    await restart(() => time.pass(366 * day));
    await booth.studio.consent.tend();
    expect(state()).toMatchObject({ trusted: false, reason: 'ahead', asked: time.now().toISOString() });
    expect(booth.studio.clock.confirm(time.now(), host)).toMatchObject({ ok: true });
    await booth.studio.consent.tend();
    // What is erased is never decided by one answer alone: the second one names it.
    expect(standing()).toBe(1);
    expect(booth.studio.consent.unsure()).toBe(1);
    expect(await lamp()).toMatchObject({ severity: 'notice', code: 'due' });
    expect(booth.studio.clock.letGo(time.now(), host)).toMatchObject({ ok: true });
    await booth.studio.consent.tend();
    expect(standing()).toBe(0);
    expect(booth.studio.consent.unsure()).toBe(0);
  });
});

describe('recorded while the clock stood in another age', () => {
  it.each(['1970-01-01T00:00:20Z', '2015-06-01T12:00:00Z'])(
    'at %s: times follow when the network sets the clock',
    async (wrong) => {
      await start('2026-11-20T09:00:00Z');
      await restart(() => {
        time.pass(7 * day);
        time.set(wrong);
      });
      expect(state()).toMatchObject({ trusted: false, reason: 'floor', asked: null });
      time.pass(5 * minute);
      const id = await recorded();
      time.pass(5 * minute);
      time.set('2026-11-27T09:10:00Z');
      booth.studio.clock.look();
      expect(state()).toMatchObject({ trusted: true, now: '2026-11-27T09:10:00.000Z' });
      expect(createdAt(id)).toBe('2026-11-27T09:05:00.000Z');
      await expect.poll(() => sidecarOf(id).startedAt).toBe('2026-11-27T09:05:00.000Z');
      expect(booth.studio.consent.chain()).toMatchObject({ ok: true });
      const acts = booth.studio.consent.detail(id)?.acts ?? [];
      expect(acts.map(({ kind }) => kind)).toEqual(['record', 'choices', 'correction']);
      expect(acts[0]?.at).toBe('2026-11-27T09:05:00.000Z');
      expect(journal()).toContain('clock-set');
    },
  );

  it('in a new library, the event’s day and the last day of use follow', async () => {
    await start('1970-01-01T00:00:20Z');
    const id = await recorded();
    const before = booth.studio.library.consent.scope(id)?.until;
    expect(before).toBe('2031-01-01');
    expect(booth.studio.clock.correct(new Date('2026-11-27T09:05:00Z'), host)).toEqual({ ok: true, portraits: 1 });
    expect(createdAt(id)).toBe('2026-11-27T09:05:00.000Z');
    expect(booth.studio.library.events.current().day).toBe('2026-11-27');
    expect(booth.studio.library.consent.scope(id)?.until).toBe('2031-11-27');
    expect(booth.studio.consent.chain()).toMatchObject({ ok: true });
    expect(journal()[0]).toBe('clock-corrected');
    // A time given twice moves nothing twice.
    expect(booth.studio.clock.correct(new Date('2026-11-27T09:06:00Z'), host)).toEqual({ ok: true, portraits: 0 });
    expect(createdAt(id)).toBe('2026-11-27T09:05:00.000Z');
  });
});

describe('a wrong answer', () => {
  it('is put right by the next, in the evidence as well', async () => {
    await start('1970-01-01T00:00:20Z');
    const id = await recorded();
    const { clock, consent, library } = booth.studio;
    expect(clock.correct(new Date('2027-11-27T09:05:00Z'), host)).toEqual({ ok: true, portraits: 1 });
    expect(library.consent.scope(id)?.until).toBe('2032-11-27');
    expect(clock.correct(new Date('2026-11-27T09:05:00Z'), host)).toEqual({ ok: true, portraits: 1 });
    expect(createdAt(id)).toBe('2026-11-27T09:05:00.000Z');
    expect(library.consent.scope(id)?.until).toBe('2031-11-27');
    expect(consent.detail(id)?.acts[0]?.at).toBe('2026-11-27T09:05:00.000Z');
    expect(consent.chain()).toMatchObject({ ok: true });
  });
});

describe('a library from a copy older than a correction', () => {
  it('takes the right times from the records beside the masters', async () => {
    await start('1970-01-01T00:00:20Z');
    const id = await recorded();
    await booth.studio.library.backUp();
    const copies = join(booth.dir, 'backups');
    const old = readdirSync(copies).sort().at(-1) ?? '';
    time.set('2026-11-27T09:05:00Z');
    booth.studio.clock.look();
    await expect.poll(() => sidecarOf(id).startedAt).toBe('2026-11-27T09:05:00.000Z');
    await restart(() => {
      time.pass(20 * day);
      for (const name of readdirSync(copies)) if (name !== old) rmSync(join(copies, name));
      for (const end of ['', '-wal', '-shm']) rmSync(join(booth.dir, `library.db${end}`), { force: true });
    });
    expect(booth.studio.library.opening).toBe('restored');
    expect(createdAt(id)).toBe('2026-11-27T09:05:00.000Z');
    expect(sidecarOf(id).startedAt).toBe('2026-11-27T09:05:00.000Z');
    expect(booth.studio.consent.detail(id)?.acts[0]?.at).toBe('2026-11-27T09:05:00.000Z');
    expect(booth.studio.library.consent.scope(id)?.until).toBe('2031-11-27');
    expect(booth.studio.consent.chain()).toMatchObject({ ok: true });
    expect(journal()).toContain('clock-records-followed');
  });
});

describe('while the clock is in doubt', () => {
  it('nothing is sent, with the reason in sight, and it goes on as soon as a host answers', async () => {
    await start('2026-11-27T09:00:00Z');
    const { delivery } = booth.studio;
    const fields = { kind: 'wordpress' as const, name: 'Site', url: site.url, user: 'regie', purpose: 'site' as const };
    const saved = delivery.saveDestination({ ...fields, password: 'aaaa bbbb cccc dddd' }, 'organiser');
    if (!saved.ok) throw new Error('not saved');
    const id = await approvedPortrait(booth);
    time.set('2026-12-27T09:00:00Z');
    booth.studio.clock.look();
    expect(delivery.publish({ portraitId: id, destinationId: saved.value.id }, host)).toMatchObject({ ok: true });
    delivery.wake();
    const shown = () => delivery.queue().deliveries[0];
    expect(shown()).toMatchObject({ state: 'waiting', reason: 'clock', attempts: 0, nextAt: null });
    expect(site.posts).toHaveLength(0);
    expect(booth.studio.clock.correct(new Date('2026-11-27T09:00:00Z'), host)).toMatchObject({ ok: true });
    await expect.poll(() => shown()?.state, { timeout: 20_000 }).toBe('done');
    expect(site.posts).toHaveLength(1);
  });
});

describe('recorded while the clock was ahead', () => {
  it('is not left in the future once it is right', async () => {
    await start('2027-11-27T09:00:00Z');
    const id = await recorded();
    await restart(() => time.set('2026-11-28T09:00:00Z'));
    expect(state()).toMatchObject({ trusted: false, reason: 'behind', asked: '2026-11-28T09:00:00.000Z' });
    expect(booth.studio.clock.confirm(time.now(), host)).toEqual({ ok: true, portraits: 1 });
    expect(createdAt(id).slice(0, 10)).toBe('2026-11-28');
    expect(booth.studio.consent.chain()).toMatchObject({ ok: true });
  });
});
