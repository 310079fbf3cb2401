import { useCallback, useEffect, useRef, useSyncExternalStore } from 'react';
import { useDesk } from '../desk-context.ts';

/** The files on their way in. */
export function useImports() {
  const { imports } = useDesk();
  return useSyncExternalStore(imports.subscribe, imports.items);
}

/** Brings files in, spoken in the desk's language until a host says otherwise of a portrait. */
export function useAddSounds(): (files: readonly File[]) => void {
  const { imports, language } = useDesk();
  return useCallback(
    (files) => {
      if (files.length > 0) imports.add(files, language);
    },
    [imports, language],
  );
}

/** Tells once how it went when the last file has ended, wherever in the desk one is by then. */
export function useTellImports(): void {
  const { say, tell, format } = useDesk();
  const items = useImports();
  const busy = items.some(({ state }) => state !== 'done' && state !== 'failed');
  const was = useRef(busy);
  useEffect(() => {
    if (was.current && !busy) {
      const done = items.filter(({ state }) => state === 'done').length;
      const bad = items.filter((one) => one.state === 'failed' && one.problem !== 'cancelled').length;
      const place = { screen: 'portraits', view: 'toReview', id: null } as const;
      if (done + bad > 0) {
        tell({
          text: [
            done > 0 && say(done === 1 ? 'importDoneOne' : 'importDone', { n: format.whole(done) }),
            bad > 0 && say(bad === 1 ? 'importFailedOne' : 'importFailed', { n: format.whole(bad) }),
          ]
            .filter((part) => part !== false)
            .join(' '),
          tone: bad > 0 ? 'bad' : 'good',
          link: { place, text: say('viewToReview') },
        });
      }
    }
    was.current = busy;
  }, [busy, items, say, tell, format]);
}
