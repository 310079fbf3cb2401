import type { DestinationKind, Site } from './kind.ts';
import type { DestinationStore, Log } from './ports.ts';

export interface AskSitesParts {
  destinations: Pick<DestinationStore, 'list'>;
  kind: (name: string) => DestinationKind | undefined;
  site: (destinationId: string) => Site | 'noPassword' | undefined;
  /** Withdraws the portrait here; false for one this booth does not know. */
  onWithdrawn: (portraitId: string) => boolean;
  log: Log;
  /** Milliseconds between two rounds. */
  everyMs: number;
}

/**
 * Asks the sites, now and then and whenever the net comes back, who withdrew there. Only what this booth knows is
 * acknowledged: a portrait of another booth is left for it to hear of.
 */
export function createAskSites(parts: AskSitesParts) {
  const { destinations, kind, site, onWithdrawn, log, everyMs } = parts;
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
    for (const portraitId of asked.value) {
      if (!onWithdrawn(portraitId)) continue;
      log('withdrawn-on-site', { destination: destination.id, portrait: portraitId });
      await way.heard(at, portraitId, signal);
    }
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
