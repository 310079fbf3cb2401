import type { SoundTest, TestState } from '../../shared/contract/devices.ts';
import type { Api } from '../api.ts';
import { listDevices, sinkFor } from '../audio/devices.ts';
import { openMicrophone } from '../audio/microphone.ts';
import { playTone } from '../audio/tone.ts';
import type { Level, Microphone } from '../audio/types.ts';

/** The level goes to the desk five times a second: enough to see one's own voice, too coarse to be one. */
const tellEvery = 200;
const patience = 4000;
const silence: Level = { rmsDb: -120, peakDb: -120 };

/**
 * Tests that a host asks for from a desk elsewhere. The host's asking is the agreement under which the microphone is
 * opened, so only between two visits, only while the desk watches, and only its level leaves the page.
 */
export function createSoundTests(api: Api) {
  let between = false;
  let current: { id: string; over: AbortController } | undefined;
  const listeners = new Set<(listening: boolean) => void>();
  const show = (listening: boolean) => {
    for (const tell of listeners) tell(listening);
  };

  async function tell(id: string, state: TestState['state'], level = silence): Promise<boolean> {
    const signal = AbortSignal.timeout(patience);
    return (await api.booth.tellTest({ id, state, ...level }, { signal })).wanted;
  }

  async function listen(test: SoundTest, over: AbortSignal): Promise<TestState['state']> {
    const opening = await openMicrophone({ chosen: test.device });
    if (!opening.ok) return opening.reason === 'chosenMissing' ? 'missing' : 'failed';
    const { microphone } = opening;
    show(true);
    try {
      return await follow(test.id, microphone, over);
    } finally {
      microphone.close();
      show(false);
    }
  }

  /** Tells the loudest of each moment until nobody watches any more, or somebody comes. */
  async function follow(id: string, microphone: Microphone, over: AbortSignal): Promise<TestState['state']> {
    let loudest = silence;
    microphone.onLevel((level) => {
      loudest = {
        rmsDb: Math.max(loudest.rmsDb, level.rmsDb),
        peakDb: Math.max(loudest.peakDb, level.peakDb),
      };
    });
    for (;;) {
      await new Promise((resolve) => setTimeout(resolve, tellEvery));
      if (over.aborted) return between ? 'done' : 'visit';
      if (microphone.trouble === 'ended' || microphone.trouble === 'moved') return 'missing';
      const level = loudest;
      loudest = silence;
      if (!(await tell(id, 'running', level))) return 'done';
    }
  }

  async function sound(test: SoundTest): Promise<TestState['state']> {
    // One without an id is the system's own.
    const { sinkId, missing } = sinkFor(test.device.id === '' ? null : test.device, await listDevices());
    if (missing !== null) return 'missing';
    await tell(test.id, 'running');
    return (await playTone(sinkId)) ? 'done' : 'failed';
  }

  async function run(test: SoundTest, over: AbortController): Promise<void> {
    let state: TestState['state'] = 'visit';
    try {
      if (between) state = await (test.sort === 'microphone' ? listen(test, over.signal) : sound(test));
    } catch {
      state = 'failed';
    }
    await tell(test.id, state).catch(() => undefined);
  }

  function end(): void {
    current?.over.abort();
    current = undefined;
  }

  return {
    /** What the studio wants just now; a test that it no longer wants ends. */
    want(test: SoundTest | null): void {
      if (test !== null && test.id === current?.id) return;
      end();
      if (test === null) return;
      const over = new AbortController();
      current = { id: test.id, over };
      void run(test, over);
    },
    between(now: boolean): void {
      between = now;
      if (!now) current?.over.abort();
    },
    end,
    /** Tells whether a host listens to the microphone, so that the screen can say so. */
    onTest(listener: (listening: boolean) => void): () => void {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
