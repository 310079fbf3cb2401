import { editDuration } from '../../../shared/domain/edit.ts';
import { targetOf } from '../../../shared/domain/level.ts';
import type { Edit, LoudnessTarget, Recipe, TakeSound } from '../../../shared/domain/sound.ts';
import { turns } from '../../../shared/domain/turns.ts';
import { ProgramFailed } from '../../programs/failure.ts';
import { encodeSpeech, type FfmpegLimits, type FfmpegRun } from './ffmpeg.ts';
import type { FfmpegFound, FindOptions } from './find.ts';
import { ffmpegFinder } from './finder.ts';
import { type Imported, importMaster, TooLong } from './import.ts';
import { SharedJobs } from './jobs.ts';
import { type LiveAnalysis, liveAnalysis } from './live.ts';
import { BadPicture, type ForeignPicture, type Pixels, pixelsToJpeg, squareJpeg } from './picture.ts';
import { renditionId } from './recipe.ts';
import { readRegion } from './region.ts';
import { makeFiles, NoLoudness } from './render.ts';
import { type Rendition, shelf } from './shelf.ts';
import { copyTagged, type TagRequest } from './tagging.ts';
import { makeTakePeaks, sweepTakePeaks } from './take-peaks.ts';
import { BadMaster, openMaster } from './wav.ts';

export interface AudioOptions {
  /** Path of an ffmpeg from the settings, empty for none; asked anew for each piece of work. */
  ffmpegPath: () => string;
  /** Publication loudness; what a take's gain leads to. */
  target: () => LoudnessTarget;
  /** Where renditions are kept; made when first needed. */
  folder: string;
  /** Where the masters and their peaks are. */
  takesFolder?: string;
  /** How far a render gives way to everything else: 0 (not at all) to 19. Default 10; without meaning on Windows. */
  niceness?: number;
  /**
   * Has work done that writes about so many bytes, as long as there is room beside what is kept for recordings. Rejects
   * with the code ENOSPC where there is none.
   */
  withRoom?: <T>(
    bytes: number,
    signal: AbortSignal | undefined,
    work: (signal: AbortSignal | undefined) => Promise<T>,
  ) => Promise<T>;
  /** For tests: how ffmpeg is looked for. */
  find?: Omit<FindOptions, 'setting'>;
  /** For tests: how long ffmpeg may be silent, and how long it may take. */
  limits?: FfmpegLimits;
}

/** `noFfmpeg`: there is none that can be used; `ffmpegFailed`: it died, hung, or said nonsense. */
export type AudioError =
  | 'noSound'
  | 'badMaster'
  | 'tooLong'
  | 'badEdit'
  | 'badPicture'
  | 'noFfmpeg'
  | 'ffmpegFailed'
  | 'diskFull'
  | 'cancelled';
export type AudioResult<T> = { ok: true; value: T } | { ok: false; error: AudioError; detail: string };

export interface RenderRequest {
  masterPath: string;
  /** SHA-256 (hex) of the master's PCM data, as it was when the take was closed. */
  masterSha256: string;
  edit: Edit;
  recipe: Recipe;
}

export interface RenderOptions {
  signal?: AbortSignal;
  /** Hears 0…1, rising, at most a hundred times. */
  onProgress?: (share: number) => void;
}

export interface DecodeOptions {
  signal?: AbortSignal;
  /** More sound than this is `tooLong`. */
  mostSeconds?: number;
}

