import { join } from 'node:path';
import type { Audio } from './audio/audio.ts';
import type { Library } from './library/library.ts';
import { captionsApart } from './transcript/reading.ts';
import { createTranscripts, type TranscriptParts } from './transcript/transcripts.ts';
import { type WhisperOptions, whisper } from './transcript/whisper.ts';

export interface TranscribingParts extends Pick<TranscriptParts, 'folder' | 'onChange' | 'onWritten' | 'log'> {
  library: Pick<Library, 'portraits' | 'words' | 'settings'>;
  audio: Pick<Audio, 'speechFile'>;
  takesFolder: string;
  whisper?: Pick<WhisperOptions, 'path' | 'limits'> | undefined;
}

/** Automatic transcripts of the library's portraits. */
export function createTranscribing({ library, audio, takesFolder, whisper: where, ...parts }: TranscribingParts) {
  const { portraits, words, settings } = library;
  return createTranscripts({
    ...parts,
    read: captionsApart(),
    engine: whisper({
      program: () => settings.get().whisperPath,
      model: () => settings.get().whisperModel,
      ...where,
    }),
    store: {
      portrait(id) {
        const found = portraits.get(id);
        if (found === undefined) return undefined;
        const { language, transcript, take } = found;
        return { language, transcript, duration: take === null ? null : take.frames / take.sampleRate };
      },
      fill: (id, before, transcript) => words.fillTranscript(id, before, transcript).ok,
    },
    sound: {
      async write(portraitId, path, signal) {
        const take = portraits.get(portraitId)?.take;
        if (take == null) return { ok: false, detail: 'the portrait has no sound' };
        const written = await audio.speechFile(join(takesFolder, `${take.id}.wav`), path, signal);
        return written.ok ? { ok: true } : { ok: false, detail: written.detail };
      },
    },
  });
}
