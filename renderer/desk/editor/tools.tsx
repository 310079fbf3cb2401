import { useDesk } from '../desk-context.ts';
import type { SessionState } from './session.ts';
import { IconTool, Tool } from './tool.tsx';
import type { Actions } from './use-actions.ts';
import { stepWord } from './use-change.ts';

export interface ToolsProps {
  actions: Actions;
  state: SessionState | undefined;
  disabled: boolean;
  /** The suggestion is another one than the edit: S takes it over. */
  suggests: boolean;
}

/** What cuts and shapes, each with its key; then back and forth in the history, and whether all is stored. */
export function Tools({ actions, state, disabled, suggests }: ToolsProps) {
  const { say } = useDesk();
  return (
    <div className="edit-tools" role="toolbar" aria-label={say('tools')}>
      <Tool keyName="I" disabled={disabled} onClick={() => actions.mark('in')}>
        {say('editIn')}
      </Tool>
      <Tool keyName="O" disabled={disabled} onClick={() => actions.mark('out')}>
        {say('editOut')}
      </Tool>
      <Tool keyName="S" disabled={disabled} className={suggests ? 'button-suggests' : ''} onClick={actions.snap}>
        {say(suggests ? 'acceptTrim' : 'snap')}
      </Tool>
      <Tool keyName="X" disabled={disabled} onClick={actions.cut}>
        {say('cut')}
      </Tool>
      <Tool keyName="M" disabled={disabled} onClick={actions.marker}>
        {say('marker')}
      </Tool>
      <span className="edit-tools-end">
        <IconTool
          sign="↶"
          disabled={disabled || state?.canUndo !== true}
          name={state?.undoes ? say('undoStep', { what: stepWord(state.undoes, say) }) : say('undo')}
          onClick={actions.undo}
        />
        <IconTool
          sign="↷"
          disabled={disabled || state?.canRedo !== true}
          name={state?.redoes ? say('redoStep', { what: stepWord(state.redoes, say) }) : say('redo')}
          onClick={actions.redo}
        />
        <Saving saving={state?.saving} />
      </span>
    </div>
  );
}

function Saving({ saving }: { saving: SessionState['saving'] | undefined }) {
  const { say } = useDesk();
  if (saving === undefined) return null;
  const key = { saved: 'editStored', saving: 'editStoring', waiting: 'editStoring' } as const;
  return <span className="edit-saving">{say(key[saving])}</span>;
}
