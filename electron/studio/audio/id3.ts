/** What a player shows of a sound; every text may be empty but the title. */
export interface SoundTags {
  title: string;
  artist: string;
  album: string;
  /** Place in the batch, from 1, and how many there are. */
  track: number;
  tracks: number;
  /** Local day of the recording, YYYY-MM-DD. */
  day: string;
  comment: string;
  /** ISO 639-2 code: `fra`, `eng`, `nld`. */
  language: string;
  genre: string;
  /** In order; each lasts until the next, the last until the end. Seconds of the sound as heard. */
  chapters: readonly { at: number; title: string }[];
  /** Whole length in seconds. */
  duration: number;
}

const utf16 = Buffer.from([1]);
const latin = Buffer.from([0]);
const end8 = Buffer.from([0]);
const end16 = Buffer.from([0, 0]);

/** Text in UTF-16 with its mark, the only wide encoding that ID3v2.3 has. A lone surrogate or NUL would end it early. */
function wide(text: string): Buffer {
  return Buffer.from(`\ufeff${text.toWellFormed().replaceAll('\0', '')}`, 'utf16le');
}

function frame(name: string, ...parts: Buffer[]): Buffer {
  const body = Buffer.concat(parts);
  const head = Buffer.alloc(10);
  head.write(name, 0, 'latin1');
  head.writeUInt32BE(body.length, 4);
  return Buffer.concat([head, body]);
}

const text = (name: string, value: string) => (value === '' ? Buffer.alloc(0) : frame(name, utf16, wide(value)));

function milliseconds(seconds: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(Math.max(0, Math.round(seconds * 1000)));
  return bytes;
}

/** Chapters have no place in the bytes, only in time. */
const noOffsets = Buffer.alloc(8, 0xff);

function chapterFrames(chapters: SoundTags['chapters'], duration: number): Buffer[] {
  if (chapters.length === 0) return [];
  const name = (index: number) => Buffer.from(`chp${index}\0`, 'latin1');
  const frames = chapters.map(({ at, title }, index) =>
    frame(
      'CHAP',
      name(index),
      milliseconds(at),
      milliseconds(chapters[index + 1]?.at ?? duration),
      noOffsets,
      text('TIT2', title),
    ),
  );
  // One ordered table at the top; players without it show no chapters at all.
  const table = frame(
    'CTOC',
    Buffer.from('toc\0', 'latin1'),
    Buffer.from([3, chapters.length]),
    ...chapters.map((_, index) => name(index)),
  );
  return [table, ...frames];
}

/** The length of a tag is written in bytes of seven bits. */
function synchsafe(length: number): Buffer {
  return Buffer.from([21, 14, 7, 0].map((shift) => (length >> shift) & 0x7f));
}

/**
 * An ID3v2.3 tag, to be put before an MP3 that has none. Version 2.3 and not 2.4, because more players read it. The same
 * tags give the same bytes. `cover` is a JPEG.
 */
export function id3(tags: SoundTags, cover: Uint8Array): Buffer {
  const [year = '', month = '', day = ''] = tags.day.split('-');
  const language = Buffer.from(tags.language.padEnd(3, ' ').slice(0, 3), 'latin1');
  const frames = Buffer.concat([
    text('TIT2', tags.title),
    text('TPE1', tags.artist),
    text('TALB', tags.album),
    text('TRCK', `${tags.track}/${tags.tracks}`),
    text('TYER', year),
    text('TDAT', `${day}${month}`),
    text('TCON', tags.genre),
    text('TLAN', tags.language),
    text('TLEN', String(Math.round(tags.duration * 1000))),
    tags.comment === '' ? Buffer.alloc(0) : frame('COMM', utf16, language, wide(''), end16, wide(tags.comment)),
    ...chapterFrames(tags.chapters, tags.duration),
    frame('APIC', latin, Buffer.from('image/jpeg\0', 'latin1'), Buffer.from([3]), end8, Buffer.from(cover)),
  ]);
  return Buffer.concat([Buffer.from('ID3\x03\x00\x00', 'latin1'), synchsafe(frames.length), frames]);
}
