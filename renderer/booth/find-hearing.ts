import type { Hearing } from '../audio/types.ts';

/** Milliseconds a finding must last before it is told: praise soon, criticism only when it is sure. */
const lasting: Record<Hearing, number> = { good: 400, tooLoud: 1200, tooQuiet: 1500, nothingHeard: 6000 };

/**
 * Makes findings out of what is heard a few times a second. Answers a finding once it has lasted, and each only when it
 * is news. After `good` only `tooLoud` is news: who has been heard well need not go on talking.
 */
export function createFinder() {
  let current: Hearing | undefined;
  let since = 0;
  let told: Hearing | undefined;
  return {
    hear(hearing: Hearing, now: number): Hearing | undefined {
      if (hearing !== current) {
        current = hearing;
        since = now;
      }
      if (hearing === told || now - since < lasting[hearing]) return undefined;
      if (told === 'good' && hearing !== 'tooLoud') return undefined;
      told = hearing;
      return hearing;
    },
    /** Begins to listen anew (what was said aloud by the booth must not be judged); what was told stays told. */
    restart(now: number): void {
      current = undefined;
      since = now;
    },
  };
}
