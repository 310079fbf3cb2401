import { useEffect, useState } from 'react';
import type { View } from '../../sound/ticks.ts';
import type { Surfer } from './surfer.ts';

/** What of the sound is in sight, after every scroll, zoom and change of size. */
export function useView(surfer: Surfer, whole: number): View {
  const [view, setView] = useState<View>({ from: 0, to: whole, duration: whole, width: 0 });
  useEffect(() => {
    const look = () => {
      const perSecond = surfer.perSecond();
      const from = Math.max(0, surfer.surfer.getScroll() / perSecond);
      const width = surfer.surfer.getWidth();
      const to = Math.min(whole, from + width / perSecond);
      setView((before) =>
        before.from === from && before.to === to && before.width === width
          ? before
          : { from, to, duration: whole, width },
      );
    };
    const stops = (['scroll', 'zoom', 'redraw', 'resize'] as const).map((name) => surfer.surfer.on(name, look));
    look();
    return () => {
      for (const stop of stops) stop();
    };
  }, [surfer, whole]);
  return view;
}
