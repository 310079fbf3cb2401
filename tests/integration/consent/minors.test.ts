import { readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { StartInput } from '../../../shared/contract/capture.ts';
import { newId } from '../../../shared/domain/ids.ts';
import { openBooth, type TestBooth, testPin } from '../../fixtures/booth.ts';
import { startOf } from '../library/lives.ts';

let booth: TestBooth;
let at: Date;
beforeEach(async () => {
  at = new Date('2026-03-14T09:26:00.000Z');
  booth = await openBooth(undefined, { now: () => at, steady: () => at.getTime() });
  await booth.signIn();
});
afterEach(async () => {
  await booth.close();
  rmSync(booth.dir, { recursive: true });
});

/** As after a crash or an update: another studio on the same folder. */
async function restart(): Promise<void> {
  await booth.close();
  booth = await openBooth(booth.dir, { now: () => at, steady: () => at.getTime() });
}
const later = (minutes: number) => {
  at = new Date(at.getTime() + minutes * 60_000);
};

const token = 'a-token-of-the-page-itself';
const guardian = {
  name: 'Solange Prune',
  role: 'parent' as const,
  signature: [[[10, 20] as [number, number], [300, 210] as [number, number]]],
  signedAt: '2026-03-14T09:26:00.000Z',
};

async function vouched(): Promise<string> {
  const answer = await booth.studio.staff.vouch(testPin);
  if (!answer.ok) throw new Error(answer.code);
  return answer.vouch;
}

/** A child's start, signed for; `vouch` is the host's word. */
function child(vouch: string, changes: Partial<StartInput> = {}): StartInput {
  const notice = booth.studio.consentTexts.notices.find(({ language }) => language === 'fr');
  if (notice === undefined) throw new Error('no French notice');
  const start = startOf({ token, speaker: { firstName: 'Nino', trade: '', cooperativeId: null }, ...changes });
  const text = { textVersion: notice.version, textSha256: notice.sha256 };
  return { ...start, consent: { ...start.consent, ...text, ageBand: 'minor', guardians: [guardian], vouch } };
}

/** A child's take of which some sound has come. */
async function recording(): Promise<StartInput> {
  const start = child(await vouched());
  expect(await booth.studio.capture.start(start)).toEqual({ ok: true, token });
  expect(await booth.studio.capture.putChunk(start.takeId, 0, token, new Uint8Array(4800))).toMatchObject({ ok: true });
  return start;
}
/** What the page sends when the studio has closed its portrait: all of it again, as another one. */
const again = (first: StartInput, changes: Partial<StartInput> = {}): StartInput => ({
  ...first,
  portraitId: newId(),
  takeId: newId(),
  token: 'another-token-of-the-page',
  continues: { portraitId: first.portraitId, token },
  ...changes,
});
const needed = { ok: false, code: 'GUARDIAN_NEEDED', guardians: 1, staff: false };

it('a host’s word given before a restart is good after it, and for no longer than before', async () => {
  const vouch = await vouched();
  await restart();
  expect(await booth.studio.capture.start(child(vouch))).toMatchObject({ ok: true });
  later(31);
  expect(await booth.studio.capture.start(child(vouch))).toEqual(needed);
});

it('a take cut off by a restart is sent again as another portrait, on the word in the evidence', async () => {
  const first = await recording();
  await restart();
  // An hour on, no word of a host is good any more.
  later(60);
  expect(await booth.studio.capture.start({ ...first, takeId: newId() })).toEqual({ ok: false, code: 'CLOSED' });
  const second = again(first);
  expect(await booth.studio.capture.start(second)).toMatchObject({ ok: true });
  const { consent } = booth.studio.library;
  expect(consent.scope(second.portraitId)).toMatchObject({ ageBand: 'minor', guardians: 1 });
  const [record] = consent.records(second.portraitId);
  const said = JSON.parse(record?.payload ?? '{}');
  expect(said.guardians).toEqual([guardian]);
  expect(said.stoodBy).toEqual(JSON.parse(consent.records(first.portraitId)[0]?.payload ?? '{}').stoodBy);
  expect(said.stoodBy.name).not.toBe('');
  // What the page says of the guardians then counts for nothing: the evidence does.
  const third = again(first, { consent: { ...first.consent, guardians: [] } });
  expect(await booth.studio.capture.start(third)).toMatchObject({ ok: true });
  expect(consent.scope(third.portraitId)).toMatchObject({ guardians: 1 });
});

it('the evidence stands for the same yes of the same page alone, and no longer than the person wants it kept', async () => {
  const first = await recording();
  await restart();
  later(60);
  const { capture, library, folders, consent } = booth.studio;
  const stranger = { portraitId: first.portraitId, token: 'a-token-of-somebody-else' };
  expect(await capture.start(again(first, { continues: stranger }))).toEqual(needed);
  const otherYes = { ...first.consent, answeredAt: '2026-03-14T10:00:00.000Z' };
  expect(await capture.start(again(first, { consent: otherYes }))).toEqual(needed);
  expect(await capture.start(again(first, { continues: { portraitId: newId(), token } }))).toEqual(needed);
  const { continues: _, ...alone } = again(first);
  expect(await capture.start(alone)).toEqual(needed);
  await consent.withdraw(first.portraitId, 'all', { actor: 'host', name: null });
  expect(await capture.start(again(first))).toEqual(needed);
  // Not one of them left anything.
  expect(library.takes.openTakes()).toEqual([]);
  expect(readdirSync(folders.takes).filter((name) => name.endsWith('.wav'))).toEqual([]);
});

it('where the evidence is lost with the library, a host’s fresh word lets the recording in', async () => {
  const first = await recording();
  await booth.close();
  for (const name of readdirSync(booth.dir))
    if (/-(wal|shm)$|^backups$/.test(name)) rmSync(join(booth.dir, name), { recursive: true });
  writeFileSync(join(booth.dir, 'library.db'), Buffer.alloc(8192, 'damaged'));
  later(60);
  booth = await openBooth(booth.dir, { now: () => at, steady: () => at.getTime() });
  expect(booth.studio.library.opening).toBe('renewed');
  expect(await booth.studio.capture.start(again(first))).toEqual(needed);
  await booth.signIn();
  const consent = { ...first.consent, vouch: await vouched() };
  expect(await booth.studio.capture.start(again(first, { consent }))).toMatchObject({ ok: true });
});
