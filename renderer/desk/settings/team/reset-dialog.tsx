import { type FormEvent, useState } from 'react';
import type { Member } from '../../../../shared/contract/staff.ts';
import { Button } from '../../../ui/Button.tsx';
import { useDesk } from '../../desk-context.ts';
import { shortestPin } from '../../gate/pin.ts';
import { Dialog } from '../../parts/dialog.tsx';
import { PinLine } from './pin-line.tsx';
import { useTeamChange } from './use-team.ts';

/** Another PIN for somebody who forgot theirs. */
export function ResetDialog({ member, onClose }: { member: Member; onClose(): void }) {
  const { api, say, tell } = useDesk();
  const [pin, setPin] = useState('');
  const [problem, setProblem] = useState<string>();
  const save = useTeamChange(
    () => api.staff.resetPin({ id: member.id, pin }),
    () => {
      tell({ text: say('saved') });
      onClose();
    },
    setProblem,
  );

  function submit(event: FormEvent) {
    event.preventDefault();
    if (pin.length < shortestPin) return setProblem(say('pinShort'));
    setProblem(undefined);
    save.mutate(undefined);
  }

  return (
    <Dialog title={say('teamResetOf', { name: member.name })} onClose={onClose}>
      <form className="form" onSubmit={submit}>
        <p>{say('teamResetWhy')}</p>
        <PinLine label={say('teamPinNew')} hint={say('teamPinHint')} value={pin} problem={problem} onChange={setPin} />
        <div className="dialog-foot">
          <Button onClick={onClose}>{say('cancel')}</Button>
          <Button look="main" type="submit" disabled={save.isPending}>
            {say('teamReset')}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
