import { encode } from '../../electron/studio/audio/ffmpeg.ts';
import { findFfmpeg } from '../../electron/studio/audio/find.ts';

const codecs = {
  mp3: ['-c:a', 'libmp3lame', '-b:a', '48k', '-ar', '24000', '-id3v2_version', '0', '-f', 'mp3'],
  // A minute of reading in 180 kB: a voice needs no more.
  reading: ['-c:a', 'libmp3lame', '-b:a', '24k', '-ar', '16000', '-id3v2_version', '0', '-f', 'mp3'],
  cue: ['-c:a', 'libmp3lame', '-b:a', '96k', '-id3v2_version', '0', '-f', 'mp3'],
  opus: ['-c:a', 'libopus', '-b:a', '26k', '-application', 'voip', '-f', 'ogg'],
} as const;

/** Writes samples as a small file; the same samples give the same bytes. */
export async function writeSound(
  path: string,
  samples: Float32Array,
  sampleRate: number,
  codec: keyof typeof codecs,
): Promise<void> {
  const ffmpeg = await findFfmpeg({ setting: '' });
  if (!ffmpeg.ok) throw new Error('no ffmpeg to encode with');
  const filters = codec === 'opus' ? ['aresample=48000'] : [];
  await encode({ binary: ffmpeg.path }, { sampleRate, samples }, { path, filters, options: codecs[codec] });
}
