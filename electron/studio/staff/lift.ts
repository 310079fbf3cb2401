import { lstatSync, rmSync } from 'node:fs';
import { join } from 'node:path';

/** Names of the file that whoever has the machine makes in the data folder; Windows' editor adds an ending by itself. */
export const liftNames = ['liberer-les-codes', 'liberer-les-codes.txt'];

/**
 * The way out of a wait at the booth, for an organiser who is there while somebody played with the PIN pad: a file in the data
 * folder, which nobody reaches from a page, from the network or from the booth's screen. It counts once, and opens nothing by
 * itself: a right PIN is asked for as before. Who can make it could change the library as well.
 */
export function liftedBy(dataDir: string): () => boolean {
  return () => {
    let lifted = false;
    for (const name of liftNames) {
      const path = join(dataDir, name);
      try {
        if (!lstatSync(path).isFile()) continue;
        // Taken away first: one that stays would make every wait meaningless.
        rmSync(path);
        lifted = true;
      } catch {
        // Not there, or not to be taken away: then it counts for nothing.
      }
    }
    return lifted;
  };
}
