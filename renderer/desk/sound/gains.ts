import type { Level } from '../../../shared/domain/edit/levelled.ts';
import { codecRoomDb, targetOf } from '../../../shared/domain/level.ts';
import type { Edit } from '../../../shared/domain/sound.ts';
import type { Preview } from './preview.ts';
import type { As } from './preview.worker.ts';
import { cleans, type Track } from './track.ts';

/** How loud each way of hearing is made, so that all are heard as loud as the result is published. */
export function createGains() {
  const gains = new Map<As, number>();
  let measured: Edit | undefined;
  /** The host's own gain that is in them already. */
  let own = 0;

  const ceilingOf = ({ edit, target }: Track) => targetOf(edit, target).truePeak - codecRoomDb;
  return {
    forget(): void {
      gains.clear();
      own = 0;
    },
    /** A host's own gain is heard at once, before it has been measured. The original is as loud as the bare edit. */
    level(track: Track, as: As): Level {
      const known = gains.get(as === 'original' ? 'bare' : as) ?? gains.get('result') ?? track.gainDb;
      return { gainDb: known + track.edit.gainDb - own, ceilingDb: ceilingOf(track) };
    },
    isMeasured: (edit: Edit) => measured === edit,
    /** Measures the edit, and the same without clean-up; false when `current` says that it is another one by now. */
    async measure(track: Track, preview: Preview, current: () => boolean): Promise<boolean> {
      const ways: As[] = cleans(track.edit) ? ['result', 'bare'] : ['result'];
      const wanted = { lufs: targetOf(track.edit, track.target).lufs, ceilingDb: ceilingOf(track) };
      for (const as of ways) {
        // What cannot be read is told where it is to be heard.
        const gainDb = await preview.gain(track.edit, as, wanted).catch(() => null);
        if (!current()) return false;
        if (gainDb === null) continue;
        gains.set(as, gainDb);
        own = track.edit.gainDb;
      }
      if (!cleans(track.edit)) gains.delete('bare');
      measured = track.edit;
      return true;
    },
  };
}
