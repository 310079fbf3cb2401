import { constants } from 'node:fs';
import { access } from 'node:fs/promises';
import { type FfmpegFound, type FindOptions, findFfmpeg } from './find.ts';

/**
 * Remembers which ffmpeg was found, since asking takes a moment (76–430 ms): for one setting, and only for as long as
 * that file may be run. An answer of “none” is not kept.
 */
export function ffmpegFinder(setting: () => string, options: Omit<FindOptions, 'setting'> = {}) {
  let known: { setting: string; found: Promise<FfmpegFound> } | undefined;

  async function find(): Promise<FfmpegFound> {
    const wanted = setting();
    const before = known;
    if (before?.setting === wanted) {
      const found = await before.found;
      if (found.ok && (await mayRun(found.path))) return found;
      // The first to notice clears it; the others join the new search.
      if (known === before) known = undefined;
    }
    if (known?.setting !== wanted) known = { setting: wanted, found: findFfmpeg({ setting: wanted, ...options }) };
    return known.found;
  }

  return {
    find,
    /** The next one to ask looks for it again. */
    forget(): void {
      known = undefined;
    },
    /** Whether the one found then would be found now: then it is well. */
    async isStill(then: FfmpegFound & { ok: true }): Promise<boolean> {
      known = undefined;
      const now = await find();
      return now.ok && now.path === then.path && now.version === then.version;
    },
  };
}

const mayRun = (path: string) =>
  access(path, constants.X_OK).then(
    () => true,
    () => false,
  );
