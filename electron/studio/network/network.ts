import type { StaffActor } from '../../../shared/domain/actor.ts';
import type { Certificate } from './certificate.ts';
import type { Listen, Listening, NetworkStaff, NetworkStore } from './ports.ts';

/** How often the day's end and the machine's addresses are looked at. */
const lookMs = 15_000;
/** Tried first; another free one where it is taken. */
const wishedPort = 7443;
/** An event goes on past midnight; its day is over at this hour, by the booth's own clock. */
const dayEnds = 4;

export interface NetworkParts {
  store: NetworkStore;
  staff: NetworkStaff;
  certificate: Certificate;
  addresses: () => readonly string[];
  now: () => Date;
  onChange(): void;
  log(what: string, error?: unknown): void;
  /** A port to use instead of the usual one, for tests. */
  port?: number | undefined;
}

export interface NetworkState {
  on: boolean;
  until: string | null;
  addresses: string[];
  fingerprint: string | null;
  /** Why nobody can reach it although it is on. */
  problem: 'noNetwork' | 'notOpened' | null;
}

/** The end of the day that is running at `now`: the next time it is four in the morning. */
export function endOfDay(now: Date): Date {
  const end = new Date(now);
  end.setHours(dayEnds, 0, 0, 0);
  if (end.getTime() <= now.getTime()) end.setDate(end.getDate() + 1);
  return end;
}

/**
 * Whether the desk stands on the network: wanted by an organiser until the day is over, and after a restart only if
 * still so. It knows no sockets: it is given a way to listen, and has one address opened for each network.
 */
export function createNetwork(parts: NetworkParts) {
  const { store, staff, certificate, now, onChange, log } = parts;
  let listen: Listen | undefined;
  let open: { host: string; listening: Listening }[] = [];
  let fingerprint: string | null = null;
  let problem: NetworkState['problem'] = null;
  let closed = false;
  // Switching, looking and closing one after the other: each finds what the last one left.
  let line: Promise<unknown> = Promise.resolve();
  function inLine<T>(work: () => Promise<T>): Promise<T> {
    const answer = line.then(work);
    line = answer.catch(() => undefined);
    return answer;
  }

  /** Still wanted at this moment; a clock set back before it was switched on does not make the day longer. */
  function wanted(): boolean {
    const { since, until } = store.get();
    if (since === null || until === null) return false;
    const time = now().getTime();
    return time >= Date.parse(since) && time < Date.parse(until);
  }

  async function closeAll(): Promise<void> {
    const closing = open;
    open = [];
    await Promise.all(closing.map(({ listening }) => listening.close()));
  }

  async function openOn(listening: Listen, host: string, identity: Parameters<Listen>[0]['identity']) {
    const port = parts.port ?? store.get().port ?? wishedPort;
    const at = { host, port, identity };
    try {
      return { host, listening: await listening(at).catch(() => listening({ ...at, port: 0 })) };
    } catch (error) {
      log('the desk could not be opened on an address', error);
      return undefined;
    }
  }

  /** Brings what is open to what is wanted, and to the addresses there are. */
  async function settle(): Promise<void> {
    const before = JSON.stringify(state());
    if (closed || listen === undefined || !wanted()) {
      await closeAll();
      problem = null;
    } else {
      const addresses = [...new Set(parts.addresses())].sort();
      const standing = open.map(({ host }) => host).sort();
      if (addresses.join() !== standing.join()) {
        await closeAll();
        if (addresses.length > 0) {
          const identity = await certificate.of(addresses);
          fingerprint = identity.fingerprint;
          for (const host of addresses) {
            const opened = await openOn(listen, host, identity);
            if (opened !== undefined) open.push(opened);
          }
          const port = open[0]?.listening.port ?? null;
          if (port !== null && port !== store.get().port) store.save({ ...store.get(), port });
        }
      }
      problem = addresses.length === 0 ? 'noNetwork' : open.length === 0 ? 'notOpened' : null;
    }
    if (JSON.stringify(state()) !== before) onChange();
  }

  function state(): NetworkState {
    const on = wanted();
    return {
      on,
      until: on ? store.get().until : null,
      addresses: open.map(({ host, listening }) => `https://${host}:${listening.port}`),
      fingerprint: open.length > 0 ? fingerprint : null,
      problem,
    };
  }

  async function off(actor: StaffActor | 'studio', action: string): Promise<void> {
    store.save({ since: null, until: null, port: store.get().port }, { actor, action });
    staff.disconnectAll();
    await settle();
    onChange();
  }

  async function look(): Promise<void> {
    if (store.get().until !== null && !wanted()) await off('studio', 'network-day-over');
    else await settle();
  }
  const tick = () => inLine(look).catch((error: unknown) => log('the desk on the network failed', error));
  const looking = setInterval(tick, lookMs);
  looking.unref();

  return {
    state,
    /** Whether requests from the network are answered at this moment; the day may have ended since the last look. */
    isOpen: () => !closed && wanted(),
    /** Gives it a way to listen, and opens it if it is still wanted. */
    attach(way: Listen): Promise<void> {
      listen = way;
      // A booth whose network fails is still a booth.
      return tick();
    },
    /** Opens it until the day is over; a network closed by wrong PINs is heard again. */
    switchOn(actor: StaffActor): Promise<NetworkState> {
      return inLine(async () => {
        const { port } = store.get();
        const wish = { since: now().toISOString(), until: endOfDay(now()).toISOString(), port };
        staff.unlock();
        store.save(wish, { actor, action: 'network-opened' });
        await settle();
        onChange();
        return state();
      });
    },
    /** Closes it and ends every session that was opened over it. */
    switchOff(actor: StaffActor): Promise<NetworkState> {
      return inLine(async () => {
        if (store.get().until !== null) await off(actor, 'network-closed');
        return state();
      });
    },
    /** Looks at the day and the addresses now. */
    look: () => inLine(look),
    async close(): Promise<void> {
      closed = true;
      clearInterval(looking);
      await inLine(closeAll);
    },
  };
}
export type Network = ReturnType<typeof createNetwork>;
