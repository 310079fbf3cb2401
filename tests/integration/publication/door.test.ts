import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/fetch';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { apiPrefix } from '../../../shared/contract/index.ts';
import { approvedPortrait } from '../../fixtures/approved.ts';
import { batchOf, batchWords, exportIs } from '../../fixtures/batch-bench.ts';
import { openBooth, type TestBooth, testPin } from '../../fixtures/booth.ts';
import type { BoothClient } from '../../fixtures/booth-client.ts';
import { startStudio } from '../../fixtures/killable-studio.ts';

let booth: TestBooth;
let out: string;
let ids: string[];
/** In the batch too; its person changes their mind. */
let leaving: string;
let batchId: string;

beforeAll(async () => {
  booth = await openBooth();
  out = mkdtempSync(join(tmpdir(), 'phonomaton-out-'));
  await booth.signIn();
  ids = [];
  for (const title of ['Un', 'Deux', 'Trois']) ids.push(await approvedPortrait(booth, { title, seconds: 2 }));
  leaving = await approvedPortrait(booth, { title: 'Quatre', seconds: 1 });
  batchId = batchOf(booth, [...ids.slice(0, 2), leaving]);
});
afterAll(async () => {
  await booth.close();
  for (const dir of [booth.dir, out]) rmSync(dir, { recursive: true, force: true });
});

function client(url: string, headers: () => Record<string, string>, send: typeof fetch): BoothClient {
  return createORPCClient(new RPCLink({ url: `${url}${apiPrefix}`, headers, fetch: (request) => send(request) }));
}
const calls = () =>
  client(
    booth.origin,
    () => booth.staffHeaders,
    (request) => booth.door(request as Request),
  );
const get = (path: string, method = 'GET') => booth.door(new Request(booth.origin + path, { method }));

describe('a ZIP through the door', () => {
  test('is of the length it says, opens anywhere, and holds what a folder would', async () => {
    const zip = await calls().batches.startExport({ id: batchId, flac: false, to: { kind: 'zip' } });
    await expect(calls().batches.download({ jobId: zip.id })).rejects.toMatchObject({ code: 'NOT_READY' });
    await exportIs(booth, zip.id, 'ready');
    const { url } = await calls().batches.download({ jobId: zip.id });
    expect((await get(url.split('?')[0] ?? '')).status).toBe(403);
    expect((await get(url.replace(/key=./, 'key=x'))).status).toBe(403);
    const head = await get(url, 'HEAD');
    const answer = await get(url);
    expect(answer.headers.get('content-disposition')).toBe('attachment; filename="lot-ete-2023-a-dunkerque.zip"');
    const bytes = Buffer.from(await answer.arrayBuffer());
    expect(bytes.length).toBe(Number(answer.headers.get('content-length')));
    expect(head.headers.get('content-length')).toBe(String(bytes.length));
    const path = join(out, 'fetched.zip');
    writeFileSync(path, bytes);
    execFileSync('unzip', ['-tq', path]);
    execFileSync('unzip', ['-q', path, '-d', out]);
    expect((await calls().batches.exports({ id: batchId })).jobs[0]).toMatchObject({ id: zip.id, state: 'done' });
    expect((await get(url)).status).toBe(409);
    expect(readdirSync(booth.studio.folders.exports)).toEqual([]);

    const to = { kind: 'folder', folder: join(out, 'beside') } as const;
    mkdirSync(to.folder);
    const folder = await calls().batches.startExport({ id: batchId, flac: false, to });
    const job = await exportIs(booth, folder.id, 'done');
    // The authorisations are signed at their own hour, and the checksums say so.
    const fetched = join(out, 'lot-ete-2023-a-dunkerque');
    execFileSync('diff', ['-r', '-x', 'autorisations.*', '-x', 'SHA256SUMS', job.place, fetched]);
    for (const place of [job.place, fetched]) {
      expect(readdirSync(place)).toEqual(expect.arrayContaining(['autorisations.html', 'autorisations.json']));
      execFileSync('sha256sum', ['-c', '--quiet', 'SHA256SUMS'], { cwd: place });
    }
    const copies = booth.studio.library.exports.handedOver(ids[0] ?? '');
    expect(new Set(copies.map(({ kind }) => kind))).toEqual(new Set(['zip', 'folder']));
  });

  test('is followed up, as a folder is, when its use or everything is taken back, until nobody has a copy', async () => {
    const id = leaving;
    const open = async () => (await calls().consent.overview({})).followUps.find((one) => one.id === id);
    expect(await open()).toBeUndefined();
    await calls().consent.withdraw({ id, purposes: ['social'] });
    expect(await open(), 'a copy for another use may stay').toBeUndefined();

    await calls().consent.withdraw({ id, purposes: ['podcast'] });
    const part = await open();
    const [member] = await calls().staff.members({});
    const copy = { batch: batchWords.name, purpose: 'podcast', by: { role: 'organiser', name: member?.name } };
    expect(part).toMatchObject({ purposes: ['social', 'podcast'], urls: [] });
    expect(part?.handedOver).toMatchObject([
      { ...copy, kind: 'folder', place: join(out, 'beside', 'lot-ete-2023-a-dunkerque') },
      { ...copy, kind: 'zip', place: 'lot-ete-2023-a-dunkerque.zip' },
    ]);
    const [newer, older] = part?.handedOver.map(({ copy }) => copy) ?? [];
    await calls().consent.settleCopies({ id, copy: newer });
    expect((await open())?.handedOver.map(({ copy }) => copy)).toEqual([older]);
    await expect(calls().consent.settleCopies({ id, copy: newer })).rejects.toMatchObject({ code: 'NOT_FOUND' });

    await calls().consent.withdraw({ id, purposes: 'all' });
    expect(await open()).toMatchObject({ purposes: [], handedOver: [{ copy: older }] });
    await calls().consent.settleCopies({ id, copy: older });
    expect(await open()).toBeUndefined();
    expect(booth.studio.library.portraits.get(id)).toBeUndefined();
  });
});

