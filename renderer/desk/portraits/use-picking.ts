import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { ListedRow, PortraitQuery } from '../../../shared/contract/inbox.ts';
import type { Sort } from '../../../shared/domain/inbox.ts';
import { useDesk, useKey } from '../desk-context.ts';
import { extendPicked, neighbour, nonePicked, type Picked, togglePicked } from '../selection.ts';
import type { RowAct } from './portrait-option.tsx';

export interface PickingParts {
  rows: readonly ListedRow[];
  chosen: string | null;
  query: PortraitQuery;
  sort: Sort;
  /** Names the list: what was chosen in another one is let go. */
  lookName: string;
  choose(id: string, replace: boolean): void;
  play(row: ListedRow): void;
}

/** Choosing several portraits: by Ctrl or ⌘ and Shift, by the boxes, by keys. */
export function usePicking({ rows, chosen, query, sort, lookName, choose, play }: PickingParts) {
  const { api, tellProblem } = useDesk();
  const [picked, setPicked] = useState<Picked>(nonePicked);
  const [capped, setCapped] = useState(false);
  const clear = () => {
    setPicked(nonePicked);
    setCapped(false);
  };
  const listed = useRef(lookName);
  useEffect(() => {
    if (listed.current === lookName) return;
    listed.current = lookName;
    setPicked(nonePicked);
    setCapped(false);
  }, [lookName]);

  const latest = useRef({ rows, chosen, choose, play });
  useEffect(() => {
    latest.current = { rows, chosen, choose, play };
  });
  /** The same for every row and render, so that rows need not be drawn anew. */
  const act = useCallback((what: RowAct, row: ListedRow) => {
    const now = latest.current;
    if (what === 'play') now.play(row);
    if (what === 'choose') now.choose(row.id, true);
    if (what === 'extend') setPicked((before) => extendPicked(before, now.rows, now.chosen, row.id));
    if (what === 'toggle') setPicked((before) => togglePicked(before, row));
  }, []);

  const extend = (by: number) => {
    const to = neighbour(
      rows.map((row) => row.id),
      chosen,
      by,
    );
    if (to === null) return;
    setPicked((before) => extendPicked(before, rows, chosen, to));
    if (to !== chosen) choose(to, true);
  };
  async function all() {
    try {
      const asked = lookName;
      const { targets, more } = await api.library.pick({ ...query, sort });
      // Another list is looked at by now.
      if (listed.current !== asked) return;
      setPicked({ revisions: new Map(targets.map(({ id, revision }) => [id, revision])), anchor: null });
      setCapped(more);
    } catch (error) {
      tellProblem(error);
    }
  }
  useKey('extendDown', () => extend(1));
  useKey('extendUp', () => extend(-1));
  useKey('selectAll', rows.length === 0 ? undefined : () => void all());
  useKey('clear', picked.revisions.size === 0 ? undefined : clear);

  // What a host sees is what they decide on: a row that changed since it was chosen counts as it is shown now.
  const targets = useMemo(() => {
    const shown = new Map(rows.map((row) => [row.id, row.revision]));
    return [...picked.revisions].map(([id, revision]) => ({ id, revision: shown.get(id) ?? revision }));
  }, [picked, rows]);

  return {
    picked: picked.revisions,
    targets,
    capped,
    act,
    all,
    clear,
    /** Lets go of those that an act has changed. */
    drop(ids: string[]) {
      setPicked(({ revisions, anchor }) => {
        const gone = new Set(ids);
        return { revisions: new Map([...revisions].filter(([id]) => !gone.has(id))), anchor };
      });
      setCapped(false);
    },
  };
}
