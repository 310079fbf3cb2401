import { setImmediate } from 'node:timers/promises';
import type { DestinationKind, Site, Standing } from './kind.ts';
import type { DestinationStore, Log } from './ports.ts';

export interface AskSitesParts {
  destinations: Pick<DestinationStore, 'list'>;
  kind: (name: string) => DestinationKind | undefined;
  site: (destinationId: string) => Site | 'noPassword' | undefined;
  /** Portraits that stand at a destination and have a code. */
  standing: (destinationId: string) => Standing[];
  /**
   * Writes down what a site told; true once it stands on the disk, or stood there. False for what this site has no say in:
   * another booth's portrait, or one that was never sent there.
   */
  onWithdrawn: (told: { portraitId: string; destinationId: string; ref: string }) => boolean;
  log: Log;
  /** Milliseconds between two rounds. */
  everyMs: number;
}

/** After so many rows others are let work. */
const rowsATurn = 100;

/**
 * Asks the sites, now and then and whenever the net comes back, who withdrew there, and tells them of portraits they do not
 * know as such. Only what is written down is acknowledged: a portrait of another booth is left for it to hear of.
 */
export function createAskSites(parts: AskSitesParts) {
  const { destinations, kind, site, standing, onWithdrawn, log, everyMs } = parts;
  let timer: NodeJS.Timeout | undefined;
  let stop = new AbortController();
  let round: Promise<void> = Promise.resolve();

  async function ask(destination: { id: string; kind: string }, signal: AbortSignal): Promise<void> {
    const way = kind(destination.kind)?.withdrawals;
    const at = site(destination.id);
    if (way === undefined || at === undefined || at === 'noPassword') return;
    const asked = await way.list(at, signal);
    // The deliveries tell what is wrong with a site; the next round asks again.
    if (!asked.ok) return;
    for (const [index, { ref, portraitId }] of asked.value.entries()) {
      if (index % rowsATurn === rowsATurn - 1) await setImmediate();
      if (signal.aborted) return;
      if (!onWithdrawn({ portraitId, destinationId: destination.id, ref })) continue;
      log('withdrawn-on-site', { destination: destination.id, portrait: portraitId });
      await way.heard(at, ref, signal);
    }
    const declared = await way.declare(at, standing(destination.id), signal);
    if (declared > 0) log('declared-to-site', { destination: destination.id, portraits: declared });
  }

  async function all(signal: AbortSignal): Promise<void> {
    for (const destination of destinations.list()) {
      if (signal.aborted) return;
      // A paused destination is asked as well: somebody may have withdrawn there all the same.
      await ask(destination, signal).catch((error: unknown) => {
        if (!signal.aborted) log('ask-sites', { error: error instanceof Error ? error.message : 'unknown' });
      });
    }
  }

  function now(): Promise<void> {
    const { signal } = stop;
    round = round.then(() => all(signal));
    return round;
  }

  return {
    /** Asks every site once; resolves when all have answered or failed. */
    now,
    start(): void {
      stop = new AbortController();
      timer = setInterval(() => void now(), everyMs);
      timer.unref();
      void now();
    },
    async stop(): Promise<void> {
      clearInterval(timer);
      stop.abort();
      await round;
    },
  };
}