describe('a cover', () => {
  const put = (body: Uint8Array<ArrayBuffer>, headers: Record<string, string> = booth.staffHeaders) =>
    booth.door(new Request(`${booth.origin}/cover/${batchId}`, { method: 'PUT', body, headers }));
  const picture = (size: string, extension: string) => {
    const path = join(out, `picture.${extension}`);
    execFileSync('ffmpeg', ['-v', 'error', '-y', '-f', 'lavfi', '-i', `testsrc=size=${size}`, '-frames:v', '1', path]);
    return new Uint8Array(readFileSync(path));
  };

  test('is taken as JPEG or PNG, made square, and shown at a signed address', async () => {
    for (const given of [picture('1600x1400', 'png'), picture('1400x1500', 'jpg')]) {
      expect((await put(given)).status).toBe(200);
      const { cover } = await calls().batches.get({ id: batchId });
      const answer = await get(cover ?? '');
      expect(answer.headers.get('content-type')).toBe('image/jpeg');
      writeFileSync(join(out, 'back.jpg'), Buffer.from(await answer.arrayBuffer()));
      const show = [
        '-v',
        'error',
        '-show_entries',
        'stream=width,height,codec_name',
        '-of',
        'csv=p=0',
        join(out, 'back.jpg'),
      ];
      expect(execFileSync('ffprobe', show, { encoding: 'utf8' }).trim()).toBe('mjpeg,1400,1400');
      expect((await get((cover ?? '').split('?')[0] ?? '')).status).toBe(403);
    }
    expect(await calls().batches.removeCover({ id: batchId })).toMatchObject({ cover: null });
  });

  test('is refused by what it is, in words the page knows', async () => {
    const code = async (response: Response) => [response.status, (await response.json()).code];
    expect(await code(await put(picture('1400x1399', 'png')))).toEqual([422, 'TOO_SMALL']);
    expect(await code(await put(new Uint8Array([1, 2, 3])))).toEqual([415, 'NOT_A_PICTURE']);
    const whole = picture('1400x1400', 'png');
    const bomb = whole.slice();
    new DataView(bomb.buffer).setUint32(16, 60_000);
    expect(await code(await put(bomb))).toEqual([422, 'TOO_MANY_PIXELS']);
    expect(await code(await put(whole.slice(0, 2000)))).toEqual([415, 'NOT_A_PICTURE']);
    expect(await code(await put(new Uint8Array(13 * 1024 * 1024)))).toEqual([413, 'TOO_LARGE']);
    expect(await code(await put(new Uint8Array(1), {}))).toEqual([403, 'NOT_ALLOWED']);
    expect((await calls().batches.get({ id: batchId })).cover).toBeNull();
  });
});

test('a studio that is killed in the middle goes on where it was, and makes nothing twice', async () => {
  const longBatch = batchOf(booth, ids, { name: 'Coupure' });
  await booth.close();
  const killable = await startStudio(booth.dir);
  const headers: Record<string, string> = {};
  const far = client(killable.url, () => headers, fetch);
  headers.authorization = `Bearer ${(await far.staff.signIn({ pin: testPin })).token}`;
  const { id, place } = await far.batches.startExport({
    id: longBatch,
    flac: false,
    to: { kind: 'folder', folder: out },
  });
  while (!readdirSync(place).some((name) => /^01-.+\.jpg$/.test(name))) await pause(5);
  await killable.kill();
  const whole = readdirSync(place).filter((name) => !name.startsWith('.'));
  expect(whole).not.toContain('SHA256SUMS');
  const before = whole.map((name) => statSync(join(place, name)).ino);

  booth = await openBooth(booth.dir);
  expect(booth.studio.publication.exports.show(id)).toMatchObject({ state: 'interrupted' });
  booth.studio.publication.exports.resume(id, 'host');
  const job = await exportIs(booth, id, 'done');
  expect(whole.map((name) => statSync(join(place, name)).ino)).toEqual(before);
  expect(readdirSync(place).sort()).toEqual(job.files.map(({ name }) => name).sort());
  execFileSync('sha256sum', ['-c', '--quiet', 'SHA256SUMS'], { cwd: place });
});
