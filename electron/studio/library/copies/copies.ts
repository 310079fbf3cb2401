import { setImmediate } from 'node:timers/promises';
import type { Db } from '../database.ts';
import type { Ends } from '../ends/ends.ts';
import type { Gone } from '../gone.ts';
import { remakeSearch } from '../searchIndex.ts';
import { type Examiner, examineApart } from './examiner.ts';
import { type Made, makeCopy, roomLeft, sweepDrafts } from './make.ts';
import { copiesOf } from './names.ts';
import { scrub } from './scrub.ts';

export interface CopiesParts {
  db: Db;
  dir: string;
  now: () => Date;
  ends: Ends;
  trusted?: () => boolean;
  examine?: Examiner;
  reserve?: number;
}

/** How the library and its copies fare, as far as anybody looked. */
export interface CopiesState {
  /** Damage was found in the library in use. It stays until the next start, which mends it. */
  damaged: boolean;
  /** Why the newest copy could not be made; null when it was. */
  failing: 'noRoom' | 'error' | null;
  /** When the newest sound copy was made (ISO 8601), if there is one. */
  newest: string | null;
}

/** The library's copies: made, examined, thinned out, and kept free of whom nobody may find there. One thing at a time. */
export function createCopies(parts: CopiesParts) {
  const { db, dir, now, ends, trusted = () => true, examine = examineApart, reserve = roomLeft } = parts;
  let line: Promise<unknown> = Promise.resolve();
  let scrubs = 0;
  let damaged = false;
  let failing: CopiesState['failing'] = null;
  sweepDrafts(dir);

  function inLine<T>(work: () => Promise<T>): Promise<T> {
    const done = line.then(work);
    line = done.catch(() => undefined);
    return done;
  }

  return {
    /** Makes a sound copy; what cannot be copied soundly is told by `state`. Rejects with what the disk raises. */
    make: (): Promise<Made> =>
      inLine(async () => {
        failing = 'error';
        const made = await makeCopy({ db, dir, now, trusted, examine, reserve, scrubbed: () => scrubs });
        failing = !made.ok && made.why === 'noRoom' ? 'noRoom' : null;
        if (!made.ok && made.why === 'unsound') damaged = true;
        return made;
      }),
    /** Looks at the library in use, in small steps in a thread of its own. Answers what is damaged; nothing when it is sound. */
    check: (): Promise<string[]> =>
      inLine(async () => {
        const { faults, search } = await examine({ path: db.name, kind: 'living' });
        if (faults.length > 0) damaged = true;
        else remakeSearch(db, search);
        return faults;
      }),
    /** See scrub.ts; all at once, for somebody who waits to hear that it is gone. */
    scrub(gone: Gone): void {
      scrubs += 1;
      for (const _ of scrub({ db, dir, ends: ends.all(), now }, gone));
    },
    /** The same with a rest after each copy: others record meanwhile. */
    async scrubInSteps(gone: Gone): Promise<void> {
      scrubs += 1;
      for (const _ of scrub({ db, dir, ends: ends.all(), now }, gone)) await setImmediate();
      // A copy that was begun in between has them still.
      scrubs += 1;
    },
    state: (): CopiesState => ({ damaged, failing, newest: copiesOf(dir)[0]?.at ?? null }),
  };
}
export type Copies = ReturnType<typeof createCopies>;
