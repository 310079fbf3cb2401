import { edit, transcript } from '../../../shared/contract/base.ts';
import type { PortraitDetail } from '../../../shared/contract/library.ts';
import { publicName } from '../../../shared/domain/consent.ts';
import type { Edit, Peaks } from '../../../shared/domain/sound.ts';
import type { Actor } from './audit.ts';
import { storedScope } from './consentActs.ts';
import { type Db, readOnly, transaction } from './database.ts';
import { type Moved, portraitMoves } from './moves.ts';
import { readRow, rowColumns, rowTables, type StoredRow } from './rows.ts';
import { takeShapes } from './takeShapes.ts';

interface Row extends StoredRow {
  edit: string | null;
  text: string;
  notes: string;
  transcript: string | null;
  event: string;
  take_id: string | null;
  sha256: string | null;
  gain_db: number | null;
}

const columns = `${rowColumns},
  p.edit, p.text, p.notes, p.transcript, p.take_id, e.name AS event, t.sha256, t.gain_db
  ${rowTables} JOIN events e ON e.id = p.event_id`;

/** The stored edit; one of an older version gets what it has not said yet. */
const editOf = (row: Pick<Row, 'edit'>): Edit | null => (row.edit === null ? null : edit.parse(JSON.parse(row.edit)));

export type Change = Moved | { ok: false; code: 'NOT_FOUND' } | Stale;
interface Stale {
  ok: false;
  code: 'STALE';
  revision: number;
}

/** A portrait with its take but without addresses, which only the door can give. */
export type StoredPortrait = Omit<PortraitDetail, 'take'> & {
  take: (Omit<NonNullable<PortraitDetail['take']>, 'url' | 'peaks'> & { sha256: string; peaks: Peaks }) | null;
};

/** Portraits as the hosts see and change them. Every change is one transaction with its audit row. */
export function portraitsRepository(db: Db, now: () => Date) {
  const byId = db.prepare<[string], Row>(`SELECT ${columns} WHERE p.id = ? AND p.state <> 'erased'`);
  const shapeOf = takeShapes(readOnly(db));
  const moves = portraitMoves(db);
  const publishedOf = db.prepare<[string], { destination: string; url: string; at: string }>(
    `SELECT destinations.name AS destination, deliveries.url, deliveries.updated_at AS at
     FROM deliveries JOIN destinations ON destinations.id = destination_id
     WHERE portrait_id = ? AND deliveries.state = 'done' AND deliveries.url IS NOT NULL ORDER BY deliveries.updated_at DESC`,
  );

  function get(id: string): StoredPortrait | undefined {
    const row = byId.get(id);
    if (row === undefined) return undefined;
    const shape = shapeOf(row);
    const take =
      row.take_id === null || row.frames === null || row.sample_rate === null || row.sha256 === null
        ? null
        : {
            id: row.take_id,
            sampleRate: row.sample_rate,
            frames: row.frames,
            sha256: row.sha256,
            analysis: row.analysis === null ? null : JSON.parse(row.analysis),
            gainDb: row.gain_db ?? 0,
            peaks: shape.peaks,
          };
    return {
      ...readRow(row),
      ring: shape.ring,
      ownTitle: row.title,
      publicName: publicName(storedScope(db, id), row.first_name),
      text: row.text,
      event: row.event,
      take,
      edit: editOf(row),
      notes: row.notes,
      transcript: row.transcript === null ? null : transcript.parse(JSON.parse(row.transcript)),
      published: publishedOf.all(id),
    };
  }

  /** Runs `change` when the revision is still the one the change was made from. */
  function guarded(id: string, revision: number, change: (row: Row) => Change): Change {
    return transaction(db, () => {
      const row = byId.get(id);
      if (row === undefined) return { ok: false, code: 'NOT_FOUND' };
      if (row.revision !== revision) return { ok: false, code: 'STALE', revision: row.revision };
      return change(row);
    });
  }

  return {
    get,

    approve(id: string, revision: number, actor: Actor): Change {
      return guarded(id, revision, (row) => moves.approve(row, { at: now().toISOString(), actor }));
    },

    moveTo(id: string, revision: number, to: 'rejected' | 'toReview', actor: Actor): Change {
      return guarded(id, revision, (row) => moves.move(row, to, { at: now().toISOString(), actor }));
    },
  };
}
