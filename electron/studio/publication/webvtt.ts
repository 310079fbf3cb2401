import type { Transcript } from '../../../shared/contract/base.ts';
import type { Edit } from '../../../shared/domain/sound.ts';
import { heardAt } from './heard.ts';

/** `HH:MM:SS.mmm` */
export function timestamp(seconds: number): string {
  const ms = Math.max(0, Math.round(seconds * 1000));
  const two = (value: number) => String(value).padStart(2, '0');
  const whole = Math.floor(ms / 1000);
  const fraction = String(ms % 1000).padStart(3, '0');
  return `${two(Math.floor(whole / 3600))}:${two(Math.floor(whole / 60) % 60)}:${two(whole % 60)}.${fraction}`;
}

/** Text that cannot end a cue, begin another or be taken for a tag. */
function cueText(text: string): string {
  const lines = text.split(/\r\n|\r|\n|\u2028|\u2029/).map((line) => line.trim());
  const escaped = lines.filter((line) => line !== '').join('\n');
  return escaped.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('\0', '');
}

/** A transcript as WebVTT along the sound as heard; what was cut is not said. */
export function webVtt(transcript: Transcript, edit: Edit): string {
  const cues = transcript.cues.flatMap(({ start, end, text }) => {
    const from = heardAt(edit, start);
    const to = heardAt(edit, end);
    const words = cueText(text);
    // Less than a frame of film is what rounding leaves of a cue that was cut.
    return to - from < 0.04 || words === '' ? [] : [`${timestamp(from)} --> ${timestamp(to)}\n${words}`];
  });
  return `WEBVTT\n\n${cues.join('\n\n')}\n`;
}
