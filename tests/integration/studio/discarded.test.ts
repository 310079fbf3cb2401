import { readdirSync, rmSync } from 'node:fs';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { openBooth, type TestBooth } from '../../fixtures/booth.ts';
import { filesWith } from '../../fixtures/bytes.ts';
import { recordPortrait } from '../../fixtures/recorded.ts';

let booth: TestBooth;
beforeEach(async () => {
  booth = await openBooth();
});
afterEach(async () => {
  await booth.close();
  rmSync(booth.dir, { recursive: true });
});

it('leaves no name and no sound of a discarded portrait behind, not in the log and not in a copy made meanwhile', async () => {
  const name = Buffer.from('Zéphyrine-Quetsche');
  const kept = await recordPortrait(booth, 'Odile');
  await booth.studio.capture.keep(kept);
  const unwanted = await recordPortrait(booth, name.toString());
  await booth.studio.library.backUp();
  expect(filesWith(booth.dir, name).some((path) => path.startsWith('backups/'))).toBe(true);

  expect(await booth.studio.capture.discard(unwanted)).toEqual({ ok: true });
  expect(filesWith(booth.dir, name)).toEqual([]);
  expect(readdirSync(booth.studio.folders.takes).filter((file) => file.startsWith(unwanted.takeId))).toEqual([]);
  expect(booth.studio.library.portraits.get(kept.portraitId)?.speaker.firstName).toBe('Odile');
});
