import type { Edit, LoudnessTarget } from '../../../shared/domain/sound.ts';
import type { MasterPlace } from './master.ts';

/** What is to be heard: a master and an edit of it. Times are in seconds of the master, always. */
export interface Track extends MasterPlace {
  /** Names the master; its address changes by the hour. */
  takeId: string;
  edit: Edit;
  /** The file beside the master that knows the noise of its room. */
  peaksUrl: string;
  /** First guess of the gain to publication loudness, until the edit itself is measured. */
  gainDb: number;
  target: LoudnessTarget;
}

/** What of an edit is heard: a marker is not. */
export const soundOf = ({ markers: _, ...heard }: Edit) => JSON.stringify(heard);
export const cleans = ({ cleanUp }: Edit) => cleanUp.highPass || cleanUp.hum || cleanUp.noise;
