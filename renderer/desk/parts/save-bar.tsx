import { Button } from '../../ui/Button.tsx';
import { useDesk } from '../desk-context.ts';

/** The end of every form: save, or go back to what is saved. Quiet while there is nothing to save. */
export function SaveBar({ dirty, busy, onRevert }: { dirty: boolean; busy: boolean; onRevert(): void }) {
  const { say } = useDesk();
  return (
    <div className="save-bar">
      <Button look="main" type="submit" disabled={!dirty || busy}>
        {say(busy ? 'saving' : 'save')}
      </Button>
      {dirty && <Button onClick={onRevert}>{say('revert')}</Button>}
      <span className="soft" aria-live="polite">
        {dirty ? say('changesLost') : ''}
      </span>
    </div>
  );
}
