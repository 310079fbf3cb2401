import { eventConsent } from '../../../shared/contract/event.ts';
import { dayAfter, localDay } from '../../../shared/domain/day.ts';
import type { Due, DueReason } from '../../../shared/domain/evidence.ts';
import type { PortraitState } from '../../../shared/domain/portrait.ts';
import { audit } from './audit.ts';
import { type Db, transaction } from './database.ts';
import { eraseOn } from './siteWithdrawals.ts';

interface Row {
  id: string;
  state: PortraitState;
  title: string;
  code: string | null;
  createdAt: string;
  until: string | null;
  archive: 0 | 1 | null;
  consent: string;
  remindedAt: string | null;
  remindedFor: DueReason | null;
  /** Of a withdrawal that came from a site and waits. */
  heardAt: string | null;
  graceDays: number | null;
}

/** Days between a reminder and the end. */
export const reminderDays = 14;

/** When portraits end, and who has been told. */
export function retentionRepository(db: Db, now: () => Date) {
  const rows = db.prepare<[], Row>(
    `SELECT p.id, p.state, p.title, p.code, p.created_at AS createdAt, c.until, e.consent,
       EXISTS (SELECT 1 FROM json_each(c.purposes) WHERE value = 'archive') AS archive,
       r.reminded_at AS remindedAt, r.reason AS remindedFor, w.heard_at AS heardAt, w.grace_days AS graceDays
     FROM portraits p JOIN events e ON e.id = p.event_id
     LEFT JOIN consent_now c ON c.portrait_id = p.id
     LEFT JOIN retention_reminders r ON r.portrait_id = p.id
     LEFT JOIN (SELECT portrait_id, min(heard_at) AS heard_at, grace_days FROM site_withdrawals
       WHERE ended_at IS NULL GROUP BY portrait_id) w ON w.portrait_id = p.id
     WHERE p.state IN ('toReview','approved','published','rejected')`,
  );

  /**
   * Published, or approved for the archive: kept until its date. Everything else has its days and those of a reminder, and
   * goes; but nothing stays beyond the person's own date.
   */
  function ends(row: Row, handedOver: boolean): { reason: DueReason; dueOn: string } {
    const { keptDays } = eventConsent.parse(JSON.parse(row.consent));
    const unpublished = dayAfter(localDay(new Date(row.createdAt)), keptDays);
    const expired = row.until === null ? null : dayAfter(row.until, 1);
    // What a site withdrew waits for its days: hosts were told that day, and it goes no sooner but for the person's own.
    if (row.heardAt !== null && row.graceDays !== null) {
      const graceEnds = eraseOn(row.heardAt, row.graceDays);
      if (expired !== null && expired < graceEnds) return { reason: 'expired', dueOn: expired };
      return { reason: 'withdrawn', dueOn: graceEnds };
    }
    const used = row.state === 'published' || (row.state === 'approved' && (row.archive === 1 || handedOver));
    if (used && expired !== null) return { reason: 'expired', dueOn: expired };
    const reminded = row.remindedFor === 'unpublished' && row.remindedAt !== null ? new Date(row.remindedAt) : now();
    const told = dayAfter(localDay(reminded), reminderDays);
    const dueOn = told > unpublished ? told : unpublished;
    return expired !== null && expired <= dueOn
      ? { reason: 'expired', dueOn: expired }
      : { reason: 'unpublished', dueOn };
  }

  return {
    /**
     * Everything that ends within the days of a reminder, soonest first. What was not reminded of in time (the booth was
     * off) waits for its reminder's days, unless the person's own date has passed: after that nothing is kept.
     */
    coming(handedOver: (portraitId: string) => boolean): Due[] {
      const horizon = dayAfter(localDay(now()), reminderDays);
      const coming: Due[] = [];
      for (const row of rows.all()) {
        const { reason, dueOn } = ends(row, handedOver(row.id));
        // Every withdrawal from a site is shown, however far its day is.
        if (dueOn > horizon && reason !== 'withdrawn') continue;
        // Of a withdrawal the hosts were told when it was heard.
        const own = row.remindedFor === reason ? row.remindedAt : null;
        const remindedAt = reason === 'withdrawn' ? row.heardAt : own;
        const { id, title, code, state } = row;
        coming.push({ portraitId: id, reason, dueOn, title, code, state, remindedAt });
      }
      return coming.sort((a, b) => (a.dueOn < b.dueOn ? -1 : 1));
    },

    /** The hosts are told of it from now on. */
    remind(due: Due): void {
      transaction(db, () => {
        const at = now().toISOString();
        db.prepare(
          `INSERT INTO retention_reminders (portrait_id, reason, reminded_at, due_on) VALUES (?, ?, ?, ?)
           ON CONFLICT (portrait_id) DO UPDATE SET reason = excluded.reason, reminded_at = excluded.reminded_at,
             due_on = excluded.due_on`,
        ).run(due.portraitId, due.reason, at, due.dueOn);
        const detail = { reason: due.reason, dueOn: due.dueOn };
        audit(db, { at, actor: 'studio', action: 'retention-reminded', portraitId: due.portraitId, detail });
      });
    },

    /** What went, newest first: the audit's own lines. */
    gone(limit: number): { portraitId: string; at: string; reason: DueReason }[] {
      return db
        .prepare<[number], { portraitId: string; at: string; reason: DueReason }>(
          `SELECT portrait_id AS portraitId, at, json_extract(detail, '$.reason') AS reason FROM audit
           WHERE action = 'retention-due' ORDER BY id DESC LIMIT ?`,
        )
        .all(limit);
    },
  };
}
