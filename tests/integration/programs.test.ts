import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import type { StudioOptions } from '../../electron/studio/options.ts';
import { imported, importRefusal } from '../../shared/contract/import.ts';
import { batchWords } from '../fixtures/batch-bench.ts';
import { openBooth, type TestBooth } from '../fixtures/booth.ts';
import { type Fault, faults, listing, script, stillRunning } from '../fixtures/programs.ts';
import { long } from '../fixtures/runs.ts';

/**
 * Every way a program of this machine can fail, at everything it is needed for: the answer is one the contract names, in
 * time; the next try works once the program is back; no file is left; nothing is uncaught.
 */
const folder = mkdtempSync(join(tmpdir(), 'faulty-programs-'));
const bin = join(folder, 'bin');
const ffmpeg = join(bin, 'ffmpeg');
const whisper = join(bin, 'whisper-cli');
const real = execFileSync('which', ['ffmpeg'], { encoding: 'utf8' }).trim();
const fakeWhisper = join(import.meta.dirname, '../fixtures/fake-whisper.mjs');
const wav = join(folder, 'speech.wav');
/** Milliseconds in which every answer has to be there: the limits below, the search for a program, and a busy machine. */
const within = 20_000;
const limits = { silentMs: 3_000, totalMs: 10_000, errorBytes: 1_000_000 };
const programs: StudioOptions['programs'] = {
  ffmpeg: { find: { searchPath: bin, carried: () => null, answersWithin: 5_000 }, limits },
  whisper: { path: bin, limits },
};

const uncaught: unknown[] = [];
const note = (error: unknown) => void uncaught.push(error);
let booth: TestBooth;
let portraitId: string;
let batchId: string;
let picture: Buffer;

const asks = `*-version*|*-encoders*`;
/** ffmpeg as it is. */
const well = () => script(ffmpeg, `exec '${real}' "$@"`);
/** Well when it is asked who it is, and at fault at work: or at fault in all it does. */
function faulty({ lines, mode }: Fault, when: 'always' | 'at work'): void {
  rmSync(ffmpeg, { force: true });
  if (lines === null) return;
  const atWork = `case "$*" in ${asks}) exec '${real}' "$@";; esac\n${lines}`;
  script(ffmpeg, when === 'always' ? lines : atWork, mode);
}
function wellWhisper(): void {
  script(whisper, `exec '${process.execPath}' '${fakeWhisper}' "$@"`);
}

beforeAll(async () => {
  process.on('uncaughtException', note).on('unhandledRejection', note);
  mkdirSync(bin);
  well();
  wellWhisper();
  const demo = join(import.meta.dirname, '../../resources/demo/11-agathe.ogg');
  execFileSync(real, ['-v', 'error', '-i', demo, '-t', '2', '-ar', '48000', wav]);
  const drawn = join(folder, 'cover.png');
  execFileSync(real, ['-v', 'error', '-f', 'lavfi', '-i', 'testsrc=size=1500x1500', '-frames:v', '1', drawn]);
  picture = readFileSync(drawn);
  const model = script(join(folder, 'model.bin'), '');
  booth = await openBooth(join(folder, 'data'), { programs });
  await booth.signIn();
  const { settings } = booth.studio.library;
  settings.save({ ...settings.get(), whisperModel: model }, 'organiser');
  portraitId = imported.parse(await (await bring()).json()).portraitId;
  const made = booth.studio.publication.batches.create(batchWords, 'host');
  if (!made.ok) throw new Error('no batch was made');
  batchId = made.value.id;
});
afterAll(async () => {
  await booth.close();
  process.off('uncaughtException', note).off('unhandledRejection', note);
  rmSync(folder, { recursive: true });
});
afterEach(() => {
  expect(uncaught).toEqual([]);
});

