import { rmSync } from 'node:fs';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Transcript } from '../../../shared/contract/base.ts';
import type { EngineAbsence, TranscriptFailure, TranscriptJob } from '../../../shared/contract/transcript.ts';
import { tidyCues } from '../../../shared/domain/captions.ts';
import type { SpeechSound, TranscriptEngine, TranscriptStore } from './ports.ts';
import type { CaptionReader } from './reading.ts';

export interface TranscriptParts {
  engine: TranscriptEngine;
  store: TranscriptStore;
  sound: SpeechSound;
  read: CaptionReader;
  /** Where each piece of work gets a folder of its own for a while; emptied at start, a crash may have left a voice there. */
  folder: string;
  /** Something changed that a page may show. */
  onChange(): void;
  /** The portrait has a transcript now. */
  onWritten(): void;
  log(what: string, error?: unknown): void;
}

export type StartAnswer =
  | { ok: true }
  | { ok: false; code: 'NOT_FOUND' | 'NO_SOUND' | 'HAS_TRANSCRIPT' }
  | { ok: false; code: 'NO_ENGINE'; why: EngineAbsence };

/** Ended jobs kept in sight. */
const remembered = 20;

interface Job {
  facts: TranscriptJob;
  before: Transcript | null;
  stop: AbortController;
  /** Settles when nothing of the sound is left of it; undefined while it has not begun. Never rejects. */
  over?: Promise<void>;
}

/** Automatic transcripts: one at a time, each of them to be stopped, and none that writes over a person's words. */
export function createTranscripts(parts: TranscriptParts) {
  rmSync(parts.folder, { recursive: true, force: true });
  const jobs = new Map<string, Job>();
  let working: Promise<void> = Promise.resolve();

  function change(job: Job, facts: Partial<TranscriptJob>): void {
    job.facts = { ...job.facts, ...facts };
    parts.onChange();
  }
  const fail = (job: Job, failure: TranscriptFailure, detail = '') => change(job, { state: 'failed', failure, detail });

  async function work(job: Job): Promise<void> {
    const { portraitId } = job.facts;
    const { signal } = job.stop;
    if (signal.aborted) return;
    const portrait = parts.store.portrait(portraitId);
    if (portrait?.duration == null) return fail(job, 'noSound');
    change(job, { state: 'running' });
    await mkdir(parts.folder, { recursive: true });
    const folder = await mkdtemp(join(parts.folder, 'work-'));
    try {
      const wav = join(folder, 'speech.wav');
      const sound = await parts.sound.write(portraitId, wav, signal);
      signal.throwIfAborted();
      if (!sound.ok) return fail(job, 'soundFailed', sound.detail);
      const heard = await parts.engine.run({
        wav,
        folder,
        language: portrait.language,
        signal,
        onProgress(share) {
          if (share >= job.facts.progress + 0.01) change(job, { progress: share });
        },
      });
      signal.throwIfAborted();
      if (!heard.ok) return fail(job, heard.failure, heard.detail);
      const cues = tidyCues(heard.cues, portrait.duration);
      if (cues.length === 0) return fail(job, 'nothingHeard');
      const transcript: Transcript = { language: portrait.language, origin: 'engine', checked: false, cues };
      if (!parts.store.fill(portraitId, job.before, transcript)) return fail(job, 'changed');
      change(job, { state: 'done', progress: 1 });
      parts.onWritten();
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  }

  function forgetOldest(): void {
    const ended = [...jobs].filter(([, job]) => job.facts.state === 'done' || job.facts.state === 'failed');
    for (const [id] of ended.slice(0, Math.max(0, ended.length - remembered))) jobs.delete(id);
  }

  return {
    /** Passages of a caption file somebody brings; nothing is stored. */
    read: parts.read,

    async state() {
      const found = await parts.engine.find();
      return {
        available: found.ok,
        why: found.ok ? null : found.why,
        program: found.ok ? found.program : '',
        jobs: [...jobs.values()].map((job) => job.facts),
      };
    },

    async start(portraitId: string, replace: boolean): Promise<StartAnswer> {
      const portrait = parts.store.portrait(portraitId);
      if (portrait === undefined) return { ok: false, code: 'NOT_FOUND' };
      if (portrait.duration === null) return { ok: false, code: 'NO_SOUND' };
      if (portrait.transcript !== null && portrait.transcript.cues.length > 0 && !replace) {
        return { ok: false, code: 'HAS_TRANSCRIPT' };
      }
      const found = await parts.engine.find();
      if (!found.ok) return { ok: false, code: 'NO_ENGINE', why: found.why };
      const there = jobs.get(portraitId)?.facts.state;
      if (there === 'waiting' || there === 'running') return { ok: true };
      const job: Job = {
        facts: { portraitId, state: 'waiting', progress: 0, failure: null, detail: '' },
        before: portrait.transcript,
        stop: new AbortController(),
      };
      jobs.delete(portraitId);
      jobs.set(portraitId, job);
      forgetOldest();
      parts.onChange();
      working = working.then(() => {
        job.over = work(job).catch((error: unknown) => {
          if (job.stop.signal.aborted) return;
          parts.log('an automatic transcript failed', error);
          fail(job, 'engineFailed', error instanceof Error ? error.message : '');
        });
        return job.over;
      });
      return { ok: true };
    },

    /** Stops it at once, whether it waits or runs; settles when no sound of it lies in the folder any more. */
    async cancel(portraitId: string): Promise<void> {
      const job = jobs.get(portraitId);
      if (job === undefined) return;
      jobs.delete(portraitId);
      job.stop.abort();
      parts.onChange();
      await job.over;
    },

    /** Stops everything and waits until nothing runs. */
    async close(): Promise<void> {
      for (const job of jobs.values()) job.stop.abort();
      await working;
    },
  };
}
