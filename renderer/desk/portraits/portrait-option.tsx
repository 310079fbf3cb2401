import { memo } from 'react';
import type { PortraitRow } from '../../../shared/contract/library.ts';
import { suggestTitle } from '../../../shared/domain/portrait.ts';
import { Ring } from '../../ui/Ring.tsx';
import { useDesk } from '../desk-context.ts';
import { useDraft } from '../drafts.ts';
import { duration } from '../format.ts';
import type { Draft } from '../words/draft.ts';
import { marksOf, nameOf, stateKeys } from './marks.ts';

export interface PortraitOptionProps {
  row: PortraitRow;
  selected: boolean;
  /** The state in words; where every row has the same it says nothing. */
  showState: boolean;
  onChoose(id: string): void;
}

/** Half as many bars, each the larger of two: bold enough for a thumbnail. */
const fewer = (ring: readonly number[]) =>
  ring.filter((_, bar) => bar % 2 === 0).map((height, bar) => Math.max(height, ring[bar * 2 + 1] ?? 0));

/** One line of the list. */
export const PortraitOption = memo(function PortraitOption({
  row,
  selected,
  showState,
  onChoose,
}: PortraitOptionProps) {
  const { say, format, drafts } = useDesk();
  const [draft] = useDraft<Draft>(drafts, `words-${row.id}`);
  const ownTitle = row.title !== '' && row.title !== suggestTitle(row.speaker, row.cooperative);
  return (
    // biome-ignore lint/a11y/useFocusableInteractive: the list box keeps the focus and names the option
    // biome-ignore lint/a11y/useKeyWithClickEvents: the list box and the desk's keys answer for it
    <div
      id={`row-${row.id}`}
      className={`row state-${row.state}`}
      role="option"
      aria-selected={selected}
      onClick={() => onChoose(row.id)}
    >
      <div className="row-ring">
        <Ring values={fewer(row.ring)} scale={127} />
      </div>
      <div className="row-words">
        <span className="row-name">{nameOf(row, say)}</span>
        <span className="row-cooperative">{row.cooperative ?? say('discovering')}</span>
        {ownTitle && <span className="row-title">{row.title}</span>}
        <span className="marks">
          {showState && <span className={`mark state-mark-${row.state}`}>{say(stateKeys[row.state])}</span>}
          {marksOf(row, say).map((mark) => (
            <span key={mark.text} className={`mark mark-${mark.kind}`}>
              {mark.text}
            </span>
          ))}
          {draft !== undefined && <span className="mark mark-draft">{say('unsaved')}</span>}
        </span>
      </div>
      <div className="row-times tabular">
        <span className="row-length">{duration(row.duration)}</span>
        <span>{format.time(row.recordedAt)}</span>
      </div>
    </div>
  );
});
