import { createContext, useContext, useEffect, useState } from 'react';
import type { SnapshotFrom } from 'xstate';
import type { boothWords } from '../../shared/i18n/booth/words.ts';
import type { Say } from '../../shared/i18n/words.ts';
import type { boothMachine } from './chart/machine.ts';
import type { BoothContext, BoothEvent, Visit } from './chart/visit.ts';
import type { Mode } from './input/mode.ts';
import type { BoothSound } from './ports.ts';

export type BoothSnapshot = SnapshotFrom<typeof boothMachine>;

/** What every screen is given. */
export interface BoothView {
  config: BoothContext['config'];
  readiness: BoothContext['readiness'];
  visit: Visit;
  matches: (state: Parameters<BoothSnapshot['matches']>[0]) => boolean;
  /** Tells the statechart what the visitor did. A tap that still belonged to the screen before is passed over. */
  act: (event: BoothEvent) => void;
  say: Say<(typeof boothWords)['fr']>;
  sound: BoothSound;
  mode: Mode;
}

export const BoothViewContext = createContext<BoothView | null>(null);

export function useBooth(): BoothView {
  const view = useContext(BoothViewContext);
  if (view === null) throw new Error('a booth screen outside the booth');
  return view;
}

/** The service clock, read anew every so many milliseconds. */
export function useNow(every: number): number {
  const { sound } = useBooth();
  const [now, setNow] = useState(() => sound.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(sound.now()), every);
    return () => clearInterval(timer);
  }, [sound, every]);
  return now;
}

/** Whether the visitor asked their system for less motion. */
export function stillness(): boolean {
  return matchMedia('(prefers-reduced-motion: reduce)').matches;
}
