import type { DeliveryRecord } from '../../../shared/domain/delivery.ts';
import type { Backoff } from './backoff.ts';
import type { Held, LeaseStore } from './ports.ts';
import { askHeldSite } from './probing.ts';
import type { RunParts } from './run.ts';
import { work } from './worker.ts';

export interface QueueTimes extends Backoff {
  /** How long a lease holds without being renewed, in milliseconds; it is renewed three times as often. */
  leaseMs: number;
  /** How long `stop` lets a step finish, in milliseconds. */
  graceMs: number;
  /** How long after taking something down it is looked for once more, in milliseconds. */
  confirmAfterMs: number;
}

export interface QueueParts extends RunParts {
  leases: LeaseStore;
  times: QueueTimes;
  newToken: () => string;
}

/** Longest sleep between two looks: a laptop that was closed, or whose clock was set, wakes up late otherwise. */
const longestSleepMs = 60_000;

/**
 * Runs what is due: one delivery a destination at a time, several destinations beside each other. Nothing is kept in
 * memory that the database does not know, so it may be killed at any moment.
 */
export function createQueue(parts: QueueParts) {
  const { leases, now, times, log } = parts;
  /** By lease token. */
  const running = new Map<string, { id: string; controller: AbortController; done: Promise<void> }>();
  /** Held sites that are being asked. */
  const asking = new Map<Held, { controller: AbortController; done: Promise<void> }>();
  let started = false;
  let timer: NodeJS.Timeout | undefined;

  const isoIn = (ms: number) => new Date(now().getTime() + ms).toISOString();

  /** Keeps the leases of what runs here, also after a sleep of the whole machine; ends what lost its lease. */
  function renewAll(): void {
    for (const [token, { id, controller }] of running) {
      if (!leases.renew(id, token, isoIn(times.leaseMs))) controller.abort();
    }
    for (const [held, { controller }] of asking) {
      const longer = isoIn(times.leaseMs);
      if (leases.renewHold(held, longer)) held.until = longer;
      else controller.abort();
    }
  }

  function claim(): { record: DeliveryRecord; token: string } | undefined {
    renewAll();
    // The longest wait the queue itself ever sets, with room for its spread.
    const rescued = leases.rescue(isoIn(0), isoIn(2 * Math.max(times.longestMs, times.leaseMs)));
    if (rescued > 0) log('delivery-rescued', { rescued });
    const token = parts.newToken();
    const record = leases.claim({ now: isoIn(0), token, until: isoIn(times.leaseMs), sends: parts.trusted() });
    return record && { record, token };
  }

  /** Renews three times as often as needed, until it is told to end. */
  function keepRenewing(): () => void {
    const heartbeat = setInterval(() => {
      try {
        renewAll();
      } catch (error) {
        // The lease then runs out, and the fence keeps this worker from writing.
        log('delivery-heartbeat', { error: nameOf(error) });
      }
    }, times.leaseMs / 3);
    return () => clearInterval(heartbeat);
  }

  async function run(record: DeliveryRecord, token: string, controller: AbortController): Promise<void> {
    const endRenewing = keepRenewing();
    parts.onChange('deliveries');
    try {
      await work(parts, record, token, controller.signal);
    } catch (error) {
      log('delivery-database', { id: record.id, error: nameOf(error) });
    } finally {
      endRenewing();
      running.delete(token);
      parts.onChange('deliveries');
      if (started) pump();
    }
  }

  /** Asks the held sites that are due, each beside the others. */
  function askHeld(): void {
    for (let held = claimHold(); held !== undefined; held = claimHold()) {
      const of = held;
      const controller = new AbortController();
      const endRenewing = keepRenewing();
      const done = askHeldSite(parts, of, controller.signal)
        .catch((error: unknown) => {
          if (controller.signal.aborted) leases.leaveHold(of);
          else log('delivery-database', { error: nameOf(error) });
        })
        .catch((error: unknown) => log('delivery-database', { error: nameOf(error) }))
        .finally(() => {
          endRenewing();
          asking.delete(of);
          parts.onChange('destinations');
          parts.onChange('deliveries');
          if (started) pump();
        });
      asking.set(of, { controller, done });
    }
  }

  function claimHold(): Held | undefined {
    return leases.claimHold(isoIn(0), isoIn(times.leaseMs));
  }

  /** Starts whatever is due and sets the clock for what comes next. */
  function pump(): void {
    clearTimeout(timer);
    let sleep = longestSleepMs;
    try {
      for (let next = claim(); next !== undefined; next = claim()) {
        const controller = new AbortController();
        // Entered before it runs: a quick end must find itself to remove.
        const entry = { id: next.record.id, controller, done: Promise.resolve() };
        running.set(next.token, entry);
        entry.done = run(next.record, next.token, controller);
      }
      askHeld();
      const due = leases.nextDue(parts.trusted());
      if (due !== undefined) sleep = Math.min(sleep, Math.max(0, Date.parse(due) - now().getTime()) + 1);
    } catch (error) {
      log('delivery-database', { error: nameOf(error) });
    }
    if (started) timer = setTimeout(pump, sleep);
  }

  return {
    start(): void {
      if (started) return;
      started = true;
      pump();
    },

    /** Lets running steps finish for a moment, then aborts them; resolves when every lease is settled or released. */
    async stop(): Promise<void> {
      started = false;
      clearTimeout(timer);
      const rest = [...running.values(), ...asking.values()];
      const grace = setTimeout(() => {
        for (const { controller } of rest) controller.abort();
      }, times.graceMs);
      await Promise.all(rest.map((entry) => entry.done));
      clearTimeout(grace);
    },

    /** Something may have become due. */
    wake(): void {
      if (started) pump();
    },

    /** Ends the run of a delivery whose lease was taken away. */
    abort(id: string): void {
      for (const entry of running.values()) if (entry.id === id) entry.controller.abort();
    },
  };
}

function nameOf(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${error.message}` : 'unknown';
}
