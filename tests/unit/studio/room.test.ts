import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, describe, expect, it } from 'vitest';
import { checkDisk } from '../../../electron/studio/health/disk.ts';
import { createRoom, NoRoom, reserveBytes } from '../../../electron/studio/room.ts';
import { bytesPerFrame } from '../../../shared/domain/pcm.ts';

const dataDir = mkdtempSync(join(tmpdir(), 'room-'));
afterAll(() => rmSync(dataDir, { recursive: true }));

const mega = 1024 ** 2;
let free = 0;
const room = createRoom({ dataDir, free: async () => free, reserve: 1000 * mega });

describe('the room on the disk', () => {
  it('keeps an evening of takes', () => {
    const take = 90 * 48_000 * bytesPerFrame;
    expect(Math.floor(reserveBytes / take)).toBeGreaterThanOrEqual(160);
  });

  it('is for other work as far as it goes beyond what is kept', async () => {
    free = room.kept + 5 * mega;
    expect(await room.left()).toBe(5 * mega);
    await room.ask(5 * mega);
    await expect(room.ask(5 * mega + 1)).rejects.toBeInstanceOf(NoRoom);
    free = room.kept;
    expect(await room.left()).toBe(0);
    await expect(room.ask(0)).rejects.toMatchObject({ code: 'ENOSPC' });
    free = 0;
    expect(await room.left()).toBe(0);
  });

  it('is not kept on another disk', async () => {
    free = 10 * mega;
    const other = process.platform === 'linux' ? '/proc' : dataDir;
    expect(await room.left(other)).toBe(process.platform === 'linux' ? 10 * mega : 0);
    expect(await room.left(tmpdir())).toBe(0);
  });

  it('ends work as soon as it is used up, and lets the rest come to its end', async () => {
    free = room.kept + 100 * mega;
    const until = (signal: AbortSignal) => pause(60_000, undefined, { signal });
    const work = room.use(mega, undefined, until);
    free = room.kept - 1;
    await expect(work).rejects.toBeInstanceOf(NoRoom);
    await expect(room.use(mega, undefined, until)).rejects.toBeInstanceOf(NoRoom);
    free = room.kept + 100 * mega;
    expect(await room.use(mega, undefined, async () => 'done')).toBe('done');
    const stop = new AbortController();
    const given = room.use(mega, stop.signal, until);
    stop.abort(new Error('by its host'));
    await expect(given).rejects.toMatchObject({ name: 'AbortError' });
  });

  it('is told by the health panel: everything else waits, and then the booth too', async () => {
    const check = (bytes: number) => checkDisk(async () => bytes, room.kept);
    expect(await check(room.kept + 1)).toMatchObject({ severity: 'good', code: 'ok' });
    expect(await check(room.kept)).toMatchObject({ severity: 'notice', code: 'low' });
    expect(await check(100 * mega)).toMatchObject({ severity: 'bad', code: 'full' });
  });
});
