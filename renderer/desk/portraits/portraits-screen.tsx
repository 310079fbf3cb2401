import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { searchTerms } from '../../../shared/domain/search.ts';
import { useDesk, useKey } from '../desk-context.ts';
import { useDraft } from '../drafts/drafts.ts';
import { useDrop } from '../import/drop.ts';
import { ImportPanel } from '../import/import-panel.tsx';
import { useAddSounds } from '../import/use-imports.ts';
import { Empty } from '../parts/empty.tsx';
import type { ViewName } from '../place.ts';
import { neighbour } from '../selection.ts';
import { afterAct, settleOpening } from './aim.ts';
import { BulkBar } from './bulk-bar.tsx';
import { FilterBar } from './filter-bar.tsx';
import { ListMessage } from './list-message.tsx';
import { activeFilters, type Look, queryOf, usualLook } from './look.ts';
import { Portrait } from './portrait.tsx';
import { PortraitList } from './portrait-list.tsx';
import { countViews, useFacets, usePortraits } from './queries.ts';
import { useRowPlay } from './row-play.ts';
import { AimProvider, useAim, useOffKeys } from './use-aim.ts';
import { usePicking } from './use-picking.ts';
import { useSettled } from './use-settled.ts';
import { viewKeys } from './views.ts';

/** Milliseconds without another letter before the counts follow: the list follows at once and must not wait for them. */
const countsAfter = 350;

