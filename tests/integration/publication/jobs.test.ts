import { mkdirSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Library } from '../../../electron/studio/library/library.ts';
import type { Portrait, PublicationParts } from '../../../electron/studio/publication/ports.ts';
import { createPublication, type Publication } from '../../../electron/studio/publication/publication.ts';
import type { ExportJob } from '../../../shared/contract/batches.ts';
import type { GateAnswer } from '../../../shared/domain/consent.ts';
import { batchWords } from '../../fixtures/batch-bench.ts';
import { filesWith } from '../../fixtures/bytes.ts';
import { keptPortrait, seededLibrary, tempFolder } from '../library/lives.ts';
import { fakeSound } from './fake-sound.ts';

let dir: string;
let out: string;
let library: Library;
let sound: ReturnType<typeof fakeSound>;
let ids: string[];
let batchId: string;
let publication: Publication;
let parts: PublicationParts;
/** Answers of the gate that differ from yes. */
let gate: Map<string, GateAnswer>;
let free: number;
let trusted: boolean;
let whenSummed: () => void;

const titles = ['Un', 'Deux', 'Trois'];

function build(): Publication {
  parts = {
    batches: library.batches,
    exports: library.exports,
    portrait(id) {
      const found = library.portraits.get(id);
      if (found === undefined) return undefined;
      const portrait: Portrait = {
        ...found,
        deskName: '',
        publicName: found.speaker.firstName,
        hasSound: found.take !== null,
      };
      return portrait;
    },
    mayUse: (portraitId) => gate.get(portraitId) ?? { allowed: true },
    render: sound.render,
    audio: sound.audio,
    publish: () => ({ ok: true }),
    knowsDestination: () => true,
    summary() {
      whenSummed();
      return { json: '{}', signature: '', publicKey: '', html: '' };
    },
    owner: () => undefined,
    freeBytes: async () => free,
    dataDir: dir,
    exportRoots: [out],
    folders: { covers: join(dir, 'covers'), exports: join(dir, 'exports') },
    onChange: () => undefined,
    log: () => undefined,
    now: () => new Date(),
    trusted: () => trusted,
  };
  return createPublication(parts);
}

beforeEach(() => {
  dir = tempFolder();
  out = tempFolder();
  library = seededLibrary(dir);
  sound = fakeSound(join(dir, 'renditions'));
  gate = new Map();
  whenSummed = () => undefined;
  free = 1e12;
  trusted = true;
  ids = titles.map((title) => {
    const { id } = keptPortrait(library);
    library.words.save(id, library.portraits.get(id)?.revision ?? 0, { title, text: '', tags: [] }, 'host');
    library.portraits.approve(id, library.portraits.get(id)?.revision ?? 0, 'host');
    library.batches.acknowledge(id, true, 'host');
    return id;
  });
  publication = build();
  const created = publication.batches.create(batchWords, 'host');
  if (!created.ok) throw new Error(created.code);
  batchId = created.value.id;
  publication.batches.add({ id: batchId, revision: 0, portraitIds: ids }, 'host');
});
afterEach(async () => {
  await publication.close();
  library.close();
  for (const folder of [dir, out]) rmSync(folder, { recursive: true, force: true });
});

async function start(to: 'folder' | 'zip' = 'folder'): Promise<string> {
  const target = to === 'zip' ? ({ kind: 'zip' } as const) : ({ kind: 'folder', folder: out } as const);
  const started = await publication.exports.start({ id: batchId, flac: false, to: target }, 'host');
  if (!started.ok) throw new Error(started.code);
  return started.value.id;
}
async function over(jobId: string): Promise<ExportJob> {
  for (;;) {
    const job = publication.exports.show(jobId);
    if (job !== undefined && job.state !== 'waiting' && job.state !== 'running') return job;
    await pause(2);
  }
}
/** Stops the work at the first piece that matches, until it is let go. */
function hold(what: string) {
  const reached = Promise.withResolvers<void>();
  const go = Promise.withResolvers<void>();
  sound.state.before = async (piece) => {
    if (!piece.includes(what)) return;
    reached.resolve();
    await go.promise;
  };
  return { reached: reached.promise, go: go.resolve };
}
const names = (job: ExportJob) => readdirSync(job.place).sort();
const sounds = (job: ExportJob) => names(job).filter((name) => name.endsWith('.mp3'));

