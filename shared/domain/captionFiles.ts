import { type Cue, cleanCueText } from './captions.ts';

export const captionFormats = ['vtt', 'srt'] as const;
/** Longest caption file that is read, in characters. */
export const longestCaptionFile = 2_000_000;
export type CaptionFormat = (typeof captionFormats)[number];

function stamp(seconds: number, mark: '.' | ','): string {
  const all = Math.max(0, Math.round(seconds * 1000));
  const two = (value: number) => String(value).padStart(2, '0');
  const clock = `${two(Math.floor(all / 3_600_000))}:${two(Math.floor(all / 60_000) % 60)}:${two(Math.floor(all / 1000) % 60)}`;
  return `${clock}${mark}${String(all % 1000).padStart(3, '0')}`;
}

/** An arrow in a text would be taken for a time; a real one says the same. */
const plain = (text: string) => cleanCueText(text).replaceAll('-->', '→');
const escaped = (text: string) => plain(text).replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** A WebVTT file. `cues` are tidy. */
export function writeVtt(cues: readonly Cue[]): string {
  const blocks = cues.map((cue) => `${stamp(cue.start, '.')} --> ${stamp(cue.end, '.')}\n${escaped(cue.text)}\n`);
  return ['WEBVTT\n', ...blocks].join('\n');
}

/** A SubRip file. `cues` are tidy. */
export function writeSrt(cues: readonly Cue[]): string {
  return cues
    .map((cue, index) => `${index + 1}\n${stamp(cue.start, ',')} --> ${stamp(cue.end, ',')}\n${plain(cue.text)}\n`)
    .join('\n');
}

/** The file in the format asked for. */
export function writeCaptions(format: CaptionFormat, cues: readonly Cue[]): string {
  return format === 'vtt' ? writeVtt(cues) : writeSrt(cues);
}
