import { rmSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { createApi } from '../../renderer/api.ts';
import { dice } from '../../resources/make/voice.ts';
import { setIn } from '../../shared/domain/edit/moves.ts';
import { openBooth } from '../fixtures/booth.ts';
import { writeMaster } from '../fixtures/booth-sound.ts';
import { startOf, tokenHash } from '../integration/library/lives.ts';

// Opening the editor in the service: a take of three minutes and one of half an hour, with and without the file it is
// drawn from, and what drawing a screen of it costs. Run it with `node tests/bench/editor.bench.ts`.
const booth = await openBooth();
await booth.signIn();
const session = booth.staffHeaders.authorization?.slice('Bearer '.length);
const api = createApi({
  base: booth.origin,
  session: () => session,
  fetch: (request, init) => booth.door(new Request(request, init)),
});
const { library, audio, folders } = booth.studio;
const sampleRate = 48_000;

/** Bursts of noise with pauses: as many edges as speech has. */
function sound(seconds: number): Float32Array {
  const random = dice(7);
  const out = new Float32Array(seconds * sampleRate);
  for (let n = 0; n < out.length; n++) {
    const loud = Math.sin(n / 9000) > 0 && Math.sin(n / 110_000) > -0.8 ? 0.2 : 0.002;
    out[n] = (random() - 0.5) * loud;
  }
  return out;
}

async function addTake(seconds: number): Promise<{ id: string; takeId: string }> {
  const start = startOf({ questionId: library.events.current().questions[0]?.id ?? '' });
  const path = join(folders.takes, `${start.takeId}.wav`);
  const sha256 = await writeMaster(path, sound(seconds), sampleRate);
  const { peaks, ...verdict } = await audio.analyse(path);
  library.takes.startTake(start, tokenHash, new Date().toISOString());
  library.takes.closeTake(start.takeId, {
    state: 'closed',
    closedAt: new Date().toISOString(),
    frames: seconds * sampleRate,
    goFrame: 0,
    elapsedMs: seconds * 1000,
    sha256,
    verdict,
    peaks,
  });
  library.takes.keep(start.portraitId, start.takeId);
  return { id: start.portraitId, takeId: start.takeId };
}

async function timed(work: () => unknown): Promise<number> {
  const before = performance.now();
  await work();
  return performance.now() - before;
}
const median = (values: number[]) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] as number;
const show = (ms: number) => `${ms.toFixed(1)} ms`;

async function range(url: string, start: number, length: number): Promise<number> {
  const headers = { range: `bytes=${start}-${start + length - 1}` };
  const response = await booth.door(new Request(new URL(url, booth.origin), { headers }));
  return (await response.arrayBuffer()).byteLength;
}

for (const minutes of [3, 30]) {
  const { id, takeId } = await addTake(minutes * 60);
  const repository: number[] = [];
  const whole: number[] = [];
  // The first opening starts the file in the background; it is let finish, so that it is measured alone.
  const made = await timed(() => booth.studio.takePeaks(takeId));
  for (let round = 0; round < 20; round++) {
    repository.push(await timed(() => library.edits.open(id)));
    whole.push(await timed(() => api.editor.open({ id })));
  }
  const opening = await api.editor.open({ id });
  const level = opening.take.peaks.levels[0] ?? { offset: 0, bins: 0 };
  const screen: number[] = [];
  for (let round = 0; round < 20; round++) {
    screen.push(await timed(() => range(opening.take.peaks.url, level.offset + round * 4000, 4 * 4000)));
  }
  const second: number[] = [];
  for (let round = 0; round < 20; round++) {
    second.push(await timed(() => range(opening.take.url, 44 + round * 144_000, 4 * 144_000)));
  }
  const saves: number[] = [];
  let state: { edit: typeof opening.edit; revision: number } = opening;
  for (let round = 1; round <= 50; round++) {
    const edit = setIn(state.edit, round / 50, opening.duration);
    saves.push(
      await timed(async () => {
        state = await api.editor.save({ id, revision: state.revision, edit, label: 'in' });
      }),
    );
  }
  const { size } = await stat(join(folders.takes, `${takeId}.peaks`));
  console.log(`${minutes} minutes`);
  console.log(`  opened in the library     ${show(median(repository))}`);
  console.log(`  opened through the door   ${show(median(whole))}`);
  console.log(`  a step saved              ${show(median(saves))}`);
  console.log(`  10 s of finest peaks      ${show(median(screen))}`);
  console.log(`  4 s of the master         ${show(median(second))}`);
  console.log(`  file of peaks made        ${show(made)}, ${(size / 1024).toFixed(0)} KiB`);
}
console.log(`resident memory ${(process.memoryUsage.rss() / 2 ** 20).toFixed(0)} MiB`);
await booth.close();
rmSync(booth.dir, { recursive: true });
