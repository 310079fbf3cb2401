import type { Stop } from './ports.ts';

/**
 * Plays spoken texts one after the other; one that cannot be played is passed over. The function stops it; `over` is
 * called once, when the last has ended, and never after a stop. `lead` takes each to the loudspeaker first.
 */
export function readAloud(
  addresses: readonly string[],
  over: () => void,
  lead: (player: object) => Promise<void> = async () => undefined,
): Stop {
  const ended = new AbortController();
  let voice: HTMLAudioElement | undefined;

  function say(place: number): void {
    if (ended.signal.aborted) return;
    const address = addresses[place];
    if (address === undefined) {
      ended.abort();
      over();
      return;
    }
    const spoken = new Audio(address);
    let told = false;
    const next = () => {
      if (told) return;
      told = true;
      say(place + 1);
    };
    voice = spoken;
    for (const name of ['ended', 'error']) spoken.addEventListener(name, next, { signal: ended.signal });
    void lead(spoken).then(() => {
      if (!ended.signal.aborted) spoken.play().catch(next);
    });
  }

  say(0);
  return () => {
    ended.abort();
    voice?.pause();
  };
}
