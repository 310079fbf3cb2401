import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Format, LoudnessTarget } from '../../shared/domain/sound.ts';
import type { Audio, AudioResult, RenderOptions } from './audio/audio.ts';
import { recipe, renditionId } from './audio/recipe.ts';
import type { Rendition } from './audio/shelf.ts';
import type { RenditionOutcome } from './delivery/ports.ts';
import type { Library } from './library/library.ts';

export interface RenderingParts {
  library: Pick<Library, 'portraits' | 'consent' | 'edits' | 'settings'>;
  audio: Audio;
  /** Loudness to publish at. */
  target: () => LoudnessTarget;
  takesFolder: string;
  log: (what: string, error?: unknown) => void;
}

/** Portraits' sounds as files: what is asked for by portrait is made by the audio service from its master and edit. */
export function createRendering({ library, audio, target, takesFolder, log }: RenderingParts) {
  /** The portrait's edit as files at publication loudness, in the formats of the settings and `more`. */
  async function render(
    portraitId: string,
    more: readonly Format[] = [],
    how: RenderOptions = {},
  ): Promise<AudioResult<Rendition>> {
    const portrait = library.portraits.get(portraitId);
    if (portrait?.take == null || portrait.edit === null) {
      return { ok: false, error: 'noSound', detail: 'the portrait has no sound' };
    }
    const wanted = {
      masterPath: join(takesFolder, `${portrait.take.id}.wav`),
      masterSha256: portrait.take.sha256,
      edit: portrait.edit,
      recipe: recipe(target(), [...library.settings.get().formats, ...more]),
    };
    // Written down before it is made and looked at again after: whenever its person is erased, it goes too.
    const rendition = renditionId(wanted.masterSha256, wanted.edit, wanted.recipe);
    const gone = { ok: false, error: 'noSound', detail: 'the portrait was withdrawn' } as const;
    if (!library.consent.noteRendition(portraitId, rendition)) return gone;
    const made = await audio.render(wanted, how);
    if (library.consent.noteRendition(portraitId, rendition)) return made;
    await audio.removeRendition(rendition);
    return gone;
  }

  return {
    render,

    /** The file a delivery takes along, and a note of the edit it is made from. */
    async forDelivery(portraitId: string, deliveryId: string): Promise<RenditionOutcome> {
      const edit = library.portraits.get(portraitId)?.edit;
      const rendered = await render(portraitId);
      if (rendered.ok && edit) library.edits.sentWith(deliveryId, edit);
      return siteFile(rendered);
    },

    /** Whether the file a take is drawn from is there; it is made when first asked for. */
    async takePeaks(takeId: string): Promise<boolean> {
      const file = (ending: string) => join(takesFolder, `${takeId}.${ending}`);
      try {
        return await audio.takePeaks(file('wav'), file('peaks'));
      } catch (error) {
        log('a take could not be drawn', error);
        return false;
      }
    },
  };
}

/** What a site is given: the MP3, with the MD5 that lets it notice an upload cut in the middle. */
async function siteFile(rendered: AudioResult<Rendition>): Promise<RenditionOutcome> {
  if (!rendered.ok) {
    const reason = rendered.error === 'noSound' || rendered.error === 'diskFull' ? rendered.error : 'renderFailed';
    return { ok: false, reason, detail: rendered.detail };
  }
  const { files } = rendered.value;
  const file = files.find(({ format }) => format === 'mp3') ?? files[0];
  if (file === undefined) return { ok: false, reason: 'renderFailed', detail: 'no file was made' };
  const md5 = createHash('md5')
    .update(await readFile(file.path))
    .digest('hex');
  const { path, bytes, mime, format } = file;
  return { ok: true, rendition: { path, bytes, md5, mime, format } };
}
