import { createHash, randomBytes } from 'node:crypto';
import type { FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { bytesPerFrame } from '../../../shared/domain/pcm.ts';
import type { StoredTake } from '../../../shared/domain/take.ts';
import { headerBytes } from '../../../shared/domain/wav.ts';
import { finishErasures } from './erasure.ts';
import { type Files, isMissing } from './files.ts';
import { eraseTakeFiles, idsWith, type TakesFolder } from './folder.ts';
import type { CaptureAudio, CaptureStore } from './ports.ts';
import { seal } from './sealing.ts';
import { readSidecar, writeSidecar } from './sidecar.ts';
import { soundOf, withGaps } from './sound-of.ts';

export interface RecoveryReport {
  /** Takes a crash cut off, now closed as `recovered`. */
  recovered: string[];
  /** Takes without a single frame, forgotten. */
  forgotten: string[];
  /** Takes the library had lost, taken in again from their records; each is in `recovered` (or `forgotten`) as well. */
  adopted: string[];
  /** Takes the library does not know, moved to `set-aside` for a person to look at. */
  setAside: string[];
  /** Takes whose erasure a crash had left half done. */
  erased: string[];
  /** Takes that could not be dealt with this time. */
  failed: string[];
}

export interface RecoveryPorts {
  files: Files;
  folder: TakesFolder;
  store: CaptureStore;
  audio: CaptureAudio;
  now(): Date;
  log(message: string, error: unknown): void;
}

/** Cuts the file to whole frames and seals it. Answers undefined when there is no sound in it. */
async function repair(files: Files, path: string, sampleRate: number) {
  let file: FileHandle;
  try {
    // It may have been sealed already; where the file system knows no such bit, opening tells.
    await files.chmod(path, 0o600).catch(() => undefined);
    file = await files.open(path, 'r+');
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
  try {
    const { size } = await file.stat();
    const frames = Math.floor((size - headerBytes) / bytesPerFrame);
    if (frames <= 0) return undefined;
    const hash = createHash('sha256');
    const block = new Uint8Array(1 << 20);
    const end = headerBytes + frames * bytesPerFrame;
    for (let at = headerBytes; at < end; ) {
      const { bytesRead } = await file.read(block, 0, Math.min(block.length, end - at), at);
      if (bytesRead === 0) throw new Error(`the file ended at ${at} of ${end}`);
      hash.update(block.subarray(0, bytesRead));
      at += bytesRead;
    }
    await seal(file, sampleRate, frames);
    return { frames, sha256: hash.digest('hex') };
  } finally {
    await file.close();
  }
}

async function recoverTake(ports: RecoveryPorts, take: StoredTake): Promise<'recovered' | 'forgotten'> {
  const { files, folder, store, audio, now, log } = ports;
  const { takeId, portraitId } = take;
  const path = folder.wav(takeId);
  const repaired = await repair(files, path, take.sampleRate);
  if (repaired === undefined) {
    store.forgetTake(takeId);
    await eraseTakeFiles(files, folder, [takeId]);
    return 'forgotten';
  }
  await files.chmod(path, 0o444).catch(() => undefined);
  const record = await readSidecar(files, folder.sidecar(takeId));
  // The page's figures are there when the crash came between the sealing and the library's transaction.
  const known = record?.closing?.sha256 === repaired.sha256 ? record.closing : undefined;
  const heard = await soundOf(undefined, audio, path, log);
  const sound = withGaps(heard, known?.gaps, take.sampleRate);
  const closing = {
    state: 'recovered' as const,
    closedAt: now().toISOString(),
    ...repaired,
    goFrame: known?.goFrame ?? null,
    elapsedMs: known?.elapsedMs ?? null,
    ...(known?.gaps && { gaps: known.gaps }),
  };
  if (record) await writeSidecar(files, folder.sidecar(takeId), { ...record, closing });
  store.closeTake(takeId, { ...closing, ...sound });
  store.keepUnconfirmed(portraitId, takeId);
  return 'recovered';
}

/**
 * Which sounds that the library does not know are taken in again: `lost`, all that are not known to have been thrown away,
 * since the library lost some; `stray`, those of portraits it never heard of, since a power cut may cost its last entries
 * without a sign.
 */
export type Adopting = 'none' | 'stray' | 'lost';

/** Takes in again, from the record beside each sound, what the library does not know. What was thrown away stays away. */
async function adopt(
  { files, folder, store }: RecoveryPorts,
  which: Adopting,
): Promise<{ adopted: string[]; erased: string[] }> {
  const adopted: string[] = [];
  const erased: string[] = [];
  for (const takeId of await idsWith(files, folder, '.wav')) {
    if (store.take(takeId) !== undefined) continue;
    const record = await readSidecar(files, folder.sidecar(takeId));
    if (record === undefined) continue;
    const { portraitId, questionId, consent, speaker, source } = record;
    if (store.erased(portraitId)) continue;
    if (which === 'stray' && store.portraitToken(portraitId) !== undefined) continue;
    // A child's voice without a guardian's word is never kept, whatever became of the library.
    if (consent.ageBand === 'minor' && consent.guardians.length === 0) {
      await eraseTakeFiles(files, folder, [takeId]);
      erased.push(takeId);
      continue;
    }
    // The page that held the token is gone; the takes of one portrait only have to agree with one another.
    const tokenHash = store.portraitToken(portraitId) ?? randomBytes(32).toString('hex');
    const start = { portraitId, takeId, questionId, consent, speaker, source };
    const started = store.startTake(start, tokenHash, record.startedAt) === 'started';
    if (started || store.readmit(start, record.startedAt)) adopted.push(takeId);
  }
  return { adopted, erased };
}

/** Moves what the library does not know out of the way; never deletes sound. */
async function setAside({ files, folder, store }: RecoveryPorts): Promise<string[]> {
  const sounds = await idsWith(files, folder, '.wav');
  const records = await idsWith(files, folder, '.json');
  const unknown = [...new Set([...sounds, ...records])].filter((takeId) => store.take(takeId) === undefined);
  if (unknown.length > 0) await files.mkdir(folder.setAsideDir, { recursive: true, mode: 0o700 });
  for (const takeId of unknown) {
    if (sounds.includes(takeId)) await files.rename(folder.wav(takeId), join(folder.setAsideDir, `${takeId}.wav`));
    if (records.includes(takeId)) {
      await files.rename(folder.sidecar(takeId), join(folder.setAsideDir, `${takeId}.json`));
    }
  }
  return unknown;
}

/** Brings the takes' folder and the library together after a crash. One take that cannot be saved stops no other. */
export async function recover(ports: RecoveryPorts, options: { adopt: Adopting }): Promise<RecoveryReport> {
  const { files, folder, store, log } = ports;
  const report: RecoveryReport = { recovered: [], forgotten: [], adopted: [], setAside: [], erased: [], failed: [] };
  await files.mkdir(folder.dir, { recursive: true, mode: 0o700 });
  report.erased = await finishErasures(files, folder, store);
  if (options.adopt !== 'none') {
    const { adopted, erased } = await adopt(ports, options.adopt);
    report.adopted = adopted;
    report.erased.push(...erased);
  }
  for (const takeId of store.openTakes()) {
    const take = store.take(takeId);
    if (take === undefined) continue;
    try {
      report[await recoverTake(ports, take)].push(takeId);
    } catch (error) {
      log('a take could not be recovered; it is tried again at the next start', error);
      report.failed.push(takeId);
    }
  }
  for (const { portraitId, takeId } of store.unsettled()) store.keepUnconfirmed(portraitId, takeId);
  report.setAside = await setAside(ports);
  return report;
}
