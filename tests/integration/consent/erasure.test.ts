import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { isSigned } from '../../../electron/studio/consent/keys.ts';
import { fileSecrets } from '../../../electron/studio/delivery/secrets.ts';
import { newId } from '../../../shared/domain/ids.ts';
import { openBooth, type TestBooth, testPin } from '../../fixtures/booth.ts';
import { filesWith } from '../../fixtures/bytes.ts';
import { choicesOf } from '../../fixtures/capture-input.ts';
import { recordPortrait } from '../../fixtures/recorded.ts';
import { startOf } from '../library/lives.ts';

let booth: TestBooth;
let logged: string[];
beforeEach(async () => {
  logged = [];
  booth = await openBooth(undefined, { log: (what, error) => logged.push(`${what} ${String(error)}`) });
});
afterEach(async () => {
  await booth.close();
  rmSync(booth.dir, { recursive: true });
});

const planted = {
  name: 'Zéphyrine-Quetsche',
  title: 'Titre-Mirabelle',
  text: 'Texte-Reineclaude',
  tag: 'Mot-Questche-Alsace',
  notes: 'Note-Prunelle',
  pseudonym: 'Pseudo-Damson',
  contact: 'myrobolan@verger.test',
};

function approve(id: string): void {
  const { portraits } = booth.studio.library;
  expect(portraits.approve(id, portraits.get(id)?.revision ?? -1, false, 'host')).toEqual({ ok: true });
}

/** Somebody with a word of theirs in every place words can be, and renditions made; with bytes of their sound. */
async function full() {
  const { studio } = booth;
  const { choices, ...recorded } = await recordPortrait(booth, planted.name);
  const { portraitId } = recorded;
  const kept = await studio.capture.keep({
    ...recorded,
    choices: {
      ...choices,
      purposes: ['site', 'social'],
      nameShown: 'pseudonym',
      pseudonym: planted.pseudonym,
      contact: planted.contact,
    },
  });
  if (!kept.ok) throw new Error(kept.code);
  approve(portraitId);
  const { portraits, db } = studio.library;
  const words = { title: planted.title, text: planted.text, tags: [planted.tag] };
  portraits.describe(portraitId, portraits.get(portraitId)?.revision ?? -1, words, 'host');
  db.prepare('UPDATE portraits SET notes = ? WHERE id = ?').run(planted.notes, portraitId);
  const rendered = await studio.render(portraitId);
  if (!rendered.ok) throw new Error(rendered.error);
  const master = readFileSync(join(studio.folders.takes, `${recorded.takeId}.wav`));
  const mp3 = readFileSync(rendered.value.files[0]?.path ?? '');
  // From the middle, where people speak.
  const sound = master.subarray(master.length >> 1, (master.length >> 1) + 64);
  const rendition = mp3.subarray(mp3.length >> 1, (mp3.length >> 1) + 64);
  return { ...recorded, code: kept.code, sound, rendition };
}

function places(sound: Buffer, rendition: Buffer): Record<string, string[]> {
  const words = Object.entries(planted).map(([what, text]) => [what, filesWith(booth.dir, Buffer.from(text))] as const);
  return Object.fromEntries([
    ...words,
    ['sound', filesWith(booth.dir, sound)],
    ['rendition', filesWith(booth.dir, rendition)],
    ['log', logged.filter((line) => Object.values(planted).some((word) => line.includes(word)))],
  ]);
}

const nowhere = Object.fromEntries([...Object.keys(planted), 'sound', 'rendition', 'log'].map((what) => [what, []]));

it('a whole withdrawal with the ticket’s code leaves no word and no sound: file, log, database, copies and caches', async () => {
  const other = await recordPortrait(booth, 'Odile');
  await booth.studio.capture.keep(other);
  const { portraitId, code, sound, rendition } = await full();
  await booth.studio.library.backUp();
  const before = places(sound, rendition);
  // The search finds them while they are there; the contact is sealed from the start.
  for (const what of ['name', 'title', 'text', 'tag', 'notes', 'pseudonym', 'sound', 'rendition']) {
    expect(before[what]?.length, what).toBeGreaterThan(0);
  }
  expect(before.contact).toEqual([]);
  expect(filesWith(booth.dir, Buffer.from(planted.name)).some((path) => path.startsWith('backups/'))).toBe(true);

  const typed = code.toLowerCase().replace('-', ' ');
  const { consent, library } = booth.studio;
  expect(consent.look(typed)).toMatchObject({ ok: true, value: { state: 'approved', nameShown: planted.pseudonym } });
  expect(await consent.withdrawByCode(typed, 'all')).toMatchObject({
    ok: true,
    value: { state: 'withdrawn', title: '', purposes: [], nameShown: '', urls: [] },
  });
  expect(places(sound, rendition)).toEqual(nowhere);
  expect(library.consent.mayUse(portraitId, 'site')).toEqual({ allowed: false, why: 'withdrawn' });
  expect(library.consent.erasureOf(portraitId)).toBe('withdrawn');
  expect(library.consent.verify().ok).toBe(true);
  // Others keep theirs, and there is a copy of the library again.
  expect(library.portraits.get(other.portraitId)?.speaker.firstName).toBe('Odile');
  expect(readdirSync(join(booth.dir, 'backups')).length).toBeGreaterThan(0);
  // The proof says that, and nothing of whom.
  const page = consent.papers.evidence(portraitId) ?? '';
  expect(page).toContain('l’autorisation a été retirée');
  for (const word of Object.values(planted)) expect(page).not.toContain(word);
  expect(await consent.withdrawByCode(code, 'all')).toMatchObject({ ok: true, value: { state: 'withdrawn' } });
});

