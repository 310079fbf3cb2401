import { createHash } from 'node:crypto';
import { copyFile, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ExportAudio, PublicationParts } from '../../../electron/studio/publication/ports.ts';

/** Stands for the audio service where an export's way is tried and not its sound: small files, made at once. */
export function fakeSound(folder: string) {
  const state = {
    /** Called before each piece of work, with what it is for. */
    before: async (_what: string): Promise<void> => undefined,
    renders: 0,
    copies: 0,
    /** What the next render answers instead. */
    renderError: undefined as string | undefined,
  };
  const render: PublicationParts['render'] = async (portraitId, formats, { signal, onProgress }) => {
    await state.before(`render ${portraitId}`);
    if (signal.aborted) return { ok: false, error: 'cancelled', detail: '' };
    if (state.renderError !== undefined) return { ok: false, error: state.renderError, detail: '' };
    state.renders += 1;
    onProgress(1);
    await mkdir(folder, { recursive: true });
    const files = formats.map((format) => {
      const content = `${format} of ${portraitId}`;
      const sha256 = createHash('sha256').update(content).digest('hex');
      return {
        format,
        path: join(folder, `${portraitId}.${format}`),
        bytes: content.length,
        sha256,
        mime: 'audio/mpeg',
      };
    });
    for (const { path, format } of files) await writeFile(path, `${format} of ${portraitId}`);
    return { ok: true, value: { duration: 3, files } };
  };
  const audio: ExportAudio = {
    async copyTagged({ input, output }, signal) {
      await state.before(`copy ${output}`);
      if (signal?.aborted) return { ok: false, error: 'cancelled', detail: '' };
      state.copies += 1;
      await copyFile(input, output);
      return { ok: true, value: null };
    },
    drawnPicture: async ({ side }) => ({ ok: true, value: Buffer.from(`picture of ${side}`) }),
    squarePicture: async ({ bytes }) => ({ ok: true, value: Buffer.from(bytes) }),
  };
  return { state, render, audio };
}
