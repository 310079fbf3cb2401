import { useCallback, useEffect, useRef, useState } from 'react';
import type { TestState } from '../../../shared/contract/devices.ts';
import type { ChosenDevice } from '../../../shared/domain/devices.ts';
import { useDesk } from '../desk-context.ts';

/** As often as the booth tells it. */
const askEvery = 200;
/** The booth's page may sit in a long question; longer than this it does not answer. */
const patienceMs = 8000;

const notes = {
  waiting: 'devicesWaiting',
  running: null,
  done: null,
  visit: 'devicesVisit',
  missing: 'devicesGone',
  failed: 'devicesFailed',
} as const satisfies Record<TestState['state'], string | null>;
type Note = Exclude<(typeof notes)[keyof typeof notes], null> | 'devicesHeard';

/** In dBFS. */
export interface SoundLevel {
  rmsDb: number;
  peakDb: number;
}
/** Nothing is heard, or nothing is listened to. */
export const silence: SoundLevel = { rmsDb: -120, peakDb: -120 };

/** Asks the booth's page to let its microphone's level be seen, or to play a tone, until it is stopped or left. */
export function useSoundTest(sort: 'microphone' | 'loudspeaker') {
  const { api } = useDesk();
  const [level, setLevel] = useState(silence);
  const [running, setRunning] = useState(false);
  const [note, setNote] = useState<Note | null>(null);
  const over = useRef<AbortController>(undefined);

  const stop = useCallback(() => {
    over.current?.abort();
    over.current = undefined;
    setRunning(false);
    setLevel(silence);
    setNote(null);
  }, []);
  useEffect(() => () => over.current?.abort(), []);

  async function follow(device: ChosenDevice, signal: AbortSignal): Promise<Note | null> {
    const { id } = await api.devices.test({ sort, device }, { signal });
    const asked = performance.now();
    signal.addEventListener('abort', () => void api.devices.stopTest({ id }).catch(() => undefined));
    for (;;) {
      const { state, rmsDb, peakDb } = await api.devices.level({ id }, { signal });
      setLevel({ rmsDb, peakDb });
      if (state === 'waiting') {
        if (performance.now() - asked > patienceMs) return 'devicesFailed';
        setNote('devicesWaiting');
      } else if (state === 'running') setNote(null);
      else return state === 'done' && sort === 'loudspeaker' ? 'devicesHeard' : notes[state];
      await new Promise((resolve) => setTimeout(resolve, askEvery));
    }
  }

  function begin(device: ChosenDevice): void {
    stop();
    const mine = new AbortController();
    over.current = mine;
    setRunning(true);
    follow(device, mine.signal)
      .catch((): Note => 'devicesFailed')
      .then((said) => {
        if (mine.signal.aborted) return;
        stop();
        setNote(said);
      });
  }

  return { level, running, note, begin, stop };
}
