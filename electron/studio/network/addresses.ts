import { networkInterfaces } from 'node:os';

/**
 * This machine's addresses on the networks around it, those a host would type: IPv4, neither loopback nor the ones a
 * machine gives itself when no network answers.
 */
export function ownAddresses(): string[] {
  return Object.values(networkInterfaces())
    .flatMap((addresses) => addresses ?? [])
    .filter(({ family, internal, address }) => family === 'IPv4' && !internal && !address.startsWith('169.254.'))
    .map(({ address }) => address);
}
