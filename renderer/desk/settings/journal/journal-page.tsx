import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { actorName, tellAct } from '../../../../shared/i18n/desk/journal.ts';
import { Button } from '../../../ui/Button.tsx';
import { useDesk } from '../../desk-context.ts';
import { Empty } from '../../parts/empty.tsx';
import { Trouble } from '../../parts/trouble.tsx';
import { csv, saveFile } from './journal-csv.ts';
import { JournalFilters } from './journal-filters.tsx';
import { JournalLine } from './journal-line.tsx';
import { everything, type JournalFilter, useJournal, wholeJournal } from './use-journal.ts';
import './journal.css';

/** The audit trail in plain sentences. */
export function JournalPage() {
  const { session, say } = useDesk();
  const state = session.state();
  if (state.status !== 'in' || state.role !== 'organiser') return <p className="explain">{say('forbidden')}</p>;
  return <Journal />;
}

function Journal() {
  const { api, say, language, format, tell, tellProblem } = useDesk();
  const [filter, setFilter] = useState<JournalFilter>(everything);
  const journal = useJournal(filter);
  const save = useMutation({
    mutationFn: () => wholeJournal(api, filter),
    onSuccess(entries) {
      const head = [say('journalWhen'), say('journalWho'), say('journalWhat'), say('journalPortrait')];
      const rows = entries.map((entry) => [
        entry.at,
        actorName(entry, language),
        tellAct(entry, language),
        entry.portrait ?? entry.portraitId ?? '',
      ]);
      saveFile(`journal-${format.dayKey(format.now())}.csv`, csv([head, ...rows]));
      tell({ text: say('journalSaved', { n: format.whole(entries.length) }) });
    },
    onError: tellProblem,
  });
  const entries = journal.data?.pages.flatMap((page) => page.entries);
  const days = Map.groupBy(entries ?? [], (entry) => format.dayKey(entry.at));
  return (
    <>
      <p className="soft settings-intro">{say('journalWhy')}</p>
      <div className="journal-tools">
        <JournalFilters filter={filter} onChange={setFilter} />
        <Button disabled={save.isPending} onClick={() => save.mutate()}>
          {say(save.isPending ? 'journalSaving' : 'journalSave')}
        </Button>
      </div>
      {entries === undefined && journal.isError && (
        <Trouble error={journal.error} onRetry={() => void journal.refetch()} />
      )}
      {entries === undefined && !journal.isError && <p>{say('loading')}</p>}
      {entries?.length === 0 && (
        <Empty title={say('journalNone')}>
          <p>{say('journalNoneWhy')}</p>
        </Empty>
      )}
      {[...days].map(([day, lines]) => (
        <section className="journal-day" key={day} aria-label={format.day(lines[0]?.at ?? '')}>
          <h2>{format.day(lines[0]?.at ?? '')}</h2>
          <ol>
            {lines.map((entry) => (
              <JournalLine key={entry.id} entry={entry} onPortrait={(portrait) => setFilter({ ...filter, portrait })} />
            ))}
          </ol>
        </section>
      ))}
      {journal.hasNextPage && (
        <div>
          <Button disabled={journal.isFetchingNextPage} onClick={() => void journal.fetchNextPage()}>
            {say('journalMore')}
          </Button>
        </div>
      )}
    </>
  );
}
