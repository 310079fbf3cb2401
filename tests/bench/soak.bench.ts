import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BoothPage, longestTake, openBoothPage, type Visit } from '../fixtures/soak/booth-page.ts';
import { openSoak, type Soak } from '../fixtures/soak/soak.ts';
import { summary } from '../fixtures/soak/summary.ts';

// Two desks and a booth at once: the real studio in a process of its own, the booth's page in a real browser whose
// microphone plays a known sound, and two persons who search, listen, edit, tag, approve, act on many, and export, often
// on the same portraits. Nothing that was answered ok may be lost, no save from an old revision may be taken, and no
// frame of a recording may be missing. Beside the busy booth the same booth alone, before and after.
// `node tests/bench/soak.bench.ts [minutes]`; ends with 1 when anything was lost.
const minutes = Number(process.argv[2] ?? 10);
if (!(minutes > 0)) throw new Error('usage: soak.bench.ts [minutes]');

const dir = mkdtempSync(join(tmpdir(), 'phonomaton-soak-'));
const sounds = mkdtempSync(join(tmpdir(), 'phonomaton-soak-sounds-'));
const soak = await openSoak({ dir, seed: 1, generated: 300, voices: { count: 12, seconds: 15 } });
const { tally } = soak;

function look(soak: Soak, visit: Visit): Visit {
  const { takeId, lost, doubled, altered, counted, frames } = visit;
  if (lost + doubled + altered > 0 || counted !== frames) {
    tally.fault(`take ${takeId}: ${lost} frames lost, ${doubled} doubled, ${altered} altered; ${frames} of ${counted}`);
  } else soak.kept(visit.portraitId, takeId);
  return visit;
}

/** Seconds of a take beside idle desks. */
const aloneSeconds = Math.max(10, Math.min(45, minutes * 10));
const evening = new AbortController();
let booth: BoothPage | undefined;
try {
  const page = await openBoothPage(soak.studio(), sounds);
  booth = page;
  const alone = [look(soak, await page.visit(aloneSeconds))];
  const startMemory = await soak.studio().memory();

  const until = performance.now() + minutes * 60_000;
  const walking = soak.walk({ pauseMs: 200, exportEveryMs: 20_000, signal: evening.signal });
  const busy: Visit[] = [];
  do {
    const left = (until - performance.now()) / 1000;
    busy.push(look(soak, await page.visit(Math.max(10, Math.min(longestTake - 8, left)))));
  } while (performance.now() < until);
  evening.abort();
  await walking;
  const endMemory = await soak.studio().memory();

  alone.push(look(soak, await page.visit(aloneSeconds)));
  await soak.settle();
  const repeatedStarts = page.repeatedStarts();
  console.log(summary({ minutes, soak, alone, busy, repeatedStarts, memory: { start: startMemory, end: endMemory } }));
} finally {
  evening.abort();
  await booth?.close();
  await soak.close();
  for (const folder of [dir, sounds]) rmSync(folder, { recursive: true, force: true });
}
if (tally.faults.length > 0) process.exitCode = 1;
