import type { ReactNode } from 'react';
import { Button } from '../../ui/Button.tsx';
import { useBooth } from '../view.ts';
import type { ScreenName } from '../which-screen.ts';
import { Title } from './Title.tsx';

export interface ScreenProps {
  name: ScreenName;
  title: string;
  /** The title may change while the screen stands, and is then read out. */
  liveTitle?: boolean;
  /** A few words above the title. */
  label?: ReactNode;
  children?: ReactNode;
  /** Ring or other picture: fills what room there is. */
  visual?: ReactNode;
  actions?: ReactNode;
  /** Instead of the way back, on the left above. */
  corner?: ReactNode;
  /** Instead of the way out, on the right above; or between both. */
  topRight?: ReactNode;
  ground?: 'paper' | 'invite' | 'panel';
  /** The picture stands above the words. */
  pictureFirst?: boolean;
  back?: boolean;
  abort?: boolean;
}

/** The frame of every screen: way back, way out, words, picture, actions, each always in its place. */
export function Screen(props: ScreenProps) {
  const { name, title, liveTitle = false, label, children, visual, actions, corner, topRight } = props;
  const { ground = 'paper', pictureFirst = false, back = false, abort = true } = props;
  const { act, say } = useBooth();
  const shape = visual === undefined ? 'screen-plain' : pictureFirst ? 'screen-picture-first' : 'screen-picture';
  return (
    <main className={`screen ${shape} ground-${ground} screen-${name}`} aria-labelledby="title">
      <div className="screen-words">
        {label !== undefined && <p className="label">{label}</p>}
        <Title text={title} live={liveTitle} />
        {children}
      </div>
      {visual !== undefined && <div className="screen-visual">{visual}</div>}
      {actions !== undefined && <div className="screen-actions">{actions}</div>}
      <div className="screen-top">
        <div className="screen-corner">
          {back ? (
            <Button icon={<Arrow />} className="button-back" onClick={() => act({ type: 'BACK' })}>
              {say('nav.back')}
            </Button>
          ) : (
            corner
          )}
        </div>
        {topRight}
        {abort && (
          <Button className="button-abort" onClick={() => act({ type: 'ABORT' })}>
            {say('nav.abort')}
          </Button>
        )}
      </div>
    </main>
  );
}

function Arrow() {
  return (
    <svg viewBox="0 0 24 24" fill="none" stroke="currentColor" strokeWidth="2.4" aria-hidden="true">
      <path d="M20 12H5m6-7-7 7 7 7" strokeLinecap="round" strokeLinejoin="round" />
    </svg>
  );
}
