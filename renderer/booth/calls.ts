import type { Choices } from '../../shared/contract/consent.ts';
import { type Api, settled } from '../api.ts';
import type { StopCall } from '../audio/types.ts';
import type { BeginFailure, Kept, PortraitKey, TakeOrder } from './ports.ts';

/** Milliseconds after which a studio that does not answer counts as out of reach. */
const patience = 5000;

export interface TakeSource {
  sampleRate: number;
  device: string;
  method: 'processor' | 'worklet';
}

/** `capture.start`, its errors made values. */
export async function startTake(api: Api, order: TakeOrder, source: TakeSource): Promise<'begun' | BeginFailure> {
  const { portraitId, takeId, token, questionId, answer, speaker, continues } = order;
  const signal = AbortSignal.timeout(patience);
  const consent = { ...answer, answer: 'yes' as const };
  const { error, isDefined } = await settled(
    api.capture.start(
      { portraitId, takeId, token, questionId, consent, speaker, source, ...(continues ? { continues } : {}) },
      { signal },
    ),
  );
  if (error === null) return 'begun';
  if (!isDefined) return 'unreachable';
  if (error.code === 'DISK_FULL') return 'disk';
  if (error.code === 'GUARDIAN_NEEDED') return 'guardian';
  return error.code === 'UNKNOWN_TEXT' ? 'unknownText' : 'closed';
}

/** `capture.stop` as the recorder wants it. */
export function stopCall(api: Api): StopCall {
  return async (input) => {
    const call = api.capture.stop(input, { signal: AbortSignal.timeout(4 * patience) });
    const { error, data, isDefined } = await settled(call);
    if (error === null) return data;
    if (!isDefined) throw error;
    return error.code === 'MISSING_CHUNKS' ? { missing: error.data.expected } : 'unknownTake';
  };
}

/** `capture.keep`; `refused` when the portrait is already closed or unknown. Rejects when the studio is out of reach. */
export async function keepTake(
  api: Api,
  order: PortraitKey & { takeId: string },
  choices: Choices,
): Promise<Kept | 'refused'> {
  const { portraitId, takeId, token } = order;
  const call = api.capture.keep({ portraitId, takeId, token, choices }, { signal: AbortSignal.timeout(patience) });
  const { error, data, isDefined } = await settled(call);
  if (error === null) return { code: data.code, url: data.ticket.url };
  if (isDefined) return 'refused';
  throw error;
}

/** `capture.discard`; settles also when the portrait is unknown or past recording, rejects when out of reach. */
export async function erasePortrait(api: Api, { portraitId, token }: PortraitKey): Promise<void> {
  const call = api.capture.discard({ portraitId, token }, { signal: AbortSignal.timeout(patience) });
  const { error, isDefined } = await settled(call);
  if (error !== null && !isDefined) throw error;
}

/** Answers `late` when the promise has not settled after so many milliseconds. */
export async function within<Value>(ms: number, promise: Promise<Value>): Promise<Value | 'late'> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<'late'>((resolve) => {
    timer = setTimeout(() => resolve('late'), ms);
  });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}

/** Calls again, a little later each time, until it does not reject, or the signal says that it is over. */
export async function insist<Value>(
  call: () => Promise<Value>,
  wait: (ms: number) => Promise<void> = pause,
  signal?: AbortSignal,
): Promise<Value> {
  for (let delay = 500; ; delay = Math.min(delay * 2, 15_000)) {
    try {
      return await call();
    } catch {
      signal?.throwIfAborted();
      await wait(delay);
    }
  }
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
