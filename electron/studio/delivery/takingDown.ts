import type { DeliveryRecord, Settlement } from '../../../shared/domain/delivery.ts';
import type { TakeDownOutcome } from './kind.ts';
import { LeaseLost, parseMemo, type RunParts } from './run.ts';
import { judged, later, mistake } from './settlement.ts';

/**
 * A request the booth gave up on may still be carried out by the site afterwards; so what was taken down is looked for
 * once more, until nothing is found.
 */
export const takingDownSteps = ['takeDown', 'confirm'] as const;

/** Takes one portrait down from one site; answers how the run ended, or nothing when nothing is left there. */
export async function takeDownFromSite(
  parts: RunParts,
  claimed: DeliveryRecord,
  token: string,
  signal: AbortSignal,
): Promise<Settlement | undefined> {
  const { leases, now } = parts;
  const { id, portraitId } = claimed;
  const kind = parts.kind(claimed.destinationKind);
  const site = parts.site(claimed.destinationId);
  if (kind === undefined || site === undefined || site === 'noPassword') {
    return { kind: 'pause', reason: 'login', detail: '' };
  }

  let outcome: TakeDownOutcome;
  try {
    outcome = await kind.takeDown({ site, portraitId, memo: parseMemo(claimed.memo), signal });
  } catch (error) {
    if (signal.aborted) return { kind: 'release' };
    outcome = { done: false, failure: mistake(parts, 'siteError', error) };
  }
  const step = takingDownSteps[Math.min(claimed.step, 1)] ?? 'confirm';
  parts.log('delivery-step', { id, step, done: outcome.done });
  // Somebody waits for this: it is tried for as long as it takes, whatever the site says.
  if (!outcome.done) return judged(parts, claimed, outcome.failure, { kind, site, signal });
  if (step === 'takeDown' || outcome.removed > 0) {
    return { kind: 'rest', step: 1, memo: claimed.memo, nextAt: later(parts, parts.confirmAfterMs) };
  }
  if (!leases.takenDown(id, token, { step: takingDownSteps.length, at: now().toISOString() })) throw new LeaseLost();
  parts.onTakenDown(portraitId);
  return undefined;
}
