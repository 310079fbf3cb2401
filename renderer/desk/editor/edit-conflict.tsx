import { editDuration } from '../../../shared/domain/edit.ts';
import type { Edit } from '../../../shared/domain/sound.ts';
import { Button } from '../../ui/Button.tsx';
import { useDesk } from '../desk-context.ts';
import type { EditSession } from './session.ts';
import { timeText } from './time-text.ts';

/** Two versions of an edit; neither is lost before a host has chosen, and the choice can be undone. */
export function EditConflict({ mine, theirs, session }: { mine: Edit; theirs: Edit; session: EditSession }) {
  const { say } = useDesk();
  return (
    <section className="conflict" role="alert">
      <p className="conflict-why">{say('editConflict')}</p>
      <div className="conflict-sides">
        <Side title={say('conflictMine')} edit={mine}>
          <Button look="main" onClick={() => void session.keepMine()}>
            {say('keepMine')}
          </Button>
        </Side>
        <Side title={say('conflictTheirs')} edit={theirs}>
          <Button look="equal" onClick={session.takeTheirs}>
            {say('takeTheirs')}
          </Button>
        </Side>
      </div>
    </section>
  );
}

function Side({ title, edit, children }: { title: string; edit: Edit; children: React.ReactNode }) {
  const { say, language } = useDesk();
  return (
    <div className="conflict-side">
      <h3>{title}</h3>
      <p className="tabular">
        {say('editVersion', {
          from: timeText(edit.in, language),
          to: timeText(edit.out, language),
          cuts: edit.cuts.length,
          kept: timeText(editDuration(edit), language),
        })}
      </p>
      {children}
    </div>
  );
}
