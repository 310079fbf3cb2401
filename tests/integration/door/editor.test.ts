import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openMaster } from '../../../electron/studio/audio/wav.ts';
import { type Api, createApi, settled } from '../../../renderer/api.ts';
import type { EditorOpening } from '../../../shared/contract/editor.ts';
import { noiseProfile } from '../../../shared/domain/edit/apply.ts';
import { addCut, setIn } from '../../../shared/domain/edit/moves.ts';
import { PeakMeter, unpackPeaks } from '../../../shared/domain/peaks.ts';
import { noiseOfTake } from '../../../shared/domain/take-peaks.ts';
import { openBooth, type TestBooth } from '../../fixtures/booth.ts';
import { recordPortrait } from '../../fixtures/recorded.ts';

let booth: TestBooth;
let api: Api;
let take: Awaited<ReturnType<typeof recordPortrait>>;
let samples: Float32Array;
const takes = () => booth.studio.folders.takes;

beforeAll(async () => {
  booth = await openBooth();
  await booth.signIn();
  const session = booth.staffHeaders.authorization?.slice('Bearer '.length);
  api = createApi({
    base: booth.origin,
    session: () => session,
    fetch: (request, init) => booth.door(new Request(request, init)),
  });
  take = await recordPortrait(booth, 'Odile');
  const kept = await booth.studio.capture.keep(take);
  if (!kept.ok) throw new Error(kept.code);
  const master = await openMaster(join(takes(), `${take.takeId}.wav`));
  samples = await master.read(0, master.frames);
  await master.close();
});
afterAll(async () => {
  await booth.close();
  rmSync(booth.dir, { recursive: true });
});

const get = (url: string, headers: Record<string, string> = {}) =>
  booth.door(new Request(new URL(url, booth.origin), { headers }));

async function range(url: string, start: number, length: number): Promise<Uint8Array> {
  const response = await get(url, { range: `bytes=${start}-${start + length - 1}` });
  expect(response.status).toBe(206);
  return new Uint8Array(await response.arrayBuffer());
}

describe('opening a portrait in the editor', () => {
  let opening: EditorOpening;
  beforeAll(async () => {
    opening = await api.editor.open({ id: take.portraitId });
  });

  it('answers all that is needed to draw, hear and snap', () => {
    const { frames, sampleRate } = opening.take;
    expect(frames).toBe(samples.length);
    expect(opening.duration).toBe(frames / sampleRate);
    expect(opening.suggested).toEqual(opening.edit);
    expect(opening.take.speechDb ?? 0).toBeGreaterThan(opening.take.floorDb ?? 0);
    expect(opening.target).toEqual({ lufs: -16, truePeak: -1 });
  });

  it('draws it as a whole from the peaks that come with the portrait', async () => {
    const { take: shown } = await api.library.get({ id: take.portraitId });
    const { rate, values } = unpackPeaks(shown?.peaks ?? { rate: 1, bytes: '' });
    const meter = new PeakMeter(opening.take.sampleRate);
    meter.push(samples);
    expect(rate).toBe(100);
    expect([...values]).toEqual(meter.peaks().values);
  });

  it('gives the master from its first sample on', async () => {
    const bytes = await range(opening.take.url, opening.take.dataOffset, 3);
    const value = ((bytes[2] as number) << 24) | ((bytes[1] as number) << 16) | ((bytes[0] as number) << 8);
    expect(value / 0x80000000).toBe(samples[0]);
  });

  it('gives peaks at every zoom, as the samples have them', async () => {
    const { peaks, sampleRate } = opening.take;
    for (const { rate, bins, offset } of peaks.levels) {
      const bytes = await range(peaks.url, offset, bins * 4);
      expect(bytes.length).toBe(bins * 4);
      const values = new Int16Array(bytes.buffer, bytes.byteOffset, bins * 2);
      const meter = new PeakMeter(sampleRate, rate);
      meter.push(samples);
      const coarse = meter.peaks().values;
      expect(coarse.length).toBe(values.length);
      for (const [index, value] of values.entries()) {
        expect(Math.abs(value / 256 - (coarse[index] as number))).toBeLessThanOrEqual(1);
      }
    }
    const level = peaks.levels[0] ?? { bins: 0, offset: 0 };
    const finest = new Int16Array((await range(peaks.url, level.offset, 4)).slice().buffer);
    const bin = samples.subarray(0, Math.round(sampleRate / 400));
    expect([...finest]).toEqual([Math.min(...bin), Math.max(...bin)].map((x) => Math.round(x * 32768)));
  });

  it('gives the noise of the room', async () => {
    const head = await range(opening.take.peaks.url, 0, 512);
    expect(noiseOfTake(head)).toEqual(noiseProfile(samples, opening.take.sampleRate));
    expect(noiseOfTake(new Uint8Array(512))).toBeNull();
  });

  it('gives peaks to nobody without the address', async () => {
    expect((await get(`/media/takes/${take.takeId}.peaks`)).status).toBe(403);
    expect((await get(opening.take.peaks.url.replace(take.takeId, take.portraitId))).status).toBe(403);
  });
});

describe('saving an edit', () => {
  it('makes steps, tells a stale desk and refuses what cannot be rendered', async () => {
    const { id, edit, revision, duration } = await api.editor.open({ id: take.portraitId });
    const one = await api.editor.save({ id, revision, edit: setIn(edit, 1, duration), label: 'in' });
    const two = await api.editor.save({
      id,
      revision: one.revision,
      edit: addCut(one.edit, 3, 4, duration),
      label: 'cut',
    });
    expect(two).toMatchObject({ position: 2, steps: 2, undoes: 'cut', canRedo: false });
    const stale = await settled(api.editor.undo({ id, revision: one.revision }));
    expect(stale.isDefined && stale.error.code === 'STALE' && stale.error.data).toMatchObject({
      revision: two.revision,
      by: 'organiser',
    });
    const bad = await settled(
      api.editor.save({ id, revision: two.revision, edit: { ...edit, out: duration + 5 }, label: 'out' }),
    );
    expect(bad.isDefined && bad.error.code === 'BAD_EDIT' && bad.error.data).toEqual({ problem: 'outside' });
    const back = await api.editor.undo({ id, revision: two.revision });
    expect(back.edit).toEqual(one.edit);
    expect((await api.editor.redo({ id, revision: back.revision })).edit).toEqual(two.edit);
  });
});

describe('a portrait thrown away', () => {
  it('takes what it was drawn from along', async () => {
    const other = await recordPortrait(booth, 'Ada');
    await booth.studio.takePeaks(other.takeId);
    const file = join(takes(), `${other.takeId}.peaks`);
    expect(existsSync(file)).toBe(true);
    await booth.studio.capture.discard(other);
    expect(existsSync(file)).toBe(false);
    expect(await booth.studio.takePeaks(other.takeId)).toBe(false);
  });
});
