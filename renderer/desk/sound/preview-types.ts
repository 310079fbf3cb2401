import type { EditorTake } from '../../../shared/contract/editor.ts';
import type { Edit, LoudnessTarget } from '../../../shared/domain/sound.ts';

/**
 * Hearing an edit as it will be rendered. `createEditPreview(options)` (in `edit-preview.ts`) answers an `EditPreview`:
 *
 *     const preview = createEditPreview({ take: opening.take, target: opening.target, edit: opening.edit });
 *     preview.subscribe(() => draw(preview.state()));
 *     await preview.play({ from: 3.2 });        // from the first gesture on: browsers give sound only to who asked
 *     preview.setEdit(moved);                   // while playing too: it goes on at the same moment
 *     preview.hear('original');                 // A/B at equal loudness
 *     preview.close();
 *
 * Every time is in seconds of the master, as the waveform shows it; what is cut away is passed over. The sound is made
 * in a worker by the functions that make the rendition (`shared/domain/edit`), from the parts of the master that are
 * needed, and played a second or so ahead: a master of half an hour costs no more memory than one of a minute.
 */
export interface EditPreviewOptions {
  take: EditorTake;
  target: LoudnessTarget;
  edit: Edit;
  /** For tests. */
  makeContext?: (sampleRate: number) => AudioContext;
}

/** `result`: the edit. `uncleaned`: the edit without its clean-up. `original`: the master, nothing cut, faded or cleaned. */
export type Hearing = 'result' | 'uncleaned' | 'original';

export interface EditPreviewState {
  playing: boolean;
  /** It plays, but the sound for this moment is not there yet. */
  waiting: boolean;
  /** The last try to get the sound failed; `play` tries again. */
  failed: boolean;
  hearing: Hearing;
  rate: number;
  /** Gain in dB at which it is heard. */
  gainDb: number;
  /** That gain is the rendition's own; until the whole edit has been measured it is a guess from the take. */
  measured: boolean;
}

export interface PlayOptions {
  /** Where to begin; where it stands when left out. What is cut away begins after the cut. */
  from?: number;
  /** Where to stop; at the end of what is heard when left out. */
  to?: number;
}

export interface EditPreview {
  setEdit(edit: Edit): void;
  hear(what: Hearing): void;
  /** Rejects never; `state().failed` tells. */
  play(options?: PlayOptions): Promise<void>;
  /** Plays over the join of this cut (its index in `edit.cuts`), a breath before and after it. */
  playJoin(index: number): Promise<void>;
  pause(): void;
  /** Goes to a moment, playing on if it plays. */
  seek(at: number): void;
  /** 0.25 to 4; other than 1 it sounds lower or higher, for finding an edge. */
  setRate(rate: number): void;
  /** The moment heard now. Ask it every frame; it is not told. */
  position(): number;
  /** The same object until something changed. */
  state(): EditPreviewState;
  subscribe(listener: () => void): () => void;
  close(): void;
}