describe('while the booth does not know what day it is', () => {
  test.each(['folder', 'zip'] as const)('no export to a %s begins', async (kind) => {
    trusted = false;
    const to = kind === 'zip' ? ({ kind } as const) : ({ kind, folder: out } as const);
    const input = { id: batchId, flac: false, to };
    expect(await publication.exports.start(input, 'host')).toEqual({ ok: false, code: 'CLOCK' });
    expect(readdirSync(out)).toEqual([]);
  });
  test('one that is under way stops, says why, and goes on after an answer', async () => {
    const held = hold('deux');
    const jobId = await start();
    await held.reached;
    trusted = false;
    held.go();
    const stopped = await over(jobId);
    expect(stopped).toMatchObject({ state: 'failed', reason: 'clock' });
    expect(sounds(stopped)).toHaveLength(1);
    publication.exports.resume(jobId, 'host');
    expect(await over(jobId)).toMatchObject({ state: 'failed', reason: 'clock' });
    trusted = true;
    publication.exports.resume(jobId, 'host');
    const done = await over(jobId);
    expect(done).toMatchObject({ state: 'done', reason: null });
    expect(sounds(done)).toHaveLength(3);
  });
  test('a ZIP that is ready is not handed out, and one on its way ends', async () => {
    const jobId = await start('zip');
    expect(await over(jobId)).toMatchObject({ state: 'ready' });
    const reader = publication.zip(jobId)?.open().getReader();
    trusted = false;
    expect(publication.zip(jobId)).toBeUndefined();
    const read = async () => {
      while (!(await reader?.read())?.done);
    };
    await expect(read()).rejects.toThrow('clock');
    expect(publication.exports.show(jobId)).toMatchObject({ state: 'ready' });
    trusted = true;
    expect(publication.zip(jobId)).toBeDefined();
  });
});

describe('a portrait that must stay', () => {
  test('is left out and said, at the start', async () => {
    gate.set(ids[1] ?? '', { allowed: false, why: 'notThisPurpose' });
    const job = await over(await start());
    expect(job).toMatchObject({
      state: 'done',
      leftOut: [{ title: 'Deux', blockers: [{ kind: 'gate', why: 'notThisPurpose' }] }],
    });
    expect(sounds(job)).toHaveLength(2);
    expect(library.exports.handedOver(ids[1] ?? '')).toEqual([]);
  });

  test('is left out when it is withdrawn while its own file is being made', async () => {
    const held = hold('copy');
    const jobId = await start();
    await held.reached;
    gate.set(ids[0] ?? '', { allowed: false, why: 'withdrawn' });
    held.go();
    const job = await over(jobId);
    expect(job.leftOut.map(({ title }) => title)).toEqual(['Un']);
    expect(names(job).filter((name) => name.startsWith('01') || name.startsWith('.'))).toEqual([]);
    expect(library.exports.handedOver(ids[0] ?? '')).toEqual([]);
  });

  test('is taken out again when it is withdrawn after its files were written', async () => {
    const held = hold(`render ${ids[2]}`);
    const jobId = await start();
    await held.reached;
    expect(readdirSync(publication.exports.show(jobId)?.place ?? '').some((name) => name.startsWith('01'))).toBe(true);
    gate.set(ids[0] ?? '', { allowed: false, why: 'withdrawn' });
    held.go();
    const job = await over(jobId);
    expect(job.leftOut.map(({ title }) => title)).toEqual(['Un']);
    expect(names(job).filter((name) => name.startsWith('01'))).toEqual([]);
    expect(sounds(job)).toHaveLength(2);
    expect(library.exports.handedOver(ids[0] ?? '')).toEqual([]);
  });

  test('stops an export in which nothing is left', async () => {
    const held = hold('render');
    const jobId = await start();
    await held.reached;
    for (const id of ids) gate.set(id, { allowed: false, why: 'withdrawn' });
    held.go();
    expect(await over(jobId)).toMatchObject({ state: 'failed', reason: 'nothingLeft' });
    expect(await publication.exports.start({ id: batchId, flac: false, to: { kind: 'zip' } }, 'host')).toEqual({
      ok: false,
      code: 'NOTHING',
    });
  });
});

