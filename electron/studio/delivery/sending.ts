import type { DeliveryRecord, Settlement } from '../../../shared/domain/delivery.ts';
import { waitAfter } from './backoff.ts';
import type { DestinationKind, Failure, Job, SendingStep, StepOutcome } from './kind.ts';
import type { RenditionOutcome } from './ports.ts';
import { LeaseLost, parseMemo, type RunParts } from './run.ts';
import { judged, later, mistake, ofOwn } from './settlement.ts';

/** The steps to a site in order, beginning with the one that makes the sound. */
export function sendingSteps(kind: DestinationKind | undefined): readonly ('render' | SendingStep)[] {
  return ['render', ...(kind?.steps ?? [])];
}

/** Takes one leased delivery to the site as far as it goes; answers how it ended, or nothing when it is done. */
export async function takeToSite(
  parts: RunParts,
  claimed: DeliveryRecord,
  token: string,
  signal: AbortSignal,
): Promise<Settlement | undefined> {
  const { leases, now } = parts;
  const { id, portraitId } = claimed;
  const kind = parts.kind(claimed.destinationKind);
  const steps = sendingSteps(kind);
  const counted = { attempts: claimed.attempts, misses: claimed.misses };
  let memo = parseMemo(claimed.memo);
  let made: Promise<RenditionOutcome> | undefined;
  const rendition = () => {
    made ??= parts.renditions(portraitId, id);
    return made;
  };
  // One that brings the whole studio down is only counted when its lease is rescued.
  if (claimed.attempts >= parts.mostAttempts) {
    return { kind: 'fail', reason: claimed.reason ?? 'siteError', detail: claimed.detail ?? '' };
  }

  for (let index = Math.min(claimed.step, steps.length - 1); ; ) {
    if (signal.aborted || !parts.trusted()) return { kind: 'release' };
    // Consent may have been withdrawn, or the portrait sent back to review, since it was queued.
    const state = leases.portraitState(id);
    if (state !== 'approved' && state !== 'published') return { kind: 'drop', reason: null };
    const purpose = leases.purpose(id);
    if (purpose === undefined || !parts.mayUse(portraitId, purpose).allowed) {
      return { kind: 'drop', reason: 'noConsent' };
    }
    const portrait = parts.portrait(portraitId);
    const site = parts.site(claimed.destinationId);
    const step = steps[index];
    if (portrait === undefined || site === undefined || kind === undefined || step === undefined) {
      return { kind: 'drop', reason: null };
    }
    if (site === 'noPassword') return { kind: 'pause', reason: 'login', detail: '' };
    const fail = (failure: Failure) => judged(parts, counted, failure, { kind, site, signal });

    const job: Job = {
      site,
      portraitId,
      portrait,
      memo,
      rendition,
      remember(next) {
        memo = next;
        if (!leases.note(id, token, JSON.stringify(next), now().toISOString())) throw new LeaseLost();
      },
      signal,
    };
    const outcome = await runStep(parts, kind, step, job);
    if (outcome === 'aborted') return { kind: 'release' };
    parts.log('delivery-step', { id, step, done: outcome.done });
    const at = now().toISOString();
    if (!outcome.done) {
      if (!('again' in outcome)) return await fail(outcome.failure);
      const target = Math.max(0, steps.indexOf(outcome.again));
      if (counted.attempts + 1 >= parts.mostAttempts) {
        return ofOwn(parts, counted, { reason: 'siteError', detail: outcome.detail });
      }
      const nextAt = later(parts, waitAfter(counted.attempts + 1, parts.random(), parts.backoff));
      return { kind: 'back', step: target, memo: JSON.stringify(outcome.memo), nextAt, detail: outcome.detail };
    }
    memo = outcome.memo;
    index += 1;
    counted.misses = 0;
    const done = { step: index, memo: JSON.stringify(memo), at };
    if (index < steps.length) {
      if (!leases.advance(id, token, done)) throw new LeaseLost();
    } else {
      if (!leases.finish(id, token, { ...done, url: outcome.url ?? site.url })) throw new LeaseLost();
      parts.onChange('portraits');
      return undefined;
    }
    parts.onChange('deliveries');
  }
}

async function runStep(
  parts: RunParts,
  kind: DestinationKind,
  step: 'render' | SendingStep,
  job: Job,
): Promise<StepOutcome | 'aborted'> {
  try {
    if (step !== 'render') return await kind.run(step, job);
    const outcome = await job.rendition();
    if (outcome.ok) return { done: true, memo: job.memo };
    return { done: false, failure: { reason: outcome.reason, detail: outcome.detail } };
  } catch (error) {
    if (error instanceof LeaseLost) throw error;
    if (job.signal.aborted) return 'aborted';
    return { done: false, failure: mistake(parts, step === 'render' ? 'renderFailed' : 'siteError', error) };
  }
}
