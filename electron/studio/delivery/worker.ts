import type { DeliveryDirection, DeliveryStep } from '../../../shared/contract/delivery.ts';
import type { DeliveryRecord, Settlement } from '../../../shared/domain/delivery.ts';
import type { DestinationKind } from './kind.ts';
import { LeaseLost, type RunParts } from './run.ts';
import { sendingSteps, takeToSite } from './sending.ts';
import { mistake, ofOwn } from './settlement.ts';
import { takeDownFromSite, takingDownSteps } from './takingDown.ts';

/** The steps a delivery takes, in order. */
export function stepsOf(kind: DestinationKind | undefined, direction: DeliveryDirection): readonly DeliveryStep[] {
  return direction === 'remove' ? takingDownSteps : sendingSteps(kind);
}

/**
 * Takes one leased delivery as far as it goes and writes down how it ended. Ends quietly when the lease is lost;
 * rejects only when the database does.
 */
export async function work(given: RunParts, claimed: DeliveryRecord, token: string, signal: AbortSignal) {
  const removing = claimed.direction === 'remove';
  // A withdrawal never gives up; a delivery may.
  const parts = removing ? { ...given, mostAttempts: Number.POSITIVE_INFINITY } : given;
  const { leases, now } = parts;
  let how: Settlement | undefined;
  try {
    const run = removing ? takeDownFromSite : takeToSite;
    how = await run(parts, claimed, token, signal);
  } catch (error) {
    if (error instanceof LeaseLost) return;
    // While the site was asked what is wrong with it.
    if (signal.aborted) how = { kind: 'release' };
    else how = ofOwn(parts, claimed, mistake(parts, 'siteError', error));
  }
  if (how === undefined || !leases.settle(claimed.id, token, now().toISOString(), how)) return;
  if (how.kind === 'pause' || how.kind === 'hold') parts.onChange('destinations');
}
