import { constants } from 'node:fs';
import { access } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { delimiter, join } from 'node:path';
import { ProgramFailed, type ProgramFailure } from '../../programs/failure.ts';
import { programText } from '../../programs/run.ts';

export type FfmpegSource = 'setting' | 'system' | 'carried';

export type FfmpegFound =
  | {
      ok: true;
      path: string;
      /** As ffmpeg says it, e.g. `5.1.9-0+deb12u1`. */
      version: string;
      /** Release line, e.g. 5; told by its libraries, since nightly builds bear no number. */
      major: number;
      source: FfmpegSource;
      /** Why the one named in the settings was passed over, or `null`. */
      settingProblem: string | null;
    }
  | { ok: false; tried: { source: FfmpegSource; path: string; problem: string }[] };

/** The oldest system ffmpeg preferred to the one carried along. */
const leastSystemMajor = 5;
/** Everything a rendition may need. */
const encoders = ['libmp3lame', 'flac', 'libopus', 'aac'];

/** It answers at once when it is what it should be, in milliseconds; a disk may have to wake up. */
const answersWithin = 10_000;
/** Its list of encoders has about twenty thousand characters. */
const mostSaid = 1024 * 1024;

export interface FindOptions {
  /** Path from the settings; empty for none. */
  setting: string;
  /** Folders to search, as in `PATH`. */
  searchPath?: string;
  /** Where the carried binary is, or `null`. */
  carried?: () => string | null;
  /** Milliseconds in which it has to say who it is; 10 s unless a test says otherwise. */
  answersWithin?: number;
}

/**
 * The ffmpeg to use: the one of the settings, else a system one of release 5 or later, else the one carried along.
 * Never throws: a wrong setting is told and passed over, so that the booth goes on.
 */
export async function findFfmpeg(options: FindOptions): Promise<FfmpegFound> {
  const tried: { source: FfmpegSource; path: string; problem: string }[] = [];
  const candidates: { source: FfmpegSource; path: string | null; least: number }[] = [
    { source: 'setting', path: options.setting.trim() || null, least: 0 },
    { source: 'system', path: await onPath(options.searchPath ?? process.env.PATH ?? ''), least: leastSystemMajor },
    { source: 'carried', path: (options.carried ?? carriedFfmpeg)(), least: 0 },
  ];
  for (const { source, path, least } of candidates) {
    if (path === null) continue;
    const asked = await askFfmpeg(path, options.answersWithin);
    if (typeof asked !== 'string' && asked.major >= least) {
      const settingProblem = tried.find((entry) => entry.source === 'setting')?.problem ?? null;
      return { ok: true, path, ...asked, source, settingProblem };
    }
    tried.push({ source, path, problem: typeof asked === 'string' ? asked : `too old: ${asked.version}` });
  }
  return { ok: false, tried };
}

/** A text every build of ffmpeg has in it. */
export const ffmpegMark = 'FFmpeg developers';
export const silent = 'does not answer';

const problems: Record<ProgramFailure, string> = {
  notThere: 'not there',
  mayNotRun: 'may not be run',
  hung: silent,
  died: 'not an ffmpeg',
  saidNonsense: 'not an ffmpeg',
};

/** Version of a binary, or what is wrong with it. */
export async function askFfmpeg(
  path: string,
  within = answersWithin,
): Promise<{ version: string; major: number } | string> {
  const limits = { silentMs: within, totalMs: within, outputBytes: mostSaid, errorBytes: mostSaid };
  const say = (what: string) => programText({ program: path, args: ['-hide_banner', what], limits });
  try {
    const [about, list] = await Promise.all([say('-version'), say('-encoders')]);
    const version = /^ffmpeg version (\S+)/m.exec(about)?.[1];
    const library = /^libavutil\s+(\d+)\./m.exec(about)?.[1];
    if (!version || !library) return 'not an ffmpeg';
    const missing = encoders.filter((name) => !new RegExp(`^ \\S+ ${name} `, 'm').test(list));
    if (missing.length > 0) return `made without ${missing.join(', ')}`;
    // libavutil 56 came with release 4, and one more with each since.
    return { version, major: Number(library) - 52 };
  } catch (error) {
    if (error instanceof ProgramFailed) return problems[error.failure];
    throw error;
  }
}

async function onPath(searchPath: string): Promise<string | null> {
  const name = process.platform === 'win32' ? 'ffmpeg.exe' : 'ffmpeg';
  for (const folder of searchPath.split(delimiter)) {
    if (folder === '') continue;
    const path = join(folder, name);
    if (
      await access(path, constants.X_OK).then(
        () => true,
        () => false,
      )
    )
      return path;
  }
  return null;
}

/** Path of the binary that came with the package, or `null` on a platform it has none for. */
export function carriedFfmpeg(): string | null {
  try {
    const { path } = createRequire(import.meta.url)('@ffmpeg-installer/ffmpeg') as { path: string };
    // A packed application keeps binaries beside its archive: nothing can be run from inside it.
    return path.replace(/([\\/])app\.asar([\\/])/, '$1app.asar.unpacked$2');
  } catch {
    return null;
  }
}
