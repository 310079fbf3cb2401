import { type DeliveryStep, deliverySteps } from '../../../shared/contract/delivery.ts';
import type { DeliveryRecord, Settlement } from '../../../shared/domain/delivery.ts';
import { type Backoff, waitAfter } from './backoff.ts';
import type { DestinationKind, Failure, Job, Memo, Site, StepOutcome } from './kind.ts';
import type { LeaseStore, Log, PortraitText, RenditionOutcome, Topic } from './ports.ts';
import { meanings } from './reasons.ts';

/** Somebody else has the delivery now (or it was cancelled): whatever we know of it is out of date. */
export class LeaseLost extends Error {
  override name = 'LeaseLost';
}

export interface WorkerParts {
  leases: LeaseStore;
  kind: (name: string) => DestinationKind | undefined;
  site: (destinationId: string) => Site | 'noPassword' | undefined;
  renditions: (portraitId: string, deliveryId: string) => Promise<RenditionOutcome>;
  portrait: (portraitId: string) => PortraitText | undefined;
  mayPublish: (portraitId: string) => boolean;
  now: () => Date;
  random: () => number;
  backoff: Backoff;
  /** Attempts after which a delivery stops by itself. */
  mostAttempts: number;
  /** Told whenever something a host can see has changed. */
  onChange: (topic: Topic) => void;
  log: Log;
}

/** The steps of a kind in order, beginning with the one that makes the sound. */
export function stepsOf(kind: DestinationKind | undefined): readonly DeliveryStep[] {
  return kind === undefined ? deliverySteps : ['render', ...kind.steps];
}

/**
 * Takes one leased delivery as far as it goes and writes down how it ended. Ends quietly when the lease is lost;
 * rejects only when the database does.
 */
export async function work(parts: WorkerParts, claimed: DeliveryRecord, token: string, signal: AbortSignal) {
  const { leases, now } = parts;
  let how: Settlement | undefined;
  try {
    how = await takeSteps(parts, claimed, token, signal);
  } catch (error) {
    if (error instanceof LeaseLost) return;
    how = settlement(parts, claimed, mistake(parts, 'siteError', error));
  }
  if (how === undefined || !leases.settle(claimed.id, token, now().toISOString(), how)) return;
  if (how.kind === 'pause') parts.onChange('destinations');
}

/** A mistake of ours must neither stop the queue nor repeat itself for ever: it counts as an attempt. */
function mistake(parts: WorkerParts, reason: 'siteError' | 'renderFailed', error: unknown): Failure {
  parts.log('delivery-mistake', { error: error instanceof Error ? `${error.name}: ${error.message}` : 'unknown' });
  return { reason, effect: 'retry', detail: error instanceof Error ? error.name : '' };
}

async function takeSteps(
  parts: WorkerParts,
  claimed: DeliveryRecord,
  token: string,
  signal: AbortSignal,
): Promise<Settlement | undefined> {
  const { leases, now } = parts;
  const { id, portraitId } = claimed;
  const kind = parts.kind(claimed.destinationKind);
  const steps = stepsOf(kind);
  const counted = { attempts: claimed.attempts, misses: claimed.misses };
  let memo = parseMemo(claimed.memo);
  let made: Promise<RenditionOutcome> | undefined;
  const rendition = () => {
    made ??= parts.renditions(portraitId, id);
    return made;
  };
  const fail = (failure: Failure): Settlement => settlement(parts, counted, failure);
  // One that brings the whole studio down is only counted when its lease is rescued.
  if (claimed.attempts >= parts.mostAttempts) {
    return { kind: 'fail', reason: claimed.reason ?? 'siteError', detail: claimed.detail ?? '' };
  }

  for (let index = Math.min(claimed.step, steps.length - 1); ; ) {
    if (signal.aborted) return { kind: 'release' };
    // Consent may have been withdrawn, or the portrait sent back to review, since it was queued.
    const state = leases.portraitState(id);
    if (state !== 'approved' && state !== 'published') return { kind: 'drop', reason: null };
    if (!parts.mayPublish(portraitId)) return { kind: 'drop', reason: 'noConsent' };
    const portrait = parts.portrait(portraitId);
    const site = parts.site(claimed.destinationId);
    const step = steps[index];
    if (portrait === undefined || site === undefined || kind === undefined || step === undefined) {
      return { kind: 'drop', reason: null };
    }
    if (site === 'noPassword') return fail({ reason: 'login', detail: '' });

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
      if (!('again' in outcome)) return fail(outcome.failure);
      const target = Math.max(0, steps.indexOf(outcome.again));
      if (counted.attempts + 1 >= parts.mostAttempts) return fail({ reason: 'siteError', detail: outcome.detail });
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
  parts: WorkerParts,
  kind: DestinationKind,
  step: DeliveryStep,
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

/** What a failure does to this delivery, after the tries it has behind it. */
function settlement(parts: WorkerParts, before: { attempts: number; misses: number }, failure: Failure): Settlement {
  const { reason, detail } = failure;
  const meaning = meanings[reason];
  const effect = failure.effect ?? meaning.effect;
  if (effect === 'pause') return { kind: 'pause', reason: reason === 'role' ? 'role' : 'login', detail };
  if (effect === 'stop') return { kind: 'fail', reason, detail };
  const attempt = effect === 'retry';
  const limit = Math.min(meaning.attempts ?? parts.mostAttempts, parts.mostAttempts);
  if (attempt && before.attempts + 1 >= limit) return { kind: 'fail', reason, detail };
  const failures = attempt ? before.attempts + 1 : before.misses + 1;
  const own = waitAfter(failures, parts.random(), parts.backoff);
  const wished = Math.min(failure.retryAfterMs ?? 0, parts.backoff.longestMs);
  const nextAt = later(parts, Math.max(own, wished));
  return { kind: 'wait', nextAt, reason, detail, attempt, hold: effect === 'hold' };
}

function later(parts: WorkerParts, ms: number): string {
  return new Date(parts.now().getTime() + ms).toISOString();
}

function parseMemo(text: string): Memo {
  const value: unknown = JSON.parse(text);
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {};
}
