import { useDeferredValue, useEffect, useMemo, useState } from 'react';
import { useDesk, useKey } from '../desk-context.ts';
import { Empty } from '../parts/empty.tsx';
import type { ViewName } from '../place.ts';
import { afterLeaving, neighbour } from '../selection.ts';
import { matches } from './marks.ts';
import { Portrait } from './portrait.tsx';
import { PortraitList } from './portrait-list.tsx';
import { usePortraits } from './queries.ts';

/** The list on one side, the chosen portrait on the other. */
export function PortraitsScreen({ view, chosen }: { view: ViewName; chosen: string | null }) {
  const { say, go } = useDesk();
  const list = usePortraits(view);
  const [typed, setTyped] = useState('');
  const wanted = useDeferredValue(typed.trim());
  const all = useMemo(() => list.data?.pages.flatMap((page) => page.rows) ?? [], [list.data]);
  const rows = useMemo(() => (wanted === '' ? all : all.filter((row) => matches(row, wanted))), [all, wanted]);
  const ids = useMemo(() => rows.map((row) => row.id), [rows]);

  // A search looks through the whole view, so all of it has to be here.
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = list;
  useEffect(() => {
    if (wanted !== '' && hasNextPage && !isFetchingNextPage) void fetchNextPage();
  }, [wanted, hasNextPage, isFetchingNextPage, fetchNextPage]);

  const choose = (id: string | null, replace = false) => go({ screen: 'portraits', view, id }, { replace });
  const step = (by: number) => {
    const next = neighbour(ids, chosen, by);
    if (next !== null && next !== chosen) choose(next, true);
  };
  useKey('next', () => step(1));
  useKey('previous', () => step(-1));

  // The first one is chosen by name, so that a newcomer slides in above it and does not take its place; not from a
  // remembered list that is just being read again, whose first may have left.
  const first = list.isFetching ? undefined : ids[0];
  useEffect(() => {
    if (chosen === null && first !== undefined) go({ screen: 'portraits', view, id: first }, { replace: true });
  }, [chosen, first, view, go]);

  /** Goes on after a decision: the portrait leaves the list, or stays where every state is shown. */
  function onDecided(id: string) {
    const next = view === 'all' ? neighbour(ids, id, 1) : afterLeaving(ids, id);
    choose(next ?? id, true);
  }

  return (
    <div className="portraits">
      <PortraitList
        view={view}
        list={list}
        rows={rows}
        chosen={chosen}
        typed={typed}
        onType={setTyped}
        onChoose={(id) => choose(id, true)}
      />
      <section id="portrait" className="portrait-place" aria-label={say('views')}>
        {chosen !== null ? (
          <Portrait key={chosen} id={chosen} onDecided={onDecided} onChoose={choose} />
        ) : (
          !list.isPending && all.length > 0 && <Empty title={say('choosePortrait')} />
        )}
      </section>
    </div>
  );
}
