import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { purposes } from '../../../shared/domain/consent.ts';
import { newId } from '../../../shared/domain/ids.ts';
import { approvedPortrait } from '../../fixtures/approved.ts';
import { openBooth, type TestBooth } from '../../fixtures/booth.ts';
import { filesWith } from '../../fixtures/bytes.ts';
import { recordPortrait } from '../../fixtures/recorded.ts';
import { day, type TestTime, testTime } from '../../fixtures/time.ts';
import { createFakeSite, type FakeCompanion, type FakeSite } from '../delivery/FakeSite.ts';

const host = { actor: 'host', name: 'Marie' } as const;
let booth: TestBooth;
let time: TestTime;
let companion: FakeCompanion;
let site: FakeSite;
let destination: string;

async function open(dir?: string): Promise<void> {
  const fetch = site.fetch as typeof globalThis.fetch;
  const deliveryTimes = { firstMs: 5, longestMs: 20, confirmAfterMs: 5 };
  booth = await openBooth(dir, { now: time.now, steady: time.steady, fetch, deliveryTimes });
  booth.studio.library.db.pragma('synchronous = OFF');
}

/** `sure`: a host has borne the clock out. */
async function start(sure = true): Promise<void> {
  time = testTime('2026-06-01T09:00:00Z');
  companion = { told: [], heard: [], declared: [] };
  site = createFakeSite(undefined, { companion });
  await open();
  destination = saved('Le site');
  if (sure) expect(booth.studio.clock.letGo(time.now(), 'host')).toMatchObject({ ok: true });
}
function saved(name: string, user = 'kiosk'): string {
  const input = { kind: 'wordpress', name, url: site.url, user, password: 'x' } as const;
  const done = booth.studio.delivery.saveDestination(input, 'organiser');
  if (!done.ok) throw new Error(done.code);
  return done.value.id;
}
afterEach(async () => {
  await booth.close();
  rmSync(booth.dir, { recursive: true });
});

const { waitFor } = vi;
const posts = (id: string) => site.posts.filter(({ slug }) => slug.startsWith(`portrait-${id}`));
const soundOf = (id: string) => booth.studio.library.portraits.get(id)?.take?.id;
const master = (take: string | undefined) => existsSync(join(booth.studio.folders.takes, `${take}.wav`));
const allowed = (id: string) => purposes.filter((purpose) => booth.studio.mayUse(id, purpose).allowed);
/** What the chain itself says, which stays when the person is erased. */
const acts = (id: string) =>
  booth.studio.library.consent.records(id).map(({ kind, facts }) => {
    const { how, reason, from } = JSON.parse(facts) as Record<string, string>;
    return [kind, how ?? reason ?? from ?? ''].join(' ').trim();
  });
const pending = (id: string) => booth.studio.consent.detail(id)?.pending ?? null;
const poll = () => booth.studio.delivery.askSites();

/** A portrait that stands on the site; `name` makes a real recording, with its texts in the chain. */
async function published(name?: string): Promise<string> {
  const id = name === undefined ? await approvedPortrait(booth) : await recorded(name);
  await publish(id);
  return id;
}
async function publish(id: string): Promise<void> {
  expect(booth.studio.delivery.publish({ portraitId: id, destinationId: destination }, 'host')).toMatchObject({
    ok: true,
  });
  await waitFor(() => expect(posts(id)).toMatchObject([{ status: 'publish' }]), { timeout: 20_000 });
  await waitFor(() => expect(booth.studio.library.portraits.get(id)?.published).toHaveLength(1));
}
async function recorded(name: string): Promise<string> {
  const { choices, ...take } = await recordPortrait(booth, name);
  const { capture, library } = booth.studio;
  const kept = await capture.keep({ ...take, choices: { ...choices, purposes: ['site', 'podcast', 'archive'] } });
  if (!kept.ok) throw new Error(kept.code);
  const { portraitId } = take;
  expect(library.portraits.approve(portraitId, library.portraits.get(portraitId)?.revision ?? -1, 'host').ok).toBe(
    true,
  );
  return portraitId;
}
function tells(portraitId: string, ref = newId()): string {
  companion.told.push({ ref, portrait: portraitId, at: time.now().toISOString() });
  return ref;
}
async function pass(days: number): Promise<void> {
  for (let passed = 0; passed < days; passed++) {
    time.pass(day);
    await booth.studio.consent.tend();
  }
}

