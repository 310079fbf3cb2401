import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { imported, importRefusal } from '../../../shared/contract/import.ts';
import { openBooth, resourcesDir, type TestBooth } from '../../fixtures/booth.ts';

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
    const rendered = await booth.studio.render(portraitId);
    expect(rendered.ok).toBe(true);
    // A host may vouch for what was heard, but not for a consent that was never given.
    expect(portraits.approve(portraitId, portrait?.revision ?? 0, true, 'host').ok).toBe(true);
    expect(portraits.mayPublish(portraitId)).toBe(false);
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
