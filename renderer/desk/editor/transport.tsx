import { useSyncExternalStore } from 'react';
import { editDuration } from '../../../shared/domain/edit.ts';
import type { Edit } from '../../../shared/domain/sound.ts';
import { useDesk } from '../desk-context.ts';
import { duration } from '../format.ts';
import { usePosition } from '../sound/use-position.ts';
import { Tool } from './tool.tsx';
import type { Actions } from './use-actions.ts';

/** Playing, and what of it: one row under the wave. */
export function Transport({ edit, whole, actions }: { edit: Edit; whole: number; actions: Actions }) {
  const { say, player, format } = useDesk();
  const { playing, failed, half, as, rate } = useSyncExternalStore(player.subscribe, player.state);
  const kept = editDuration(edit);
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset groups fields; these are buttons
    <div className="listen-bar" role="group" aria-label={say('transport')}>
      <Tool
        look="main"
        className="listen-play"
        icon={playing ? '❚❚' : '▶'}
        keyName={say('keySpace')}
        onClick={actions.toggle}
      >
        {say(playing ? 'pause' : 'play')}
      </Tool>
      <Position />
      <Tool keyName="V" aria-pressed={as === 'original'} onClick={actions.compareOriginal}>
        {say('original')}
      </Tool>
      <Tool keyName="H" aria-pressed={half} onClick={player.halve}>
        {say('half')}
      </Tool>
      {playing && rate !== 1 && rate !== 0.5 && (
        <span className="listen-rate tabular">{say('rateFast', { rate: String(rate).replace('-', '−') })}</span>
      )}
      <span className="listen-kept tabular">
        <strong>{format.position(kept)}</strong>{' '}
        {kept < whole - 0.05 ? say('keptOf', { whole: duration(whole) }) : say('keptWhole')}
      </span>
      {failed && (
        <span className="listen-failed" role="alert">
          {say('soundFailed')}
        </span>
      )}
    </div>
  );
}

function Position() {
  const { format } = useDesk();
  return <span className="listen-position tabular">{format.position(usePosition())}</span>;
}
