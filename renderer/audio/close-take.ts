import type { Recording, StopCall, Stopped, StopReply } from './types.ts';

export type TakeVerdict = Exclude<StopReply, { missing: number } | string>;

const retryMs = 500;

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      reject(signal.reason);
    });
  });
}

/**
 * Takes a stopped recording to its verdict: waits until it is delivered, calls `capture.stop`, sends what the studio
 * lacks, and tries again while the studio is out of reach. `refused` when the studio has closed or forgotten the take:
 * then start another portrait with the same answers, call `recording.resendAs`, and this again. Rejects only with the
 * reason of the signal.
 */
export async function closeTake(
  recording: Recording,
  stopped: Stopped,
  stop: StopCall,
  signal: AbortSignal,
): Promise<TakeVerdict | 'refused'> {
  const aborted = new Promise<never>((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason));
  });
  const { goFrame, elapsedMs, gaps } = stopped;
  for (;;) {
    signal.throwIfAborted();
    const { outcome, chunks, frames } = await Promise.race([recording.delivered(), aborted]);
    if (outcome === 'refused' || outcome === 'abandoned') return 'refused';
    const { takeId, token } = recording;
    let reply: StopReply;
    try {
      reply = await stop({ takeId, token, chunks, frames, goFrame, elapsedMs, ...(gaps && { gaps: [...gaps] }) });
    } catch {
      await pause(retryMs, signal);
      continue;
    }
    if (reply === 'unknownTake') return 'refused';
    if (!('missing' in reply)) return reply;
    recording.resendFrom(reply.missing);
  }
}
