import { patience } from './patience.ts';
import type { Trouble } from './types.ts';

/**
 * Watches the sound itself, because browsers tell only of some losses. Times are milliseconds of any one clock. Only
 * time this worker was awake counts: of a pause it slept through it knows nothing. `ended` and `moved` stay; `stalled`,
 * `noData` and `zeros` pass when sound comes back.
 */
export function createWatchdog(nowMs: number, tell: (trouble: Trouble | undefined) => void) {
  let looked = nowMs;
  let withoutData = 0;
  /** When the last block came, and for how long blocks have held nothing but zeros. */
  let lastBlock = nowMs;
  let zerosFor = 0;
  let lasting: Trouble | undefined;
  let told: Trouble | undefined;

  function found(): Trouble | undefined {
    if (lasting !== undefined) return lasting;
    if (withoutData > patience.lose) return 'noData';
    if (withoutData > patience.tell) return 'stalled';
    return zerosFor > patience.zeros ? 'zeros' : undefined;
  }

  function look(): void {
    const trouble = found();
    if (trouble === told) return;
    told = trouble;
    tell(trouble);
  }

  return {
    block(samples: Float32Array, now: number): void {
      // Nothing is known of the sound of a pause: it is no part of the zeros.
      const lasted = Math.min(Math.max(0, now - lastBlock), patience.pause);
      zerosFor = samples.some((value) => value !== 0) ? 0 : zerosFor + lasted;
      withoutData = 0;
      lastBlock = now;
      looked = now;
      look();
    },
    tick(now: number): void {
      withoutData += Math.min(Math.max(0, now - looked), patience.look);
      looked = now;
      look();
    },
    lost(trouble: 'ended' | 'moved'): void {
      lasting ??= trouble;
      look();
    },
  };
}
