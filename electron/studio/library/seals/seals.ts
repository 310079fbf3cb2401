import type { ChainHead, SealState } from '../../../../shared/domain/evidence.ts';
import { chainHead } from '../consentChain.ts';
import type { Db } from '../database.ts';
import type { Opened } from '../open.ts';
import { openSealLog } from './log.ts';

/** The key the seals are made with, and whether it was made just now. */
export interface SealKey {
  key: string;
  fresh: boolean;
}

/** Openings after which the library may be older than it was: the studio itself put it back. */
const putBack: readonly Opened['opening'][] = ['rebuilt', 'restored', 'renewed'];

/**
 * Keeps the chain's head outside the database too, sealed. A temporary trigger of the handle seals every link before its
 * transaction can be committed, so that whoever else writes the library leaves links without a seal, or takes away sealed
 * ones. Where the transaction stood in the end is noted once the work at hand is over; a transaction of SQLite here never
 * outlasts that.
 */
export function sealChain(db: Db, dir: string, { key, fresh }: SealKey, opening: Opened['opening']) {
  const log = openSealLog(dir, key);
  const begins = log.empty;
  const before = log.at;
  const unreadable = log.foreign;
  let restored: { missing: number } | undefined;
  if (begins) log.note('anew', chainHead(db), true);
  else if (putBack.includes(opening) && !unreadable) {
    const head = chainHead(db);
    const missing = Math.max(0, (before?.seq ?? 0) - head.seq);
    // Only an older state of the sealed chain is taken up again; another one stays told.
    if (firstUnsealed() === undefined && (missing > 0 || head.hash !== before?.hash)) {
      restored = { missing };
      log.note('anew', head, true);
    }
  }

  /** The first link nobody sealed; undefined when there is none. */
  function firstUnsealed(): number | undefined {
    const links = db.prepare<[number], ChainHead>('SELECT seq, hash FROM consent_records WHERE seq >= ? ORDER BY seq');
    for (const { seq, hash } of links.iterate(Math.max(1, log.from))) if (!log.sealed(seq, hash)) return seq;
    return undefined;
  }

  /** What speaks against this head going on from where the chain stood last. */
  function fault(head: ChainHead): (SealState & { ok: false }) | undefined {
    const { at } = log;
    if (at === undefined) return undefined;
    if (head.seq < at.seq) return { ok: false, fault: 'behind', seq: head.seq, missing: at.seq - head.seq };
    const there = db.prepare<[number], string>('SELECT hash FROM consent_records WHERE seq = ?').pluck().get(at.seq);
    // A link that damage took has no hash any more; the salvage has written that down.
    if (there === undefined || there === at.hash) return undefined;
    return { ok: false, fault: 'rewritten', seq: at.seq, missing: 0 };
  }

  let settling = false;
  db.function('seal_head', (seq: number, hash: string) => {
    log.note('link', { seq, hash }, true);
    if (!settling) queueMicrotask(settle);
    settling = true;
    return null;
  });
  function settle(): void {
    settling = false;
    if (!db.open) return;
    const head = chainHead(db);
    const same = head.seq === log.at?.seq && head.hash === log.at.hash;
    // What was taken back stays told: new links do not make up for those that are gone.
    if (!same && fault(head) === undefined) log.note('at', head, false);
  }
  db.exec(`CREATE TEMP TRIGGER head_sealed BEFORE UPDATE ON main.consent_head BEGIN
    SELECT seal_head(NEW.seq, NEW.hash);
  END;`);

  return {
    state(): SealState {
      if (unreadable) return { ok: false, fault: 'unreadable', seq: 0, missing: 0 };
      const unsealed = firstUnsealed();
      if (unsealed !== undefined) return { ok: false, fault: 'rewritten', seq: unsealed, missing: 0 };
      const goneBack = fault(chainHead(db));
      if (goneBack !== undefined) return goneBack;
      // With the key there and the file gone, somebody took it away.
      const anew = begins && !fresh;
      return { ok: true, restored: restored?.missing ?? null, anew };
    },
  };
}
