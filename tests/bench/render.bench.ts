import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { createAudio } from '../../electron/studio/audio/audio.ts';
import { liveAnalysis } from '../../electron/studio/audio/live.ts';
import { recipe } from '../../electron/studio/audio/recipe.ts';
import { plainEdit } from '../../shared/domain/edit.ts';
import { packS24 } from '../../shared/domain/pcm.ts';
import { defaultTarget } from '../../shared/domain/sound.ts';
import { boothSound, sentences, writeMaster } from '../fixtures/booth-sound.ts';
import { judge } from '../fixtures/judge.ts';

// Renders beside the plainest encoding and beside two-pass loudnorm, round by round in the same run, and the wait at
// “stop”. Run it with `node tests/bench/render.bench.ts [rounds]`; FFMPEG names another binary.
const run = promisify(execFile);
const rounds = Number(process.argv[2] ?? 7);
const folder = await mkdtemp(join(tmpdir(), 'phonomaton-bench-'));
const setting = process.env.FFMPEG ?? '';
const audio = createAudio({
  ffmpegPath: () => setting,
  target: () => defaultTarget,
  folder: join(folder, 'out'),
  // As polite as what it is compared with.
  niceness: 0,
});
const found = await audio.ffmpeg();
if (!found.ok) throw new Error('no ffmpeg');
const binary = found.path;
const quiet = ['-hide_banner', '-nostats', '-y'];
const mp3 = ['-map', '0:a', '-c:a', 'libmp3lame', '-b:a', '128k'];
const flac = ['-map', '0:a', '-c:a', 'flac', '-sample_fmt', 's16'];

const median = (values: number[]) => values.sort((a, b) => a - b)[Math.floor(values.length / 2)] as number;
const timed = async (work: () => Promise<unknown>) => {
  const start = performance.now();
  await work();
  return performance.now() - start;
};
/** Processor time of this process and its finished children in milliseconds (Linux counts it in hundredths). */
const processorTime = async () => {
  const fields = (await readFile('/proc/self/stat', 'latin1').catch(() => '')).replace(/^.*\) /, '').split(' ');
  return fields.slice(11, 15).reduce((sum, ticks) => sum + Number(ticks) * 10, 0);
};
const cost: Record<string, number[]> = {};
const timedCost = async (name: string, counts: boolean, work: () => Promise<unknown>) => {
  const before = await processorTime();
  const time = await timed(work);
  const spent = (await processorTime()) - before;
  if (counts) cost[name] = [...(cost[name] ?? []), spent];
  return time;
};

const text = `${sentences.fr} `.repeat(4);
const sound = await boothSound({ voice: 'fr+f2', text, noiseDb: -50, speed: 155 });
const master = join(folder, 'master.wav');
const masterSha256 = await writeMaster(master, sound.samples, sound.sampleRate);
const { trim } = await audio.analyse(master);
const out = (name: string) => join(folder, name);

async function loudnorm(): Promise<void> {
  const filter = 'loudnorm=I=-16:TP=-1:LRA=11:dual_mono=true';
  const trimmed = ['-ss', `${trim.start}`, '-to', `${trim.end}`, '-i', master];
  const first = await run(found.ok ? found.path : '', [
    ...quiet,
    ...trimmed,
    '-af',
    `${filter}:print_format=json`,
    '-f',
    'null',
    '-',
  ]);
  const seen = JSON.parse(first.stderr.slice(first.stderr.lastIndexOf('{'))) as Record<string, string>;
  const measured = `measured_I=${seen.input_i}:measured_TP=${seen.input_tp}:measured_LRA=${seen.input_lra}:measured_thresh=${seen.input_thresh}:offset=${seen.target_offset}:linear=true`;
  const second = ['-af', `${filter}:${measured},aresample=48000`];
  await run(found.ok ? found.path : '', [
    ...quiet,
    ...trimmed,
    ...second,
    ...mp3,
    out('loudnorm.mp3'),
    ...second,
    ...flac,
    out('loudnorm.flac'),
  ]);
}

/** What a careful script adds: both files decoded again and measured, as a render does of itself. */
async function loudnormVerified(): Promise<void> {
  await loudnorm();
  await Promise.all([judge(out('loudnorm.mp3'), binary), judge(out('loudnorm.flac'), binary)]);
}

