import type { StaffActor } from './actor.ts';
import type { GateRefusal, Purpose } from './consent.ts';
import type { PortraitState } from './portrait.ts';
import type { Warning } from './sound.ts';

/** What hosts write about a batch. */
export interface BatchWords {
  name: string;
  description: string;
  purpose: BatchPurpose;
  needsTranscript: boolean;
  /** Web address the folder will be put at, for the feed; empty for none. */
  feedUrl: string;
}

/** A batch as stored; what its portraits are is asked of the portraits. */
export interface StoredBatch extends BatchWords {
  id: string;
  revision: number;
  /** Names the file of the cover somebody gave. */
  coverSha256: string | null;
  updatedAt: string;
  /** In order. */
  portraitIds: string[];
}

/** What a batch may be made for; a transcript is never one by itself. */
export const batchPurposes = [
  'site',
  'podcast',
  'social',
  'promotion',
  'archive',
] as const satisfies readonly Purpose[];
export type BatchPurpose = (typeof batchPurposes)[number];

/** Formats of sound a batch is exported in; the MP3 is always there. */
export const exportFormats = ['mp3', 'flac'] as const;
export type ExportFormat = (typeof exportFormats)[number];

/** Most portraits of one batch. */
export const mostItems = 500;

/** What keeps a portrait of a batch from leaving the house. */
export type Blocker =
  /** The person's authorisation does not cover the batch's purpose. */
  | { kind: 'gate'; why: GateRefusal }
  | { kind: 'notApproved'; state: PortraitState }
  | { kind: 'noTitle' }
  /** Nobody has said yet that it may go out in spite of these. */
  | { kind: 'warnings'; warnings: Warning[] }
  | { kind: 'noSound' }
  | { kind: 'noTranscript' }
  | { kind: 'transcriptUnchecked' }
  /** The batch demands a transcript, and the person allowed none. */
  | { kind: 'transcriptNotAllowed'; why: GateRefusal };

/** Why an export stopped; the interface has a sentence for each. */
export const exportReasons = [
  'diskFull',
  'folderGone',
  'notWritable',
  'noFfmpeg',
  'renderFailed',
  'nothingLeft',
  'withdrawn',
  'clock',
  'unexpected',
] as const;
export type ExportReason = (typeof exportReasons)[number];

/**
 * `interrupted`: the studio was closed or died meanwhile; `ready`: a ZIP that waits to be fetched. What is interrupted,
 * failed or cancelled can be resumed.
 */
export const exportStates = ['waiting', 'running', 'ready', 'done', 'failed', 'cancelled', 'interrupted'] as const;
export type ExportState = (typeof exportStates)[number];

/** Why a portrait was left out of an export. */
export interface LeftOut {
  portraitId: string;
  title: string;
  blockers: Blocker[];
}

/** Which portraits an export is of, in order, each with the name its files have; fixed when it starts. */
export type ExportPlan = { portraitId: string; name: string }[];

export interface StoredJob {
  id: string;
  batchId: string;
  kind: 'folder' | 'zip';
  /** The folder that was chosen; empty for a ZIP. */
  parent: string;
  /** The export's own folder in it, or the ZIP's name. */
  place: string;
  flac: boolean;
  state: ExportState;
  reason: ExportReason | null;
  actor: StaffActor;
  plan: ExportPlan;
  leftOut: LeftOut[];
  bytesTotal: number;
  createdAt: string;
  updatedAt: string;
}

export interface ExportFile {
  name: string;
  /** Null for what belongs to the whole batch. */
  portraitId: string | null;
  /** What it was made from; equal texts give equal bytes. */
  madeFrom: string;
  bytes: number;
  sha256: string;
}

/** One file of a portrait that has left the house. */
export interface HandedOver {
  batch: string;
  kind: 'folder' | 'zip';
  place: string;
  file: string;
  sha256: string;
  at: string;
  actor: StaffActor;
  /** When the hosts had it destroyed or given back. */
  settledAt: string | null;
}

/** Why a folder cannot take an export. */
/**
 * Why an export does not go into a folder. `notUsable`: it is not there, is no folder, leads elsewhere or may not be written
 * to; which of them is not told, or one could ask which paths exist.
 */
export const folderProblems = ['notAbsolute', 'notAllowed', 'insideData', 'notUsable'] as const;
export type FolderProblem = (typeof folderProblems)[number];

/** Bounds of a cover somebody gives, in pixels of each side and in bytes. */
export const coverSide = { least: 1400, most: 6000, made: 1400 } as const;
export const coverBytes = 12 * 1024 * 1024;
export const coverProblems = [
  'TOO_LARGE',
  'NOT_A_PICTURE',
  'TOO_SMALL',
  'TOO_MANY_PIXELS',
  'NO_FFMPEG',
  'FFMPEG_FAILED',
  'DISK_FULL',
] as const;
export type CoverProblem = (typeof coverProblems)[number];
