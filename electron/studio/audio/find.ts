import { execFile } from 'node:child_process';
import { constants } from 'node:fs';
import { access } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';

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

const run = promisify(execFile);

export interface FindOptions {
  /** Path from the settings; empty for none. */
  setting: string;
  /** Folders to search, as in `PATH`. */
  searchPath?: string;
  /** Where the carried binary is, or `null`. */
  carried?: () => string | null;
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
    const asked = await ask(path);
    if (typeof asked !== 'string' && asked.major >= least) {
      const settingProblem = tried.find((entry) => entry.source === 'setting')?.problem ?? null;
      return { ok: true, path, ...asked, source, settingProblem };
    }
    tried.push({ source, path, problem: typeof asked === 'string' ? asked : `too old: ${asked.version}` });
  }
  return { ok: false, tried };
}

/** Version of a binary, or what is wrong with it. */
async function ask(path: string): Promise<{ version: string; major: number } | string> {
  try {
    const limits = { timeout: 10_000, windowsHide: true } as const;
    const [about, list] = await Promise.all([
      run(path, ['-hide_banner', '-version'], limits),
      run(path, ['-hide_banner', '-encoders'], limits),
    ]);
    const version = /^ffmpeg version (\S+)/m.exec(about.stdout)?.[1];
    const library = /^libavutil\s+(\d+)\./m.exec(about.stdout)?.[1];
    if (!version || !library) return 'not an ffmpeg';
    const missing = encoders.filter((name) => !new RegExp(`^ \\S+ ${name} `, 'm').test(list.stdout));
    if (missing.length > 0) return `made without ${missing.join(', ')}`;
    // libavutil 56 came with release 4, and one more with each since.
    return { version, major: Number(library) - 52 };
  } catch (error) {
    const { code, killed } = error as { code?: string | number; killed?: boolean };
    if (code === 'ENOENT') return 'not there';
    if (code === 'EACCES') return 'may not be run';
    return killed ? 'does not answer' : 'not an ffmpeg';
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
