import { useEffect, useState } from 'react';
import type { PeaksFile } from '../../../../shared/contract/editor.ts';
import { takePeaksBinBytes } from '../../../../shared/domain/take-peaks.ts';
import type { Surfer } from './surfer.ts';
import { waveHeights } from './wave-heights.ts';

/** Closer than this, in pixels a second, the bins that come with a portrait show as steps. */
const closeUp = 250;
/** The finest bins are fetched whole up to here: ten minutes of sound. */
const mostBytes = 1024 * 1024;

/** The finest heights of a take, once somebody has come close enough to see them. Without them the coarse ones do. */
export function useFineHeights(surfer: Surfer | undefined, peaks: PeaksFile | undefined): Float32Array | undefined {
  const [heights, setHeights] = useState<Float32Array>();
  useEffect(() => {
    const level = peaks?.levels[0];
    if (surfer === undefined || peaks === undefined || level === undefined || heights !== undefined) return;
    const size = level.bins * takePeaksBinBytes;
    if (size === 0 || size > mostBytes) return;
    const stop = new AbortController();
    let asked = false;
    const look = async () => {
      if (asked || surfer.perSecond() < closeUp) return;
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
  }, [surfer, peaks, heights]);
  return heights;
}
