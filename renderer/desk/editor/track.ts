import type { EditorOpening } from '../../../shared/contract/editor.ts';
import type { Edit } from '../../../shared/domain/sound.ts';
import type { Track } from '../sound/track.ts';

/** What the player needs to play an edit of the take that was opened. */
export function trackOf(opening: Pick<EditorOpening, 'take' | 'target'>, edit: Edit): Track {
  const { id: takeId, url, dataOffset, sampleRate, frames, gainDb, peaks } = opening.take;
  return { takeId, url, peaksUrl: peaks.url, dataOffset, sampleRate, frames, gainDb, target: opening.target, edit };
}