it('a refusal after listening back leaves nothing either', async () => {
  const { choices: _, ...recorded } = await recordPortrait(booth, planted.name);
  const master = readFileSync(join(booth.studio.folders.takes, `${recorded.takeId}.wav`));
  const sound = master.subarray(master.length >> 1, (master.length >> 1) + 64);
  await booth.studio.library.backUp();
  expect(places(sound, sound).sound).toEqual([`takes/${recorded.takeId}.wav`]);
  expect(await booth.studio.capture.discard(recorded)).toEqual({ ok: true });
  expect(places(sound, sound)).toEqual(nowhere);
  expect(booth.studio.library.consent.verify().ok).toBe(true);
});

it('an erasure that a crash cut off is finished at the next start', async () => {
  const { portraitId, sound, rendition } = await full();
  await booth.studio.library.backUp();
  // The transaction alone, as when the power goes right after it.
  const quiet = { onWithdrawn: () => undefined, handedOver: () => false };
  const done = booth.studio.library.consent.withdraw(portraitId, 'all', { actor: 'host', name: null }, quiet);
  expect(done.ok).toBe(true);
  expect(places(sound, rendition).sound).not.toEqual([]);
  await booth.close();
  booth = await openBooth(booth.dir);
  expect(places(sound, rendition)).toEqual(nowhere);
  expect(booth.studio.library.erasures.pending()).toEqual([]);
});

it('a rendition under way when its person withdraws does not stay', async () => {
  const { portraitId, rendition } = await full();
  const { studio } = booth;
  const takeId = studio.library.portraits.get(portraitId)?.take?.id ?? '';
  // Another edit, so that it has to be made; it begins before the withdrawal and ends after.
  studio.library.db.prepare("UPDATE portraits SET edit = json_set(edit, '$.in', 0.1) WHERE id = ?").run(portraitId);
  const making = studio.render(portraitId);
  const gone = studio.consent.withdraw(portraitId, 'all', { actor: 'host', name: null });
  expect(await gone).toMatchObject({ ok: true, whole: true });
  expect(await making).toMatchObject({ ok: false });
  expect(readdirSync(studio.folders.renditions)).toEqual([]);
  expect(readdirSync(studio.folders.takes).filter((name) => name.includes(takeId))).toEqual([]);
  expect(filesWith(booth.dir, rendition)).toEqual([]);
});

it('a partial withdrawal stops that use, keeps the others, and no older copy of the library allows it again', async () => {
  const { portraitId, code } = await full();
  const { consent, library } = booth.studio;
  await library.backUp();
  expect(library.consent.mayUse(portraitId, 'social')).toEqual({ allowed: true });
  expect(await consent.withdrawByCode(code, ['social'])).toMatchObject({ ok: true, value: { purposes: ['site'] } });
  expect(library.consent.mayUse(portraitId, 'social')).toEqual({ allowed: false, why: 'withdrawn' });
  expect(library.consent.mayUse(portraitId, 'site')).toEqual({ allowed: true });
  await booth.close();
  for (const name of readdirSync(booth.dir)) if (/-(wal|shm)$/.test(name)) rmSync(join(booth.dir, name));
  writeFileSync(join(booth.dir, 'library.db'), Buffer.alloc(8192, 'damaged'));
  booth = await openBooth(booth.dir);
  expect(booth.studio.library.opening).toBe('restored');
  expect(booth.studio.library.consent.mayUse(portraitId, 'social')).toEqual({ allowed: false, why: 'withdrawn' });
});

