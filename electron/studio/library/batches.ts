import { actorText } from '../../../shared/domain/actor.ts';
import { type BatchPurpose, type BatchWords, mostItems, type StoredBatch } from '../../../shared/domain/batch.ts';
import { newId } from '../../../shared/domain/ids.ts';
import type { SoundAnalysis, Warning } from '../../../shared/domain/sound.ts';
import { type Actor, audit } from './audit.ts';
import { type Db, transaction } from './database.ts';

interface Row {
  id: string;
  revision: number;
  name: string;
  description: string;
  purpose: BatchPurpose;
  needs_transcript: 0 | 1;
  feed_url: string;
  cover_sha256: string | null;
  updated_at: string;
}

export type BatchChange =
  | { ok: true }
  | { ok: false; code: 'NOT_FOUND' }
  | { ok: false; code: 'FULL'; most: number }
  | { ok: false; code: 'STALE'; revision: number };
type Added = Exclude<BatchChange, { ok: true }> | { ok: true; added: number; already: number };

/** Batches and their order. Every change is one transaction with its audit row, and raises the revision. */
export function batchesRepository(db: Db, now: () => Date) {
  const one = db.prepare<[string], Row>('SELECT * FROM batches WHERE id = ? AND removed_at IS NULL');
  const itemsOf = db
    .prepare<[string], string>(
      `SELECT portrait_id FROM batch_items JOIN portraits ON portraits.id = portrait_id
       WHERE batch_id = ? AND portraits.state <> 'erased' ORDER BY position`,
    )
    .pluck();
  const stamp = () => now().toISOString();

  const stored = (row: Row): StoredBatch => ({
    id: row.id,
    revision: row.revision,
    name: row.name,
    description: row.description,
    purpose: row.purpose,
    needsTranscript: row.needs_transcript === 1,
    feedUrl: row.feed_url,
    coverSha256: row.cover_sha256,
    updatedAt: row.updated_at,
    portraitIds: itemsOf.all(row.id),
  });

  function touch(id: string, at: string): void {
    db.prepare('UPDATE batches SET revision = revision + 1, updated_at = ? WHERE id = ?').run(at, id);
  }

  /** Runs `change` when the revision is still the one it was made from. */
  function guarded<T extends { ok: boolean }>(
    id: string,
    revision: number,
    change: (row: Row, at: string) => T,
  ): T | Exclude<BatchChange, { ok: true }> {
    return transaction(db, () => {
      const row = one.get(id);
      if (row === undefined) return { ok: false, code: 'NOT_FOUND' };
      if (row.revision !== revision) return { ok: false, code: 'STALE', revision: row.revision };
      return change(row, stamp());
    });
  }

  function arrange(id: string, portraitIds: readonly string[], at: string): void {
    const place = db.prepare(
      `INSERT INTO batch_items (batch_id, portrait_id, position, added_at) VALUES (?, ?, ?, ?)
       ON CONFLICT (batch_id, portrait_id) DO UPDATE SET position = excluded.position`,
    );
    portraitIds.forEach((portraitId, position) => {
      place.run(id, portraitId, position, at);
    });
  }

  const takeOff = db.prepare('DELETE FROM batch_items WHERE batch_id = ? AND portrait_id = ?');

  function setRemoved(id: string, at: string | null, actor: Actor): boolean {
    return transaction(db, () => {
      const changed = db
        .prepare('UPDATE batches SET removed_at = @at WHERE id = @id AND (removed_at IS NULL) = @present')
        .run({ id, at, present: at === null ? 0 : 1 }).changes;
      if (changed === 0) return one.get(id) !== undefined && at === null;
      audit(db, { at: stamp(), actor, action: at === null ? 'batch-restored' : 'batch-removed', detail: { id } });
      return true;
    });
  }

  return {
    list(): StoredBatch[] {
      return db
        .prepare<[], Row>('SELECT * FROM batches WHERE removed_at IS NULL ORDER BY updated_at DESC, id DESC')
        .all()
        .map(stored);
    },

    get(id: string): StoredBatch | undefined {
      const row = one.get(id);
      return row === undefined ? undefined : stored(row);
    },

    create(fields: BatchWords, actor: Actor): string {
      return transaction(db, () => {
        const id = newId();
        const at = stamp();
        db.prepare(
          `INSERT INTO batches (id, name, description, purpose, needs_transcript, feed_url, created_at, updated_at)
           VALUES (@id, @name, @description, @purpose, @needsTranscript, @feedUrl, @at, @at)`,
        ).run({ ...columnsOf(fields), id, at });
        audit(db, { at, actor, action: 'batch-created', detail: { id, purpose: fields.purpose } });
        return id;
      });
    },

    save(id: string, revision: number, fields: BatchWords, actor: Actor): BatchChange {
      return guarded(id, revision, (_, at) => {
        db.prepare(
          `UPDATE batches SET name = @name, description = @description, purpose = @purpose,
           needs_transcript = @needsTranscript, feed_url = @feedUrl WHERE id = @id`,
        ).run({ ...columnsOf(fields), id });
        touch(id, at);
        audit(db, { at, actor, action: 'batch-saved', detail: { id, purpose: fields.purpose } });
        return { ok: true };
      });
    },

    /** The cover somebody gave, by the SHA-256 that names its file; null for the drawn one. */
    setCover(id: string, sha256: string | null, actor: Actor): boolean {
      return transaction(db, () => {
        if (one.get(id) === undefined) return false;
        const at = stamp();
        db.prepare('UPDATE batches SET cover_sha256 = ? WHERE id = ?').run(sha256, id);
        touch(id, at);
        audit(db, { at, actor, action: 'batch-cover', detail: { id, own: sha256 !== null } });
        return true;
      });
    },

    remove: (id: string, actor: Actor): boolean => setRemoved(id, stamp(), actor),
    restore: (id: string, actor: Actor): boolean => setRemoved(id, null, actor),

    add(id: string, revision: number, portraitIds: readonly string[], at: number | undefined, actor: Actor): Added {
      return guarded<Added>(id, revision, (_, stampedAt) => {
        const before = itemsOf.all(id);
        const fresh = [...new Set(portraitIds)].filter((one) => !before.includes(one));
        if (before.length + fresh.length > mostItems) return { ok: false, code: 'FULL', most: mostItems };
        const place = Math.min(at ?? before.length, before.length);
        arrange(id, [...before.slice(0, place), ...fresh, ...before.slice(place)], stampedAt);
        if (fresh.length > 0) {
          touch(id, stampedAt);
          for (const portraitId of fresh) {
            audit(db, { at: stampedAt, actor, action: 'batch-added', portraitId, detail: { id } });
          }
        }
        return { ok: true, added: fresh.length, already: new Set(portraitIds).size - fresh.length };
      });
    },

    takeOut(id: string, revision: number, portraitIds: readonly string[], actor: Actor): BatchChange {
      return guarded(id, revision, (_, at) => {
        for (const portraitId of portraitIds) {
          if (takeOff.run(id, portraitId).changes === 0) continue;
          audit(db, { at, actor, action: 'batch-taken-out', portraitId, detail: { id } });
        }
        touch(id, at);
        return { ok: true };
      });
    },

    /** STALE when `portraitIds` are not exactly those of the batch. */
    order(id: string, revision: number, portraitIds: readonly string[], actor: Actor): BatchChange {
      return guarded<BatchChange>(id, revision, (row, at) => {
        const before = itemsOf.all(id);
        const wanted = new Set(portraitIds);
        const same =
          portraitIds.length === before.length &&
          wanted.size === before.length &&
          before.every((one) => wanted.has(one));
        if (!same) return { ok: false, code: 'STALE', revision: row.revision };
        arrange(id, portraitIds, at);
        touch(id, at);
        audit(db, { at, actor, action: 'batch-ordered', detail: { id } });
        return { ok: true };
      });
    },

    /** Warnings of the portrait's present take that a host has said may go out. */
    acknowledged(portraitId: string): Warning[] {
      return db
        .prepare<[string], Warning>(
          `SELECT warning FROM acknowledged_warnings a JOIN portraits p ON p.id = a.portrait_id AND p.take_id = a.take_id
           WHERE a.portrait_id = ? ORDER BY warning`,
        )
        .pluck()
        .all(portraitId);
    },

    /** Stores that every warning of the present take may go out, or takes it back; false when there is no portrait. */
    acknowledge(portraitId: string, yes: boolean, actor: Actor): boolean {
      return transaction(db, () => {
        const take = db
          .prepare<[string], { id: string; analysis: string | null }>(
            `SELECT t.id, t.analysis FROM portraits p JOIN takes t ON t.id = p.take_id
             WHERE p.id = ? AND p.state <> 'erased'`,
          )
          .get(portraitId);
        if (take === undefined) return false;
        const at = stamp();
        const warnings = take.analysis === null ? [] : (JSON.parse(take.analysis) as SoundAnalysis).warnings;
        db.prepare('DELETE FROM acknowledged_warnings WHERE portrait_id = ?').run(portraitId);
        const insert = db.prepare('INSERT INTO acknowledged_warnings VALUES (?, ?, ?, ?, ?)');
        if (yes) for (const warning of warnings) insert.run(portraitId, take.id, warning, at, actorText(actor));
        const action = yes ? 'warnings-acknowledged' : 'warnings-unacknowledged';
        audit(db, { at, actor, action, portraitId, detail: { warnings: warnings.join(' ') } });
        return true;
      });
    },

    covers(): string[] {
      return db
        .prepare<[], string>('SELECT DISTINCT cover_sha256 FROM batches WHERE cover_sha256 IS NOT NULL')
        .pluck()
        .all();
    },

    /** Whether a host has given the portrait a title of its own. */
    hasTitle(portraitId: string): boolean {
      const title = db.prepare<[string], string>('SELECT title FROM portraits WHERE id = ?').pluck().get(portraitId);
      return title !== undefined && title.trim() !== '';
    },
  };
}

function columnsOf({ name, description, purpose, needsTranscript, feedUrl }: BatchWords) {
  return { name, description, purpose, needsTranscript: needsTranscript ? 1 : 0, feedUrl };
}
