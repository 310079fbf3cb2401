import { appendFileSync, copyFileSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { linkHash, payloadHashOf } from '../../../electron/studio/library/consentChain.ts';
import { sealFile } from '../../../electron/studio/library/seals/log.ts';
import type { ConsentRecord } from '../../../shared/domain/evidence.ts';
import { openBooth, type TestBooth } from '../../fixtures/booth.ts';
import { keptPortrait, startOf } from './lives.ts';

let booth: TestBooth;
let ids: string[];
beforeEach(async () => {
  booth = await openBooth();
  ids = Array.from({ length: 4 }, kept);
});
afterEach(async () => {
  await booth.close();
  rmSync(booth.dir, { recursive: true, force: true });
});

/** A portrait whose every record names a text the booth has shown. */
function kept(): string {
  const [notice] = booth.studio.consentTexts.notices.filter(({ language }) => language === 'fr');
  const text = { textVersion: notice?.version ?? '', textSha256: notice?.sha256 ?? '' };
  const { consent: yes } = startOf();
  return keptPortrait(booth.studio.library, { consent: { ...yes, ...text } }, { ...text, purposes: ['site'] }).id;
}

const library = () => join(booth.dir, 'library.db');
const seals = () => join(booth.dir, sealFile);
const consent = async () => (await booth.studio.health.state()).checks.find(({ id }) => id === 'consent');

/** Closes the booth, lets somebody at its files, and opens it again. */
async function meanwhile(work: () => void): Promise<void> {
  await booth.close();
  work();
  booth = await openBooth(booth.dir);
}

/** Somebody who can write the library, and takes its guards off first. */
function asWriter(work: (db: Database.Database) => void): void {
  const db = new Database(library());
  for (const name of db.prepare("SELECT name FROM sqlite_master WHERE type = 'trigger'").pluck().all()) {
    if (/consent/.test(String(name))) db.exec(`DROP TRIGGER ${name}`);
  }
  work(db);
  db.close();
}

/** Makes the chain again from a link on, as if it had always said so; every hash fits afterwards. */
function chainAgain(db: Database.Database, change: (record: ConsentRecord) => void): void {
  const records = db
    .prepare<[], ConsentRecord>(
      `SELECT r.seq, r.id, r.portrait_id AS portraitId, r.kind, r.at, r.booth_id AS boothId, r.facts,
       r.payload_hash AS payloadHash, r.previous, r.hash, p.salt, p.payload
       FROM consent_records r LEFT JOIN consent_payloads p ON p.seq = r.seq ORDER BY r.seq`,
    )
    .all();
  let previous = '0'.repeat(64);
  for (const record of records) {
    change(record);
    if (record.salt !== null && record.payload !== null) {
      record.payloadHash = payloadHashOf(record.salt, record.payload);
      db.prepare('UPDATE consent_payloads SET payload = ? WHERE seq = ?').run(record.payload, record.seq);
    }
    record.previous = previous;
    previous = linkHash(record);
    db.prepare('UPDATE consent_records SET at = ?, payload_hash = ?, previous = ?, hash = ? WHERE seq = ?').run(
      record.at,
      record.payloadHash,
      record.previous,
      previous,
      record.seq,
    );
  }
  db.prepare('UPDATE consent_head SET hash = ?').run(previous);
}

describe('the seals beside the library', () => {
  it('say nothing of a booth that is left alone, whatever it does and however often it is restarted', async () => {
    for (let turn = 0; turn < 3; turn++) {
      await meanwhile(() => undefined);
      expect(await consent()).toMatchObject({ severity: 'good', code: 'ok' });
      const id = ids[turn] ?? '';
      await booth.studio.consent.withdraw(id, 'all', { actor: 'visitor', name: null });
      ids.push(kept());
    }
    expect(booth.studio.library.seals()).toEqual({ ok: true, restored: null, anew: false });
  });

  it.each([0, 1, 3])('tell a chain that was made again from link %i on, in which every hash fits', async (after) => {
    await meanwhile(() =>
      asWriter((db) =>
        chainAgain(db, (record) => {
          if (record.seq === after + 1) record.at = '2020-01-01T00:00:00.000Z';
        }),
      ),
    );
    expect(booth.studio.library.consent.verify().ok).toBe(true);
    expect(await consent()).toMatchObject({ severity: 'bad', code: 'rewritten', figures: { seq: after + 1 } });
  });

  it('tell a change of what a person allowed', async () => {
    await meanwhile(() =>
      asWriter((db) =>
        chainAgain(db, (record) => {
          if (record.payload !== null) record.payload = record.payload.replaceAll('"site"', '"podcast"');
        }),
      ),
    );
    expect(booth.studio.library.seals()).toMatchObject({ ok: false, fault: 'rewritten' });
  });

  it('tell last acts that were cut off, and an older library that was put back', async () => {
    await booth.studio.library.backUp();
    booth.studio.library.db.pragma('wal_checkpoint(TRUNCATE)');
    const older = join(booth.dir, 'older');
    copyFileSync(library(), older);
    const before = booth.studio.library.consent.head().seq;
    await booth.studio.consent.withdraw(ids[0] ?? '', 'all', { actor: 'visitor', name: null });
    const missing = booth.studio.library.consent.head().seq - before;
    expect(missing).toBeGreaterThan(0);
    await meanwhile(() => {
      for (const end of ['-wal', '-shm']) rmSync(`${library()}${end}`, { force: true });
      copyFileSync(older, library());
      // The person's end is told elsewhere, and would be carried out again: who rolls back takes that away too.
      rmSync(join(booth.dir, 'ends.log'), { force: true });
    });
    expect(await consent()).toMatchObject({ severity: 'bad', code: 'behind', figures: { missing } });
    // It stays told, whatever is added.
    kept();
    await meanwhile(() => undefined);
    expect((await consent())?.severity).toBe('bad');
  });

  it('tell a link somebody else added, while the booth runs and after', async () => {
    const other = new Database(library());
    const last = other.prepare('SELECT * FROM consent_records ORDER BY seq DESC LIMIT 1').get() as Record<
      string,
      string
    >;
    const link = { ...last, seq: Number(last.seq) + 1, id: 'added', previous: last.hash };
    other
      .prepare(
        `INSERT INTO consent_records (seq, id, portrait_id, kind, at, booth_id, facts, payload_hash, previous, hash)
         VALUES (@seq, @id, @portrait_id, @kind, @at, @booth_id, @facts, @payload_hash, @previous, 'x')`,
      )
      .run(link);
    other.close();
    expect(booth.studio.library.seals()).toMatchObject({ ok: false, fault: 'rewritten', seq: link.seq });
    await meanwhile(() => undefined);
    expect(booth.studio.library.seals()).toMatchObject({ ok: false, fault: 'rewritten', seq: link.seq });
  });

  it('tell apart what the studio itself put back from a sound copy after a damage', async () => {
    await booth.studio.library.backUp();
    kept();
    await meanwhile(() => {
      for (const end of ['-wal', '-shm']) rmSync(`${library()}${end}`, { force: true });
      writeFileSync(library(), 'not a database any more');
    });
    expect(booth.studio.library.opening).not.toBe('opened');
    const state = booth.studio.library.seals();
    expect(state).toMatchObject({ ok: true, anew: false });
    expect(state.ok && state.restored).toBeGreaterThan(0);
    expect(await consent()).toMatchObject({ severity: 'notice', code: 'putBack' });
    kept();
    await meanwhile(() => undefined);
    expect(await consent()).toMatchObject({ severity: 'good', code: 'ok' });
  });

  it('forgive what a power cut leaves: a sealed link that never came, a line cut short', async () => {
    const { db } = booth.studio.library;
    expect(() =>
      db.transaction(() => {
        db.prepare("UPDATE consent_head SET seq = seq + 1, hash = 'never'").run();
        throw new Error('the power went');
      })(),
    ).toThrow('the power went');
    await meanwhile(() => appendFileSync(seals(), '\n{"k":"link","seq":9'));
    expect(await consent()).toMatchObject({ code: 'ok' });
    kept();
    await meanwhile(() => undefined);
    expect(await consent()).toMatchObject({ code: 'ok' });
  });

  it('are told when they are gone, changed, or of another key', async () => {
    await meanwhile(() => rmSync(seals()));
    expect(await consent()).toMatchObject({ severity: 'notice', code: 'sealedAnew' });
    const text = readFileSync(seals(), 'utf8');
    await meanwhile(() =>
      writeFileSync(
        seals(),
        text.replace(/"seq":(\d+)/, (_, seq) => `"seq":${Number(seq) - 1}`),
      ),
    );
    expect(await consent()).toMatchObject({ severity: 'bad', code: 'unreadable' });
    await meanwhile(() => {
      writeFileSync(seals(), text);
      truncateSync(join(booth.dir, 'secrets.json'), 0);
    });
    expect(await consent()).toMatchObject({ severity: 'bad', code: 'unreadable' });
  });
});
