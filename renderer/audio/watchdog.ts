import type { Trouble } from './types.ts';

/** A suspended source sends no event at all; data simply stops. */
const noDataMs = 700;
/** A muted or dead input gives digital zeros; a real microphone's noise never does for this long. */
const zerosMs = 2000;

/**
 * Watches the sound itself, because browsers tell only of some losses. Times are milliseconds of any one clock.
 * `ended` and `moved` stay; `noData` and `zeros` pass when sound comes back.
 */
export function createWatchdog(nowMs: number, tell: (trouble: Trouble | undefined) => void) {
  let lastData = nowMs;
  let lastSound = nowMs;
  let lasting: Trouble | undefined;
  let told: Trouble | undefined;

  function look(now: number): void {
    const found = lasting ?? (now - lastData > noDataMs ? 'noData' : now - lastSound > zerosMs ? 'zeros' : undefined);
    if (found === told) return;
    told = found;
    tell(found);
  }

  return {
    block(samples: Float32Array, now: number): void {
      // After a gap nothing is known of the sound in between, so the zeros are counted anew.
      if (told === 'noData') lastSound = now;
      lastData = now;
      if (samples.some((value) => value !== 0)) lastSound = now;
      look(now);
    },
    tick: look,
    lost(trouble: 'ended' | 'moved', now: number): void {
      lasting ??= trouble;
      look(now);
    },
  };
}