it('a contact is nowhere in the clear, and comes out only with the dossier', async () => {
  const { portraitId } = await full();
  const { studio, dir } = booth;
  await studio.library.backUp();
  expect(filesWith(dir, Buffer.from(planted.contact))).toEqual([]);
  const signed = studio.consent.summary([portraitId]);
  expect(isSigned(signed)).toBe(true);
  expect(isSigned({ ...signed, json: signed.json.replace('social', 'sociel') })).toBe(false);
  const evidence = studio.consent.papers.evidence(portraitId) ?? '';
  for (const paper of [signed.json, signed.html, evidence, JSON.stringify(studio.consent.detail(portraitId))]) {
    expect(paper).not.toContain(planted.contact);
    expect(paper).not.toContain('v1.consent-contact');
  }
  // The keys lie apart from the library, and only their owner reads them.
  const key = fileSecrets(join(dir, 'secrets.json')).get('consent-contact-1') ?? '';
  expect(key).not.toBe('');
  expect(filesWith(dir, Buffer.from(key)).filter((path) => path !== 'secrets.json')).toEqual([]);

  const pieces: string[] = [];
  for await (const piece of studio.consent.papers.dossier(portraitId) ?? []) pieces.push(piece);
  const page = pieces.join('');
  for (const word of Object.values(planted)) expect(page, word).toContain(word);
  const data = /data:audio\/wav;base64,([A-Za-z0-9+/=]+)"/.exec(page)?.[1] ?? '';
  const takeId = studio.library.portraits.get(portraitId)?.take?.id ?? '';
  expect(Buffer.from(data, 'base64')).toEqual(readFileSync(join(studio.folders.takes, `${takeId}.wav`)));
});

it('somebody under 18 is never kept without a guardian, and with one the evidence is complete', async () => {
  await booth.signIn();
  const { studio } = booth;
  const notice = studio.consentTexts.notices.find(({ language }) => language === 'fr');
  if (notice === undefined) throw new Error('no French notice');
  const text = { textVersion: notice.version, textSha256: notice.sha256 };
  const signature: [number, number][][] = [
    [
      [10, 20],
      [300, 210],
      [640, 90],
    ],
    [[700, 300]],
  ];
  const guardian = { name: 'Solange Prune', role: 'parent' as const, signature, signedAt: '2026-03-14T09:26:00.000Z' };
  const { consent } = startOf();
  const alone = startOf({ portraitId: newId(), consent: { ...consent, ...text, ageBand: 'minor' } });
  const vouched = await studio.staff.vouch(testPin);
  if (!vouched.ok) throw new Error(vouched.code);
  const { vouch } = vouched;
  const needs = { ok: false, code: 'GUARDIAN_NEEDED', guardians: 1 };
  expect(await studio.capture.start(alone)).toEqual({ ...needs, staff: false });
  expect(await studio.capture.start({ ...alone, consent: { ...alone.consent, vouch } })).toEqual({
    ...needs,
    staff: true,
  });
  const signedAlone = { ...alone, consent: { ...alone.consent, guardians: [guardian] } };
  expect(await studio.capture.start(signedAlone)).toEqual({ ...needs, staff: false });
  expect(studio.library.takes.openTakes()).toEqual([]);
  expect(readdirSync(studio.folders.takes)).toEqual([]);

  const recorded = await recordPortrait(booth, 'Nino', { ageBand: 'minor', guardians: [guardian], vouch });
  expect(await studio.capture.keep({ ...recorded, choices: choicesOf({ ...text, purposes: ['site'] }) })).toMatchObject(
    {
      ok: true,
    },
  );
  approve(recorded.portraitId);
  expect(studio.library.consent.mayUse(recorded.portraitId, 'site')).toEqual({ allowed: true });
  const page = studio.consent.papers.evidence(recorded.portraitId) ?? '';
  const { sha256 } = studio.library.portraits.get(recorded.portraitId)?.take ?? { sha256: 'none' };
  for (const part of [
    'moins de 18 ans',
    'Solange Prune',
    'M10 20 L300 210 L640 90',
    'Signature de Solange Prune',
    vouched.name,
    notice.sha256,
    notice.minor.ask,
    notice.full[0] ?? 'none',
    sha256,
    'Chaîne vérifiée',
    '<strong>site</strong>',
    studio.library.consent.head().hash,
  ]) {
    expect(page.replaceAll('&#39;', "'"), part).toContain(part);
  }
  expect(page).not.toMatch(/<script|https?:\/\/(?!www\.cnil)/);
  const summary = studio.consent.summary([recorded.portraitId]);
  for (const word of ['Solange', 'M10 20', '"signature":[']) expect(summary.json + summary.html).not.toContain(word);
});
