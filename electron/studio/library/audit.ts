import { type Actor, actorColumns } from '../../../shared/domain/actor.ts';
import type { Db } from './database.ts';

export type { Actor } from '../../../shared/domain/actor.ts';

export interface AuditEntry {
  at: string;
  actor: Actor;
  /** Every action has its sentence in `shared/i18n/desk/journal.ts`; a test looks for the ones that have none. */
  action: string;
  portraitId?: string;
  /** Facts needed to understand the action later; never names, contacts or secrets. */
  detail?: Record<string, string | number | boolean | null>;
}

/** Adds a row to the audit trail; call it inside the transaction that makes the change. */
export function audit(db: Db, entry: AuditEntry): void {
  const { actor, staffId } = actorColumns(entry.actor);
  db.prepare('INSERT INTO audit (at, actor, staff_id, action, portrait_id, detail) VALUES (?, ?, ?, ?, ?, ?)').run(
    entry.at,
    actor,
    staffId,
    entry.action,
    entry.portraitId ?? null,
    JSON.stringify(entry.detail ?? {}),
  );
}
