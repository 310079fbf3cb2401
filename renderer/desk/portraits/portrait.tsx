import { memo, useEffect } from 'react';
import type { PortraitDetail } from '../../../shared/contract/library.ts';
import { Ring } from '../../ui/Ring.tsx';
import { ConsentPanel } from '../consent/consent-panel.tsx';
import { PendingBanner } from '../consent/pending-banner.tsx';
import { useDesk, useKey } from '../desk-context.ts';
import { Editor } from '../editor/editor.tsx';
import { useOpening } from '../editor/use-editing.ts';
import { Empty } from '../parts/empty.tsx';
import { Trouble } from '../parts/trouble.tsx';
import { codeOf } from '../problems.ts';
import { Rating } from '../words/rating.tsx';
import { WordsPane } from '../words/words-pane.tsx';
import { DecideBar } from './decide-bar.tsx';
import { Facts } from './facts.tsx';
import { marksOf, nameOf, stateKeys } from './marks.ts';
import { usePortrait } from './queries.ts';

export interface PortraitProps {
  id: string;
  /** Answers whether there was another one to go on to. */
  onDecided(id: string): boolean;
  onChoose(id: string): void;
  /** How often a key was pressed whose act had nothing to go to. */
  asked: number;
}

/** The chosen portrait: its sound first, then its words, then what to do with it. */
export const Portrait = memo(function Portrait({ id, onDecided, onChoose, asked }: PortraitProps) {
  const { say, player } = useDesk();
  const { data: portrait, error, isPending, refetch } = usePortrait(id);
  const opening = useOpening(id).data;
  const silent = portrait !== undefined && portrait.take === null;
  useEffect(() => {
    if (silent) player.unload();
  }, [silent, player]);
  // A hand that is quicker than the page: what is about to be shown plays as soon as it can.
  useKey('play', isPending ? player.playNext : undefined);

  if (portrait === undefined) {
    if (isPending) return <p className="list-loading">{say('loading')}</p>;
    if (codeOf(error) === 'NOT_FOUND') return <Empty title={say('portraitGone')} />;
    return <Trouble error={error} onRetry={() => void refetch()} />;
  }
  return (
    <article className="portrait">
      <Header portrait={portrait} />
      <div className="portrait-body">
        <PendingBanner id={portrait.id} />
        {portrait.take === null ? (
          <p className="no-sound">{say('noSound')}</p>
        ) : (
          <Editor portrait={portrait} take={portrait.take} opening={opening} />
        )}
        <div className="portrait-columns">
          <WordsPane portrait={portrait} />
          <div className="portrait-aside">
            <Rating portrait={portrait} />
            <Facts portrait={portrait} />
            <ConsentPanel portrait={portrait} />
          </div>
        </div>
      </div>
      <DecideBar portrait={portrait} onDecided={onDecided} onChoose={onChoose} pressed={asked} />
    </article>
  );
});

function Header({ portrait }: { portrait: PortraitDetail }) {
  const { say, format } = useDesk();
  const name = nameOf(portrait, say);
  const meta = [
    portrait.title === '' || portrait.title.startsWith(name) ? null : name,
    portrait.cooperative ?? say('discovering'),
    portrait.event,
    format.moment(portrait.recordedAt),
    portrait.code === null ? null : say('code', { code: portrait.code }),
  ].filter((part) => part !== null && part !== '');
  return (
    <header className="portrait-head">
      <div className="portrait-naming">
        <h2>{portrait.title || say('noName')}</h2>
        <p className="portrait-meta">
          {meta.map((part) => (
            <span key={part}>
              <span className="whole">{part}</span> ·{' '}
            </span>
          ))}
          <strong className={`state-word-${portrait.state}`}>{say(stateKeys[portrait.state])}</strong>
        </p>
        <p className="marks">
          {marksOf(portrait, say).map((mark) => (
            <span key={mark.text} className={`mark mark-${mark.kind}`}>
              {mark.text}
            </span>
          ))}
        </p>
      </div>
      <div className={`portrait-ring state-${portrait.state}`} aria-hidden="true">
        <Ring values={portrait.ring} scale={127} />
      </div>
    </header>
  );
}
