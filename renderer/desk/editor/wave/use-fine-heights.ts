import { useEffect, useState } from 'react';
import type { PeaksFile } from '../../../../shared/contract/editor.ts';
import { takePeaksBinBytes } from '../../../../shared/domain/take-peaks.ts';
import type { Surfer } from './surfer.ts';
import { waveHeights } from './wave-heights.ts';

/** Once bins are this many pixels wide they show as steps: as wide as a bar. */
const widest = 5;
/** The finest level is fetched that is no larger than this: of ten minutes the finest of all, of half an hour the next. */
const mostBytes = 1024 * 1024;

/**
 * Finer heights of a take than the `rate` bins a second that came with it, once somebody has come close enough to see
 * the difference. Without them the coarse ones do.
 */
export function useFineHeights(
  surfer: Surfer | undefined,
  peaks: PeaksFile | undefined,
  rate: number,
): Float32Array | undefined {
  const [heights, setHeights] = useState<Float32Array>();
  useEffect(() => {
    const level = peaks?.levels.find((one) => one.rate > rate && one.bins * takePeaksBinBytes <= mostBytes);
    if (surfer === undefined || peaks === undefined || level === undefined || heights !== undefined) return;
    const size = level.bins * takePeaksBinBytes;
    if (size === 0) return;
    const stop = new AbortController();
    let asked = false;
    const look = async () => {
      if (asked || surfer.perSecond() < widest * rate) return;
      asked = true;
      const range = `bytes=${level.offset}-${level.offset + size - 1}`;
      const answer = await fetch(peaks.url, { headers: { range }, signal: stop.signal }).catch(() => undefined);
      if (answer?.status !== 206) return;
      const values = new Int16Array(await answer.arrayBuffer());
      if (!stop.signal.aborted) setHeights(waveHeights({ values }, 32_768));
    };
    const off = surfer.surfer.on('zoom', () => void look());
    return () => {
      off();
      stop.abort();
    };
  }, [surfer, peaks, rate, heights]);
  return heights;
}
