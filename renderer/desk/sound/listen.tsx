import { useEffect, useSyncExternalStore } from 'react';
import type { PortraitDetail } from '../../../shared/contract/library.ts';
import { Button } from '../../ui/Button.tsx';
import { useDesk, useKey } from '../desk-context.ts';
import { duration } from '../format.ts';
import { usePosition } from './use-position.ts';
import { Wave } from './wave.tsx';

type Take = NonNullable<PortraitDetail['take']>;

/** The sound of a portrait: its wave, and the part that is kept played as it will be published. */
export function Listen({ take, edit }: { take: Take; edit: PortraitDetail['edit'] }) {
  const { player, say } = useDesk();
  const { playing, failed } = useSyncExternalStore(player.subscribe, player.state);
  const whole = take.frames / take.sampleRate;
  const from = edit?.in ?? 0;
  const to = edit?.out ?? whole;
  useEffect(() => {
    player.load({ url: take.url, gainDb: take.gainDb, from, to });
  }, [player, take.url, take.gainDb, from, to]);
  // Another screen, another portrait without sound, the lock: nothing goes on playing unseen.
  useEffect(() => () => player.pause(), [player]);
  const toggle = () => (playing ? player.pause() : void player.play());
  useKey('play', toggle);
  return (
    <section className="listen" aria-label={say('sound')}>
      <Wave takeId={take.id} peaks={take.peaks} whole={whole} from={from} to={to} />
      <div className="listen-bar">
        <Button look="main" icon={playing ? '❚❚' : '▶'} keyName={say('keySpace')} onClick={toggle}>
          {say(playing ? 'pause' : 'play')}
        </Button>
        <Position />
        <span className="listen-kept tabular">
          {to - from < whole - 0.05
            ? say('kept', { kept: duration(to - from), whole: duration(whole) })
            : say('keptAll', { whole: duration(whole) })}
        </span>
        {failed && (
          <span className="listen-failed" role="alert">
            {say('soundFailed')}
          </span>
        )}
      </div>
    </section>
  );
}

function Position() {
  const { format } = useDesk();
  return <span className="listen-position tabular">{format.position(usePosition())}</span>;
}