/** The studio's ear and its copying room. Structurally it is also capture's `CaptureAudio`. */
export interface Audio {
  /**
   * Which ffmpeg is used, or what was tried. Looked for once a setting, and again when the one that was found is gone,
   * may not be run any more, or failed at something.
   */
  ffmpeg(): Promise<FfmpegFound>;
  live(sampleRate: number): LiveAnalysis;
  /** The same analysis of a master on disk. Rejects with `BadMaster` when it is none. */
  analyse(masterPath: string): Promise<TakeSound>;
  /**
   * The files of (master, edit, recipe). There already: answered at once. Asked for twice at the same time: made once.
   * One is made at a time, at low priority. An abort answers `cancelled` and leaves nothing behind.
   */
  render(request: RenderRequest, options?: RenderOptions): Promise<AudioResult<Rendition>>;
  /** Removes the files of one rendition, for erasure. */
  removeRendition(id: string): Promise<void>;
  /** Any sound file as a master; `badMaster` for what is not a sound. */
  decodeToMaster(input: string, outputWav: string, options?: DecodeOptions): Promise<AudioResult<Imported>>;
  /**
   * Makes the file a take is drawn from, `path`, unless it is there; asked for twice at the same time, made once. False
   * where there is no such master.
   */
  takePeaks(masterPath: string, path: string): Promise<boolean>;
  /** A sound file as speech engines want it: mono WAVE, 16 bits, 16 kHz. */
  speechFile(input: string, outputWav: string, signal?: AbortSignal): Promise<AudioResult<null>>;
  /** Copies a rendition's file into one with tags and a cover; the sound is copied, not encoded again. */
  copyTagged(request: TagRequest, signal?: AbortSignal): Promise<AudioResult<null>>;
  /** A drawn picture as a JPEG; covers are made here because this is the place that knows ffmpeg. */
  drawnPicture(pixels: Pixels): Promise<AudioResult<Buffer>>;
  /** The middle square of a JPEG or PNG somebody gave, as a bare JPEG; `badPicture` for what is none. One at a time. */
  squarePicture(picture: ForeignPicture, side: number): Promise<AudioResult<Buffer>>;
  /** Removes half-made files a crash left behind, here and in the takes' folder; at start. */
  sweep(now: number): Promise<void>;
}

/** FLAC of 16 bits at 48 kHz, MP3 and one more format: at most. */
const renditionBytesASecond = 130_000;
/** Sounds from elsewhere that are decoded at once: a damaged one that is slow to give up holds up no other. */
const decodesAtOnce = 2;

