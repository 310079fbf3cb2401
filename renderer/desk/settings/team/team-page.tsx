import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Member } from '../../../../shared/contract/staff.ts';
import { Button } from '../../../ui/Button.tsx';
import { useDesk } from '../../desk-context.ts';
import { Trouble } from '../../parts/trouble.tsx';
import { IdleForm } from './idle-form.tsx';
import { MemberDialog } from './member-dialog.tsx';
import { MemberRow } from './member-row.tsx';
import { OwnPin } from './own-pin.tsx';
import { ResetDialog } from './reset-dialog.tsx';
import './team.css';

type Open = { what: 'add' } | { what: 'change' | 'reset'; member: Member };

/** Who belongs to the staff, one's own PIN, and when a desk left alone closes. A host sees their own part. */
export function TeamPage() {
  const { session, say } = useDesk();
  const state = session.state();
  const organiser = state.status === 'in' && state.role === 'organiser';
  return (
    <>
      {organiser && <Members />}
      <section className="team-part" aria-labelledby="team-own">
        <h2 id="team-own">{say('teamOwn')}</h2>
        <OwnPin />
      </section>
      {organiser && (
        <section className="team-part" aria-labelledby="team-idle">
          <h2 id="team-idle">{say('teamIdle')}</h2>
          <IdleForm />
        </section>
      )}
    </>
  );
}

function Members() {
  const { api, say } = useDesk();
  const members = useQuery({ queryKey: ['staff', 'members'], queryFn: () => api.staff.members({}) });
  const me = useQuery({ queryKey: ['staff', 'me'], queryFn: () => api.staff.me({}) });
  const [open, setOpen] = useState<Open | null>(null);
  const close = () => setOpen(null);
  if (members.data === undefined) {
    if (members.isError) return <Trouble error={members.error} onRetry={() => void members.refetch()} />;
    return <p>{say('loading')}</p>;
  }
  return (
    <section className="team-part" aria-label={say('team')}>
      <p className="soft settings-intro">{say('teamWhy')}</p>
      <ul className="team">
        {members.data.map((member) => (
          <MemberRow
            key={member.id}
            member={member}
            own={member.id === me.data?.id}
            onChange={() => setOpen({ what: 'change', member })}
            onReset={() => setOpen({ what: 'reset', member })}
          />
        ))}
      </ul>
      <Button look="main" onClick={() => setOpen({ what: 'add' })}>
        {say('teamAdd')}
      </Button>
      {open?.what === 'add' && <MemberDialog onClose={close} />}
      {open?.what === 'change' && <MemberDialog member={open.member} onClose={close} />}
      {open?.what === 'reset' && <ResetDialog member={open.member} onClose={close} />}
    </section>
  );
}
