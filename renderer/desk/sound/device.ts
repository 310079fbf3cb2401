import { createStretcher, type Stretcher } from './stretch.ts';

/** A silent player gives the sound device back after this. */
const idleMs = 15_000;

const contextAt = (sampleRate: number) => new AudioContext({ sampleRate, latencyHint: 'interactive' });

/** The sound device: one context a sample rate, so that what is put into it is played as it is. */
export function createDevice(makeContext: (sampleRate: number) => AudioContext = contextAt) {
  let open: { context: AudioContext; stretcher: Stretcher } | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;

  function at(sampleRate: number): { context: AudioContext; stretcher: Stretcher } {
    if (open?.context.sampleRate === sampleRate) return open;
    open?.stretcher.close();
    void open?.context.close();
    const context = makeContext(sampleRate);
    open = { context, stretcher: createStretcher(context) };
    return open;
  }
  return {
    at,
    wake(sampleRate: number): Promise<void> {
      clearTimeout(timer);
      return at(sampleRate).context.resume();
    },
    /** Nothing sounds any more; soon the device may rest. */
    doze(): void {
      clearTimeout(timer);
      timer = setTimeout(() => void open?.context.suspend(), idleMs);
    },
  };
}
