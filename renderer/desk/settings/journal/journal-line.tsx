import type { AuditEntry } from '../../../../shared/contract/staff.ts';
import { tellAct } from '../../../../shared/i18n/desk/journal.ts';
import { useDesk } from '../../desk-context.ts';
import { placeHash } from '../../place.ts';

export interface JournalLineProps {
  entry: AuditEntry;
  onPortrait(portrait: { id: string; name: string }): void;
}

/** One act: when, what, and the portrait it was about while there is one. */
export function JournalLine({ entry, onPortrait }: JournalLineProps) {
  const { say, language, format } = useDesk();
  const { portraitId, portrait } = entry;
  const name = portrait || say('journalPortrait');
  return (
    <li className="journal-line">
      <time className="tabular" dateTime={entry.at}>
        {format.time(entry.at)}
      </time>
      <span>{tellAct(entry, language)}</span>
      {portraitId !== null && (
        <span className="journal-portrait">
          {portrait === null ? (
            <span className="soft">{say('journalGone')}</span>
          ) : (
            <a href={placeHash({ screen: 'portraits', view: 'all', id: portraitId })}>{name}</a>
          )}
          <button
            type="button"
            aria-label={`${say('journalThisPortrait')} (${name})`}
            title={say('journalThisPortrait')}
            onClick={() => onPortrait({ id: portraitId, name })}
          >
            ⌕
          </button>
        </span>
      )}
    </li>
  );
}
