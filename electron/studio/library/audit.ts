import type { Db } from './database.ts';

/** Who did it: the booth (for a visitor), a signed-in role, or the studio itself. */
export type Actor = 'visitor' | 'host' | 'organiser' | 'studio';

export interface AuditEntry {
  at: string;
  actor: Actor;
  action: string;
  portraitId?: string;
  /** Facts needed to understand the action later; never names, contacts or secrets. */
  detail?: Record<string, string | number | boolean | null>;
}

/** Adds a row to the audit trail; call it inside the transaction that makes the change. */
export function audit(db: Db, entry: AuditEntry): void {
  db.prepare('INSERT INTO audit (at, actor, action, portrait_id, detail) VALUES (?, ?, ?, ?, ?)').run(
    entry.at,
    entry.actor,
    entry.action,
    entry.portraitId ?? null,
    JSON.stringify(entry.detail ?? {}),
  );
}
