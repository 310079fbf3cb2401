import { networkInterfaces } from 'node:os';

/** Addresses this computer has on the net at the moment, loopback left out; sorted. */
export function ownAddresses(): string[] {
  const all = Object.values(networkInterfaces()).flatMap((addresses) => addresses ?? []);
  return all
    .filter((address) => !address.internal)
    .map((address) => address.cidr ?? address.address)
    .sort();
}

export interface WayOutParts {
  addresses: () => string[];
  /** Milliseconds between two looks. */
  everyMs: number;
  /** Called when the computer has an address it had not at the last look: Wi-Fi joined, cable plugged in, phone shared. */
  onNew: () => void;
}

/** Watches for a new way to the net, with and without Electron alike. */
export function watchWayOut(parts: WayOutParts) {
  let timer: NodeJS.Timeout | undefined;
  let known = new Set<string>();

  function look(): void {
    const now = new Set(parts.addresses());
    const fresh = [...now].some((address) => !known.has(address));
    known = now;
    if (fresh) parts.onNew();
  }

  return {
    start(): void {
      clearInterval(timer);
      known = new Set(parts.addresses());
      timer = setInterval(look, parts.everyMs);
      // Alone it is no reason to keep the process alive.
      timer.unref();
    },
    stop: (): void => clearInterval(timer),
  };
}
