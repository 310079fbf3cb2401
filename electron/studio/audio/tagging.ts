import { createReadStream } from 'node:fs';
import { rm, writeFile } from 'node:fs/promises';
import type { FfmpegRun } from './ffmpeg.ts';
import { copyWithPicture } from './ffmpeg.ts';
import { id3, type SoundTags } from './id3.ts';

export interface TagRequest {
  /** A rendition's file; it is not changed. */
  input: string;
  format: 'mp3' | 'flac';
  /** Written whole; what was there before is gone. */
  output: string;
  tags: SoundTags;
  /** A JPEG. */
  cover: Uint8Array;
}

/**
 * Copies a rendition into a file that says what it is. The sound itself is copied, never encoded again: an MP3 gets its
 * tag in front and keeps every byte (ffmpeg would write the encoder's delay anew and shift the sound).
 */
export async function copyTagged(run: FfmpegRun, request: TagRequest): Promise<void> {
  const { input, format, output, tags, cover } = request;
  if (format === 'mp3') return copyMp3(input, output, id3(tags, cover), run.signal);
  const picture = `${output}.jpg`;
  await writeFile(picture, cover);
  try {
    await copyWithPicture(run, { input, picture, output, format, metadata: vorbisComments(tags) });
  } finally {
    await rm(picture, { force: true });
  }
}

async function copyMp3(input: string, output: string, tag: Buffer, signal: AbortSignal | undefined): Promise<void> {
  async function* whole() {
    yield tag;
    yield* createReadStream(input, { highWaterMark: 256 * 1024 });
  }
  await writeFile(output, whole(), signal === undefined ? {} : { signal });
}

/** `HH:MM:SS.mmm` */
function clock(seconds: number): string {
  const ms = Math.max(0, Math.round(seconds * 1000));
  const two = (value: number) => String(value).padStart(2, '0');
  const whole = Math.floor(ms / 1000);
  return `${two(Math.floor(whole / 3600))}:${two(Math.floor(whole / 60) % 60)}:${two(whole % 60)}.${String(ms % 1000).padStart(3, '0')}`;
}

function vorbisComments(tags: SoundTags): [string, string][] {
  const pairs: [string, string][] = [
    ['title', tags.title],
    ['artist', tags.artist],
    ['album', tags.album],
    ['track', String(tags.track)],
    ['tracktotal', String(tags.tracks)],
    ['date', tags.day],
    ['genre', tags.genre],
    ['comment', tags.comment],
    ['language', tags.language],
  ];
  tags.chapters.forEach(({ at, title }, index) => {
    const name = `CHAPTER${String(index).padStart(3, '0')}`;
    pairs.push([name, clock(at)], [`${name}NAME`, title]);
  });
  return pairs.filter(([, value]) => value !== '').map(([key, value]) => [key, value.replaceAll('\0', '')]);
}
