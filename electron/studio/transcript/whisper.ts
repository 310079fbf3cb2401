import { type ChildProcess, spawn } from 'node:child_process';
import { constants as fsConstants } from 'node:fs';
import { access, readFile, stat } from 'node:fs/promises';
import { availableParallelism, constants, setPriority } from 'node:os';
import { delimiter, join } from 'node:path';
import { z } from 'zod';
import type { EngineFound, EngineRun, TranscriptEngine } from './ports.ts';

export interface WhisperOptions {
  /** Path of the program and of its model, from the settings; empty for none. */
  program: () => string;
  model: () => string;
  /** Where programs are looked for; PATH unless a test says otherwise. */
  path?: string;
}

/** Names of whisper.cpp's command line on PATH. The older `main` is too common a name: it is used by its path only. */
const names = process.platform === 'win32' ? ['whisper-cli.exe'] : ['whisper-cli', 'whisper-cpp'];
/** It answers at once when it is what it should be, in milliseconds. */
const helpWithin = 10_000;

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

/** Runs to its end; the abort kills it. `heard` gets each line it says. */
function finished(child: ChildProcess, signal: AbortSignal, heard: (line: string) => void): Promise<number | null> {
  return new Promise((resolve, reject) => {
    const kill = () => child.kill('SIGKILL');
    signal.addEventListener('abort', kill, { once: true });
    let rest = '';
    const listen = (block: Buffer) => {
      const lines = (rest + block.toString('utf8')).split(/\r?\n|\r/);
      rest = (lines.pop() ?? '').slice(-4000);
      for (const line of lines) heard(line);
    };
    child.stderr?.on('data', listen);
    child.stdout?.on('data', listen);
    child.on('error', reject);
    child.on('close', (code) => {
      signal.removeEventListener('abort', kill);
      if (rest !== '') heard(rest);
      if (signal.aborted) reject(signal.reason);
      else resolve(code);
    });
    if (signal.aborted) kill();
  });
}

/** whisper.cpp's command line, where somebody installed it and gave it a model; nothing is ever downloaded. */
export function whisper(options: WhisperOptions): TranscriptEngine {
  /** Programs that said who they are, so that each is asked once. */
  const asked = new Map<string, boolean>();

  async function isWhisper(program: string): Promise<boolean> {
    const known = asked.get(program);
    if (known !== undefined) return known;
    let help = '';
    const child = spawn(program, ['--help'], { stdio: ['ignore', 'pipe', 'pipe'], windowsHide: true });
    await finished(child, AbortSignal.timeout(helpWithin), (line) => {
      help += `${line}\n`;
    }).catch(() => undefined);
    const itIs = help.includes('--output-json') && help.includes('--model');
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
    if (!found.ok) return { ok: false as const, detail: found.why };
    const base = join(folder, 'words');
    // Half the processors: the booth and its recording come first.
    const threads = Math.max(1, Math.floor(availableParallelism() / 2));
    const child = spawn(
      found.program,
      [
        ...['--model', options.model().trim(), '--file', wav, '--language', language, '--threads', `${threads}`],
        ...['--output-json', '--output-file', base, '--print-progress'],
      ],
      { stdio: ['ignore', 'pipe', 'pipe'], windowsHide: true },
    );
    try {
      if (child.pid !== undefined) setPriority(child.pid, constants.priority.PRIORITY_LOW);
    } catch {
      // Gone already; its end says why.
    }
    const said: string[] = [];
    let code: number | null;
    try {
      code = await finished(child, signal, (line) => {
        const percent = /progress\s*=\s*(\d{1,3})%/.exec(line)?.[1];
        if (percent !== undefined) onProgress(Math.min(1, Number(percent) / 100));
        else if (line.trim() !== '') said.push(line.trim());
        if (said.length > 20) said.shift();
      });
    } catch (error) {
      if (signal.aborted) throw error;
      return { ok: false as const, detail: error instanceof Error ? error.message : String(error) };
    }
    if (code !== 0) return { ok: false as const, detail: said.slice(-3).join(' · ').slice(0, 500) || `exit ${code}` };
    const text = await readFile(`${base}.json`, 'utf8').catch(() => '');
    const parsed = output.safeParse(jsonOf(text));
    if (!parsed.success) return { ok: false as const, detail: 'the program wrote no passages that can be read' };
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
