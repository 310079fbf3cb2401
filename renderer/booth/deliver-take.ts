import type { Api } from '../api.ts';
import { closeTake } from '../audio/close-take.ts';
import type { Recording, Stopped, StopReply } from '../audio/types.ts';
import { insist, startTake, stopCall, type TakeSource } from './calls.ts';
import type { PortraitKey, TakeOrder } from './ports.ts';

export type Judged = Exclude<StopReply, { missing: number } | string>;

export interface DeliveryParts {
  api: Api;
  recording: Recording;
  source: TakeSource;
  fresh(): PortraitKey & { takeId: string };
  /** A host's word for somebody under 18, asked for anew; null when they say that it is to be erased. */
  hostsWord(signal: AbortSignal): Promise<string | null>;
  /** Told whenever the take has become another one. */
  became(order: TakeOrder): void;
  signal: AbortSignal;
  /** Between two tries, in milliseconds; the clock's when left out. */
  wait?: (ms: number) => Promise<void>;
}

/**
 * Delivers a stopped take and closes it. Where the studio has lost or closed it, all is sent again as another one, with
 * the word its guardians gave. A studio that has lost that word too is not asked for ever: then the recording waits
 * here, and a host is called. Rejects with the reason of the signal, or when the host says that it is to be erased.
 */
export async function deliverTake(first: TakeOrder, stopped: Stopped, parts: DeliveryParts): Promise<Judged> {
  const { api, recording, source, fresh, signal } = parts;
  const stop = stopCall(api);
  let order = first;
  const become = (changed: Partial<TakeOrder>) => {
    order = { ...order, ...changed };
    parts.became(order);
  };

  async function again(): Promise<void> {
    const begun = await insist(
      async () => {
        signal.throwIfAborted();
        const answer = await startTake(api, order, source);
        if (answer === 'closed') {
          const { portraitId, token } = order;
          become({ ...fresh(), continues: { portraitId, token } });
        }
        if (answer !== 'begun' && answer !== 'guardian') throw new Error(answer);
        return answer;
      },
      parts.wait,
      signal,
    );
    if (begun === 'begun') return;
    const vouch = await parts.hostsWord(signal);
    if (vouch === null) throw new Error('a host had the recording erased');
    become({ answer: { ...order.answer, vouch } });
    await again();
  }

  for (;;) {
    const answer = await closeTake(recording, stopped, stop, signal);
    if (answer !== 'refused') return answer;
    signal.throwIfAborted();
    become({ takeId: fresh().takeId });
    try {
      await again();
    } catch (error) {
      recording.abandon();
      throw error;
    }
    recording.resendAs(order.takeId, order.token);
  }
}
