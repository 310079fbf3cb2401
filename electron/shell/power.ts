import type { PowerSaveBlocker } from 'electron';

/** Keeps the screen and the machine awake; answers how to let them sleep again. */
export function keepAwake(blocker: Pick<PowerSaveBlocker, 'start' | 'stop' | 'isStarted'>): () => void {
  const id = blocker.start('prevent-display-sleep');
  return () => {
    if (blocker.isStarted(id)) blocker.stop(id);
  };
}
