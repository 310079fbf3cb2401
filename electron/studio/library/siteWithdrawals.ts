import { type Purpose, purposes } from '../../../shared/domain/consent.ts';
import { dayAfter, localDay } from '../../../shared/domain/day.ts';
import type { ConsentActor, PendingWithdrawal, Resolution, SiteTold } from '../../../shared/domain/evidence.ts';
import type { PortraitState } from '../../../shared/domain/portrait.ts';
import { audit } from './audit.ts';
import { consentEvent, putResolution, putWithdrawal, storedScope } from './consentActs.ts';
import type { Db } from './database.ts';
import { takeDownDeliveries } from './deliveries.ts';

// Withdrawals that sites tell. A site is a stranger's computer: what it says stops every use at once, and costs nothing
// that cannot be had back until the days of grace are over. Every function is called inside its caller's transaction.

export interface Told {
  portraitId: string;
  destinationId: string;
  ref: string;
}

/** What the open withdrawals of a portrait took, and when the first of them ends. */
export interface Open extends PendingWithdrawal {
  purposes: Purpose[];
}

/** First local day on which nothing is kept any more. */
export function eraseOn(heardAt: string, graceDays: number): string {
  return dayAfter(localDay(new Date(heardAt)), graceDays);
}

/** Withdrawals of a portrait that came from sites and have not ended; undefined where there are none. */
export function openWithdrawal(db: Db, portraitId: string): Open | undefined {
  const rows = db
    .prepare<[string], { site: string; heardAt: string; days: number; purposes: string }>(
      `SELECT s.name AS site, w.heard_at AS heardAt, w.grace_days AS days, w.purposes FROM site_withdrawals w
         JOIN destinations s ON s.id = w.destination_id
       WHERE w.portrait_id = ? AND w.ended_at IS NULL ORDER BY w.id`,
    )
    .all(portraitId);
  const [first] = rows;
  if (first === undefined) return undefined;
  const took = new Set(rows.flatMap((row) => JSON.parse(row.purposes) as Purpose[]));
  return {
    site: first.site,
    heardAt: first.heardAt,
    eraseOn: eraseOn(first.heardAt, first.days),
    purposes: purposes.filter((one) => took.has(one)),
  };
}

/**
 * Whether a site has a say in a portrait: something of it was sent there, or may have been. One that was only queued, or
 * never, is nobody's business there.
 */
function wasSent(db: Db, { portraitId, destinationId }: Told): boolean {
  const sent = db.prepare(
    `SELECT 1 FROM deliveries WHERE portrait_id = ? AND destination_id = ?
       AND (direction = 'remove' OR state = 'done' OR memo <> '{}')`,
  );
  return sent.get(portraitId, destinationId) !== undefined;
}

/** Writes down what a site told: every use ends, what stands on sites comes down, and the sound waits for its days. */
export function hearSite(db: Db, told: Told, withHosts: readonly PortraitState[], at: string): SiteTold {
  const { portraitId, destinationId, ref } = told;
  if (!wasSent(db, told)) return { outcome: 'notOurs' };
  const heard = db.prepare('SELECT 1 FROM site_withdrawals WHERE destination_id = ? AND ref = ?');
  if (heard.get(destinationId, ref) !== undefined) return { outcome: 'known' };
  const state = db.prepare<[string], PortraitState>('SELECT state FROM portraits WHERE id = ?').pluck().get(portraitId);
  if (state === 'withdrawn' || state === 'erased') return { outcome: 'known' };
  if (state === undefined || !withHosts.includes(state)) return { outcome: 'notOurs' };
  // A site that says it again under other names adds nothing, and shall not fill the library.
  const waiting = db.prepare(
    'SELECT 1 FROM site_withdrawals WHERE destination_id = ? AND portrait_id = ? AND ended_at IS NULL',
  );
  if (waiting.get(destinationId, portraitId) !== undefined) return { outcome: 'known' };

  const gone = storedScope(db, portraitId)?.purposes ?? [];
  const site = db.prepare<[string], string>('SELECT name FROM destinations WHERE id = ?').pluck().get(destinationId);
  putWithdrawal(db, portraitId, { purposes: gone, all: true, by: { role: 'site', name: site ?? null } }, at);
  const cut = takeDownDeliveries(db, { portraitId, purposes: 'all', actor: 'studio' }, at);
  const { graceDays } = consentEvent(db, portraitId).consent;
  db.prepare(
    `INSERT INTO site_withdrawals (portrait_id, destination_id, ref, heard_at, grace_days, purposes)
     VALUES (@portraitId, @destinationId, @ref, @at, @graceDays, @purposes)`,
  ).run({ portraitId, destinationId, ref, at, graceDays, purposes: JSON.stringify(gone) });
  touch(db, portraitId, at);
  const later = db.prepare('INSERT OR IGNORE INTO to_erase (kind, name) VALUES (?, ?)');
  // What was prepared for others and waits to be fetched; and copies, which would allow again what was taken back.
  later.run('export', portraitId);
  later.run('copies', portraitId);
  const detail = { site: site ?? '', days: graceDays };
  audit(db, { at, actor: 'studio', action: 'site-withdrawal-heard', portraitId, detail });
  return { outcome: 'noted', cut };
}

/** Ends what is open, with its link in the chain; answers what it had taken, or nothing where none was open. */
export function resolveOpen(
  db: Db,
  portraitId: string,
  how: Resolution,
  by: ConsentActor,
  at: string,
): Purpose[] | undefined {
  const open = openWithdrawal(db, portraitId);
  if (open === undefined) return undefined;
  closeOpen(db, portraitId, how, at);
  const restored = how === 'undone' ? open.purposes : [];
  putResolution(db, portraitId, { how, restored, by }, at);
  const detail = { site: open.site };
  audit(db, { at, actor: by.actor, action: `site-withdrawal-${how}`, portraitId, detail });
  return open.purposes;
}

/** Without a word in the chain: the person is gone, and what was said of them says why. */
export function closeOpen(db: Db, portraitId: string, how: Resolution, at: string): void {
  db.prepare('UPDATE site_withdrawals SET ended_at = ?, how = ? WHERE portrait_id = ? AND ended_at IS NULL').run(
    at,
    how,
    portraitId,
  );
}

/** Some of what a site took is taken back for good: undoing the rest does not bring it back. */
export function narrowOpen(db: Db, portraitId: string, gone: readonly Purpose[]): void {
  db.prepare(
    `UPDATE site_withdrawals SET purposes = (SELECT json_group_array(value) FROM json_each(purposes)
       WHERE value NOT IN (SELECT value FROM json_each(?))) WHERE portrait_id = ? AND ended_at IS NULL`,
  ).run(JSON.stringify(gone), portraitId);
}

export function touch(db: Db, portraitId: string, at: string): void {
  db.prepare('UPDATE portraits SET revision = revision + 1, updated_at = ? WHERE id = ?').run(at, portraitId);
}
