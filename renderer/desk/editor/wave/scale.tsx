import { useDesk } from '../../desk-context.ts';
import { duration } from '../../format.ts';
import { ticks } from '../../sound/ticks.ts';
import type { Surfer } from './surfer.ts';
import { useView } from './use-view.ts';

/** Least width of a label, in pixels. */
const labelWidth = 64;

/** The scale of time under the wave, for what of it is in sight. */
export function Scale({ surfer, whole }: { surfer: Surfer; whole: number }) {
  const { format } = useDesk();
  const view = useView(surfer, whole);
  const seen = view.to - view.from;
  const marks = ticks(view, labelWidth);
  const fine = marks.some((mark) => !Number.isInteger(mark));
  return (
    <div className="wave-scale tabular" aria-hidden="true">
      {marks.map((mark) => (
        <span key={mark} style={{ left: `${(((mark - view.from) / seen) * 100).toFixed(3)}%` }}>
          {fine ? format.position(mark) : duration(mark)}
        </span>
      ))}
    </div>
  );
}
