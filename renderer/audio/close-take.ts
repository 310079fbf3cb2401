import type { Recording, StopCall, Stopped, StopReply } from './types.ts';

/**
 * Takes a stopped recording to its verdict: waits until it is delivered, calls `capture.stop`, sends what the studio
 * lacks, and tries again while the studio is out of reach. `refused` when the studio has closed or forgotten the take.
 */
export async function closeTake(
  recording: Recording,
  stopped: Stopped,
  stop: StopCall,
  signal: AbortSignal,
): Promise<Exclude<StopReply, { missing: number } | string> | 'refused'> {
  signal.throwIfAborted();
  const { chunks, frames } = await recording.delivered();
  const { takeId, token } = recording;
  const { goFrame, elapsedMs } = stopped;
  const reply = await stop({ takeId, token, chunks, frames, goFrame, elapsedMs });
  if (reply === 'unknownTake' || 'missing' in reply) return 'refused';
  return reply;
}
