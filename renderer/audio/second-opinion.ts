import { patience } from './patience.ts';
import type { Verdict } from './same-sound.ts';
import { connectCheck } from './source.ts';

/** Every effect of the browser is off. */
export const plain = { echoCancellation: false, noiseSuppression: false, autoGainControl: false };

/** Where nothing could be told, it is asked again at most so many times. */
const mostTries = 4;

/**
 * PulseAudio moves every stream of a source that was the default when another becomes it, without any event and though the
 * stream was opened by its device's own id (`pa_source_move_streams_to_default_source`); only a client's flag that no
 * browser sets would keep it. A moment's sound is lost in it. So after such a loss, and only then, a second stream of that
 * id is opened: where it carries something else, the recording goes on with it (`replace`). Other systems leave a stream
 * opened by an id where it is, so nothing is done there; nor where sound does not come in exactly.
 */
export function createSecondOpinion(options: {
  deviceId: string;
  worker: Worker;
  exact: boolean;
  replace(second: MediaStreamTrack): void;
}) {
  const { deviceId, worker, exact, replace } = options;
  const able = exact && /linux/i.test(navigator.userAgent) && !/android/i.test(navigator.userAgent);
  let closed = false;
  let asking = false;
  let tries = 0;
  let asked = 0;
  let answered: ((verdict: Verdict) => void) | undefined;

  async function compare(): Promise<Verdict> {
    let second: MediaStreamTrack | undefined;
    try {
      const audio = { ...plain, deviceId: { exact: deviceId } };
      [second] = (await navigator.mediaDevices.getUserMedia({ audio })).getAudioTracks();
      if (second === undefined || closed) return 'same';
      const verdict = new Promise<Verdict>((resolve) => {
        answered = resolve;
      });
      if (!connectCheck(second, worker)) return 'same';
      const found = await verdict;
      if (found === 'other' && !closed) {
        replace(second);
        second = undefined;
      }
      return found;
    } catch {
      // A device that can be opened only once is not moved either; one that is gone is told by its list.
      return 'same';
    } finally {
      second?.stop();
    }
  }

  async function run(): Promise<void> {
    asking = true;
    while (tries > 0 && !closed) {
      tries -= 1;
      const before = asked;
      const found = await compare();
      if (found !== 'unknown' && asked === before) tries = 0;
      // A machine that loses sound because it has too much to do is not given more at once.
      await new Promise((resolve) => setTimeout(resolve, patience.verify));
    }
    asking = false;
  }

  return {
    /** Sound was lost: is this still the device? */
    ask(): void {
      asked += 1;
      tries = mostTries;
      if (able && !asking) void run();
    },
    /** What the worker found. */
    answer(verdict: Verdict): void {
      answered?.(verdict);
    },
    /** Nobody needs it any more, or the worker will not answer: no second stream stays open. */
    close(): void {
      closed = true;
      answered?.('unknown');
    },
  };
}
