import { parseText } from 'media-captions';
import type { CaptionFormat } from '../../../shared/domain/captionFiles.ts';
import { type Cue, cleanCueText, longestCue, mostCues } from '../../../shared/domain/captions.ts';

export interface ReadCaptions {
  format: CaptionFormat;
  /** In the order of the file; they may overlap. */
  cues: Cue[];
  /** Passages whose time or text could not be read. */
  skipped: number;
}

/**
 * Two times: hours may be missing or long, the mark may be a comma, digits may be short. Blanks are single ones by then:
 * with rows of them, a pattern and the parser both look for their end from each one.
 */
const timing =
  /^(?:(\d{1,3}) ?: ?)?(\d{1,2}) ?: ?(\d{1,2})(?: ?[.,:] ?(\d{1,3}))? ?-{1,2}> ?(?:(\d{1,3}) ?: ?)?(\d{1,2}) ?: ?(\d{1,2})(?: ?[.,:] ?(\d{1,3}))?(?: .*)?$/;

const padded = (text: string | undefined, length: number) => (text ?? '').padStart(length, '0');
/** `7` after the mark is seven tenths in one program and seven thousandths in none that is in use. */
const stamp = (h: string | undefined, m: string | undefined, s: string | undefined, ms: string | undefined) =>
  `${padded(h, 2)}:${padded(m, 2)}:${padded(s, 2)}.${(ms ?? '').padEnd(3, '0')}`;

/**
 * The text as the parser wants it: one kind of line end, times in one spelling, each passage apart from the next
 * (files that forgot the blank line or the number run into each other), notes and styles left to the parser.
 */
function straighten(text: string): { lines: string[]; timings: number } {
  const lines: string[] = [];
  let timings = 0;
  for (const raw of text
    .replace(/^\uFEFF/, '')
    .replace(/\0/g, '')
    .split(/\r\n|\r|\n/)) {
    const bare = raw.replace(/[\u200B\u2060\uFEFF]/g, '').trim();
    const line = bare.includes('>') ? bare.replace(/\s+/g, ' ') : bare;
    const times = timing.exec(line);
    if (times === null) {
      if (/^\d/.test(line) && line.includes('-->')) timings++;
      if (timings <= mostTimings) lines.push(line);
      continue;
    }
    timings++;
    if (timings > mostTimings) continue;
    const number = /^\d+$/.test(lines.at(-1) ?? '') ? lines.pop() : undefined;
    if (lines.length > 0 && lines.at(-1) !== '') lines.push('');
    if (number !== undefined) lines.push(number);
    const [, h1, m1, s1, ms1, h2, m2, s2, ms2] = times;
    lines.push(`${stamp(h1, m1, s1, ms1)} --> ${stamp(h2, m2, s2, ms2)}`);
  }
  return { lines, timings };
}

const entities: Record<string, string> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: '’',
  nbsp: '\u00a0',
  lrm: '',
  rlm: '',
};

/** Passages that are looked at: some may be empty or backwards. What comes after is counted, and not kept. */
const mostTimings = 2 * mostCues;

/** Colours, voices, karaoke times and places on a picture mean nothing to a listener's reader. */
function plainText(text: string): string {
  return cleanCueText(
    text
      .replace(/\{\\[^{}]*\}/g, '')
      .replace(/<\/?[a-z][^<>]*>|<\d[\d:.]*>/gi, '')
      .replace(/&(?:#(\d{1,6})|#x([\da-f]{1,5})|(\w+));/gi, (whole, decimal, hex, name) => {
        if (name !== undefined) return entities[String(name).toLowerCase()] ?? whole;
        const code = decimal !== undefined ? Number(decimal) : Number.parseInt(hex, 16);
        return code > 31 && code <= 0x10ffff ? String.fromCodePoint(code) : '';
      })
      // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out
      .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/g, ''),
  );
}

const milli = (seconds: number) => Math.round(seconds * 1000) / 1000;

/** Reads WebVTT and SubRip alike, tolerantly; undefined when there is not one passage in it. */
export async function readCaptions(text: string): Promise<ReadCaptions | undefined> {
  const { lines, timings } = straighten(text);
  const format = /^WEBVTT(?:\s|$)/.test(lines[0] ?? '') ? 'vtt' : 'srt';
  // Read as SubRip, a WebVTT file loses its header, notes and styles, which is wanted, and no words: the parser for
  // WebVTT takes a passage that begins with « line: » for a setting.
  const parsed = await parseText(lines.join('\n'), { type: 'srt', strict: false, errors: false });
  const cues = parsed.cues
    .map((cue) => ({
      start: milli(cue.startTime),
      end: milli(cue.endTime),
      text: plainText(cue.text).slice(0, longestCue),
    }))
    .filter((cue) => cue.text !== '' && cue.end <= 86_400)
    .slice(0, mostCues);
  return cues.length === 0 ? undefined : { format, cues, skipped: timings - cues.length };
}