/** The list on one side, the chosen portrait on the other. */
export function PortraitsScreen({ view, chosen }: { view: ViewName; chosen: string | null }) {
  const { say, go, preferences, prefer, drafts } = useDesk();
  const [typed = '', setTyped] = useDraft<string>(drafts, `search-${view}`);
  const wanted = typed.trim();
  const look = preferences.looks[view] ?? usualLook;
  const setLook = (next: Look) => prefer({ looks: { ...preferences.looks, [view]: next } });
  const query = useMemo(() => queryOf(view, look, wanted), [view, look, wanted]);
  const lookName = useMemo(() => JSON.stringify([view, look.sort, query]), [view, look.sort, query]);
  const list = usePortraits(view, query, look.sort);
  const facets = useFacets(useSettled(query, countsAfter)).data;
  const rows = useMemo(() => list.data?.pages.flatMap((page) => page.rows) ?? [], [list.data]);
  const ids = useMemo(() => rows.map((row) => row.id), [rows]);
  // Until a search is answered the rows are the last one's, and stay as they are: drawn once a letter, not twice.
  const answered = useRef({ words: wanted, look: lookName });
  if (!list.isPlaceholderData) answered.current = { words: wanted, look: lookName };
  const { words } = answered.current;
  const terms = useMemo(() => searchTerms(words), [words]);
  const passing = facets && countViews(facets.states);
  const column = useRef<HTMLDivElement>(null);

  const choose = useCallback(
    (id: string | null, replace = false) => go({ screen: 'portraits', view, id }, { replace }),
    [go, view],
  );
  const step = (by: number) => {
    const next = neighbour(ids, chosen, by);
    if (next !== null && next !== chosen) choose(next, true);
  };
  useKey('next', () => step(1));
  useKey('previous', () => step(-1));

  const play = useRowPlay(chosen, (id) => choose(id, true));
  const drop = useDrop(useAddSounds());
  const picking = usePicking({ rows, chosen, query, sort: look.sort, lookName, choose, play: play.toggle });

  // The first one is chosen by name, so that a newcomer slides in above it and does not take its place; not from a
  // remembered list that is just being read again, whose first may have left.
  const first = list.isFetching ? undefined : ids[0];
  useEffect(() => {
    if (chosen === null && first !== undefined) go({ screen: 'portraits', view, id: first }, { replace: true });
  }, [chosen, first, view, go]);

  // Enter in a search opens its first hit: the search's own, however late it comes.
  const [opening, setOpening] = useState<string | null>(null);
  const answeredNow = !list.isPlaceholderData && list.data !== undefined;
  useEffect(() => {
    if (opening === null) return;
    const now = { look: lookName, rows: ids, answered: answeredNow, failed: list.isError };
    const settled = settleOpening({ look: opening }, now);
    if (settled.kind === 'wait') return;
    setOpening(null);
    if (settled.kind === 'open') choose(settled.id, true);
  }, [opening, lookName, ids, answeredNow, list.isError, choose]);

  const pickedIds = useMemo(() => [...picking.picked.keys()], [picking.picked]);
  const answeredAll = answeredNow && opening === null;
  const sight = useMemo(
    () => ({
      rows: ids,
      answered: answeredAll,
      fetching: list.isFetching,
      whole: !list.hasNextPage,
      chosen,
      picked: pickedIds,
    }),
    [ids, answeredAll, list.isFetching, list.hasNextPage, chosen, pickedIds],
  );
  const aiming = useAim(sight, query);
  const standing = opening === null ? JSON.stringify([view, lookName, chosen, pickedIds]) : null;
  const asked = useOffKeys(aiming, standing);

  const listed = useRef({ rows: ids, chosen });
  listed.current = { rows: ids, chosen };
  /** Goes on after a decision: the portrait leaves the list, or stays where every state is shown. */
  const onDecided = useCallback(
    (id: string): boolean => {
      const next = afterAct(id, { ...listed.current, leaves: view !== 'all' });
      if (next !== null) choose(next, true);
      return next !== null && next !== id;
    },
    [view, choose],
  );
  /** The same after many: on to the first that stays, below the one looked at, else above it. */
  function onBulkDone(changed: string[], leave: boolean) {
    picking.drop(changed);
    if (!leave || chosen === null || !changed.includes(chosen)) return;
    const stays = (id: string) => !changed.includes(id);
    const at = ids.indexOf(chosen);
    const next = ids.slice(at + 1).find(stays) ?? ids.slice(0, Math.max(0, at)).findLast(stays);
    if (next !== undefined) choose(next, true);
  }

  return (
    <div className="portraits">
      <div className="list list-drop" ref={column} {...drop.on}>
        <h1 className="visually-hidden">{say(viewKeys[view])}</h1>
        <FilterBar
          typed={typed}
          look={look}
          facets={facets}
          count={passing?.[view]}
          list={column}
          onType={setTyped}
          onEnter={() => {
            if (wanted !== '') setOpening(lookName);
          }}
          onLook={setLook}
        />
        <ImportPanel />
        <PortraitList
          view={view}
          look={answered.current.look}
          hasMore={list.hasNextPage}
          fetching={list.isFetchingNextPage}
          onMore={list.fetchNextPage}
          rows={rows}
          count={passing?.[view] ?? rows.length}
          chosen={chosen}
          byDay={look.sort === 'newest' || look.sort === 'oldest'}
          picked={picking.picked}
          playing={play.playing}
          terms={terms}
          words={words}
          onAct={picking.act}
        >
          {(rows.length === 0 || list.isFetchingNextPage) && (
            <ListMessage
              view={view}
              list={list}
              shown={rows.length}
              words={wanted}
              filtered={activeFilters(look.filters).length > 0}
              passing={passing}
              onClearFilters={() => setLook({ ...look, filters: {} })}
            />
          )}
        </PortraitList>
        {picking.targets.length > 0 && (
          <BulkBar
            aim={aiming.aim}
            picked={picking.targets}
            rows={rows.filter((row) => picking.picked.has(row.id))}
            capped={picking.capped}
            onDone={(changed, leave) => onBulkDone(changed, leave && view !== 'all')}
            onAll={() => void picking.all()}
            onClear={picking.clear}
          />
        )}
        {drop.over && <p className="drop-here">{say('importDrop')}</p>}
      </div>
      <section id="portrait" className="portrait-place" aria-label={say('views')}>
        {chosen !== null ? (
          <AimProvider value={aiming}>
            <Portrait key={chosen} id={chosen} onDecided={onDecided} onChoose={choose} asked={asked} />
          </AimProvider>
        ) : (
          !list.isPending && rows.length > 0 && <Empty title={say('choosePortrait')} />
        )}
      </section>
    </div>
  );
}
