import type { Peaks, TakeSound, Verdict } from '../../../shared/domain/sound.ts';
import type { CaptureAudio, LiveAnalysis } from './ports.ts';

/** The live analysis has everything already; longer than this it is taken to hang. */
const livePatienceMs = 5000;
const filePatienceMs = 30_000;

function within<T>(promise: Promise<T>, ms: number): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`no answer within ${ms} ms`)), ms);
    promise.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}

export const nothingKnown: KnownSound = { verdict: null, peaks: null };

function split({ peaks, ...verdict }: TakeSound): KnownSound {
  return { verdict, peaks };
}

/** Sound the microphone lost right before this frame. */
export interface Gap {
  frame: number;
  ms: number;
}

/** What the page knows of lost sound, for the hosts: no analysis can hear that something is not there. */
export function withGaps(sound: KnownSound, gaps: readonly Gap[] | undefined, sampleRate: number): KnownSound {
  if (sound.verdict === null || gaps === undefined || gaps.length === 0) return sound;
  const { analysis } = sound.verdict;
  const lost = gaps.map(({ frame, ms }) => ({ at: frame / sampleRate, seconds: ms / 1000 }));
  const warnings = analysis.warnings.includes('gaps') ? analysis.warnings : [...analysis.warnings, 'gaps' as const];
  return { ...sound, verdict: { ...sound.verdict, analysis: { ...analysis, warnings, gaps: lost } } };
}

/** Both null when the sound could not be analysed. */
export interface KnownSound {
  verdict: Verdict | null;
  peaks: Peaks | null;
}

/**
 * What is known of a closed take's sound: from the analysis that ran along, else from the file, else nothing, since a
 * take is kept whatever becomes of its analysis.
 */
export async function soundOf(
  live: LiveAnalysis | undefined,
  audio: CaptureAudio,
  wavPath: string,
  log: (message: string, error: unknown) => void,
): Promise<KnownSound> {
  try {
    if (live !== undefined) return split(await within(live.finish(), livePatienceMs));
  } catch (error) {
    live?.abort();
    log('the live analysis failed', error);
  }
  try {
    return split(await within(audio.analyse(wavPath), filePatienceMs));
  } catch (error) {
    log('a take could not be analysed', error);
    return nothingKnown;
  }
}
