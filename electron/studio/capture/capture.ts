import { randomBytes } from 'node:crypto';
import type { z } from 'zod';
import type { captureContract, StartInput, StopInput, TakeStart } from '../../../shared/contract/capture.ts';
import type { StoodBy } from '../../../shared/domain/consent.ts';
import { bytesPerFrame } from '../../../shared/domain/pcm.ts';
import { eraseBy } from './erasure.ts';
import { type Files, isFull, isThere, realFiles } from './files.ts';
import { eraseTakeFiles, idsWith, takesFolder } from './folder.ts';
import { createOpenTakes, type OpenTake } from './open-takes.ts';
import type { CaptureAudio, CaptureStore, GuardiansWord } from './ports.ts';
import { type Adopting, type RecoveryReport, recover } from './recovery.ts';
import { putRight, readSidecar, sidecarOf } from './sidecar.ts';
import type { KnownSound } from './sound-of.ts';
import type { Put } from './take-writer.ts';
import { hashToken, isToken } from './token.ts';

export interface CaptureOptions {
  /** Folder of the masters; made when it is missing. */
  dir: string;
  store: CaptureStore;
  audio: CaptureAudio;
  /** Bytes that may still be written in `dir`. */
  diskFree(): Promise<number>;
  /** Whether the booth has shown this consent text. */
  knownText(version: string, language: string, sha256: string): boolean;
  /** How many parents or guardians have to sign for somebody under 18. */
  guardiansNeeded(): number;
  /** The member of the staff a vouch stands for, while it is good. */
  vouched(vouch: string): StoodBy | undefined;
  log(message: string, error: unknown): void;
  /** Told of every portrait that reaches the hosts without the visitor's keep. */
  onUnconfirmed?(portraitId: string): void;
  now: () => Date;
  /** Milliseconds of a clock nobody sets: a wall clock put right in the middle of a take must not end it. */
  uptime?: () => number;
  /** That many random bytes. */
  random?: (bytes: number) => Uint8Array;
  files?: Files;
}

type KeepInput = z.infer<(typeof captureContract.keep)['~orpc']['inputSchema'] & z.ZodType>;
type DiscardInput = z.infer<(typeof captureContract.discard)['~orpc']['inputSchema'] & z.ZodType>;
type Refused<Code extends string> = { ok: false; code: Code };
/** How many have to sign, and whether a member of the staff stands by. */
type NoGuardian = { ok: false; code: 'GUARDIAN_NEEDED'; guardians: number; staff: boolean };
export type Started =
  | { ok: true; token: string }
  | Refused<'CLOSED' | 'DISK_FULL' | 'UNKNOWN_TEXT' | 'UNKNOWN_TAKE'>
  | NoGuardian;
export type StoppedTake =
  | ({ ok: true } & KnownSound)
  | Refused<'UNKNOWN_TAKE'>
  | { ok: false; code: 'MISSING_CHUNKS'; expected: number };
export type Kept = { ok: true; code: string } | Refused<'CLOSED' | 'UNKNOWN_TAKE' | 'UNKNOWN_TEXT'>;
export type Discarded = { ok: true } | Refused<'CLOSED' | 'UNKNOWN_TAKE'>;
export type ChunkPut = Put | Refused<'UNKNOWN_TAKE'>;

/** Seconds of sound there has to be room for, or no take begins: the longest take and much to spare. */
const roomSeconds = 600;
/** A page that has sent nothing for this long is gone. Chunks come ten times a second. */
const vanishedMs = 60_000;
/** A visitor who has neither kept nor discarded by then has walked away. */
const undecidedMs = 10 * 60_000;
const sweepMs = 5000;

/**
 * Recording, as the studio sees it: crash-safe masters and the first steps of a portrait's life. Call `recover` before
 * anything else, and `close` at the end. Expected failures are values; everything else rejects and may be tried again.
 */
