import { join } from 'node:path';
import { z } from 'zod';
import { erase, type Files, isMissing, syncFolder } from './files.ts';

const uuid = z.uuid();

/** Names of the files in the takes' folder. Ids are checked before they become paths. */
export function takesFolder(dir: string) {
  const of = (id: string, ending: string) => join(dir, `${uuid.parse(id)}${ending}`);
  return {
    dir,
    setAsideDir: join(dir, 'set-aside'),
    wav: (takeId: string) => of(takeId, '.wav'),
    sidecar: (takeId: string) => of(takeId, '.json'),
    /** What the take is drawn from; made by audio when first asked for. */
    peaks: (takeId: string) => of(takeId, '.peaks'),
    /** Says that takes of this portrait are about to be erased; see erasure.ts. */
    intent: (portraitId: string) => of(portraitId, '.erasing'),
  };
}
export type TakesFolder = ReturnType<typeof takesFolder>;

/** Ids of the files with this ending, in order. */
export async function idsWith(files: Files, folder: TakesFolder, ending: string): Promise<string[]> {
  const names = await files.readdir(folder.dir).catch((error: unknown) => {
    if (isMissing(error)) return [];
    throw error;
  });
  return names
    .filter((name) => name.endsWith(ending))
    .map((name) => name.slice(0, -ending.length))
    .filter((id) => uuid.safeParse(id).success)
    .sort();
}

/** Erases sound and sidecar, for good. The sound goes first: what remains after a crash still says whose it was. */
export async function eraseTakeFiles(files: Files, folder: TakesFolder, takeIds: readonly string[]): Promise<void> {
  for (const takeId of takeIds) {
    await erase(files, folder.wav(takeId));
    await erase(files, folder.sidecar(takeId));
    await erase(files, `${folder.sidecar(takeId)}.tmp`);
    await erase(files, folder.peaks(takeId));
  }
  await syncFolder(files, folder.dir);
}