describe('a withdrawal that comes from a site', () => {
  it('stops every use within a poll and keeps the sound; a host undoes it, and nothing is published again by itself', async () => {
    await start();
    const id = await published('Odile');
    const take = soundOf(id);
    const before = allowed(id);
    expect(before).toEqual(['site', 'podcast', 'archive']);
    const words = booth.studio.library.portraits.get(id)?.title;
    const ref = tells(id);
    await poll();
    expect(allowed(id)).toEqual([]);
    expect(booth.studio.mayUse(id, 'podcast')).toEqual({ allowed: false, why: 'withdrawn' });
    expect(companion.heard).toEqual([ref]);
    await waitFor(() => expect(posts(id)).toEqual([]));
    await waitFor(() => expect(site.media).toEqual([]));
    // On the desk: the day, in the list and in the portrait.
    expect(pending(id)).toEqual({ site: 'Le site', heardAt: time.now().toISOString(), eraseOn: '2026-06-15' });
    const row = booth.studio.library.portraits.list({ limit: 5 }).rows.find((one) => one.id === id);
    expect(row?.consent).toMatchObject({ purposes: [], erasesOn: '2026-06-15' });
    expect(booth.studio.consent.overview().coming).toMatchObject([
      { portraitId: id, reason: 'withdrawn', dueOn: '2026-06-15' },
    ]);
    expect([master(take), booth.studio.library.portraits.get(id)?.title]).toEqual([true, words]);
    expect(booth.studio.delivery.publish({ portraitId: id, destinationId: destination }, 'host')).toMatchObject({
      ok: false,
      code: 'NO_CONSENT',
    });

    await pass(13);
    expect(master(take)).toBe(true);
    expect(booth.studio.consent.undoWithdrawal(id, host)).toBe(true);
    expect(allowed(id)).toEqual(before);
    expect(pending(id)).toBeNull();
    // Once only.
    expect(booth.studio.consent.undoWithdrawal(id, host)).toBe(false);
    await poll();
    await pass(30);
    expect(posts(id)).toEqual([]);
    expect(allowed(id)).toEqual(before);
    expect(master(take)).toBe(true);
    expect(acts(id)).toEqual(['record', 'choices', 'withdrawal site', 'resolution undone']);
    const page = booth.studio.consent.papers.evidence(id) ?? '';
    expect(page).toContain('le site Le site, où le code du portrait a été entré');
    expect(page).toContain('le retrait a été annulé');
    expect(page).toContain('Marie');
    expect(booth.studio.library.consent.verify()).toMatchObject({ ok: true });
    await publish(id);
  });

  it('ends after its days, across a restart, with evidence of each step, and leaves nothing', async () => {
    await start();
    const id = await published('Zéphyrine');
    const take = soundOf(id);
    tells(id);
    await poll();
    await pass(13);
    expect(master(take)).toBe(true);
    await booth.close();
    await open(booth.dir);
    expect(pending(id)).toMatchObject({ eraseOn: '2026-06-15' });
    await pass(1);
    expect(master(take)).toBe(false);
    expect(filesWith(booth.dir, Buffer.from('Zéphyrine'))).toEqual([]);
    expect(booth.studio.library.portraits.list({ limit: 5 }).rows).toEqual([]);
    expect(acts(id)).toEqual(['record', 'choices', 'withdrawal site', 'resolution ended', 'erasure withdrawn']);
    expect(booth.studio.library.consent.verify()).toMatchObject({ ok: true });
    expect(booth.studio.consent.overview().gone).toMatchObject([{ portraitId: id, reason: 'withdrawn' }]);
    const journal = booth.studio.library.trail.list({ limit: 50 }).entries.map(({ action }) => action);
    expect(journal).toEqual(
      expect.arrayContaining(['site-withdrawal-heard', 'site-withdrawal-ended', 'person-erased']),
    );
    expect(booth.studio.consent.undoWithdrawal(id, host)).toBe(false);
    // The site says it once more, under the old name and a new one: nobody comes back, and it is let go.
    const ref = tells(id);
    await poll();
    expect(companion.heard).toContain(ref);
    expect(booth.studio.library.consent.erasureOf(id)).toBe('withdrawn');
  });

  it('is erased at once when a host confirms it', async () => {
    await start();
    const id = await published('Odile');
    const take = soundOf(id);
    expect(await booth.studio.consent.confirmWithdrawal(id, host)).toBe(false);
    expect(master(take)).toBe(true);
    tells(id);
    await poll();
    expect(await booth.studio.consent.confirmWithdrawal(id, host)).toBe(true);
    expect(master(take)).toBe(false);
    expect(acts(id).slice(2)).toEqual(['withdrawal site', 'withdrawal', 'resolution confirmed', 'erasure withdrawn']);
    expect(booth.studio.library.consent.verify()).toMatchObject({ ok: true });
  });

  it('made at the booth with the code it is immediate, also where a site’s waits', async () => {
    await start();
    for (const first of [false, true]) {
      const id = await published();
      const take = soundOf(id);
      const code = booth.studio.library.portraits.get(id)?.code ?? '';
      if (first) {
        tells(id);
        await poll();
        expect(master(take)).toBe(true);
      }
      expect(await booth.studio.consent.withdrawByCode(code, 'all')).toMatchObject({ ok: true });
      expect(master(take)).toBe(false);
      expect(booth.studio.library.consent.erasureOf(id)).toBe('withdrawn');
      await waitFor(() => expect(posts(id)).toEqual([]));
    }
  });

  it('waits for as many days as the event says', async () => {
    await start();
    const { id: _, ...event } = booth.studio.library.events.current();
    for (const graceDays of [1, 60]) {
      booth.studio.library.events.save({ ...event, consent: { ...event.consent, graceDays } }, 'organiser');
      const id = await published();
      const take = soundOf(id);
      tells(id);
      await poll();
      await pass(graceDays - 1);
      expect(master(take), `${graceDays} days`).toBe(true);
      await pass(1);
      expect(master(take), `${graceDays} days`).toBe(false);
    }
  });

  it('never ends on the word of a clock in doubt, however far it jumps', async () => {
    await start();
    const id = await published();
    const take = soundOf(id);
    tells(id);
    await poll();
    const real = time.now().getTime();
    time.set(real + 400 * day);
    booth.studio.clock.look();
    await booth.studio.consent.tend();
    expect(booth.studio.clock.trusted()).toBe(false);
    expect(master(take)).toBe(true);
    // It can be undone meanwhile, and heard: stopping uses needs no clock.
    const other = await approvedPortrait(booth);
    booth.studio.library.db
      .prepare(
        `INSERT INTO deliveries (id, portrait_id, destination_id, state, memo, next_at, created_at, updated_at)
         VALUES (?, ?, ?, 'done', '{"postId":1}', '', '', '')`,
      )
      .run(newId(), other, destination);
    tells(other);
    await poll();
    expect(allowed(other)).toEqual([]);
    expect(booth.studio.consent.undoWithdrawal(id, host)).toBe(true);
    time.set(real);
    booth.studio.clock.look();
    await booth.studio.consent.tend();
    expect([master(take), master(soundOf(other))]).toEqual([true, true]);
  });

  it('waits for a host’s word where nothing but the system clock says that its days are over', async () => {
    await start(false);
    const id = await published();
    const take = soundOf(id);
    tells(id);
    await poll();
    await pass(15);
    expect([master(take), booth.studio.consent.unsure()]).toEqual([true, 1]);
    expect(booth.studio.clock.letGo(time.now(), 'host')).toMatchObject({ ok: true });
    await booth.studio.consent.tend();
    expect(master(take)).toBe(false);
  });

  it('of which a host takes some uses back for good brings only the rest back', async () => {
    await start();
    const id = await published('Odile');
    tells(id);
    await poll();
    expect(await booth.studio.consent.withdraw(id, ['podcast'], host)).toMatchObject({ ok: true, whole: false });
    expect(booth.studio.consent.undoWithdrawal(id, host)).toBe(true);
    expect(allowed(id)).toEqual(['site', 'archive']);
    expect(booth.studio.library.consent.verify()).toMatchObject({ ok: true });
  });

  it('does not stand against what the person tells a host afterwards', async () => {
    await start();
    const id = await published('Odile');
    const take = soundOf(id);
    tells(id);
    await poll();
    const text = booth.studio.consent.detail(id)?.text;
    const said = {
      purposes: ['podcast' as const],
      nameShown: 'name' as const,
      pseudonym: '',
      until: null,
      contact: '',
    };
    const choices = {
      ...said,
      textVersion: '',
      textSha256: '',
      language: 'fr' as const,
      ...text,
      answeredAt: time.now().toISOString(),
    };
    const heard = { choices, method: 'spoken', note: 'au stand', adult: false } as const;
    expect(await booth.studio.consent.recordFor(id, heard, host)).toEqual({ ok: true });
    expect(pending(id)).toBeNull();
    await pass(20);
    expect([allowed(id), master(take)]).toEqual([['podcast'], true]);
    expect(booth.studio.library.consent.verify()).toMatchObject({ ok: true });
  });
});