describe('an export that is cut short', () => {
  test('is cancelled at once, keeps what is whole, and goes on without making it again', async () => {
    const held = hold(`render ${ids[2]}`);
    const jobId = await start();
    await held.reached;
    await publication.exports.cancel(jobId, 'host');
    held.go();
    const cancelled = await over(jobId);
    expect(cancelled.state).toBe('cancelled');
    expect(sounds(cancelled)).toHaveLength(2);
    expect(names(cancelled).filter((name) => name.startsWith('.'))).toEqual([]);
    const before = sounds(cancelled).map((name) => statSync(join(cancelled.place, name)).ino);
    sound.state.before = async () => undefined;
    sound.state.copies = 0;
    publication.exports.resume(jobId, 'host');
    const job = await over(jobId);
    expect(job.state).toBe('done');
    expect(sound.state.copies).toBe(1);
    expect(
      sounds(job)
        .slice(0, 2)
        .map((name) => statSync(join(job.place, name)).ino),
    ).toEqual(before);
    expect(job.bytesDone).toBe(job.bytesTotal);
  });

  test('is offered again after a restart, and makes a spoiled file anew', async () => {
    const held = hold(`render ${ids[1]}`);
    const jobId = await start();
    await held.reached;
    const closed = publication.close();
    held.go();
    await closed;
    sound.state.before = async () => undefined;
    publication = build();
    await publication.open();
    const told = publication.exports.show(jobId);
    expect(told).toMatchObject({ state: 'interrupted', reason: null });
    const [first = ''] = readdirSync(told?.place ?? '').filter((name) => name.endsWith('.mp3'));
    writeFileSync(join(told?.place ?? '', first), 'spoiled');
    writeFileSync(join(told?.place ?? '', `.${first}.part`), 'half');
    publication.exports.resume(jobId, 'host');
    const job = await over(jobId);
    expect(job.state).toBe('done');
    expect(statSync(join(job.place, first)).size).not.toBe('spoiled'.length);
    expect(names(job).filter((name) => name.startsWith('.'))).toEqual([]);
  });

  test('says that its folder is gone, and goes on once it is back', async () => {
    const held = hold(`render ${ids[1]}`);
    const jobId = await start();
    await held.reached;
    const place = publication.exports.show(jobId)?.place ?? '';
    renameSync(place, `${place}-away`);
    held.go();
    expect(await over(jobId)).toMatchObject({ state: 'failed', reason: 'folderGone' });
    publication.exports.resume(jobId, 'host');
    expect(await over(jobId)).toMatchObject({ state: 'failed', reason: 'folderGone' });
    renameSync(`${place}-away`, place);
    publication.exports.resume(jobId, 'host');
    expect(await over(jobId)).toMatchObject({ state: 'done' });
  });

  test('says that the disk is full', async () => {
    sound.state.renderError = 'diskFull';
    const jobId = await start();
    expect(await over(jobId)).toMatchObject({ state: 'failed', reason: 'diskFull' });
    sound.state.renderError = undefined;
    sound.state.before = async (piece) => {
      if (piece.startsWith('copy')) throw Object.assign(new Error('write'), { code: 'ENOSPC' });
    };
    publication.exports.resume(jobId, 'host');
    const job = await over(jobId);
    expect(job).toMatchObject({ state: 'failed', reason: 'diskFull' });
    expect(names(job)).toEqual([]);
  });
});

describe('before an export', () => {
  test('its folder is looked at', async () => {
    const { exports } = publication;
    const inside = join(dir, 'takes');
    mkdirSync(inside);
    expect(await exports.checkFolder('documents')).toEqual({ ok: false, problem: 'notAbsolute' });
    expect(await exports.checkFolder(join(out, 'nowhere'))).toEqual({ ok: false, problem: 'notUsable' });
    expect(await exports.checkFolder(inside)).toEqual({ ok: false, problem: 'insideData' });
    expect(await exports.checkFolder(out)).toEqual({ ok: true, freeBytes: 1e12 });
    const to = { kind: 'folder', folder: inside } as const;
    expect(await exports.start({ id: batchId, flac: false, to }, 'host')).toMatchObject({ code: 'BAD_FOLDER' });
  });

  test('room is needed', async () => {
    free = 1000;
    const to = { kind: 'folder', folder: out } as const;
    expect(await publication.exports.start({ id: batchId, flac: true, to }, 'host')).toMatchObject({
      code: 'NO_ROOM',
      freeBytes: 1000,
    });
    expect(readdirSync(out)).toEqual([]);
  });

  test('one of a batch is enough at a time', async () => {
    const held = hold('render');
    const jobId = await start();
    await held.reached;
    expect(await publication.exports.start({ id: batchId, flac: false, to: { kind: 'zip' } }, 'host')).toMatchObject({
      code: 'BUSY',
    });
    held.go();
    await over(jobId);
  });
});