export function createAudio(options: AudioOptions): Audio {
  const jobs = new SharedJobs<AudioResult<Rendition>>();
  const peaksJobs = new SharedJobs<boolean>();
  const shelved = shelf(options.folder);
  const niceness = options.niceness ?? 10;
  const pictureTurns = turns();
  const decodeTurns = turns(decodesAtOnce);
  const finder = ffmpegFinder(options.ffmpegPath, options.find);

  /**
   * Work for ffmpeg; whatever can be expected to go wrong is its answer. One that is not there any more is looked for
   * again, and the work begun anew. `blame`: what is said when it is well and ended badly all the same.
   */
  const withFfmpeg = async <T>(
    signal: AbortSignal | undefined,
    work: (run: FfmpegRun) => Promise<AudioResult<T>>,
    blame?: 'badMaster' | 'badPicture',
  ): Promise<AudioResult<T>> => {
    for (let again = false; ; again = true) {
      const found = await finder.find();
      if (!found.ok) {
        return failed('noFfmpeg', found.tried.map(({ path, problem }) => `${path}: ${problem}`).join('; '));
      }
      const { limits } = options;
      try {
        return await work({ binary: found.path, niceness, signal, ...(limits ? { limits } : {}) });
      } catch (error) {
        if (!(error instanceof ProgramFailed)) return told(error, signal);
        finder.forget();
        if (!again && isGone(error)) continue;
        if (blame && endedItself(error) && !outOfRoom(error) && (await finder.isStill(found))) {
          return failed(blame, error.message);
        }
        return told(error, signal);
      }
    }
  };

  /** Work that writes: `diskFull` where there is no room for it, or none any more. */
  const roomy = async <T>(
    bytes: number,
    signal: AbortSignal | undefined,
    work: (signal: AbortSignal | undefined) => Promise<AudioResult<T>>,
  ): Promise<AudioResult<T>> => {
    const { withRoom = (_bytes, outer, what) => what(outer) } = options;
    try {
      return await withRoom(bytes, signal, async (inner) => {
        const result = await work(inner);
        if (!result.ok && result.error === 'cancelled') inner?.throwIfAborted();
        return result;
      });
    } catch (error) {
      return told(error, signal);
    }
  };

  const make = (id: string, { masterPath, masterSha256, edit, recipe }: RenderRequest) => {
    const bytes = editDuration(edit) * renditionBytesASecond;
    return (given: AbortSignal, onProgress: (share: number) => void) =>
      roomy(bytes, given, (signal = given) =>
        withFfmpeg<Rendition>(signal, async (run) => {
          const region = await readRegion(masterPath, masterSha256, edit, signal);
          if (!region.ok) return region;
          onProgress(0.1);
          const drafts = await shelved.drafts(id, recipe.formats);
          try {
            const { samples, sampleRate } = region;
            const made = await makeFiles({
              run,
              samples,
              sampleRate,
              target: targetOf(edit, recipe.target),
              outputs: drafts,
              onProgress,
            });
            signal.throwIfAborted();
            return { ok: true, value: await shelved.keep(id, editDuration(edit), made) };
          } finally {
            await shelved.discard(drafts);
          }
        }),
      );
  };

  return {
    ffmpeg: finder.find,
    live: (sampleRate) => liveAnalysis(sampleRate, options.target),
    async analyse(masterPath) {
      const master = await openMaster(masterPath);
      try {
        const analysis = liveAnalysis(master.sampleRate, options.target);
        for await (const block of master.blocks()) analysis.push(block);
        return await analysis.finish();
      } finally {
        await master.close();
      }
    },
    async render(request, { signal, onProgress } = {}) {
      const id = renditionId(request.masterSha256, request.edit, request.recipe);
      const there = await shelved.find(id);
      if (there) return { ok: true, value: there };
      try {
        return await jobs.run(id, make(id, request), { signal, onProgress });
      } catch (error) {
        return told(error, signal);
      }
    },
    removeRendition: (id) => shelved.remove(id),
    decodeToMaster: (input, outputWav, { signal, mostSeconds } = {}) =>
      decodeTurns(() =>
        roomy(0, signal, (inner) =>
          withFfmpeg(
            inner,
            async (run) => {
              try {
                return { ok: true, value: await importMaster(run, input, outputWav, mostSeconds) };
              } catch (error) {
                if (error instanceof TooLong) return failed('tooLong', error.message);
                throw error;
              }
            },
            'badMaster',
          ),
        ),
      ),
    copyTagged: (request, signal) =>
      withFfmpeg(signal, async (run) => {
        await copyTagged(run, request);
        return { ok: true, value: null };
      }),
    drawnPicture: (pixels) =>
      withFfmpeg(undefined, async (run) => ({ ok: true, value: await pixelsToJpeg(run, pixels) })),
    squarePicture: (picture, side) =>
      pictureTurns(() =>
        withFfmpeg(undefined, async (run) => ({ ok: true, value: await squareJpeg(run, picture, side) }), 'badPicture'),
      ),
    speechFile: (input, outputWav, signal) =>
      roomy(0, signal, (inner) =>
        withFfmpeg(inner, async (run) => {
          await encodeSpeech(run, input, outputWav);
          return { ok: true, value: null };
        }),
      ),
    takePeaks: (masterPath, path) =>
      peaksJobs.run(path, async () => {
        try {
          await makeTakePeaks(masterPath, path);
          return true;
        } catch (error) {
          if (error instanceof BadMaster) return false;
          throw error;
        }
      }),
    async sweep(now) {
      await shelved.sweep(now);
      if (options.takesFolder !== undefined) await sweepTakePeaks(options.takesFolder);
    },
  };
}

function failed(error: AudioError, detail: string): AudioResult<never> {
  return { ok: false, error, detail };
}

const outOfRoom = (error: Error) =>
  (error as NodeJS.ErrnoException).code === 'ENOSPC' || /no space left/i.test(error.message);

const isGone = ({ failure }: ProgramFailed) => failure === 'notThere' || failure === 'mayNotRun';

/** Whether it came to an end of its own: 126 and 127 are a shell's words for a program that cannot be run. */
const endedItself = ({ failure, exitCode }: ProgramFailed) =>
  failure === 'died' && exitCode !== null && exitCode !== 126 && exitCode !== 127;

/** Everything that can be expected to go wrong, by its name; the rest is thrown on. */
function told(error: unknown, signal: AbortSignal | undefined): AudioResult<never> {
  if (signal?.aborted) return failed('cancelled', '');
  if (!(error instanceof Error)) throw error;
  if (outOfRoom(error)) return failed('diskFull', error.message);
  if (error instanceof NoLoudness) return failed('noSound', error.message);
  if (error instanceof BadPicture) return failed('badPicture', error.message);
  if (error instanceof ProgramFailed) return failed(isGone(error) ? 'noFfmpeg' : 'ffmpegFailed', error.message);
  if (error.name === 'AbortError') return failed('cancelled', '');
  throw error;
}
