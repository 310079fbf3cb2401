import type { BatchRow } from '../../../shared/contract/batches.ts';
import { Ring } from '../../ui/Ring.tsx';

/** A batch's picture: somebody's own, or its first voices around each other, as its exported cover is drawn. */
export function Cover({ batch, label }: { batch: Pick<BatchRow, 'cover' | 'rings'>; label?: string }) {
  if (batch.cover !== null) return <img className="cover" src={batch.cover} alt={label ?? ''} />;
  const few = (ring: readonly number[]) => ring.filter((_, bar) => bar % 2 === 0);
  const voices = batch.rings.length === 0 ? [new Array<number>(96).fill(0)] : batch.rings;
  return (
    <span className="cover" {...(label === undefined ? { 'aria-hidden': true } : { role: 'img', 'aria-label': label })}>
      {voices.map((ring, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a ring is its place
        <span key={place} className={`cover-ring cover-ring-${place}${voices.length === 1 ? ' cover-ring-alone' : ''}`}>
          <Ring values={few(ring)} scale={127} />
        </span>
      ))}
    </span>
  );
}
