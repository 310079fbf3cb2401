import { z } from 'zod';
import { erase, type Files, writeDurably } from './files.ts';
import { eraseTakeFiles, idsWith, type TakesFolder } from './folder.ts';
import type { CaptureStore } from './ports.ts';
import { readSidecar } from './sidecar.ts';

/**
 * What a visitor threw away must be gone, even when the studio dies between the library's transaction and the files.
 * So the intent is written down first, and carried out to the end at the next start.
 */
const intentSchema = z.object({
  portraitId: z.uuid(),
  /** The take that stays; null when the whole portrait goes. */
  keep: z.uuid().nullable(),
});
type Intent = z.infer<typeof intentSchema>;

/** Runs `decide` (one transaction of the library) and erases the files of the takes it names; `closed` erases none. */
export async function eraseBy(
  files: Files,
  folder: TakesFolder,
  intent: Intent,
  decide: () => string[] | 'closed',
  beforeFiles: (takeIds: string[]) => Promise<void>,
): Promise<void> {
  const path = folder.intent(intent.portraitId);
  await writeDurably(files, path, JSON.stringify(intent));
  const takeIds = decide();
  if (takeIds !== 'closed') {
    await beforeFiles(takeIds);
    await eraseTakeFiles(files, folder, takeIds);
  }
  await erase(files, path);
}

function read(text: string): Intent | undefined {
  try {
    return intentSchema.parse(JSON.parse(text));
  } catch {
    return undefined;
  }
}

/** Carries out what a crash left undone; answers the ids of the takes whose files were erased. */
export async function finishErasures(files: Files, folder: TakesFolder, store: CaptureStore): Promise<string[]> {
  const erased: string[] = [];
  for (const portraitId of await idsWith(files, folder, '.erasing')) {
    const path = folder.intent(portraitId);
    const intent = read(await files.readFile(path, 'utf8'));
    if (intent !== undefined) {
      const { keep } = intent;
      const named = keep === null ? store.discard(portraitId) : [];
      // Only what the library has let go may be erased: an intent whose transaction never happened erases nothing.
      const orphans: string[] = [];
      for (const takeId of await idsWith(files, folder, '.json')) {
        const record = await readSidecar(files, folder.sidecar(takeId));
        if (record?.portraitId === portraitId && takeId !== keep && !store.take(takeId)) orphans.push(takeId);
      }
      const takeIds = named === 'closed' ? [] : [...new Set([...named, ...orphans])];
      await eraseTakeFiles(files, folder, takeIds);
      erased.push(...takeIds);
    }
    await erase(files, path);
  }
  return erased;
}
