import { constants as fsConstants } from 'node:fs';
import { access, readFile, stat } from 'node:fs/promises';
import { availableParallelism, constants } from 'node:os';
import { delimiter, join } from 'node:path';
import { z } from 'zod';
import { ProgramFailed, type ProgramFailure } from '../../programs/failure.ts';
import { runProgram } from '../../programs/run.ts';
import type { WatchdogLimits } from '../../programs/watchdog.ts';
import { helpWithin, saysWhisper } from './ask-whisper.ts';
import type { EngineFailure, EngineFound, EngineRun, TranscriptEngine } from './ports.ts';

export interface WhisperOptions {
  /** Path of the program and of its model, from the settings; empty for none. */
  program: () => string;
  model: () => string;
  /** Where programs are looked for; PATH unless a test says otherwise. */
  path?: string;
  /** How long it may be silent and how long it may take; for tests. */
  limits?: WatchdogLimits;
}

/** Names of whisper.cpp's command line on PATH. The older `main` is too common a name: it is used by its path only. */
const names = process.platform === 'win32' ? ['whisper-cli.exe'] : ['whisper-cli', 'whisper-cpp'];
/**
 * Milliseconds. It says how far it is every twentieth of the way: of ten minutes of sound, with the largest model on an
 * old machine, that may take a quarter of an hour.
 */
const usualLimits: WatchdogLimits = { silentMs: 30 * 60_000, totalMs: 12 * 3600_000 };
/** Bytes: its output repeats the words, its error stream tells of the model and of the way. */
const mostSaid = { outputBytes: 16 * 1024 * 1024, errorBytes: 16 * 1024 * 1024 };

/** What `--output-json` writes, as far as it is read; `offsets` are milliseconds. */
const output = z.object({
  transcription: z.array(
    z.object({
      offsets: z.object({ from: z.number().min(0), to: z.number().min(0) }),
      text: z.string(),
    }),
  ),
});

/** Sounds the model names instead of words: `[Musique]`, `(rires)`, `*soupir*`. */
const noise = /^\s*(?:\[[^\]]*\]|\([^)]*\)|\*[^*]*\*|♪+)\s*$/u;

async function runnable(path: string): Promise<boolean> {
  const found = await stat(path).catch(() => undefined);
  if (!found?.isFile()) return false;
  return access(path, fsConstants.X_OK).then(
    () => true,
    () => false,
  );
}

const failures: Record<ProgramFailure, EngineFailure> = {
  notThere: 'engineGone',
  mayNotRun: 'engineGone',
  hung: 'engineHung',
  died: 'engineFailed',
  saidNonsense: 'engineFailed',
};

/** whisper.cpp's command line, where somebody installed it and gave it a model; nothing is ever downloaded. */
export function whisper(options: WhisperOptions): TranscriptEngine {
  /** Programs that said who they are, so that each is asked once. */
  const asked = new Map<string, boolean>();

  async function isWhisper(program: string): Promise<boolean> {
    const known = asked.get(program);
    if (known !== undefined) return known;
    const itIs = await saysWhisper(program, Math.min(helpWithin, options.limits?.silentMs ?? helpWithin));
    if (itIs) asked.set(program, true);
    return itIs;
  }

  async function find(): Promise<EngineFound> {
    const model = options.model().trim();
    if (model === '') return { ok: false, why: 'off' };
    const setting = options.program().trim();
    const folders = (options.path ?? process.env.PATH ?? '').split(delimiter).filter((folder) => folder !== '');
    const places = setting === '' ? folders.flatMap((folder) => names.map((name) => join(folder, name))) : [setting];
    let program: string | undefined;
    for (const place of places) {
      if (await runnable(place)) {
        program = place;
        break;
      }
    }
    if (program === undefined) return { ok: false, why: 'noProgram' };
    const held = await stat(model).catch(() => undefined);
    if (!held?.isFile()) return { ok: false, why: 'noModel' };
    return (await isWhisper(program)) ? { ok: true, program } : { ok: false, why: 'notThatProgram' };
  }

  async function run({ wav, folder, language, signal, onProgress }: EngineRun) {
    const found = await find();
    if (!found.ok) return { ok: false as const, failure: 'engineGone' as const, detail: found.why };
    const base = join(folder, 'words');
    // Half the processors: the booth and its recording come first.
    const threads = Math.max(1, Math.floor(availableParallelism() / 2));
    const said: string[] = [];
    try {
      await runProgram({
        program: found.program,
        args: [
          ...['--model', options.model().trim(), '--file', wav, '--language', language, '--threads', `${threads}`],
          ...['--output-json', '--output-file', base, '--print-progress'],
        ],
        limits: { ...(options.limits ?? usualLimits), ...mostSaid },
        niceness: constants.priority.PRIORITY_LOW,
        signal,
        onLine(line) {
          const percent = /progress\s*=\s*(\d{1,3})%/.exec(line)?.[1];
          if (percent !== undefined) onProgress(Math.min(1, Number(percent) / 100));
          else if (line.trim() !== '') said.push(line.trim());
          if (said.length > 20) said.shift();
        },
      });
    } catch (error) {
      if (!(error instanceof ProgramFailed)) throw error;
      // It may be another one next time: it is asked again who it is.
      asked.delete(found.program);
      const detail = error.failure === 'died' ? said.slice(-3).join(' · ').slice(0, 500) : '';
      return { ok: false as const, failure: failures[error.failure], detail: detail || error.message };
    }
    const text = await readFile(`${base}.json`, 'utf8').catch(() => '');
    const parsed = output.safeParse(jsonOf(text));
    if (!parsed.success) {
      const detail = 'the program wrote no passages that can be read';
      return { ok: false as const, failure: 'engineFailed' as const, detail };
    }
    const cues = parsed.data.transcription
      .map(({ offsets, text }) => ({ start: offsets.from / 1000, end: offsets.to / 1000, text: text.trim() }))
      .filter((cue) => cue.text !== '' && !noise.test(cue.text));
    return { ok: true as const, cues };
  }

  return { find, run };
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
