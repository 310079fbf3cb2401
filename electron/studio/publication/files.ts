import { createHash } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import type { ExportFile, StoredBatch } from '../../../shared/domain/batch.ts';
import { writeVtt } from '../../../shared/domain/captionFiles.ts';
import { editedCues } from '../../../shared/domain/captions.ts';
import { chapters as chaptersOf } from '../../../shared/domain/edit/timeline.ts';
import { editDuration } from '../../../shared/domain/edit.ts';
import type { Language } from '../../../shared/domain/language.ts';
import { coverVersion, drawCover } from './cover.ts';
import { type Feed, rss } from './feed.ts';
import type { ExportAudio, FeedOwner, Portrait, SignedSummary, SoundFile, Tags } from './ports.ts';
import { csv } from './table.ts';

/** A file an export should have. */
export interface WantedFile {
  name: string;
  portraitId: string | null;
  /** Equal texts give equal bytes: a file made from the same is not made again. */
  madeFrom: string;
  write(draft: string, signal: AbortSignal): Promise<void>;
}

/** The audio service could not; `error` is its own name for it. */
export class AudioRefused extends Error {
  override readonly name = 'AudioRefused';
  readonly error: string;
  constructor(error: string, detail: string) {
    super(`${error}: ${detail}`);
    this.error = error;
  }
}

const sha256 = (value: unknown) => createHash('sha256').update(JSON.stringify(value)).digest('hex');
const threeLetters: Record<Language, string> = { fr: 'fra', en: 'eng', nl: 'nld' };

/** The day on the booth's own wall calendar, YYYY-MM-DD. */
export function localDay(instant: string): string {
  return new Intl.DateTimeFormat('en-CA', { year: 'numeric', month: '2-digit', day: '2-digit' }).format(
    new Date(instant),
  );
}

async function drawn(audio: ExportAudio, voices: readonly number[][]): Promise<Buffer> {
  const made = await audio.drawnPicture(drawCover(voices));
  if (!made.ok) throw new AudioRefused(made.error, made.detail);
  return made.value;
}

const words = (name: string, portraitId: string | null, text: string): WantedFile => ({
  name,
  portraitId,
  madeFrom: sha256(text),
  write: (draft, signal) => writeFile(draft, text, { signal }),
});

export interface PortraitFilesOf {
  portrait: Portrait;
  batch: StoredBatch;
  /** Name of its files, without ending. */
  name: string;
  /** Place in the batch, from 1, and how many there are. */
  place: number;
  places: number;
  flac: boolean;
  /** Its transcript is checked and allowed. */
  withTranscript: boolean;
  rendition: { duration: number; files: SoundFile[] };
}

/** What a portrait gives: sound in each format, its cover, and the transcript and chapters it has. */
export function portraitFiles(of: PortraitFilesOf, audio: ExportAudio): WantedFile[] {
  const { portrait, batch, name, rendition } = of;
  const chapters = chaptersIn(portrait);
  const tags: Tags = {
    title: portrait.title,
    artist: portrait.publicName || portrait.event,
    album: batch.name,
    track: of.place,
    tracks: of.places,
    day: localDay(portrait.recordedAt),
    comment: portrait.text || portrait.question,
    language: threeLetters[portrait.language],
    genre: 'Podcast',
    chapters,
    duration: rendition.duration,
  };
  let cover: Promise<Buffer> | undefined;
  const theCover = () => {
    cover ??= drawn(audio, [portrait.ring]);
    return cover;
  };
  const drawing = { coverVersion, ring: portrait.ring };
  const files: WantedFile[] = [];
  for (const format of of.flac ? (['mp3', 'flac'] as const) : (['mp3'] as const)) {
    const sound = rendition.files.find((file) => file.format === format);
    if (sound === undefined) throw new AudioRefused('ffmpegFailed', `no ${format} was made`);
    files.push({
      name: `${name}.${format}`,
      portraitId: portrait.id,
      madeFrom: sha256({ sound: sound.sha256, tags, drawing }),
      async write(output, signal) {
        const request = { input: sound.path, format, output, tags, cover: await theCover() };
        const made = await audio.copyTagged(request, signal);
        if (!made.ok) throw new AudioRefused(made.error, made.detail);
      },
    });
  }
  files.push({
    name: `${name}.jpg`,
    portraitId: portrait.id,
    madeFrom: sha256(drawing),
    write: async (draft, signal) => writeFile(draft, await theCover(), { signal }),
  });
  if (of.withTranscript && portrait.transcript !== null && portrait.edit !== null) {
    files.push(words(`${name}.vtt`, portrait.id, writeVtt(editedCues(portrait.transcript.cues, portrait.edit))));
  }
  if (chapters.length > 0) {
    const json = { version: '1.2.0', chapters: chapters.map(({ at, title }) => ({ startTime: at, title })) };
    files.push(words(`${name}.chapters.json`, portrait.id, `${JSON.stringify(json, null, 2)}\n`));
  }
  return files;
}

