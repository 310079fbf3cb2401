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

it.each([
  ['restored', false],
  ['renewed', true],
])(
  'keeps the yes of a portrait taken in again by a %s library, and says that its choices are not known',
  async (opening, withoutCopies) => {
    const kept = await recordPortrait(booth, 'Hector');
    const [yes] = booth.studio.library.consent.records(kept.portraitId);
    expect(await booth.studio.capture.keep(kept)).toMatchObject({ ok: true });
    expect(booth.studio.library.consent.mayUse(kept.portraitId, 'site')).toMatchObject({ why: 'notApproved' });
    await booth.close();
    for (const name of readdirSync(booth.dir)) {
      if (/-(wal|shm)$/.test(name) || (withoutCopies && name === 'backups'))
        rmSync(join(booth.dir, name), { recursive: true });
    }
    writeFileSync(join(booth.dir, 'library.db'), Buffer.alloc(8192, 'damaged'));
    booth = await openBooth(booth.dir);

    const { library, consent } = booth.studio;
    expect(library.opening).toBe(opening);
    const records = library.consent.records(kept.portraitId);
    expect(records.map(({ kind }) => kind)).toEqual(['record']);
    const said = (payload: string | null | undefined) => {
      const { event: _, ...rest } = JSON.parse(payload ?? '{}');
      return rest;
    };
    expect(said(records[0]?.payload)).toEqual(said(yes?.payload));
    expect(library.portraits.get(kept.portraitId)).toMatchObject({
      confirmed: false,
      recovered: true,
      publicName: null,
    });
    expect(library.consent.scope(kept.portraitId)).toMatchObject({ purposes: null });
    expect(library.consent.mayUse(kept.portraitId, 'site').allowed).toBe(false);
    // Its words are there for a reader of the evidence, and the chain is whole.
    expect(consent.chain()).toMatchObject({ ok: true });
    const { textVersion, textSha256 } = kept.choices;
    expect(library.consent.textOf(textVersion, 'fr', textSha256)).toContain('enregistr');
  },
);

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