export function createCapture(options: CaptureOptions) {
  const { store, audio, diskFree, knownText, log } = options;
  const { now } = options;
  const uptime = options.uptime ?? (() => performance.now());
  const random = options.random ?? randomBytes;
  const files = options.files ?? realFiles;
  const folder = takesFolder(options.dir);
  const ports = { files, folder, store, audio, now, log };
  const open = createOpenTakes({ ...ports, uptime });
  const starting = new Map<string, Promise<unknown>>();
  /** Portraits whose visitor is listening back: when their last take was closed. */
  const undecided = new Map<string, { takeId: string; since: number }>();

  async function hasRoom(sampleRate: number): Promise<boolean> {
    try {
      return (await diskFree()) >= roomSeconds * sampleRate * bytesPerFrame;
    } catch (error) {
      // Not knowing is no reason to send a visitor away.
      log('the free room on the disk is unknown', error);
      return true;
    }
  }

  function unconfirmed(portraitId: string, takeId: string): void {
    undecided.delete(portraitId);
    store.keepUnconfirmed(portraitId, takeId);
    options.onUnconfirmed?.(portraitId);
  }

  /** Closes a take nobody will stop any more; false when it has no sound, or could not be closed this time. */
  async function interrupt(take: OpenTake): Promise<boolean> {
    try {
      return await open.interrupt(take);
    } catch (error) {
      log('a take could not be closed; it is recovered at the next start', error);
      return false;
    }
  }

  /**
   * Who stands for the visitor; nobody for an adult, whatever the page sends. What is in the evidence already needs no
   * second word: that of this portrait's earlier take, or of the portrait it takes the place of.
   */
  function guardiansWord({ portraitId, consent, continues }: StartInput, token: string): GuardiansWord | NoGuardian {
    if (consent.ageBand !== 'minor') return { guardians: [], stoodBy: null };
    for (const visit of [{ portraitId, token }, ...(continues === undefined ? [] : [continues])]) {
      const theirs = store.portraitToken(visit.portraitId);
      if (theirs === undefined || !isToken(visit.token, theirs)) continue;
      const word = store.guardiansOf(visit.portraitId, consent.answeredAt);
      if (word !== undefined) return word;
    }
    const stoodBy = options.vouched(consent.vouch);
    const needed = Math.max(1, options.guardiansNeeded());
    if (stoodBy !== undefined && consent.guardians.length >= needed) return { guardians: consent.guardians, stoodBy };
    return { ok: false, code: 'GUARDIAN_NEEDED', guardians: needed, staff: stoodBy !== undefined };
  }

  async function make(input: StartInput, token: string): Promise<Started> {
    const { continues, ...asked } = input;
    const { vouch, ...answer } = input.consent;
    if (!knownText(answer.textVersion, answer.language, answer.textSha256)) return { ok: false, code: 'UNKNOWN_TEXT' };
    const tokenHash = hashToken(token);
    const known = open.get(input.takeId);
    const word = guardiansWord(input, token);
    if ('code' in word) return word;
    const start: TakeStart = { ...asked, consent: { ...answer, ...word } };
    if (known !== undefined) {
      const same = known.portraitId === input.portraitId && known.tokenHash === tokenHash;
      return same ? { ok: true, token } : { ok: false, code: 'UNKNOWN_TAKE' };
    }
    if (!(await hasRoom(input.source.sampleRate))) return { ok: false, code: 'DISK_FULL' };
    const startedAt = now().toISOString();
    const outcome = store.startTake(start, tokenHash, startedAt);
    if (outcome === 'refused') return { ok: false, code: 'UNKNOWN_TAKE' };
    // `exists` without a writer: the file's beginning failed, or a restart closes it; either way no sound goes there.
    if (outcome === 'closed' || outcome === 'exists') return { ok: false, code: 'CLOSED' };
    undecided.delete(input.portraitId);
    for (const other of open.ofPortrait(input.portraitId)) await interrupt(other);
    try {
      await open.open(sidecarOf(start, startedAt), tokenHash);
    } catch (error) {
      store.forgetTake(input.takeId);
      // Sound from a life the library has forgotten: it is set aside at the next start, not overwritten now.
      if (isThere(error)) return { ok: false, code: 'CLOSED' };
      await eraseTakeFiles(files, folder, [input.takeId]);
      if (isFull(error)) return { ok: false, code: 'DISK_FULL' };
      throw error;
    }
    return { ok: true, token };
  }

  async function sweep(): Promise<void> {
    const at = uptime();
    for (const take of open.all()) {
      if (take.closing !== undefined || at - take.lastHeardOf < vanishedMs) continue;
      const alone = open.ofPortrait(take.portraitId).length === 1;
      if ((await interrupt(take)) && alone) unconfirmed(take.portraitId, take.takeId);
    }
    for (const [portraitId, { takeId, since }] of undecided) {
      if (at - since >= undecidedMs) unconfirmed(portraitId, takeId);
    }
  }
  const timer = setInterval(() => {
    sweep().catch((error: unknown) => log('takes left behind could not be closed', error));
  }, sweepMs);
  timer.unref();

  return {
    /** To be called once, before any call, when the library is open. `adopt`: see recovery.ts. */
    recover: (options: { adopt: Adopting } = { adopt: 'none' }): Promise<RecoveryReport> => recover(ports, options),

    async start(input: StartInput): Promise<Started> {
      const token = input.token ?? Buffer.from(random(32)).toString('base64url');
      // The same call twice at once: the second waits and finds the take there.
      const before = starting.get(input.takeId)?.catch(() => undefined);
      const made = Promise.resolve(before).then(() => make(input, token));
      starting.set(input.takeId, made);
      try {
        return await made;
      } finally {
        if (starting.get(input.takeId) === made) starting.delete(input.takeId);
      }
    },

    /** Takes chunk number `chunk`, mono 24-bit little-endian PCM, and answers how much is safe on disk. */
    async putChunk(takeId: string, chunk: number, token: string, bytes: Uint8Array): Promise<ChunkPut> {
      const take = open.get(takeId);
      if (take !== undefined) {
        if (!isToken(token, take.tokenHash)) return { ok: false, code: 'UNKNOWN_TAKE' };
        return open.put(take, chunk, bytes);
      }
      const stored = store.take(takeId);
      const theirs = stored !== undefined && isToken(token, stored.tokenHash);
      return { ok: false, code: theirs ? 'CLOSED' : 'UNKNOWN_TAKE' };
    },

    async stop(input: StopInput): Promise<StoppedTake> {
      const take = open.get(input.takeId);
      if (take !== undefined && isToken(input.token, take.tokenHash)) {
        if (take.writer.chunks < input.chunks && take.closing === undefined) {
          return { ok: false, code: 'MISSING_CHUNKS', expected: take.writer.chunks };
        }
        const { goFrame, elapsedMs, gaps } = input;
        const sound = await open.close(take, { state: 'closed', goFrame, elapsedMs, gaps });
        undecided.set(take.portraitId, { takeId: take.takeId, since: uptime() });
        if (take.writer.frames >= input.frames) return { ok: true, ...sound };
        return { ok: false, code: 'UNKNOWN_TAKE' };
      }
      const stored = store.take(input.takeId);
      if (stored === undefined || !isToken(input.token, stored.tokenHash) || stored.state === 'open') {
        return { ok: false, code: 'UNKNOWN_TAKE' };
      }
      // Closed by a restart before the page had sent everything: the page still has it, and sends it as another take.
      if ((stored.frames ?? 0) < input.frames) return { ok: false, code: 'UNKNOWN_TAKE' };
      return { ok: true, verdict: stored.verdict, peaks: stored.peaks };
    },

    async keep({ portraitId, takeId, token, choices }: KeepInput): Promise<Kept> {
      const tokenHash = store.portraitToken(portraitId);
      if (tokenHash === undefined || !isToken(token, tokenHash)) return { ok: false, code: 'UNKNOWN_TAKE' };
      if (store.take(takeId)?.portraitId !== portraitId) return { ok: false, code: 'UNKNOWN_TAKE' };
      if (!knownText(choices.textVersion, choices.language, choices.textSha256)) {
        return { ok: false, code: 'UNKNOWN_TEXT' };
      }
      let kept: ReturnType<CaptureStore['keep']> = 'closed';
      const decide = () => {
        kept = store.keep(portraitId, takeId, choices);
        return kept === 'closed' ? kept : kept.otherTakes;
      };
      await eraseBy(files, folder, { portraitId, keep: takeId }, decide, open.abandon);
      const outcome = kept as ReturnType<CaptureStore['keep']>;
      if (outcome === 'closed') return { ok: false, code: 'CLOSED' };
      undecided.delete(portraitId);
      return { ok: true, code: outcome.code };
    },

    async discard({ portraitId, token }: DiscardInput): Promise<Discarded> {
      const tokenHash = store.portraitToken(portraitId);
      if (tokenHash === undefined) return { ok: true };
      if (!isToken(token, tokenHash)) return { ok: false, code: 'UNKNOWN_TAKE' };
      let closed = false;
      const decide = () => {
        const takeIds = store.discard(portraitId);
        closed = takeIds === 'closed';
        return takeIds;
      };
      await eraseBy(files, folder, { portraitId, keep: null }, decide, open.abandon);
      if (closed) return { ok: false, code: 'CLOSED' };
      undecided.delete(portraitId);
      return { ok: true };
    },

    /** The record beside a take's master gives these times from now on; harmless when repeated, or when it is not there. */
    putRight: (take: { takeId: string; startedAt: string; closedAt: string | null }): Promise<void> =>
      putRight(files, folder.sidecar(take.takeId), take),
    /** Takes whose record beside the master was put right, with the time it gives now. */
    async rightTimes(): Promise<{ takeId: string; startedAt: string }[]> {
      const right: { takeId: string; startedAt: string }[] = [];
      for (const takeId of await idsWith(files, folder, '.json')) {
        const record = await readSidecar(files, folder.sidecar(takeId));
        if (record?.givenAt !== undefined) right.push({ takeId, startedAt: record.startedAt });
      }
      return right;
    },
    /** Path of a take's master. */
    master: folder.wav,
    /** Erases sound and sidecar of these takes, for good, after the library has let them go. */
    eraseFiles: (takeIds: readonly string[]): Promise<void> => eraseTakeFiles(files, folder, takeIds),
    /** Number of takes being written: the studio must not be updated or put to sleep meanwhile. */
    recording: (): number => open.all().length,
    /** Closes takes whose page has vanished. Runs by itself every 5 s. */
    sweep,

    /** Closes what is open; its portraits reach the hosts unconfirmed, as after a crash. */
    async close(): Promise<void> {
      clearInterval(timer);
      for (const take of open.all()) if (await interrupt(take)) unconfirmed(take.portraitId, take.takeId);
    },
  };
}
export type Capture = ReturnType<typeof createCapture>;
