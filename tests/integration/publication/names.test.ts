import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { plainName } from '../../../electron/studio/publication/names.ts';
import { titlesOf } from '../../../renderer/desk/words/titles.ts';
import type { Transcript } from '../../../shared/contract/base.ts';
import type { Choices } from '../../../shared/contract/consent.ts';
import { approvedPortrait } from '../../fixtures/approved.ts';
import { batchOf, exportIs } from '../../fixtures/batch-bench.ts';
import { openBooth, type TestBooth } from '../../fixtures/booth.ts';
import { choicesOf } from '../../fixtures/capture-input.ts';
import { hurried } from '../delivery/bench.ts';
import { createFakeSite } from '../delivery/FakeSite.ts';

const firstName = 'Zéphyrine';
const pseudonym = 'Mado-Quetsche';

let booth: TestBooth;
let out: string;
/** Everything the site was sent: addresses, headers, bodies. */
let sent: Buffer[];
beforeEach(async () => {
  sent = [];
  const site = createFakeSite();
  const fetch = async (input: string | URL | Request, init?: RequestInit) => {
    const request = new Request(input, { ...init, ...(init?.body ? { duplex: 'half' } : {}) } as RequestInit);
    const head = JSON.stringify([decodeURIComponent(request.url), ...request.headers]);
    const body = Buffer.from(await request.arrayBuffer());
    sent.push(Buffer.from(head), body);
    return site.fetch(input, body.length > 0 ? { ...init, body } : init);
  };
  booth = await openBooth(undefined, { fetch: fetch as typeof globalThis.fetch, deliveryTimes: hurried });
  out = mkdtempSync(join(tmpdir(), 'phonomaton-names-'));
});
afterEach(async () => {
  await booth.close();
  for (const dir of [booth.dir, out]) rmSync(dir, { recursive: true });
});

const transcript: Transcript = {
  language: 'fr',
  origin: 'typed',
  checked: true,
  cues: [{ start: 0.5, end: 1.2, text: 'Je relie des livres.' }],
};

