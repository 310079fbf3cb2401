import type { Choices } from '../../shared/contract/consent.ts';
import type { Warning } from '../../shared/domain/sound.ts';
import type { Api } from '../api.ts';
import { estimateGain } from '../audio/estimate-gain.ts';
import { prepareListenBack } from '../audio/listen-back.ts';
import type { ListenBack, Microphone, Recording } from '../audio/types.ts';
import { insist, keepTake, within } from './calls.ts';
import { deliverTake, type Judged } from './deliver-take.ts';
import type { FinishedTake, Kept, PortraitKey, TakeOrder } from './ports.ts';

/** Seconds after « go » below which there is nothing to listen to. */
const leastSeconds = 0.4;
/** Milliseconds the listen-back waits for the studio's verdict; then it goes by its own estimate. */
const verdictPatience = 900;
/** Seconds before « go » that are kept where there is no verdict to trim by. */
const lead = 0.2;

/** One take's sound: recorded, delivered whatever happens, and heard again. */
export interface TakeSound {
  /** As the studio knows it now: its ids change when it had to be sent again as another one. */
  readonly order: TakeOrder;
  callOff(): void;
  /** `stopped` is called when nothing more is recorded. */
  finish(stopped: () => void): Promise<FinishedTake | 'nothing'>;
  /** The studio's findings, when they come; null when the sound could not be analysed. */
  readonly verdict: Promise<Warning[] | null>;
  readonly listenBack: ListenBack | null;
  /** Settles once the studio has kept it, however long that takes; null when it was already past keeping. */
  keep(choices: Choices): Promise<Kept | null>;
  /** Lets the sound go; what is not delivered yet is delivered all the same. */
  letGo(): void;
  /** The visitor wants it erased: nothing more is delivered. */
  abandon(): void;
}

export function createTakeSound(
  api: Api,
  microphone: Microphone,
  first: TakeOrder,
  goAt: number,
  fresh: () => PortraitKey & { takeId: string },
  hostsWord: (signal: AbortSignal) => Promise<string | null>,
): TakeSound {
  const { sampleRate, device, method } = microphone;
  const source = { sampleRate, device, method };
  const recording: Recording = microphone.record({ takeId: first.takeId, token: first.token, goAt });
  const { promise: verdict, resolve: judge } = Promise.withResolvers<Warning[] | null>();
  const leaving = new AbortController();
  let order = first;
  let closing: Promise<Judged> | undefined;
  let finishing: Promise<FinishedTake | 'nothing'> | undefined;
  let listenBack: ListenBack | null = null;

  async function finish(over: () => void): Promise<FinishedTake | 'nothing'> {
    const stopped = await recording.stop();
    over();
    const go = stopped.goFrame / stopped.sampleRate;
    const length = stopped.samples.length / stopped.sampleRate;
    if (length - go < leastSeconds) {
      recording.abandon();
      return 'nothing';
    }
    const prepared = prepareListenBack(stopped.samples, stopped.sampleRate);
    closing = deliverTake(order, stopped, {
      api,
      recording,
      source,
      fresh,
      hostsWord,
      became(changed) {
        order = changed;
      },
      signal: leaving.signal,
    });
    closing.then(
      (judged) => judge(judged.verdict?.analysis.warnings ?? null),
      () => undefined,
    );
    const judged = await within(
      verdictPatience,
      closing.catch(() => 'late' as const),
    );
    const known = judged === 'late' ? null : judged.verdict;
    const gainDb = known?.gainDb ?? estimateGain(stopped.samples, stopped.sampleRate);
    const trim = known?.trim ?? { start: Math.max(0, go - lead), end: length };
    listenBack = await prepared.render(gainDb, trim);
    return {
      takeId: first.takeId,
      seconds: listenBack.duration,
      peaks: listenBack.peaks,
      warnings: known?.analysis.warnings ?? null,
    };
  }

  return {
    get order() {
      return order;
    },
    verdict,
    get listenBack() {
      return listenBack;
    },
    callOff: () => recording.abandon(),
    finish: (over) => {
      finishing ??= finish(over);
      return finishing;
    },
    async keep(choices) {
      await closing;
      const kept = await insist(() => keepTake(api, order, choices));
      return kept === 'refused' ? null : kept;
    },
    letGo() {
      listenBack?.close();
      listenBack = null;
      if (closing === undefined) recording.abandon();
    },
    abandon() {
      leaving.abort();
      recording.abandon();
    },
  };
}
