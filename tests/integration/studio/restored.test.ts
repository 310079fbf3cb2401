import { copyFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { packS24 } from '../../../shared/domain/pcm.ts';
import { openBooth, type TestBooth } from '../../fixtures/booth.ts';
import { boothSound, sentences, writeMaster } from '../../fixtures/booth-sound.ts';
import { startOf } from '../library/lives.ts';

let booth: TestBooth;
beforeEach(async () => {
  booth = await openBooth();
});
afterEach(async () => {
  await booth.close();
  rmSync(booth.dir, { recursive: true });
});

/** Records one portrait through the service, as the page does. */
async function record(name: string): Promise<{ portraitId: string; takeId: string; token: string }> {
  const { capture, consentTexts } = booth.studio;
  const notice = consentTexts.notices.find(({ language }) => language === 'fr');
  if (notice === undefined) throw new Error('no French notice');
  const sound = await boothSound({ voice: 'fr', text: sentences.fr, before: 0.8, after: 0.8 });
  const wav = join(booth.dir, 'spoken.wav');
  await writeMaster(wav, sound.samples, sound.sampleRate);
  const start = startOf({
    speaker: { firstName: name, trade: '', cooperativeId: 'tilt' },
    source: { sampleRate: sound.sampleRate, device: '', method: 'processor' },
  });
  start.consent.textVersion = notice.version;
  start.consent.textSha256 = notice.sha256;
  const started = await capture.start(start);
  if (!started.ok) throw new Error(started.code);
  const { token } = started;
  const pcm = packS24(sound.samples);
  const chunkBytes = 4800 * 3;
  let chunks = 0;
  for (let at = 0; at < pcm.length; at += chunkBytes) {
    const put = await capture.putChunk(start.takeId, chunks++, token, pcm.subarray(at, at + chunkBytes));
    expect(put.ok).toBe(true);
  }
  const frames = sound.samples.length;
  const { takeId, portraitId } = start;
  const elapsedMs = (frames / sound.sampleRate) * 1000;
  expect(await capture.stop({ takeId, token, chunks, frames, goFrame: 0, elapsedMs })).toMatchObject({ ok: true });
  return { portraitId, takeId, token };
}

it('takes in again what a restored library had lost, and brings back nothing a visitor threw away', async () => {
  const early = await record('Odile');
  await booth.studio.capture.keep(early);
  await booth.studio.library.backUp();
  const late = await record('Hector');
  await booth.studio.capture.keep(late);
  const unwanted = await record('Personne');
  await booth.studio.capture.discard(unwanted);
  await booth.close();

  for (const name of readdirSync(booth.dir)) if (/-(wal|shm)$/.test(name)) rmSync(join(booth.dir, name));
  writeFileSync(join(booth.dir, 'library.db'), Buffer.alloc(8192, 'damaged'));
  booth = await openBooth(booth.dir);

  const { library, recovery, render } = booth.studio;
  expect(library.opening).toBe('restored');
  expect(recovery.adopted).toEqual([late.takeId]);
  const names = library.portraits.list({ limit: 10 }).rows.map((row) => row.speaker.firstName);
  expect(names.sort()).toEqual(['Hector', 'Odile']);
  expect(library.portraits.get(late.portraitId)).toMatchObject({
    state: 'toReview',
    confirmed: false,
    recovered: true,
  });
  expect(await render(late.portraitId)).toMatchObject({ ok: true });
});

it('does not take in unknown sounds when its library is sound', async () => {
  const { portraitId, takeId, token } = await record('Odile');
  const takes = booth.studio.folders.takes;
  for (const ending of ['wav', 'json'])
    copyFileSync(join(takes, `${takeId}.${ending}`), join(booth.dir, `copy.${ending}`));
  await booth.studio.capture.discard({ portraitId, token });
  await booth.close();
  for (const ending of ['wav', 'json'])
    copyFileSync(join(booth.dir, `copy.${ending}`), join(takes, `${takeId}.${ending}`));
  booth = await openBooth(booth.dir);
  expect(booth.studio.recovery).toMatchObject({ adopted: [], setAside: [takeId] });
  expect(booth.studio.library.portraits.list({ limit: 10 }).rows).toEqual([]);
});