const bring = () => {
  const request = { method: 'PUT', body: readFileSync(wav), headers: booth.staffHeaders };
  return booth.door(new Request(`${booth.origin}/import?title=Agathe&language=fr`, request));
};
/** Everything the studio keeps but its library, which grows by what it notes. */
const kept = () => listing(booth.dir, /library\.db|in-use\.lock|backups?\//);

/** What needs ffmpeg: answers null when it went well, else the name of what went wrong. */
const needs: Record<string, () => Promise<string | null>> = {
  async import() {
    const response = await bring();
    if (response.status === 200) return null;
    return importRefusal.parse(await response.json()).code;
  },
  async render() {
    const { ok, ...rest } = await booth.studio.render(portraitId, ['flac']);
    return ok ? null : (rest as { error: string }).error;
  },
  async cover() {
    const set = await booth.studio.publication.covers.set(batchId, picture, 'host');
    return set.ok ? null : set.code;
  },
  async 'drawn cover'() {
    const drawn = await booth.studio.audio.drawnPicture({ side: 64, rgb: new Uint8Array(64 * 64 * 3) });
    return drawn.ok ? null : drawn.error;
  },
  async 'tagged copy'() {
    const input = join(folder, 'tagged.flac');
    const output = join(booth.dir, 'exports', '.copy.flac.part');
    const tags = { title: 'A', artist: '', album: '', track: 1, tracks: 1, day: '2026-05-01', comment: '' };
    const more = { language: 'fra', genre: '', chapters: [], duration: 2 };
    const cover = jpeg();
    const copied = await booth.studio.audio.copyTagged({
      input,
      format: 'flac',
      output,
      tags: { ...tags, ...more },
      cover,
    });
    // Its asker throws the draft away, whatever became of it.
    rmSync(output, { force: true });
    return copied.ok ? null : copied.error;
  },
  transcript: transcribe,
};

let oneJpeg: Buffer | undefined;
function jpeg(): Buffer {
  oneJpeg ??= execFileSync(real, [
    ...['-v', 'error', '-f', 'lavfi', '-i', 'color=size=64x64', '-frames:v', '1'],
    ...['-f', 'image2pipe', '-c:v', 'mjpeg', '-pix_fmt', 'yuvj444p', '-'],
  ]);
  return oneJpeg;
}

async function transcribe(): Promise<string | null> {
  const { transcripts } = booth.studio;
  const started = await transcripts.start(portraitId, true);
  if (!started.ok) return 'why' in started ? started.why : started.code;
  const job = await vi.waitFor(
    async () => {
      const one = (await transcripts.state()).jobs.find((each) => each.portraitId === portraitId);
      expect(one?.state).toMatch(/done|failed/);
      return one;
    },
    { timeout: within, interval: 30 },
  );
  // What it worked on goes a moment after it has said that it is done.
  await vi.waitFor(() => expect(listing(join(booth.dir, 'transcripts'))).toEqual([]), { timeout: within });
  return job?.failure ?? null;
}

const gone = new Set(['notThere', 'mayNotRun']);
/** What may be answered; the file or the picture is blamed only by a program that is well and ends by itself. */
function answers(need: string, { failure, lines }: Fault, when: 'always' | 'at work'): string[] {
  const itself = failure === 'died' && /exit [13]$/.test(lines ?? '') && when === 'at work';
  if (need === 'import') return gone.has(failure) ? ['NO_FFMPEG'] : [itself ? 'NOT_A_SOUND' : 'FFMPEG_FAILED'];
  if (need === 'cover') return gone.has(failure) ? ['NO_FFMPEG'] : [itself ? 'NOT_A_PICTURE' : 'FFMPEG_FAILED'];
  if (need === 'transcript') return ['soundFailed'];
  return gone.has(failure) ? ['noFfmpeg'] : ['ffmpegFailed'];
}

/** How a fault of all it does answers once it was looked for again: there is none. */
const none: Record<string, string> = { import: 'NO_FFMPEG', cover: 'NO_FFMPEG', transcript: 'soundFailed' };

/** Both ways in the long run, one after the other in the usual one. */
const whens = ['always', 'at work'] as const;
const table = faults.flatMap((fault, number) =>
  (long ? whens : [whens[number % 2] ?? 'always']).map((when) => ({ ...fault, when })),
);
describe.each(table.map((row, number) => ({ ...row, number })))('ffmpeg $name, $when', (fault) => {
  // In the long run a program that hangs is waited for eighteen times.
  test('is answered by name, in time, leaves nothing, and the next try works', { timeout: 400_000 }, async () => {
    execFileSync(real, ['-v', 'error', '-y', '-i', wav, join(folder, 'tagged.flac')]);
    for (const [turn, [need, work]] of Object.entries(needs).entries()) {
      // All of them in the long run; in the usual one every third, other ones for each fault.
      if (!long && (turn + fault.number) % 3 !== 0) continue;
      rmSync(join(booth.dir, 'renditions'), { recursive: true, force: true });
      well();
      const found = await booth.studio.audio.ffmpeg();
      expect(found.ok && found.path).toBe(ffmpeg);
      const before = kept();
      faulty(fault, fault.when);
      const begun = performance.now();
      const answer = await work();
      expect(performance.now() - begun, need).toBeLessThan(within);
      expect(answers(need, fault, fault.when), need).toContain(answer);
      expect(kept(), need).toEqual(before);
      await vi.waitFor(() => expect(stillRunning(ffmpeg)).toEqual([]));
      if (fault.when === 'always') {
        // Looked for again by now, and not found: health says so, and the next answer names it.
        const health = await booth.studio.health.state();
        expect(health.checks.find(({ id }) => id === 'ffmpeg')).toMatchObject({ severity: 'bad', code: 'missing' });
        if (long) expect(await work(), need).toBe(none[need] ?? 'noFfmpeg');
      }
      well();
      expect(await work(), need).toBeNull();
    }
    const health = await booth.studio.health.state();
    expect(health.checks.find(({ id }) => id === 'ffmpeg')).toMatchObject({ severity: 'good' });
  });
});

const ways = faults.map((fault, number) => ({ ...fault, whens: long ? whens : [whens[number % 2] ?? 'always'] }));
describe.each(ways)('the transcript’s program: $name', (fault) => {
  test.each(fault.whens)('%s: is answered by name, and the next try works', async (when) => {
    well();
    wellWhisper();
    expect(await transcribe()).toBeNull();
    const before = kept();
    const help = `case "$*" in *--help*) echo '--model --output-json'; exit 0;; esac`;
    rmSync(whisper);
    if (fault.lines !== null) script(whisper, when === 'always' ? fault.lines : `${help}\n${fault.lines}`, fault.mode);
    const begun = performance.now();
    const answer = await transcribe();
    expect(performance.now() - begun).toBeLessThan(within);
    const byName = { died: 'engineFailed', saidNonsense: 'engineFailed', hung: 'engineHung' } as const;
    expect(answer).toBe(gone.has(fault.failure) ? 'noProgram' : byName[fault.failure as keyof typeof byName]);
    expect(kept()).toEqual(before);
    await vi.waitFor(() => expect(stillRunning(whisper)).toEqual([]));
    // Asked again who it is.
    if (when === 'always' && !gone.has(fault.failure)) expect(await transcribe()).toBe('notThatProgram');
    wellWhisper();
    expect(await transcribe()).toBeNull();
  });
});

test('a program that lies is found out: it ends well and wrote nothing, or something else', async () => {
  const lies = ['exit 0', 'cat >/dev/null; exit 0', 'echo "RIFF, so to speak"', 'head -c 300000 /dev/urandom'];
  const writes = ['for last; do :; done; case "$last" in /*) echo rubbish > "$last";; esac'];
  for (const lines of [...lies, ...writes]) {
    faulty({ name: '', lines, failure: 'saidNonsense' }, 'at work');
    rmSync(join(booth.dir, 'renditions'), { recursive: true, force: true });
    const before = kept();
    for (const [need, work] of Object.entries(needs)) {
      // A picture that gives no picture is told as one; everything else is ffmpeg's doing.
      expect(await work(), `${need}: ${lines}`).toMatch(
        /^(FFMPEG_FAILED|NOT_A_PICTURE|ffmpegFailed|badPicture|soundFailed)$/,
      );
      expect(kept(), `${need}: ${lines}`).toEqual(before);
    }
  }
  well();
});
