import { isIP } from 'node:net';
import { closeMs } from './bounds.ts';

/** The time a site gave with an answer. */
export interface Heard {
  host: string;
  /** Milliseconds since the epoch. */
  at: number;
  /** Over TLS, so that it is the site itself that answers. */
  secure: boolean;
}

/** Machines of the same room may share our mistake; a site has to stand elsewhere to be a witness. */
export function standsElsewhere(host: string): boolean {
  const name = host.replace(/^\[|\]$/g, '').toLowerCase();
  if (isIP(name) === 4) return !/^(0|10|127|169\.254|192\.168|172\.(1[6-9]|2\d|3[01]))\./.test(name);
  if (isIP(name) === 6) return !/^(::1?$|f[cd]|fe[89ab]|::ffff:)/.test(name);
  return name.includes('.') && !/\.(localhost|local|lan|home|internal)$/.test(name);
}

/** How many sites are remembered. */
const mostSites = 50;

/** What sites said of the time. One alone orders nothing: it can only agree with another reading. */
export function createWitnesses(steady: () => number) {
  /** By host: site's time less the steady count. */
  const said = new Map<string, { apart: number; secure: boolean }>();
  const all = () => [...said.values()];
  const timeOf = ({ apart }: { apart: number }) => apart + steady();

  return {
    /** False for one that is no witness. */
    hear({ host, at, secure }: Heard): boolean {
      if (!Number.isFinite(at) || !standsElsewhere(host)) return false;
      said.delete(host);
      said.set(host, { apart: at - steady(), secure });
      if (said.size > mostSites) said.delete(said.keys().next().value ?? host);
      return true;
    },
    /** Whether sites bear out this time: one over TLS, or two in the clear. */
    agree(time: number): boolean {
      const agreeing = all().filter((one) => Math.abs(timeOf(one) - time) <= closeMs);
      return agreeing.some(({ secure }) => secure) || agreeing.length >= 2;
    },
    /** Another time on which two sites over TLS agree, and which none contradicts. */
    other(time: number): number | undefined {
      const secure = all().filter((one) => one.secure);
      if (secure.some((one) => Math.abs(timeOf(one) - time) <= closeMs)) return undefined;
      for (const one of secure) {
        const together = secure.filter((two) => Math.abs(two.apart - one.apart) <= closeMs);
        if (together.length >= 2) return timeOf(one);
      }
      return undefined;
    },
    forget: (): void => said.clear(),
  };
}
