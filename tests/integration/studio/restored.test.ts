import { copyFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { openBooth, type TestBooth } from '../../fixtures/booth.ts';
import { recordPortrait } from '../../fixtures/recorded.ts';

let booth: TestBooth;
beforeEach(async () => {
  booth = await openBooth();
});
afterEach(async () => {
  await booth.close();
  rmSync(booth.dir, { recursive: true });
});

it('takes in again what a restored library had lost, and brings back nothing a visitor threw away', async () => {
  const early = await recordPortrait(booth, 'Odile');
  await booth.studio.capture.keep(early);
  await booth.studio.library.backUp();
  const late = await recordPortrait(booth, 'Hector');
  await booth.studio.capture.keep(late);
  const unwanted = await recordPortrait(booth, 'Personne');
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
  const { portraitId, takeId, token } = await recordPortrait(booth, 'Odile');
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