describe('copies of the library', () => {
  /** The newest copy, as somebody takes it along. */
  function copy(): Buffer {
    const folder = join(booth.dir, 'backups');
    const names = readdirSync(folder).filter((name) => name.endsWith('.db'));
    return readFileSync(join(folder, names.sort().at(-1) ?? ''));
  }
  /** Somebody puts a copy in the library's place. */
  async function putBack(kept: Buffer): Promise<void> {
    await booth.close();
    for (const suffix of ['', '-wal', '-shm']) rmSync(join(booth.dir, `library.db${suffix}`), { force: true });
    writeFileSync(join(booth.dir, 'library.db'), kept);
    await open(booth.dir);
  }

  it('allow nothing again: not one made before, and the newest has the withdrawal with its day', async () => {
    await start();
    const id = await published('Odile');
    await booth.studio.library.backUp();
    const older = copy();
    tells(id);
    await poll();
    await waitFor(() => expect(booth.studio.library.erasures.pending()).toEqual([]), { timeout: 20_000 });
    const newest = copy();
    await putBack(newest);
    expect([allowed(id), pending(id)]).toMatchObject([[], { eraseOn: '2026-06-15' }]);
    await putBack(older);
    expect(allowed(id)).toEqual([]);
    expect(booth.studio.library.consent.verify()).toMatchObject({ ok: true });
  });

  it('and the file of ends do not withdraw again, at the next start, what was undone', async () => {
    await start();
    const id = await published('Odile');
    tells(id);
    await poll();
    await waitFor(() => expect(booth.studio.library.erasures.pending()).toEqual([]), { timeout: 20_000 });
    expect(booth.studio.consent.undoWithdrawal(id, host)).toBe(true);
    const before = allowed(id);
    await booth.close();
    await open(booth.dir);
    expect(allowed(id)).toEqual(before);
    expect(booth.studio.library.consent.verify()).toMatchObject({ ok: true });
  });
});

