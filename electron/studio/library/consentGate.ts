import type { GateAnswer, GateRefusal, Purpose } from '../../../shared/domain/consent.ts';
import { localDay } from '../../../shared/domain/day.ts';
import type { PortraitState } from '../../../shared/domain/portrait.ts';
import type { Db } from './database.ts';

interface Row {
  state: PortraitState;
  ageBand: string | null;
  guardians: number | null;
  guardiansNeeded: number | null;
  purposes: string | null;
  allowed: 0 | 1 | null;
  withdrawn: 0 | 1 | null;
  until: string | null;
}

/**
 * The one gate: may this portrait be used for this purpose at that time? Every way out of the house asks it, at queueing
 * and again before each step, inside the transaction that counts.
 */
export function consentGate(db: Db, now: () => Date) {
  const ask = db.prepare<{ id: string; purpose: string }, Row>(
    `SELECT p.state, c.age_band AS ageBand, c.guardians, c.guardians_needed AS guardiansNeeded, c.purposes, c.until,
       EXISTS (SELECT 1 FROM json_each(c.purposes) WHERE value = @purpose) AS allowed,
       EXISTS (SELECT 1 FROM json_each(c.withdrawn) WHERE value = @purpose) AS withdrawn
     FROM portraits p LEFT JOIN consent_now c ON c.portrait_id = p.id WHERE p.id = @id`,
  );
  const no = (why: GateRefusal): GateAnswer => ({ allowed: false, why });

  return function mayUse(portraitId: string, purpose: Purpose, at: Date = now()): GateAnswer {
    const row = ask.get({ id: portraitId, purpose });
    if (row === undefined) return no('unknownPortrait');
    if (row.state === 'withdrawn' || row.state === 'erased') return no('withdrawn');
    if (row.ageBand === null) return no('notAsked');
    if (row.ageBand === 'minor' && (row.guardians ?? 0) < Math.max(1, row.guardiansNeeded ?? 1)) {
      return no('guardianMissing');
    }
    if (row.purposes === null) return no('notConfirmed');
    if (row.allowed !== 1) return no(row.withdrawn === 1 ? 'withdrawn' : 'notThisPurpose');
    if (row.until !== null && localDay(at) > row.until) return no('expired');
    if (row.state !== 'approved' && row.state !== 'published') return no('notApproved');
    return { allowed: true };
  };
}
export type MayUse = ReturnType<typeof consentGate>;
