import { useQuery } from '@tanstack/react-query';
import { useId } from 'react';
import type { AuditKind } from '../../../../shared/contract/staff.ts';
import { useDesk } from '../../desk-context.ts';
import type { JournalFilter } from './use-journal.ts';

const kindKeys = {
  portraits: 'journalPortraits',
  sends: 'journalSends',
  staff: 'journalStaff',
  settings: 'journalSettings',
  other: 'journalOther',
} as const satisfies Record<AuditKind, string>;
const kinds = Object.keys(kindKeys) as AuditKind[];

/** Whose acts, about what, on which day, on which portrait. */
export function JournalFilters({ filter, onChange }: { filter: JournalFilter; onChange(filter: JournalFilter): void }) {
  const { api, say } = useDesk();
  const id = useId();
  const members = useQuery({ queryKey: ['staff', 'members'], queryFn: () => api.staff.members({}) });
  const change = (part: Partial<JournalFilter>) => onChange({ ...filter, ...part });
  return (
    <search className="journal-filters">
      <label htmlFor={`${id}-who`}>
        {say('journalWho')}
        <select id={`${id}-who`} value={filter.staffId} onChange={(event) => change({ staffId: event.target.value })}>
          <option value="">{say('journalEverybody')}</option>
          {members.data?.map((member) => (
            <option key={member.id} value={member.id}>
              {member.name}
            </option>
          ))}
        </select>
      </label>
      <label htmlFor={`${id}-kind`}>
        {say('journalKind')}
        <select
          id={`${id}-kind`}
          value={filter.kind}
          onChange={(event) => change({ kind: kinds.find((kind) => kind === event.target.value) ?? '' })}
        >
          <option value="">{say('journalAll')}</option>
          {kinds.map((kind) => (
            <option key={kind} value={kind}>
              {say(kindKeys[kind])}
            </option>
          ))}
        </select>
      </label>
      <label htmlFor={`${id}-day`}>
        {say('journalDay')}
        <input
          id={`${id}-day`}
          type="date"
          value={filter.day}
          onChange={(event) => change({ day: event.target.value })}
        />
      </label>
      {filter.portrait !== null && (
        <button type="button" className="journal-chip" onClick={() => change({ portrait: null })}>
          {say('journalOnePortrait')} : {filter.portrait.name} <span aria-hidden="true">×</span>
        </button>
      )}
    </search>
  );
}
