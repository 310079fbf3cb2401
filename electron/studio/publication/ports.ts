import type { Transcript } from '../../../shared/contract/base.ts';
import type { StaffActor } from '../../../shared/domain/actor.ts';
import type {
  BatchWords,
  ExportFile,
  ExportReason,
  ExportState,
  LeftOut,
  StoredBatch,
  StoredJob,
} from '../../../shared/domain/batch.ts';
import type { GateAnswer, Purpose } from '../../../shared/domain/consent.ts';
import type { Language } from '../../../shared/domain/language.ts';
import type { PortraitState } from '../../../shared/domain/portrait.ts';
import type { Edit, Warning } from '../../../shared/domain/sound.ts';

// What publication needs of the others; times are ISO 8601 texts in UTC.

type Refused = { ok: false; code: 'NOT_FOUND' } | { ok: false; code: 'STALE'; revision: number };
type Change = { ok: true } | { ok: false; code: 'FULL'; most: number } | Refused;

export interface BatchStore {
  list(): StoredBatch[];
  get(id: string): StoredBatch | undefined;
  create(fields: BatchWords, actor: StaffActor): string;
  save(id: string, revision: number, fields: BatchWords, actor: StaffActor): Change;
  setCover(id: string, sha256: string | null, actor: StaffActor): boolean;
  remove(id: string, actor: StaffActor): boolean;
  restore(id: string, actor: StaffActor): boolean;
  add(
    id: string,
    revision: number,
    portraitIds: readonly string[],
    at: number | undefined,
    actor: StaffActor,
  ): { ok: true; added: number; already: number } | Exclude<Change, { ok: true }>;
  takeOut(id: string, revision: number, portraitIds: readonly string[], actor: StaffActor): Change;
  order(id: string, revision: number, portraitIds: readonly string[], actor: StaffActor): Change;
  acknowledged(portraitId: string): Warning[];
  acknowledge(portraitId: string, yes: boolean, actor: StaffActor): boolean;
  hasTitle(portraitId: string): boolean;
  /** SHA-256 of every cover a batch names, removed batches included. */
  covers(): string[];
}

export interface ExportStore {
  get(id: string): StoredJob | undefined;
  ofBatch(batchId: string): StoredJob[];
  inState(...states: ExportState[]): StoredJob[];
  last(): { folder: string; flac: boolean };
  add(job: StoredJob): boolean;
  move(
    id: string,
    from: readonly ExportState[],
    to: ExportState,
    reason: ExportReason | null,
    actor: StaffActor | 'studio',
  ): boolean;
  note(id: string, known: { bytesTotal?: number; leftOut?: LeftOut[] }): void;
  files(jobId: string): ExportFile[];
  addFile(jobId: string, file: ExportFile, handed: HandOver | null): void;
  removeFile(jobId: string, name: string): void;
  takeBack(jobId: string, file: string): void;
  sent(jobId: string, file: ExportFile, handed: HandOver): void;
}
export interface HandOver {
  batch: string;
  actor: StaffActor;
  place: string;
}

export interface SignedSummary {
  /** What was signed, byte for byte. */
  json: string;
  signature: string;
  publicKey: string;
  /** The same for a reader. */
  html: string;
}
export interface FeedOwner {
  name: string;
  email: string;
}

/** A portrait as it leaves the house, and what is known of it before. */
export interface Portrait {
  id: string;
  state: PortraitState;
  title: string;
  /** First name and trade, for the desk alone. */
  deskName: string;
  /** How the person wants to be called where the portrait is heard; may be empty. */
  publicName: string;
  cooperative: string | null;
  event: string;
  question: string;
  text: string;
  tags: string[];
  language: Language;
  recordedAt: string;
  duration: number;
  ring: number[];
  warnings: Warning[];
  hasSound: boolean;
  edit: Edit | null;
  transcript: Transcript | null;
}

export interface SoundFile {
  format: string;
  path: string;
  bytes: number;
  sha256: string;
  mime: string;
}
export interface RenderOptions {
  signal: AbortSignal;
  onProgress: (share: number) => void;
}
type Made<T> = { ok: true; value: T } | { ok: false; error: string; detail: string };

/** The audio service, as far as publication knows it. */
export interface ExportAudio {
  copyTagged(
    request: { input: string; format: 'mp3' | 'flac'; output: string; tags: Tags; cover: Uint8Array },
    signal?: AbortSignal,
  ): Promise<Made<null>>;
  drawnPicture(pixels: { side: number; rgb: Uint8Array }): Promise<Made<Buffer>>;
  squarePicture(
    picture: { kind: 'jpeg' | 'png'; bytes: Uint8Array; mostPixels: number },
    side: number,
  ): Promise<Made<Buffer>>;
}
export interface Tags {
  title: string;
  artist: string;
  album: string;
  track: number;
  tracks: number;
  day: string;
  comment: string;
  language: string;
  genre: string;
  chapters: { at: number; title: string }[];
  duration: number;
}

export type PublishOutcome = { ok: true } | { ok: false; code: 'NOT_FOUND' | 'NO_CONSENT' | 'WRONG_STATE' };

export interface PublicationParts {
  batches: BatchStore;
  exports: ExportStore;
  /** A portrait that is not erased. */
  portrait(id: string): Portrait | undefined;
  /** The one question every way out of the house asks; asked at adding, at start, and before each file gets its name. */
  mayUse(portraitId: string, purpose: Purpose): GateAnswer;
  /** The sound at publication loudness, made or found made, in at least these formats. */
  render(
    portraitId: string,
    formats: readonly ('mp3' | 'flac')[],
    options: RenderOptions,
  ): Promise<Made<{ duration: number; files: SoundFile[] }>>;
  audio: ExportAudio;
  /** Queues a portrait at a destination. */
  publish(portraitId: string, destinationId: string, actor: StaffActor): PublishOutcome;
  knowsDestination(id: string): boolean;
  /** What travels with a batch: that each portrait may be used, signed; without contacts or signatures. */
  summary(portraitIds: readonly string[]): SignedSummary;
  /** Who answers for a portrait's feed; undefined when no address to write to is given. */
  owner(portraitId: string): FeedOwner | undefined;
  /** Bytes that may still be written in a folder, without those kept for recordings. */
  freeBytes(folder: string): Promise<number>;
  /** Nothing is ever exported into this folder. */
  dataDir: string;
  /** Folders below which exports may go; the machine's usual ones when left out. */
  exportRoots?: readonly string[] | undefined;
  /** Covers somebody gave, and ZIPs being prepared. */
  folders: { covers: string; exports: string };
  onChange(topic: 'batches' | 'portraits'): void;
  log(what: string, error?: unknown): void;
  now(): Date;
  /** Whether the clock is believed; in doubt nothing leaves, since nobody knows whose permission has ended. */
  trusted(): boolean;
}
