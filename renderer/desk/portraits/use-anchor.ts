import type { Virtualizer } from '@tanstack/react-virtual';
import { useEffect, useLayoutEffect, useRef, useState } from 'react';

/** Below this many pixels from its top a list is at its top: what comes is seen coming. */
const atTop = 8;
const none: ReadonlySet<string> = new Set();

/**
 * Keeps what is being looked at where it is when rows come, go or grow above it. Answers which rows came while the list
 * was looked at, and how many of them came out of sight. `look` names the list: another one begins at its top.
 */
export function useAnchor(ids: readonly string[], look: string, list: Virtualizer<HTMLDivElement, Element>) {
  const seen = useRef<{ look: string; ids: readonly string[]; places: { id: string; offset: number }[] }>({
    look: '',
    ids: [],
    places: [],
  });
  const [arrived, setArrived] = useState<ReadonlySet<string>>(none);
  const [above, setAbove] = useState(0);

  useLayoutEffect(() => {
    const before = seen.current;
    const element = list.scrollElement;
    if (element === null) return;
    if (before.ids === ids) {
      // The same rows answer another search: nothing moves.
      seen.current = { ...before, look };
      return;
    }
    if (before.look !== look) {
      seen.current = { look, ids, places: [] };
      // Writing it, even what it is already, would lay out the whole page once more.
      if ((list.scrollOffset ?? 0) > 0) element.scrollTop = 0;
      setArrived(none);
      setAbove(0);
      return;
    }
    const known = new Set(before.ids);
    const last = ids.findLastIndex((id) => known.has(id));
    const fresh = before.ids.length === 0 ? [] : ids.slice(0, Math.max(0, last)).filter((id) => !known.has(id));
    if (fresh.length > 0) setArrived(new Set(fresh));
    const anchor = before.places.find(({ id }) => ids.includes(id));
    if (element.scrollTop > atTop && anchor !== undefined) {
      const start = list.measurementsCache[ids.indexOf(anchor.id)]?.start;
      if (start !== undefined) element.scrollTop = start + anchor.offset;
      const out = fresh.filter((id) => ids.indexOf(id) < ids.indexOf(anchor.id)).length;
      if (out > 0) setAbove((count) => count + out);
    }
    seen.current = { ...before, ids };
  });

  useEffect(() => {
    const element = list.scrollElement;
    if (element === null) return;
    const note = () => {
      const top = element.scrollTop;
      seen.current.places = list
        .getVirtualItems()
        .filter((item) => item.end > top)
        .map((item) => ({ id: String(item.key), offset: top - item.start }));
      if (top <= atTop) setAbove(0);
    };
    note();
    element.addEventListener('scroll', note, { passive: true });
    return () => element.removeEventListener('scroll', note);
  }, [list, list.scrollElement]);

  return { arrived, above };
}
