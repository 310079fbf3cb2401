import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { realFiles } from '../../../../electron/studio/capture/files.ts';
import { createTakeWriter } from '../../../../electron/studio/capture/take-writer.ts';
import { chunkLimit } from '../../../../shared/domain/chunk.ts';
import { type FaultyCall, faultyFiles } from '../../../fixtures/capture-files.ts';

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'writer-'));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

function bytes(length: number, seed = 1): Uint8Array {
  return Uint8Array.from({ length }, (_, i) => (i * 31 + seed * 7) & 255);
}
const heard: Uint8Array[] = [];
async function writer(files = realFiles, name = 'take.wav') {
  heard.length = 0;
  return createTakeWriter(join(dir, name), 48_000, files, (pcm) => heard.push(pcm));
}
function sound(name = 'take.wav'): Buffer {
  return readFileSync(join(dir, name)).subarray(44);
}

describe('a take writer', () => {
  test('leaves the sizes unknown while it writes, and true, read-only and padded when closed', async () => {
    const take = await writer();
    await take.put(0, bytes(9));
    const open = readFileSync(take.path);
    expect(open.readUInt32LE(4)).toBe(0xffff_ffff);
    expect(open.readUInt32LE(40)).toBe(0xffff_ffff);
    const { frames, sha256 } = await take.close();
    const closed = readFileSync(take.path);
    expect(frames).toBe(3);
    expect(closed.readUInt32LE(40)).toBe(9);
    expect(closed.readUInt32LE(4)).toBe(closed.length - 8);
    expect(closed.length).toBe(44 + 9 + 1);
    expect(closed.readUInt32LE(24)).toBe(48_000);
    expect(closed.readUInt16LE(34)).toBe(24);
    expect(statSync(take.path).mode & 0o777).toBe(0o444);
    expect(sha256).toBe(createHash('sha256').update(bytes(9)).digest('hex'));
    expect(await take.put(1, bytes(3))).toEqual({ ok: false, code: 'CLOSED' });
    expect(await take.close()).toEqual({ frames, sha256 });
  });

  test('takes each number once, asks for the missing one, and tells a repeat from something else', async () => {
    const take = await writer();
    expect(await take.put(1, bytes(3))).toEqual({ ok: false, code: 'MISSING_CHUNKS', expected: 0 });
    expect(await take.put(0, bytes(6))).toEqual({ ok: true, durableChunks: 1, durableFrames: 2 });
    expect(await take.put(0, bytes(6))).toEqual({ ok: true, durableChunks: 1, durableFrames: 2 });
    expect(await take.put(0, bytes(9))).toEqual({ ok: false, code: 'INVALID' });
    expect(await take.put(0, bytes(6, 2))).toEqual({ ok: false, code: 'INVALID' });
    expect(await take.put(2, bytes(3))).toEqual({ ok: false, code: 'MISSING_CHUNKS', expected: 1 });
    expect(await take.put(1, bytes(7))).toEqual({ ok: false, code: 'INVALID' });
    expect(await take.put(1, bytes(0))).toEqual({ ok: false, code: 'INVALID' });
    expect(await take.put(1, bytes(chunkLimit + 1))).toEqual({ ok: false, code: 'TOO_LARGE' });
    expect(heard).toEqual([bytes(6)]);
    await take.close();
    expect(sound()).toEqual(Buffer.from(bytes(6)));
  });

  test('does not write over a file that is there', async () => {
    const take = await writer();
    await take.put(0, bytes(30));
    await take.close();
    await expect(writer()).rejects.toMatchObject({ code: 'EEXIST' });
    expect(sound().length).toBe(30);
  });

  test('says when the disk is full, keeps what was written whole, and goes on when there is room', async () => {
    let full = false;
    const take = await writer(faultyFiles((call) => (full && call === 'write' ? 'ENOSPC' : undefined)));
    await take.put(0, bytes(3000));
    full = true;
    expect(await take.put(1, bytes(3000, 2))).toEqual({ ok: false, code: 'DISK_FULL' });
    expect(sound()).toEqual(Buffer.from(bytes(3000)));
    full = false;
    expect(await take.put(1, bytes(3000, 2))).toEqual({ ok: true, durableChunks: 2, durableFrames: 2000 });
    const { sha256 } = await take.close();
    expect(sound()).toEqual(Buffer.concat([bytes(3000), bytes(3000, 2)]));
    expect(sha256).toBe(createHash('sha256').update(sound()).digest('hex'));
  });

  test('never acknowledges what a failing sync may have lost', async () => {
    let broken = false;
    const take = await writer(faultyFiles((call) => (broken && call === 'datasync' ? 'EIO' : undefined)));
    await take.put(0, bytes(30));
    broken = true;
    await expect(take.put(1, bytes(60, 2))).rejects.toMatchObject({ code: 'EIO' });
    expect(take.chunks).toBe(1);
    expect(heard).toHaveLength(1);
    broken = false;
    expect(await take.put(1, bytes(60, 2))).toEqual({ ok: true, durableChunks: 2, durableFrames: 30 });
    await take.close();
    expect(sound()).toEqual(Buffer.concat([bytes(30), bytes(60, 2)]));
  });

  test('a closing that failed may be tried again', async () => {
    let broken = false;
    const take = await writer(faultyFiles((call) => (broken && call === 'sync' ? 'EIO' : undefined)));
    await take.put(0, bytes(30));
    broken = true;
    await expect(take.close()).rejects.toMatchObject({ code: 'EIO' });
    broken = false;
    expect((await take.close()).frames).toBe(10);
    expect(readFileSync(take.path).readUInt32LE(40)).toBe(30);
  });

  test('whatever the disk does and however often chunks come, the file is the chunks in order', async () => {
    const calls: FaultyCall[] = ['write', 'datasync', 'truncate'];
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: 1, max: 400 }), { minLength: 1, maxLength: 12 }),
        fc.infiniteStream(fc.constantFrom('ok', 'ok', 'ok', 'ENOSPC', 'EIO')),
        fc.infiniteStream(fc.nat({ max: 2 })),
        fc.uuid(),
        async (lengths, faults, repeats, name) => {
          let faulty = false;
          const files = faultyFiles((call) => {
            if (!faulty || !calls.includes(call)) return undefined;
            const fault = faults.next().value;
            return fault === 'ok' ? undefined : fault;
          });
          const take = await writer(files, name);
          faulty = true;
          const chunks = lengths.map((length, i) => bytes(length * 3, i));
          for (const [number, chunk] of chunks.entries()) {
            for (let more = repeats.next().value ?? 0; more >= 0; ) {
              const put = await take.put(number, chunk).catch(() => undefined);
              if (put?.ok) {
                expect(put.durableChunks).toBe(number + 1);
                more--;
              }
            }
          }
          faulty = false;
          const { frames, sha256 } = await take.close();
          const all = Buffer.concat(chunks);
          expect(frames * 3).toBe(all.length);
          expect(sound(name).subarray(0, all.length)).toEqual(all);
          expect(sha256).toBe(createHash('sha256').update(all).digest('hex'));
          expect(Buffer.concat(heard)).toEqual(all);
        },
      ),
      { numRuns: 40 },
    );
  });
});
