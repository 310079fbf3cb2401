import { randomUUID } from 'node:crypto';
import type { Delivery } from '../../../shared/contract/delivery.ts';
import type { GateRefusal } from '../../../shared/domain/consent.ts';
import { type DeliveryRecord, waitsForPerson } from '../../../shared/domain/delivery.ts';
import { newId } from '../../../shared/domain/ids.ts';
import type { PortraitState } from '../../../shared/domain/portrait.ts';
import { createAskSites } from './askSites.ts';
import { defaultBackoff } from './backoff.ts';
import { type DestinationInput, type Done, destinationCalls, type NotFound } from './destinationCalls.ts';
import type { DestinationKind } from './kind.ts';
import type {
  Actor,
  DeliveryStore,
  DestinationStore,
  LeaseStore,
  Log,
  MayUse,
  PortraitText,
  RenditionOutcome,
  Topic,
} from './ports.ts';
import { createQueue, type QueueTimes } from './queue.ts';
import { parseMemo } from './run.ts';
import type { Secrets } from './secrets.ts';
import { ownAddresses, watchWayOut } from './wayOut.ts';
import { stepsOf } from './worker.ts';

export interface DeliveryParts {
  store: { deliveries: DeliveryStore; leases: LeaseStore; destinations: DestinationStore };
  kinds: readonly DestinationKind[];
  secrets: Secrets;
  /** Makes the sound of an approved portrait, or finds it made; called again after a crash, and cheap then. */
  renditions: (portraitId: string, deliveryId: string) => Promise<RenditionOutcome>;
  portrait: (portraitId: string) => PortraitText | undefined;
  /** The gate; asked at queueing (inside its transaction) and before every step. */
  mayUse: MayUse;
  /** Whether the clock is believed; nothing is sent while it is not. */
  trusted?: () => boolean;
  onChange: (topic: Topic) => void;
  log: Log;
  now: () => Date;
  /** 0 ≤ random < 1. */
  random?: () => number;
  times?: Partial<QueueTimes>;
  /** Addresses of this computer on the net; a new one lets what waits for the net go on. */
  addresses?: () => string[];
  /** Nothing of the portrait is left on one of its sites. */
  onTakenDown?: (portraitId: string) => void;
  /** Writes down that a portrait was withdrawn on a site; false for one in which this site has no say. */
  onWithdrawnOnSite?: (told: { portraitId: string; destinationId: string; ref: string }) => boolean;
  /** Attempts the site answered badly after which a delivery stops by itself; the default is about a day of them. */
  mostAttempts?: number;
}

/** Longer than a request of ours lasts: an upload over a slow link is given up after some minutes. */
const confirmAfterMs = 5 * 60_000;
const defaultTimes: QueueTimes = { ...defaultBackoff, leaseMs: 60_000, graceMs: 2000, confirmAfterMs };
const notFound: NotFound = { ok: false, code: 'NOT_FOUND' };

/** How often sites are asked who withdrew there. */
const askSitesMs = 10 * 60_000;
/** Soon enough for somebody who has just joined the Wi-Fi and looks at the queue. */
const lookForNetMs = 5000;