describe('a site', () => {
  /** What a site may say of portraits it has no say in, and how many of them are let go there. */
  const sayings: [name: string, portrait: () => Promise<string>][] = [
    ['a portrait that was never sent anywhere', () => approvedPortrait(booth)],
    [
      'a portrait that stands on another site',
      async () => {
        const id = await approvedPortrait(booth);
        const other = saved('Un autre site', 'kiosk-2');
        sent(id, other, 'done', '{"postId":1}');
        return id;
      },
    ],
    [
      'a portrait that waits to be sent there',
      async () => {
        const id = await approvedPortrait(booth);
        sent(id, destination, 'waiting', '{}');
        return id;
      },
    ],
    ['a portrait that nobody knows', async () => newId()],
  ];
  function sent(id: string, to: string, state: string, memo: string): void {
    booth.studio.library.db
      .prepare(
        `INSERT INTO deliveries (id, portrait_id, destination_id, state, memo, next_at, created_at, updated_at)
         VALUES (?, ?, ?, ?, ?, '2099-01-01T00:00:00.000Z', '', '')`,
      )
      .run(newId(), id, to, state, memo);
  }

  it.each(sayings)('that names %s is not heard, and nothing is acknowledged', async (_name, make) => {
    await start();
    const id = await make();
    const before = allowed(id);
    const take = soundOf(id);
    tells(id);
    // Another destination of the same host is asked too: what it says counts for itself alone.
    if (_name.includes('another')) {
      booth.studio.library.db.prepare("UPDATE destinations SET paused = 'host' WHERE name = 'Un autre site'").run();
      booth.studio.library.db
        .prepare("UPDATE destinations SET removed_at = '2026-01-01' WHERE name = 'Un autre site'")
        .run();
    }
    await poll();
    expect(allowed(id)).toEqual(before);
    expect(master(take)).toBe(take !== undefined);
    expect(companion.heard).toEqual([]);
    expect(booth.studio.library.db.prepare('SELECT count(*) FROM site_withdrawals').pluck().get()).toBe(0);
  });

  it('that answers nonsense among true words is heard where it is true', async () => {
    await start();
    const id = await published();
    const strange = [null, 7, 'x', [], {}, { ref: id }, { portrait: id }, { ref: 'x', portrait: id }];
    const ids = [`${id}-x`, `portrait-${id}`, id.slice(1), ` ${id}`, '%', "' OR 1=1 --", '../../wp/v2/posts/1', {}];
    companion.told.push(...strange, ...ids.map((portrait) => ({ ref: newId(), portrait })));
    const ref = tells(id);
    await poll();
    expect(pending(id)).not.toBeNull();
    expect(companion.heard).toEqual([ref]);
  });

  it('that says it again, by the same name and by new ones, adds nothing; and cannot undo by saying nothing more', async () => {
    await start();
    const id = await published('Odile');
    const ref = newId();
    for (let round = 0; round < 3; round++) {
      tells(id, ref);
      tells(id);
      await poll();
    }
    companion.told = [];
    await poll();
    expect(acts(id)).toEqual(['record', 'choices', 'withdrawal site']);
    expect(booth.studio.library.db.prepare('SELECT count(*) FROM site_withdrawals').pluck().get()).toBe(1);
    expect(pending(id)).not.toBeNull();
  });

  it('whose row was let go only in words does not withdraw again what a host undid', async () => {
    await start();
    const id = await published('Odile');
    const ref = tells(id);
    await poll();
    expect(booth.studio.consent.undoWithdrawal(id, host)).toBe(true);
    tells(id, ref);
    await poll();
    expect(pending(id)).toBeNull();
    // A new one is a new one: the person may have meant it after all.
    tells(id);
    await poll();
    expect(pending(id)).not.toBeNull();
  });

  it('that tells of more than anybody could withdraw is read to a bound, and keeps nobody waiting', async () => {
    await start();
    const id = await published();
    companion.told = Array.from({ length: 30_000 }, () => ({ ref: newId(), portrait: newId(), at: '' }));
    let longest = 0;
    let last = performance.now();
    const beat = setInterval(() => {
      longest = Math.max(longest, performance.now() - last);
      last = performance.now();
    }, 5);
    await poll();
    clearInterval(beat);
    expect(companion.heard).toEqual([]);
    // One turn of the loop that reads 3 MB of JSON; what is looked up is looked up in slices.
    expect(longest).toBeLessThan(1000);
    companion.told = [];
    tells(id);
    await poll();
    expect(pending(id)).not.toBeNull();
  });

  it('is told that it was heard only once that stands on the disk', async () => {
    await start();
    booth.studio.library.db.pragma('synchronous = FULL');
    const id = await published();
    const seen: unknown[] = [];
    companion.onHeard = () => {
      const other = new Database(join(booth.dir, 'library.db'), { readonly: true });
      seen.push(other.prepare('SELECT portrait_id FROM site_withdrawals').pluck().get());
      other.close();
    };
    tells(id);
    await poll();
    expect(seen).toEqual([id]);
  });

  it('that tells of thirty at once is heard thirty times, each once', async () => {
    await start();
    const ids: string[] = [];
    for (let n = 0; n < 30; n++) {
      const id = await approvedPortrait(booth, { seconds: 1 });
      sent(id, destination, 'done', '{"postId":1}');
      ids.push(id);
    }
    for (const id of ids) tells(id);
    await Promise.all([poll(), poll()]);
    expect(companion.heard).toHaveLength(30);
    expect(ids.filter((id) => pending(id) === null)).toEqual([]);
    const rows = booth.studio.library.db.prepare('SELECT portrait_id FROM site_withdrawals').pluck().all() as string[];
    expect(rows.sort()).toEqual(ids.sort());
  });
});
