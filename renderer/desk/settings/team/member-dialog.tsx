import { type FormEvent, useState } from 'react';
import type { Member } from '../../../../shared/contract/staff.ts';
import { Button } from '../../../ui/Button.tsx';
import { useDesk } from '../../desk-context.ts';
import { FoundDraft } from '../../drafts/found-draft.tsx';
import { useFormDraft } from '../../drafts/use-form-draft.tsx';
import { shortestPin } from '../../gate/pin.ts';
import { Dialog } from '../../parts/dialog.tsx';
import { Field } from '../../parts/field.tsx';
import { PinLine } from './pin-line.tsx';
import { useTeamChange } from './use-team.ts';

const roles = [
  { role: 'host', title: 'teamHost', why: 'teamHostWhy' },
  { role: 'organiser', title: 'teamOrganiser', why: 'teamOrganiserWhy' },
] as const;

/** Adds a member, or changes the name and role of one. */
export function MemberDialog({ member, onClose }: { member?: Member; onClose(): void }) {
  const { api, say, tell } = useDesk();
  const draftName = `member-${member?.id ?? 'new'}`;
  const { fields, write, drop } = useFormDraft<Pick<Member, 'name' | 'role'>>(draftName, {
    name: member?.name ?? '',
    role: member?.role ?? 'host',
  });
  const { name, role } = fields;
  const [pin, setPin] = useState('');
  const [problem, setProblem] = useState<string>();
  const save = useTeamChange(
    () =>
      member === undefined
        ? api.staff.add({ name: name.trim(), role, pin })
        : api.staff.change({ id: member.id, name: name.trim(), role }),
    () => {
      drop();
      tell({ text: say('saved') });
      onClose();
    },
    setProblem,
  );
  const short = member === undefined && pin.length < shortestPin;

  function submit(event: FormEvent) {
    event.preventDefault();
    if (short) return setProblem(say('pinShort'));
    setProblem(undefined);
    save.mutate(undefined);
  }

  return (
    <Dialog
      title={member === undefined ? say('teamAdd') : say('teamChangeOf', { name: member.name })}
      onClose={onClose}
    >
      <form className="form" onSubmit={submit}>
        <FoundDraft names={[draftName]} />
        <Field
          label={say('teamName')}
          value={name}
          onChange={(text) => write({ name: text })}
          maxLength={60}
          autoComplete="off"
        />
        <fieldset className="team-roles">
          <legend>{say('teamRole')}</legend>
          {roles.map((one) => (
            <label key={one.role}>
              <input type="radio" name="role" checked={role === one.role} onChange={() => write({ role: one.role })} />
              <span>
                <strong>{say(one.title)}</strong> <span className="soft">{say(one.why)}</span>
              </span>
            </label>
          ))}
        </fieldset>
        {member === undefined && (
          <PinLine label={say('teamPin')} hint={say('teamPinHint')} value={pin} onChange={setPin} />
        )}
        <p className="problem" role="status">
          {problem}
        </p>
        <div className="dialog-foot">
          <Button
            onClick={() => {
              drop();
              onClose();
            }}
          >
            {say('cancel')}
          </Button>
          <Button look="main" type="submit" disabled={name.trim() === '' || save.isPending}>
            {say(member === undefined ? 'teamAdd' : 'save')}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