/** Its markers that are heard, none twice at one moment and none at the very end: a chapter lasts. */
function chaptersIn({ edit }: Portrait): { at: number; title: string }[] {
  if (edit === null) return [];
  const length = editDuration(edit);
  return chaptersOf(edit)
    .filter(({ at }, index, all) => at < length && all[index - 1]?.at !== at)
    .map(({ at, word }) => ({ at, title: word }));
}

/** A portrait whose files are all there. */
export interface Finished {
  portrait: Portrait;
  name: string;
  place: number;
  duration: number;
}

export interface BatchFilesOf {
  batch: StoredBatch;
  finished: readonly Finished[];
  there: readonly ExportFile[];
  ownCover: Buffer | undefined;
  owner: FeedOwner | undefined;
  summary: SignedSummary;
}

/** What stands once for the whole batch; made last, from what is really there. */
export function batchFiles(of: BatchFilesOf, audio: ExportAudio): WantedFile[] {
  const { batch, finished, there, ownCover, owner } = of;
  const rings = finished.slice(0, 3).map(({ portrait }) => portrait.ring);
  const find = (name: string) => there.find((file) => file.name === name);
  const named = (name: string) => (find(name) === undefined ? null : name);
  const items = finished.flatMap(({ portrait, name, place, duration }) => {
    const sound = find(`${name}.mp3`);
    if (sound === undefined) return [];
    return {
      portraitId: portrait.id,
      title: portrait.title,
      author: portrait.publicName || portrait.event,
      text: portrait.text,
      tags: portrait.tags,
      language: portrait.language,
      recordedAt: portrait.recordedAt,
      duration,
      episode: place,
      sound: { name: sound.name, bytes: sound.bytes, mime: 'audio/mpeg' },
      image: `${name}.jpg`,
      transcript: named(`${name}.vtt`),
      chapters: named(`${name}.chapters.json`),
    };
  });
  const first = finished[0]?.portrait;
  const feed: Feed = {
    batchId: batch.id,
    title: batch.name,
    description: batch.description,
    author: first?.event ?? batch.name,
    owner,
    language: first?.language ?? 'fr',
    url: batch.feedUrl,
    image: 'cover.jpg',
    items,
  };
  return [
    {
      name: 'cover.jpg',
      portraitId: null,
      madeFrom: sha256(batch.coverSha256 ?? { coverVersion, rings }),
      write: async (draft, signal) => writeFile(draft, ownCover ?? (await drawn(audio, rings)), { signal }),
    },
    words('index.csv', null, table(finished, named)),
    words('feed.xml', null, rss(feed)),
    ...summaryFiles(of.summary),
  ];
}

/** The authorisations: signed for a program to check, and to be read. Only what they say makes them anew, not the hour. */
function summaryFiles({ html, json, signature, publicKey }: SignedSummary): WantedFile[] {
  const { madeAt: _, ...said } = JSON.parse(json) as Record<string, unknown>;
  const madeFrom = sha256(said);
  const signed = `${JSON.stringify({ signed: json, signature, publicKey }, null, 2)}\n`;
  return [
    { ...words('autorisations.html', null, html), madeFrom },
    { ...words('autorisations.json', null, signed), madeFrom },
  ];
}

function table(finished: readonly Finished[], named: (name: string) => string | null): string {
  const head = [
    'numéro',
    'titre',
    'personne',
    'CAE',
    'événement',
    'question',
    'langue',
    'enregistré le',
    'durée (s)',
    'étiquettes',
    'texte',
    'MP3',
    'FLAC',
    'transcription',
    'image',
    'identifiant',
  ];
  const rows = finished.map(({ portrait, name, place, duration }) => [
    place,
    portrait.title,
    portrait.publicName,
    portrait.cooperative ?? '',
    portrait.event,
    portrait.question,
    portrait.language,
    localDay(portrait.recordedAt),
    Math.round(duration),
    portrait.tags.join(', '),
    portrait.text,
    `${name}.mp3`,
    named(`${name}.flac`) ?? '',
    named(`${name}.vtt`) ?? '',
    `${name}.jpg`,
    portrait.id,
  ]);
  return csv([head, ...rows]);
}

/** Checksums as `sha256sum -c` reads them. */
export function checksums(files: readonly ExportFile[]): WantedFile {
  const lines = files.filter(({ name }) => name !== 'SHA256SUMS').map(({ name, sha256 }) => `${sha256}  ${name}\n`);
  return words('SHA256SUMS', null, lines.join(''));
}
