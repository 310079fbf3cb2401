import { type AuditEntry, type AuditKind, auditEntry } from '../../../shared/contract/staff.ts';
import type { Db } from './database.ts';

export interface TrailQuery {
  before?: number | undefined;
  limit: number;
  staffId?: string | undefined;
  portraitId?: string | undefined;
  kind?: AuditKind | undefined;
  from?: string | undefined;
  until?: string | undefined;
}

/** What an action is about, by how its name begins; whatever has a portrait and is no sending is about the portrait. */
const sends = `(a.action LIKE 'delivery-%' OR a.action LIKE 'destination-%' OR a.action LIKE 'batch-%')`;
const people = `(a.action LIKE 'pin-%' OR a.action LIKE 'staff-%' OR a.action LIKE 'network-%' OR a.action LIKE 'desk-%'
  OR a.action IN ('signed-in','vouched'))`;
const setting = `(a.action LIKE 'settings-%' OR a.action LIKE 'event-%')`;
const kinds: Record<AuditKind, string> = {
  sends,
  staff: people,
  settings: setting,
  portraits: `a.portrait_id IS NOT NULL AND NOT ${sends}`,
  other: `a.portrait_id IS NULL AND NOT (${sends} OR ${people} OR ${setting})`,
};

type Row = Omit<AuditEntry, 'detail'> & { detail: string };

/** The audit trail, read; it is written by `audit` alone. */
export function trailRepository(db: Db) {
  const title = `CASE WHEN p.id IS NULL THEN NULL WHEN p.title <> '' THEN p.title ELSE coalesce(p.code, '') END`;
  return {
    /** Newest first. */
    list(query: TrailQuery): { entries: AuditEntry[]; more: boolean } {
      const where = [
        query.before === undefined ? '' : 'a.id < @before',
        query.staffId === undefined ? '' : 'a.staff_id = @staffId',
        query.portraitId === undefined ? '' : 'a.portrait_id = @portraitId',
        query.from === undefined ? '' : 'a.at >= @from',
        query.until === undefined ? '' : 'a.at < @until',
        query.kind === undefined ? '' : kinds[query.kind],
      ].filter((condition) => condition !== '');
      const rows = db
        .prepare<[object], Row>(
          `SELECT a.id, a.at, a.actor, a.staff_id AS staffId, m.name AS name, a.action, a.portrait_id AS portraitId,
             ${title} AS portrait, a.detail, o.name AS about
           FROM audit a LEFT JOIN staff_members m ON m.id = a.staff_id LEFT JOIN portraits p ON p.id = a.portrait_id
             LEFT JOIN staff_members o ON o.id = a.detail ->> 'staffId'
           ${where.length === 0 ? '' : `WHERE ${where.join(' AND ')}`} ORDER BY a.id DESC LIMIT @limit + 1`,
        )
        .all({ ...query });
      const entries = rows
        .slice(0, query.limit)
        .map((row) => auditEntry.parse({ ...row, detail: JSON.parse(row.detail) }));
      return { entries, more: rows.length > query.limit };
    },
  };
}
