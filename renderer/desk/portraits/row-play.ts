import { useEffect, useState, useSyncExternalStore } from 'react';
import type { ListedRow } from '../../../shared/contract/inbox.ts';
import { useDesk } from '../desk-context.ts';
import { trackOf } from '../editor/track.ts';
import { useOpening } from '../editor/use-editing.ts';

/**
 * Hearing a row: it is looked at, and its kept part plays at publication loudness on the desk's one player. Playing waits
 * until the portrait is shown, so that its waveform and the row tell the same.
 */
export function useRowPlay(chosen: string | null, choose: (id: string) => void) {
  const { player } = useDesk();
  const { playing } = useSyncExternalStore(player.subscribe, player.state);
  const [wanted, setWanted] = useState<string | null>(null);
  const { data: opening } = useOpening(wanted);
  const ready = wanted !== null && chosen === wanted ? opening : undefined;
  useEffect(() => {
    if (ready === undefined) return;
    setWanted(null);
    player.load(trackOf(ready, ready.edit));
    void player.play();
  }, [ready, player]);
  return {
    playing: playing ? chosen : null,
    toggle(row: ListedRow) {
      if (playing && row.id === chosen) return player.pause();
      setWanted(row.id);
      if (row.id !== chosen) choose(row.id);
    },
  };
}