/** Deliveries and destinations: the calls of the contract, and the queue behind them. */
export function createDelivery(parts: DeliveryParts) {
  const { deliveries, leases, destinations } = parts.store;
  const kind = (name: string) => parts.kinds.find((candidate) => candidate.kind === name);
  const sites = destinationCalls({ destinations, kind, secrets: parts.secrets, newId });
  const times = { ...defaultTimes, ...parts.times };
  const { now } = parts;
  const trusted = parts.trusted ?? (() => true);
  const queue = createQueue({
    trusted,
    leases,
    kind,
    site: sites.site,
    renditions: parts.renditions,
    portrait: parts.portrait,
    mayUse: parts.mayUse,
    now,
    random: parts.random ?? Math.random,
    backoff: times,
    confirmAfterMs: times.confirmAfterMs,
    times,
    mostAttempts: parts.mostAttempts ?? 100,
    newToken: randomUUID,
    onTakenDown: parts.onTakenDown ?? (() => undefined),
    onChange: parts.onChange,
    log: parts.log,
  });

  function shown(record: DeliveryRecord): Delivery {
    const { id, portraitId, destinationId, state, direction, attempts, detail, url, createdAt, paused } = record;
    const steps = stepsOf(kind(record.destinationKind), direction);
    const waitsForPause = state === 'waiting' && paused !== null;
    const waitsForClock = direction === 'send' && state === 'waiting' && !trusted();
    const held = state === 'waiting' && !waitsForPause && record.holdReason !== null;
    const own = held ? record.holdReason : waitsForPause && paused !== 'host' ? paused : record.reason;
    const reason = waitsForClock ? 'clock' : own;
    // One that takes something down is due before all others, since ever.
    const due = state === 'waiting' && !waitsForPause && record.nextAt > record.createdAt ? record.nextAt : null;
    const ownNext = held ? record.holdNext : due;
    return {
      id,
      portraitId,
      destinationId,
      destination: record.destinationName,
      title: record.portraitTitle || (parts.portrait(portraitId)?.title ?? ''),
      state,
      direction,
      step: steps[Math.min(record.step, steps.length - 1)] ?? 'render',
      stepsDone: Math.min(record.step, steps.length),
      stepsInAll: steps.length,
      attempts,
      reason,
      detail: waitsForClock ? null : held ? record.holdDetail : detail,
      nextAt: waitsForClock ? null : ownNext,
      url,
      createdAt,
    };
  }

  function changed(topic: Topic): void {
    parts.onChange(topic);
    queue.wake();
  }

  const { onWithdrawnOnSite } = parts;
  // Where nobody would hear the answer nobody is asked.
  const askSites =
    onWithdrawnOnSite &&
    createAskSites({
      destinations,
      kind,
      site: sites.site,
      standing: (id) => deliveries.standing(id).map(({ memo, ...one }) => ({ ...one, memo: parseMemo(memo) })),
      onWithdrawn: onWithdrawnOnSite,
      log: parts.log,
      everyMs: askSitesMs,
    });

  /** The computer is online again: what waited for it goes on. */
  function online(): void {
    void askSites?.now();
    if (leases.online(now().toISOString()) > 0) {
      parts.onChange('destinations');
      parts.onChange('deliveries');
    }
    queue.wake();
  }
  const addresses = parts.addresses ?? ownAddresses;
  const wayOut = watchWayOut({ addresses, everyMs: lookForNetMs, onNew: online });

  return {
    destinations: sites.list,
    saveDestination(input: DestinationInput, actor: Actor) {
      const saved = sites.save(input, actor);
      if (saved.ok) {
        changed('destinations');
        parts.onChange('deliveries');
      }
      return saved;
    },
    removeDestination(input: { id: string }, actor: Actor) {
      const removed = sites.remove(input.id, actor);
      if (removed.ok) changed('destinations');
      return removed;
    },
    testDestination: sites.test,
    resumeDestination(input: { id: string }, actor: Actor) {
      const resumed = sites.resume(input.id, actor);
      if (resumed.ok) {
        changed('destinations');
        parts.onChange('deliveries');
      }
      return resumed;
    },

    publish(
      input: { portraitId: string; destinationId: string },
      actor: Actor,
    ):
      | Done<Delivery>
      | NotFound
      | { ok: false; code: 'NO_CONSENT'; why: GateRefusal }
      | { ok: false; code: 'WRONG_STATE'; state: PortraitState } {
      const outcome = deliveries.publish({ id: newId(), ...input, actor }, parts.mayUse);
      if (!outcome.ok) return outcome;
      changed('deliveries');
      return { ok: true, value: shown(outcome.delivery) };
    },
    queue: (): { deliveries: Delivery[] } => ({ deliveries: deliveries.list().map(shown) }),
    retry(input: { id: string }, actor: Actor): Done<Delivery> | NotFound {
      const record = deliveries.retry(input.id, actor);
      if (record === undefined) return notFound;
      changed('deliveries');
      return { ok: true, value: shown(record) };
    },
    cancel(input: { id: string }, actor: Actor): Done<Delivery> | NotFound {
      const record = deliveries.cancel(input.id, actor);
      if (record === undefined) return notFound;
      queue.abort(input.id);
      changed('deliveries');
      return { ok: true, value: shown(record) };
    },

    /** These were cut off or turned round by a withdrawal that is now committed: who runs them stops at once. */
    cutOff(ids: readonly string[]): void {
      for (const id of ids) queue.abort(id);
      changed('deliveries');
    },

    /** For the health check: deliveries by state, and how many destinations wait for a person. */
    summary: () => ({
      counts: deliveries.counts(),
      paused: destinations.list().filter(waitsForPerson).length,
    }),
    online,
    /** Something that held the queue up is over, or has begun. */
    wake: (): void => changed('deliveries'),
    /** Asks every site now who withdrew there. */
    askSites: async () => askSites?.now(),
    start(): void {
      askSites?.start();
      wayOut.start();
      queue.start();
    },
    /** Resolves once no delivery runs and every lease is given back. */
    async stop(): Promise<void> {
      wayOut.stop();
      await askSites?.stop();
      await queue.stop();
    },
  };
}
export type DeliveryService = ReturnType<typeof createDelivery>;