const times: Record<string, number[]> = { mp3: [], both: [], loudnorm: [], verified: [], render: [], renderMp3: [] };
let rendered = '';
let longestWait = 0;
/** Longest time between two turns of the event loop while `work` runs. */
const watched = async (work: () => Promise<void>) => {
  let last = performance.now();
  const timer = setInterval(() => {
    longestWait = Math.max(longestWait, performance.now() - last - 1);
    last = performance.now();
  }, 1);
  await work();
  clearInterval(timer);
};
for (let round = 0; round <= rounds; round++) {
  // Another edit each round: a rendition that is there already would cost nothing.
  const edit = plainEdit({ in: trim.start, out: trim.end - round / 1000, fadeIn: 0.05, fadeOut: 0.15 });
  const trimmed = [...quiet, '-ss', `${edit.in}`, '-to', `${edit.out}`, '-i', master];
  const request = { masterPath: master, masterSha256, edit };
  const now: Record<string, number> = {
    mp3: await timedCost('mp3', round > 0, () => run(found.path, [...trimmed, ...mp3, out('plain.mp3')])),
    both: await timedCost('both', round > 0, () =>
      run(found.path, [...trimmed, ...mp3, out('plain.mp3'), ...flac, out('plain.flac')]),
    ),
    loudnorm: await timedCost('loudnorm', round > 0, loudnorm),
    verified: await timedCost('verified', round > 0, loudnormVerified),
    renderMp3: await timedCost('renderMp3', round > 0, () =>
      audio.render({ ...request, recipe: recipe(defaultTarget, ['mp3']) }),
    ),
  };
  const render = async () => {
    const result = await audio.render({ ...request, recipe: recipe(defaultTarget, ['mp3', 'flac']) });
    if (!result.ok) throw new Error(result.error);
    rendered = result.value.files[0]?.path ?? '';
  };
  now.render = await timedCost('render', round > 0, () => (round > 0 ? watched(render) : render()));
  // The first round warms caches and compilers for everybody.
  if (round > 0) for (const [name, value] of Object.entries(now)) times[name]?.push(value);
}
const typical = Object.fromEntries(Object.entries(times).map(([name, values]) => [name, median(values)]));
const of = (name: string) => typical[name] as number;
const [ours, theirs] = [await judge(rendered), await judge(out('loudnorm.mp3'))];
const round = (value: number, digits = 2) => value.toFixed(digits);
console.log(
  `ffmpeg ${found.version} (${found.source}), ${round(trim.end - trim.start, 1)} s of speech in a hall, median of ${rounds}`,
);
console.log(`plain decode and encode: mp3 ${round(of('mp3'), 0)} ms, mp3+flac ${round(of('both'), 0)} ms`);
console.log(
  `two-pass loudnorm, mp3+flac: unverified ${round(of('loudnorm'), 0)} ms, verified ${round(of('verified'), 0)} ms`,
);
console.log(`render, verified: mp3+flac ${round(of('render'), 0)} ms, mp3 ${round(of('renderMp3'), 0)} ms`);
console.log(
  `render / plain: ${round(of('render') / of('both'))}× (mp3+flac), ${round(of('render') / of('mp3'))}× (beside mp3 alone), ${round(of('renderMp3') / of('mp3'))}× (mp3 both)`,
);
console.log(
  `loudnorm / render: ${round(of('loudnorm') / of('render'))}× unverified, ${round(of('verified') / of('render'))}× verified`,
);
const spent = (name: string) => median(cost[name] ?? []);
console.log(
  `processor time: plain mp3+flac ${spent('both')} ms, render ${spent('render')} ms, loudnorm ${spent('loudnorm')} ms`,
);
console.log(
  `error in LU: render ${round(ours.lufs + 16, 3)}, loudnorm ${round(theirs.lufs + 16, 3)}; true peak ${round(ours.truePeak)} and ${round(theirs.truePeak)} dBTP`,
);
console.log(`longest wait of the event loop while rendering: ${round(longestWait, 1)} ms`);

const pcm = packS24(sound.samples);
const second = 48_000 * 3;
const finishes: number[] = [];
const pushes: number[] = [];
for (let take = 0; take < 20; take++) {
  const analysis = liveAnalysis(48_000, () => defaultTarget);
  for (let at = 0; at < 90; at++) {
    const from = (at % Math.floor(pcm.length / second)) * second;
    pushes.push(await timed(async () => analysis.push(pcm.subarray(from, from + second))));
  }
  finishes.push(await timed(() => analysis.finish()));
}
const worst = (values: number[]) => Math.max(...values);
console.log(
  `live analysis of 90 s: a second's push ${round(median(pushes))} ms (worst ${round(worst(pushes))}), finish ${round(median(finishes))} ms (worst ${round(worst(finishes))})`,
);
await rm(folder, { recursive: true });
