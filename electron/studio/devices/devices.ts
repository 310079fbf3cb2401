import type { BoothDevices, SoundTest, TestState } from '../../../shared/contract/devices.ts';

/** A test nobody has looked at for this long is over: the desk's page is closed, or its line is dead. */
const unwatchedMs = 3000;
/** And none lasts longer, watched or not: a microphone is not left open by a page left open. */
const longestMs = 60_000;
/** A booth's page that has not asked for this long is not there; it asks at least every 25 s. */
const awakeMs = 40_000;

export interface DevicesPorts {
  now(): Date;
  /** Milliseconds of a clock that nobody sets. */
  uptime(): number;
  newId(): string;
  onChange(): void;
}

interface Running {
  test: SoundTest;
  state: TestState;
  begun: number;
  watched: number;
}

const untold: TestState = { state: 'waiting', rmsDb: -120, peakDb: -120 };

/**
 * What the booth's page has for ears and mouth, and the errand between a desk and that page: which test a host wants, and
 * how loud it is there. The page is where the devices are, so it is never asked for anything but through its own poll.
 */
export function createDevices({ now, uptime, newId, onChange }: DevicesPorts) {
  let devices: BoothDevices | undefined;
  let seenAt: string | undefined;
  let asked = Number.NEGATIVE_INFINITY;
  let running: Running | undefined;
  // From the clock, as the changes' are: a page that outlived the studio is behind, and looks again.
  let seq = Math.floor(now().getTime());
  let reread = seq;
  const waiting = new Set<() => void>();

  function wake(): void {
    seq += 1;
    for (const go of [...waiting]) go();
  }

  function current(): Running | undefined {
    if (running === undefined) return undefined;
    const at = uptime();
    if (at - running.watched <= unwatchedMs && at - running.begun <= longestMs) return running;
    running = undefined;
    return undefined;
  }

  return {
    known: () => ({
      seenAt: seenAt ?? null,
      awake: uptime() - asked < awakeMs || waiting.size > 0,
      devices: devices ?? null,
    }),
    report(told: BoothDevices): void {
      const changed = JSON.stringify(told) !== JSON.stringify(devices);
      devices = told;
      seenAt = now().toISOString();
      if (changed) onChange();
    },
    /** The booth's page is to look at its devices and the settings again. */
    chosen(): void {
      reread = seq + 1;
      wake();
      onChange();
    },
    begin(wanted: Omit<SoundTest, 'id'>): string {
      const id = newId();
      running = { test: { id, ...wanted }, state: untold, begun: uptime(), watched: uptime() };
      wake();
      return id;
    },
    level(id: string): TestState {
      const test = current();
      if (test?.test.id !== id) return { ...untold, state: 'done' };
      test.watched = uptime();
      return test.state;
    },
    stop(id: string): void {
      if (running?.test.id !== id) return;
      running = undefined;
      wake();
    },
    async orders(after: number, waitMs: number, signal?: AbortSignal) {
      asked = uptime();
      if (after === seq && waitMs > 0) {
        await new Promise<void>((resolve) => {
          const done = () => {
            clearTimeout(timer);
            waiting.delete(done);
            signal?.removeEventListener('abort', done);
            resolve();
          };
          const timer = setTimeout(done, waitMs);
          waiting.add(done);
          signal?.addEventListener('abort', done);
        });
        asked = uptime();
      }
      return { seq, test: current()?.test ?? null, reread: reread > after };
    },
    /** Whether the test is still wanted. */
    tell(id: string, state: TestState): boolean {
      const test = current();
      if (test?.test.id !== id) return false;
      test.state = state;
      return state.state === 'running' || state.state === 'waiting';
    },
    /** Lets a waiting page go, so that the studio can close. */
    close(): void {
      wake();
    },
  };
}
export type Devices = ReturnType<typeof createDevices>;
