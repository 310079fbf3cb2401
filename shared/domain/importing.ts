/** Where a sound file is brought to on the door; see the contract. */
export const importPath = '/import';

/** Largest file, in bytes, and longest sound, in seconds, that is taken. */
export const importLimit = 1024 ** 3;
export const importSeconds = 4 * 3600;
/** Bytes of the longest master: four hours at 96 kHz; and what a WAVE file can say of its own length. */
export const importBytes = 4_200_000_000;

/** Why a file is not taken; `FFMPEG_FAILED`: what decodes it died, hung or said nonsense, and the file may be well. */
export const importRefusals = [
  'INVALID',
  'NOT_ALLOWED',
  'TOO_LARGE',
  'TOO_LONG',
  'NOT_A_SOUND',
  'NO_FFMPEG',
  'FFMPEG_FAILED',
  'DISK_FULL',
] as const;
export type ImportProblem = (typeof importRefusals)[number];

/** What a chooser of files offers; whatever ffmpeg can read is taken. */
export const soundFiles = 'audio/*,.wav,.mp3,.flac,.ogg,.oga,.opus,.m4a,.aac,.aif,.aiff,.wma,.caf,.mka,.webm';

/** A file's name as the title of its portrait: without its ending, words apart, no longer than `limit` characters. */
export function titleOfFile(name: string, limit: number): string {
  const bare = name.replace(/\.[a-z0-9]{1,5}$/i, '').replaceAll('_', ' ');
  return bare.replace(/\s+/g, ' ').trim().slice(0, limit).trim();
}
