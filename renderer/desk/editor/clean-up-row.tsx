import { useSyncExternalStore } from 'react';
import { setCleanUp } from '../../../shared/domain/edit/moves.ts';
import type { CleanUp, Edit } from '../../../shared/domain/sound.ts';
import { useDesk } from '../desk-context.ts';
import { Tool } from './tool.tsx';
import type { Actions } from './use-actions.ts';
import type { ChangeEdit } from './use-change.ts';

const kinds = [
  ['highPass', 'cleanHighPass'],
  ['hum', 'cleanHum'],
  ['noise', 'cleanNoise'],
] as const satisfies [keyof CleanUp, string][];

export interface CleanUpRowProps {
  edit: Edit;
  disabled: boolean;
  change: ChangeEdit;
  actions: Actions;
}

/** Gentle cleaning, each a switch, and a comparison with how it was. */
export function CleanUpRow({ edit, disabled, change, actions }: CleanUpRowProps) {
  const { say, player } = useDesk();
  const { as } = useSyncExternalStore(player.subscribe, player.state);
  const some = kinds.some(([kind]) => edit.cleanUp[kind]);
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset groups fields; these are switches
    <div className="clean-up" role="group" aria-labelledby="clean-up-name">
      <span id="clean-up-name" className="clean-up-name">
        {say('cleanUp')}
      </span>
      {kinds.map(([kind, word]) => (
        <Tool
          key={kind}
          className="clean-switch"
          role="switch"
          aria-checked={edit.cleanUp[kind]}
          disabled={disabled}
          onClick={() => change((now) => setCleanUp(now, { [kind]: !now.cleanUp[kind] }), { label: 'stepClean' })}
        >
          {say(word)}
        </Tool>
      ))}
      <Tool keyName="C" disabled={!some} aria-pressed={some && as === 'bare'} onClick={actions.compareCleanUp}>
        {say('cleanCompare')}
      </Tool>
    </div>
  );
}
