import { type MouseEvent, memo } from 'react';
import type { ListedRow } from '../../../shared/contract/inbox.ts';
import { purposes } from '../../../shared/domain/consent.ts';
import { markTerms } from '../../../shared/domain/search.ts';
import { stripHeights } from '../../../shared/domain/strip.ts';
import { suggestTitle } from '../../../shared/domain/titles.ts';
import { Ring } from '../../ui/Ring.tsx';
import { useDesk } from '../desk-context.ts';
import { useDraft } from '../drafts/drafts.ts';
import { duration } from '../format.ts';
import type { Draft } from '../words/draft.ts';
import { Marked, MarkedTerms } from './marked.tsx';
import { marksOf, nameOf, stateKeys } from './marks.ts';
import { Strip } from './strip.tsx';

/** What a click on a row means: look at it, choose it as well, choose everything up to it, or hear it. */
export type RowAct = 'choose' | 'toggle' | 'extend' | 'play';

export interface PortraitOptionProps {
  row: ListedRow;
  /** One of the chosen: the only one looked at, or one of several. */
  selected: boolean;
  /** The one shown beside the list. */
  current: boolean;
  playing: boolean;
  /** Several are being chosen, so that every row shows its box. */
  picking: boolean;
  /** The state in words; where every row has the same it says nothing. */
  showState: boolean;
  /** It came while the list was being looked at. */
  arrived: boolean;
  /** What is searched for, to be marked. */
  terms: readonly string[];
  place: number;
  count: number;
  onAct(act: RowAct, row: ListedRow): void;
}

/** Half as many bars, each the larger of two: bold enough for a thumbnail. */
function ringOf(strip: string): number[] {
  const heights = stripHeights(strip);
  return heights.filter((_, bar) => bar % 2 === 0).map((height, bar) => Math.max(height, heights[bar * 2 + 1] ?? 0));
}

/** The thumbnail: its take never sounds otherwise, so a row that is drawn anew for a word or a mark leaves it alone. */
const RowRing = memo(function RowRing({ strip }: { strip: string }) {
  return <Ring values={ringOf(strip)} />;
});

/** One line of the list. */
export const PortraitOption = memo(function PortraitOption(props: PortraitOptionProps) {
  const { row, selected, current, playing, picking, showState, arrived, terms, place, count, onAct } = props;
  const { say, format } = useDesk();
  const ownTitle =
    row.title !== '' &&
    row.title !== suggestTitle({ ...row.speaker, publicName: row.speaker.firstName, cooperative: row.cooperative });
  const click = (event: MouseEvent) =>
    onAct(event.ctrlKey || event.metaKey ? 'toggle' : event.shiftKey ? 'extend' : 'choose', row);
  // Parts of an option cannot take the focus; keys reach the same: Space plays, Shift and the arrows choose.
  const part = (act: RowAct) => (event: MouseEvent) => {
    event.stopPropagation();
    onAct(act === 'toggle' && event.shiftKey ? 'extend' : act, row);
  };
  return (
    // biome-ignore lint/a11y/useFocusableInteractive: the list box keeps the focus and names the option
    // biome-ignore lint/a11y/useKeyWithClickEvents: the list box and the desk's keys answer for it
    <div
      id={`row-${row.id}`}
      className={`row state-${row.state}${current ? ' row-current' : ''}${arrived ? ' row-arrived' : ''}`}
      role="option"
      aria-selected={selected}
      aria-posinset={place}
      aria-setsize={count}
      onClick={click}
    >
      <div className="row-ring" title={say('playRow')} aria-hidden="true" onClick={part('play')}>
        <RowRing strip={row.strip} />
        <span className={`row-play${playing ? ' row-playing' : ''}`}>{playing ? '❚❚' : '▶'}</span>
      </div>
      <div className="row-words">
        <span className="row-name">
          <MarkedTerms text={nameOf(row, say)} terms={terms} />
        </span>
        <span className="row-cooperative">
          <MarkedTerms text={row.cooperative ?? say('discovering')} terms={terms} />
          {row.question !== '' && <span className="row-question"> · {row.question}</span>}
        </span>
        {ownTitle && (
          <span className="row-title">
            <MarkedTerms text={row.title} terms={terms} />
          </span>
        )}
        <Strip strip={row.strip} sound={row.sound} heard={playing} />
        {row.excerpt !== null && (
          <span className="row-excerpt">
            {say(`matchIn_${row.excerpt.field}`)}{' '}
            <q>
              <Marked text={row.excerpt.text} marks={row.excerpt.marks} />
            </q>
          </span>
        )}
        <Marks row={row} showState={showState} terms={terms} />
      </div>
      <div className="row-side">
        <div className="row-times tabular">
          <span className="row-length">{duration(row.duration)}</span>
          <span>{format.time(row.recordedAt)}</span>
        </div>
        <div
          className={`row-pick${picking ? ' row-picking' : ''}`}
          title={say('pickRow')}
          aria-hidden="true"
          onClick={part('toggle')}
        >
          <span className={picking && selected ? 'row-box row-box-on' : 'row-box'} />
        </div>
      </div>
    </div>
  );
});

/** What a host should know before listening, in words. */
function Marks({ row, showState, terms }: Pick<PortraitOptionProps, 'row' | 'showState' | 'terms'>) {
  const { say, format, drafts } = useDesk();
  const [draft] = useDraft<Draft>(drafts, `words-${row.id}`);
  const allowed = row.consent.purposes;
  const named = allowed.map((purpose) => say(`purpose_${purpose}`)).join(', ');
  return (
    <span className="marks">
      {showState && <span className={`mark state-mark-${row.state}`}>{say(stateKeys[row.state])}</span>}
      {marksOf(row, say).map((mark) => (
        <span key={mark.text} className={`mark mark-${mark.kind}`}>
          {mark.text}
        </span>
      ))}
      {draft !== undefined && <span className="mark mark-draft">{say('unsaved')}</span>}
      {row.rating > 0 && (
        <span className="mark mark-bare" role="img" aria-label={say('rowStars', { n: row.rating })}>
          {'★'.repeat(row.rating)}
        </span>
      )}
      {row.hasTranscript && <span className="mark mark-bare">{say('markTranscript')}</span>}
      {allowed.length > 0 && (
        <span className="mark mark-bare mark-allowed">
          {allowed.length === purposes.length ? say('allowedAll') : say('allowed', { purposes: named })}
        </span>
      )}
      {row.loudness !== null && (
        <span className="mark mark-bare tabular">
          {say('rowMeasure', { n: format.whole(row.loudness).replace('-', '−') })}
        </span>
      )}
      {row.tags
        .filter((tag) => markTerms(tag, terms).length > 0)
        .map((tag) => (
          <span key={tag} className="mark mark-tag">
            <MarkedTerms text={tag} terms={terms} />
          </span>
        ))}
    </span>
  );
}