/** Where bytes say a name, in each way a file of ours writes text: plain, as UTF-16 in tags, and in a file's name. */
function says(name: string, where: readonly Buffer[]): boolean {
  const utf16 = Buffer.from(name, 'utf16le');
  const json = JSON.stringify(name)
    .slice(1, -1)
    .replace(/[^ -~]/g, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`);
  const forms = [
    Buffer.from(name),
    Buffer.from(name, 'latin1'),
    utf16,
    Buffer.from(utf16).swap16(),
    Buffer.from(plainName(name)),
    Buffer.from(json),
  ];
  return where.some((bytes) => forms.some((form) => bytes.includes(form)));
}

/** Publishes a portrait on a site and exports it as a folder and as a ZIP; answers all bytes that went out. */
async function published(id: string): Promise<Record<'site' | 'folder' | 'zip', Buffer[]>> {
  const { delivery, publication } = booth.studio;
  const saved = delivery.saveDestination(
    { kind: 'wordpress', name: 'Site', url: 'https://site.test', user: 'kiosk', password: 'open sesame' },
    'organiser',
  );
  if (!saved.ok) throw new Error(saved.code);
  expect(delivery.publish({ portraitId: id, destinationId: saved.value.id }, 'host')).toMatchObject({ ok: true });
  await vi.waitFor(() => expect(delivery.queue().deliveries[0]).toMatchObject({ state: 'done' }), 20_000);
  const batchId = batchOf(booth, [id], { feedUrl: 'https://exemple.test/lot' });
  const folder = await publication.exports.start(
    { id: batchId, flac: true, to: { kind: 'folder', folder: out } },
    'host',
  );
  if (!folder.ok) throw new Error(folder.code);
  const { place, files } = await exportIs(booth, folder.value.id, 'done');
  expect(files.map(({ name }) => name.split('.').pop())).toEqual(
    expect.arrayContaining(['mp3', 'flac', 'vtt', 'csv', 'xml']),
  );
  const zip = await publication.exports.start({ id: batchId, flac: true, to: { kind: 'zip' } }, 'host');
  if (!zip.ok) throw new Error(zip.code);
  await exportIs(booth, zip.value.id, 'ready');
  const stream = publication.zip(zip.value.id)?.open();
  if (stream === undefined) throw new Error('no ZIP');
  return {
    site: sent,
    folder: readdirSync(place).flatMap((name) => [Buffer.from(name), readFileSync(join(place, name))]),
    zip: [Buffer.from(await new Response(stream).arrayBuffer())],
  };
}

/** A portrait whose title is the first one the desk suggests. */
async function titled(choices: Partial<Choices>): Promise<string> {
  const id = await approvedPortrait(booth, { name: firstName, title: '', transcript, choices });
  const { portraits, words } = booth.studio.library;
  const portrait = portraits.get(id);
  if (portrait === undefined) throw new Error('no portrait');
  // What it is called before anybody has written a title.
  expect(portrait.title).not.toBe('');
  const [title = ''] = titlesOf(portrait);
  expect(words.save(id, portrait.revision, { title }, 'host')).toMatchObject({ ok: true });
  return id;
}

describe('a name that goes out', () => {
  it.each([
    ['under a pseudonym', { nameShown: 'pseudonym', pseudonym } as const, pseudonym],
    ['without a name', { nameShown: 'anonymous' } as const, null],
    ['under the first name', { nameShown: 'name' } as const, firstName],
  ])('is the one the person chose: %s', async (_, choices, heardAs) => {
    const bytes = await published(await titled(choices));
    for (const [way, found] of Object.entries(bytes)) {
      // The last one proves that the search finds a name wherever it stands.
      expect(says(firstName, found), `${firstName}, ${way}`).toBe(heardAs === firstName);
      if (heardAs !== null) expect(says(heardAs, found), `${heardAs}, ${way}`).toBe(true);
    }
  });

  it.each([
    ['pseudonym', { nameShown: 'pseudonym', pseudonym } as const, `${pseudonym}, menuisière, Tilt`],
    // Trade and cooperative together may be enough to know somebody.
    ['no name', { nameShown: 'anonymous' } as const, 'menuisière'],
  ])('is in the title nobody wrote as well: %s', async (_, choices, title) => {
    const id = await approvedPortrait(booth, { name: firstName, title: '', choices });
    expect(booth.studio.library.portraits.get(id)?.title).toBe(title);
  });

  it('is nobody’s until the person has said so', async () => {
    const id = await approvedPortrait(booth, { name: firstName });
    const { db, portraits } = booth.studio.library;
    db.prepare('UPDATE consent_now SET purposes = NULL, name_shown = NULL WHERE portrait_id = ?').run(id);
    const portrait = portraits.get(id);
    if (portrait === undefined) throw new Error('no portrait');
    expect(portrait.publicName).toBeNull();
    expect(titlesOf(portrait).join()).not.toContain(firstName);
  });
});

it('a ZIP prepared under a name that its person takes back is made anew before anybody has it', async () => {
  const id = await approvedPortrait(booth, { name: firstName, title: 'Relier', transcript });
  const { publication, consent, consentTexts } = booth.studio;
  const batchId = batchOf(booth, [id]);
  const started = await publication.exports.start({ id: batchId, flac: true, to: { kind: 'zip' } }, 'host');
  if (!started.ok) throw new Error(started.code);
  const jobId = started.value.id;
  await exportIs(booth, jobId, 'ready');
  const prepared = () => {
    const folder = join(booth.studio.folders.exports, jobId);
    return readdirSync(folder).map((name) => readFileSync(join(folder, name)));
  };
  expect(says(firstName, prepared())).toBe(true);

  const notice = consentTexts.notices.find(({ language }) => language === 'fr');
  const text = { textVersion: notice?.version ?? '', textSha256: notice?.sha256 ?? '' };
  const choices = choicesOf({ ...text, purposes: ['podcast', 'transcript'], nameShown: 'anonymous' });
  const hearsay = { choices, method: 'spoken', note: '', adult: true } as const;
  expect(await consent.recordFor(id, hearsay, { actor: 'host', name: null })).toEqual({ ok: true });
  expect(publication.zip(jobId)).toBeUndefined();
  expect(says(firstName, prepared())).toBe(false);
  publication.exports.resume(jobId, 'host');
  await exportIs(booth, jobId, 'ready');
  const stream = publication.zip(jobId)?.open();
  const bytes = Buffer.from(await new Response(stream ?? null).arrayBuffer());
  expect(bytes.length).toBeGreaterThan(10_000);
  expect(says(firstName, [bytes])).toBe(false);
});

it('a portrait of which nothing is known goes out under no code', async () => {
  const id = await approvedPortrait(booth, { name: '', title: '', choices: { nameShown: 'anonymous' } });
  const { db, portraits } = booth.studio.library;
  db.prepare("UPDATE speakers SET trade = '', cooperative_id = NULL").run();
  const code = portraits.get(id)?.code ?? '';
  expect(code).not.toBe('');
  const { delivery } = booth.studio;
  const saved = delivery.saveDestination(
    { kind: 'wordpress', name: 'Site', url: 'https://site.test', user: 'kiosk', password: 'open sesame' },
    'organiser',
  );
  if (!saved.ok) throw new Error(saved.code);
  delivery.publish({ portraitId: id, destinationId: saved.value.id }, 'host');
  await vi.waitFor(() => expect(delivery.queue().deliveries[0]).toMatchObject({ state: 'done' }), 20_000);
  expect(sent.some((bytes) => bytes.includes('Portrait sonore'))).toBe(true);
  expect(sent.some((bytes) => bytes.includes(code))).toBe(false);
});
