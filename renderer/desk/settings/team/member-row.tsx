import type { Member } from '../../../../shared/contract/staff.ts';
import { Button } from '../../../ui/Button.tsx';
import { useDesk } from '../../desk-context.ts';
import { useTeamChange } from './use-team.ts';

export interface MemberRowProps {
  member: Member;
  own: boolean;
  onChange(): void;
  onReset(): void;
}

/** One member: who, since when, and what can be done about them. To disable somebody is undone by one tap. */
export function MemberRow({ member, own, onChange, onReset }: MemberRowProps) {
  const { api, say, format, tell } = useDesk();
  const { name } = member;
  const off = member.disabledAt !== null;
  const toggle = useTeamChange(
    () => api.staff.setDisabled({ id: member.id, disabled: !off }),
    () => tell({ text: say(off ? 'teamEnabled' : 'teamDisabled', { name }) }),
    (text) => tell({ text, tone: 'bad' }),
  );
  return (
    <li className="member" data-off={off}>
      <div>
        <h2>
          {name}
          {own && <span className="member-mark">{say('teamYou')}</span>}
          {off && <span className="member-mark">{say('teamOff')}</span>}
        </h2>
        <p className="soft">
          {say(member.role === 'organiser' ? 'teamOrganiser' : 'teamHost')},{' '}
          {say('teamSince', { day: format.day(member.createdAt) })}
        </p>
      </div>
      <div className="member-acts">
        <Button aria-label={say('teamChangeOf', { name })} onClick={onChange}>
          {say('teamChange')}
        </Button>
        {!own && (
          <>
            <Button aria-label={say('teamResetOf', { name })} onClick={onReset}>
              {say('teamReset')}
            </Button>
            <Button
              aria-label={say(off ? 'teamEnableOf' : 'teamDisableOf', { name })}
              disabled={toggle.isPending}
              onClick={() => toggle.mutate(undefined)}
            >
              {say(off ? 'teamEnable' : 'teamDisable')}
            </Button>
          </>
        )}
      </div>
    </li>
  );
}
