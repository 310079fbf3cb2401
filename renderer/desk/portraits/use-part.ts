import { useEffect, useRef } from 'react';
import { useDesk, usePlace } from '../desk-context.ts';
import type { PortraitPart } from '../place.ts';

/**
 * Calls `arrive` when a link leads to one of the parts of the portrait on the screen, once it is `ready`; the address
 * then forgets it, so that a reload does not take the focus again.
 */
export function usePart(
  id: string,
  parts: readonly PortraitPart[],
  ready: boolean,
  arrive: (part: PortraitPart) => void,
) {
  const place = usePlace();
  const { go } = useDesk();
  const latest = useRef(arrive);
  latest.current = arrive;
  const part = place.screen === 'portraits' && place.id === id ? parts.find((one) => one === place.part) : undefined;
  const view = place.screen === 'portraits' ? place.view : 'all';
  useEffect(() => {
    if (part === undefined || !ready) return;
    latest.current(part);
    go({ screen: 'portraits', view, id }, { replace: true });
  }, [part, ready, view, id, go]);
}
