import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { imported, importRefusal } from '../../../shared/contract/import.ts';
import { openBooth, resourcesDir, type TestBooth } from '../../fixtures/booth.ts';
import { choicesOf } from '../../fixtures/capture-input.ts';

const demo = join(resourcesDir, 'demo/11-agathe.ogg');
let booth: TestBooth;
beforeAll(async () => {
  booth = await openBooth();
  await booth.signIn();
});
afterAll(async () => {
  await booth.close();
  rmSync(booth.dir, { recursive: true });
});

const put = (body: BodyInit | null, query = '?title=Agathe&language=fr', headers = booth.staffHeaders) =>
  booth.door(new Request(`${booth.origin}/import${query}`, { method: 'PUT', body, headers }));

/** Files of the takes and of what was coming in. */
const files = () =>
  ['takes', 'incoming'].flatMap((name) => {
    const folder = join(booth.dir, name);
    return existsSync(folder) ? readdirSync(folder).filter((file) => !file.startsWith('set-aside')) : [];
  });

describe('a sound file from elsewhere', () => {
  it('becomes a portrait to be reviewed, which nobody has consented to yet', async () => {
    const response = await put(readFileSync(demo));
    expect(response.status).toBe(200);
    const { portraitId } = imported.parse(await response.json());
    const { portraits, edits } = booth.studio.library;
    const portrait = portraits.get(portraitId);
    expect(portrait).toMatchObject({ state: 'toReview', title: 'Agathe', confirmed: false, language: 'fr' });
    expect(portrait?.take?.analysis?.speech).not.toBeNull();
    expect(edits.open(portraitId)).toMatchObject({ ok: true });
    expect(files()).toEqual([`${portrait?.take?.id}.wav`]);
    const row = portraits.list({ limit: 10 }).rows.find(({ id }) => id === portraitId);
    expect(new Set(row?.strip).size).toBeGreaterThan(3);
    const rendered = await booth.studio.render(portraitId);
    expect(rendered.ok).toBe(true);
    // Nobody has said what may be done with it.
    const approved = portraits.approve(portraitId, portrait?.revision ?? 0, 'host');
    expect(approved).toMatchObject({ ok: false, code: 'NEEDS_CONSENT' });
    expect(booth.studio.library.consent.mayUse(portraitId, 'site').allowed).toBe(false);
  });

  it('may leave once a host wrote down what the person, who is of age, told them', async () => {
    const response = await put(readFileSync(demo));
    const { portraitId } = imported.parse(await response.json());
    const { library, consent } = booth.studio;
    const text = consent.detail(portraitId)?.text;
    if (!text) throw new Error('the booth shows a text');
    const said = {
      choices: choicesOf({ ...text, purposes: ['site'] }),
      method: 'paper',
      note: 'Signé le 3 mai.',
    } as const;
    const by = { actor: 'host', name: 'Léa' } as const;
    expect(await consent.recordFor(portraitId, { ...said, adult: false }, by)).toEqual({
      ok: false,
      code: 'AGE_NEEDED',
    });
    expect(library.consent.records(portraitId)).toEqual([]);
    expect(await consent.recordFor(portraitId, { ...said, adult: true }, by)).toEqual({ ok: true });
    expect(consent.detail(portraitId)?.acts).toMatchObject([
      { kind: 'record', by: 'staff', method: 'paper', note: said.note },
      { kind: 'choices', by: 'staff', method: 'paper', purposes: ['site'] },
    ]);
    const page = consent.papers.evidence(portraitId) ?? '';
    expect(page.split('noté pour la personne par Léa')).toHaveLength(3);
    const { revision } = library.portraits.get(portraitId) ?? { revision: 0 };
    expect(library.portraits.approve(portraitId, revision, 'host')).toMatchObject({ ok: true });
    expect(library.consent.mayUse(portraitId, 'site')).toEqual({ allowed: true });
    expect(library.consent.mayUse(portraitId, 'podcast')).toMatchObject({ allowed: false });
    expect(library.consent.verify()).toMatchObject({ ok: true });
  });

  it('is refused, and leaves nothing, when it is none, leads elsewhere, or comes from a visitor', async () => {
    const before = files();
    const master = before.find((name) => name.endsWith('.wav')) ?? '';
    const playlist = `#EXTM3U\n#EXT-X-TARGETDURATION:10\n#EXTINF:10,\n${join(booth.dir, 'takes', master)}\n#EXT-X-ENDLIST\n`;
    const refused = async (response: Response) => [response.status, importRefusal.parse(await response.json()).code];
    expect(await refused(await put('not a sound'))).toEqual([415, 'NOT_A_SOUND']);
    expect(await refused(await put(playlist))).toEqual([415, 'NOT_A_SOUND']);
    expect(await refused(await put(readFileSync(demo).subarray(0, 300)))).toEqual([415, 'NOT_A_SOUND']);
    expect(await refused(await put(''))).toEqual([415, 'NOT_A_SOUND']);
    expect(await refused(await put(null))).toEqual([400, 'INVALID']);
    expect(await refused(await put('x', '?language=tlh'))).toEqual([400, 'INVALID']);
    expect(await refused(await put(readFileSync(demo), '', {}))).toEqual([403, 'NOT_ALLOWED']);
    const large = { ...booth.staffHeaders, 'content-length': String(2 ** 31) };
    expect(await refused(await put('x', '', large))).toEqual([413, 'TOO_LARGE']);
    expect((await booth.door(new Request(`${booth.origin}/import`))).status).toBe(405);
    expect(files()).toEqual(before);
  });

  it('is let go as soon as it is longer than is wanted', async () => {
    const output = join(booth.dir, 'long.wav');
    const decoded = await booth.studio.audio.decodeToMaster(demo, output, { mostSeconds: 1 });
    expect(decoded).toMatchObject({ ok: false, error: 'tooLong' });
    expect(existsSync(output)).toBe(false);
  });
});