describe('a ZIP', () => {
  test('whose portrait is withdrawn before it is fetched is prepared anew without it', async () => {
    const jobId = await start('zip');
    expect(await over(jobId)).toMatchObject({ state: 'ready' });
    gate.set(ids[0] ?? '', { allowed: false, why: 'withdrawn' });
    expect(publication.zip(jobId)).toBeUndefined();
    expect(publication.exports.show(jobId)).toMatchObject({ state: 'failed', reason: 'withdrawn' });
    publication.exports.resume(jobId, 'host');
    const again = await over(jobId);
    expect(again.state).toBe('ready');
    expect(again.files.some(({ name }) => name.startsWith('01'))).toBe(false);
    expect(library.exports.handedOver(ids[1] ?? '')).toEqual([]);
  });

  const left = (jobId: string) => {
    const folder = join(dir, 'exports', jobId);
    const words = filesWith(folder, Buffer.from('Un"')).concat(filesWith(folder, Buffer.from('<title>Un<')));
    return { own: readdirSync(folder).filter((name) => name.startsWith('01')), words };
  };

  test('keeps nothing of a portrait that is withdrawn: neither its files, nor its words in table and feed', async () => {
    const jobId = await start('zip');
    await over(jobId);
    expect(left(jobId)).toEqual({ own: [expect.any(String), expect.any(String)], words: ['index.csv', 'feed.xml'] });
    // As a studio that was killed leaves it.
    writeFileSync(join(dir, 'exports', jobId, '.01-un.mp3.part'), 'half');
    gate.set(ids[0] ?? '', { allowed: false, why: 'withdrawn' });
    await publication.forget(ids[0] ?? '');
    expect(left(jobId)).toEqual({ own: [], words: [] });
    expect(readdirSync(join(dir, 'exports', jobId)).filter((name) => name.startsWith('.'))).toEqual([]);
    expect(publication.exports.show(jobId)).toMatchObject({ state: 'failed', reason: 'withdrawn' });
  });

  test('keeps nothing of one that is withdrawn while its table is written, and says so', async () => {
    // The summary is asked for after the last look at who may leave, and before the table is written.
    whenSummed = () => {
      gate.set(ids[0] ?? '', { allowed: false, why: 'withdrawn' });
      void publication.forget(ids[0] ?? '');
    };
    const jobId = await start('zip');
    await over(jobId);
    await vi.waitFor(() => expect(left(jobId)).toEqual({ own: [], words: [] }));
  });

  test('stops where a portrait is withdrawn while it is fetched', async () => {
    const jobId = await start('zip');
    await over(jobId);
    const reader = publication.zip(jobId)?.open().getReader();
    await reader?.read();
    for (const id of ids) gate.set(id, { allowed: false, why: 'withdrawn' });
    const rest = async () => {
      while ((await reader?.read())?.done === false);
    };
    await expect(rest()).rejects.toThrow('withdrawn');
    expect(publication.exports.show(jobId)).toMatchObject({ state: 'failed', reason: 'withdrawn' });
  });

  test('given up half way stays ready, and no file stays open', async () => {
    const jobId = await start('zip');
    await over(jobId);
    const stream = publication.zip(jobId)?.open();
    const reader = stream?.getReader();
    await reader?.read();
    await reader?.cancel();
    expect(publication.exports.show(jobId)?.state).toBe('ready');
    expect(library.exports.handedOver(ids[0] ?? '').length).toBeGreaterThan(0);
  });

  test('holds nothing of a portrait that is to be forgotten', async () => {
    const jobId = await start('zip');
    await over(jobId);
    await publication.forget(ids[0] ?? '');
    expect(readdirSync(join(dir, 'exports', jobId)).filter((name) => name.startsWith('01'))).toEqual([]);
    expect(publication.exports.show(jobId)?.state).toBe('failed');
  });

  test('nobody fetched goes after a day', async () => {
    const jobId = await start('zip');
    await over(jobId);
    await publication.close();
    library.db.prepare(`UPDATE export_jobs SET updated_at = '2020-01-01T00:00:00.000Z'`).run();
    publication = build();
    await publication.open();
    expect(publication.exports.show(jobId)?.state).toBe('cancelled');
    expect(readdirSync(join(dir, 'exports'))).toEqual([]);
  });
});
