import { reducePeaks, ringPeaks } from '../../../shared/domain/peaks.ts';
import type { Peaks } from '../../../shared/domain/sound.ts';
import type { ReadDb } from './database.ts';

/** What a take looks like: the peaks it is drawn from as a whole, and its ring. */
export interface TakeShape {
  peaks: Peaks;
  ring: number[];
}

/** Four minutes as fine as they are stored. Longer takes are drawn finer from the file beside them. */
const mostBins = 24_000;
/** Bars of a portrait's ring. */
const ringBars = 96;
/** Shapes kept: one that is worked on is asked for after every act, and half an hour of peaks takes 20 ms to read. */
const mostKept = 4;

const silence: Peaks = { rate: 1, values: [] };
const shapeless: TakeShape = { peaks: silence, ring: ringPeaks(silence, ringBars) };

/** Reads takes' shapes and remembers the last few, by what the master is: another one is another shape. */
export function takeShapes(db: ReadDb): (take: { take_id: string | null; sha256: string | null }) => TakeShape {
  const peaksOf = db.prepare<[string], string | null>('SELECT peaks FROM takes WHERE id = ?').pluck();
  const kept = new Map<string, TakeShape>();

  function read(takeId: string): TakeShape {
    const stored = peaksOf.get(takeId) ?? null;
    if (stored === null) return shapeless;
    const peaks: Peaks = JSON.parse(stored);
    return { peaks: reducePeaks(peaks, mostBins), ring: ringPeaks(peaks, ringBars) };
  }

  return ({ take_id: takeId, sha256 }) => {
    // One that is still recorded has no peaks yet.
    if (takeId === null || sha256 === null) return shapeless;
    const name = `${takeId} ${sha256}`;
    const shape = kept.get(name) ?? read(takeId);
    kept.delete(name);
    kept.set(name, shape);
    if (kept.size > mostKept) kept.delete(kept.keys().next().value ?? name);
    return shape;
  };
}
