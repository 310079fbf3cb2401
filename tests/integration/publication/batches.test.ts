import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Library } from '../../../electron/studio/library/library.ts';
import { createBatches } from '../../../electron/studio/publication/batches.ts';
import type { Portrait, PublicationParts } from '../../../electron/studio/publication/ports.ts';
import type { GateAnswer, Purpose } from '../../../shared/domain/consent.ts';
import { batchWords } from '../../fixtures/batch-bench.ts';
import { keptPortrait, seededLibrary, tempFolder } from '../library/lives.ts';
import { fakeSound } from './fake-sound.ts';

let dir: string;
let library: Library;
let ids: string[];
let batches: ReturnType<typeof createBatches>;
let batchId: string;
/** What the gate says instead of yes. */
let refusal: (id: string, purpose: Purpose) => GateAnswer | undefined;
let published: string[];

beforeEach(() => {
  dir = tempFolder();
  library = seededLibrary(dir);
  ids = [1, 2, 3].map(() => keptPortrait(library).id);
  refusal = () => undefined;
  published = [];
  const sound = fakeSound(dir);
  const parts: PublicationParts = {
    batches: library.batches,
    exports: library.exports,
    portrait(id) {
      const found = library.portraits.get(id);
      if (found === undefined) return undefined;
      const portrait: Portrait = { ...found, deskName: '', publicName: '', hasSound: found.take !== null };
      return portrait;
    },
    mayUse: (id, purpose) => refusal(id, purpose) ?? { allowed: true },
    render: sound.render,
    audio: sound.audio,
    publish: (id) => {
      published.push(id);
      return { ok: true };
    },
    knowsDestination: (id) => id === 'site',
    summary: () => ({ json: '{}', signature: '', publicKey: '', html: '' }),
    owner: () => undefined,
    freeBytes: async () => 1e12,
    dataDir: dir,
    folders: { covers: join(dir, 'covers'), exports: join(dir, 'exports') },
    onChange: () => undefined,
    log: () => undefined,
    now: () => new Date(),
    trusted: () => true,
  };
  batches = createBatches(parts);
  const created = batches.create(batchWords, 'host');
  if (!created.ok) throw new Error(created.code);
  batchId = created.value.id;
});
afterEach(() => {
  library.close();
  rmSync(dir, { recursive: true });
});

const now = () => {
  const batch = batches.get(batchId);
  if (batch === undefined) throw new Error('the batch is gone');
  return batch;
};
const order = () => now().items.map((item) => ids.indexOf(item.portraitId));
const add = (portraitIds: string[], at?: number) =>
  batches.add({ id: batchId, revision: now().revision, portraitIds, at }, 'host');
const blocks = (place: number) => now().items[place]?.blockers.map(({ kind }) => kind);
function makeFree(id: string): void {
  const revision = () => library.portraits.get(id)?.revision ?? 0;
  library.words.save(id, revision(), { title: 'Titre', text: '', tags: [] }, 'host');
  library.portraits.approve(id, revision(), 'host');
  library.batches.acknowledge(id, true, 'host');
}

test('keeps its order through additions, removals and changes from two desks', () => {
  expect(add(ids)).toMatchObject({ ok: true, added: 3, already: 0, refused: [] });
  expect(add(ids)).toMatchObject({ ok: true, added: 0, already: 3 });
  const stale = now().revision;
  const [a = '', b = '', c = ''] = ids;
  expect(batches.order(batchId, stale, [c, a, b], 'host')).toMatchObject({ ok: true });
  expect(order()).toEqual([2, 0, 1]);
  expect(batches.order(batchId, stale, [a, b, c], 'host')).toMatchObject({ code: 'STALE', revision: stale + 1 });
  expect(batches.order(batchId, now().revision, [a, b], 'host')).toMatchObject({ code: 'STALE' });
  expect(batches.order(batchId, now().revision, [a, b, b], 'host')).toMatchObject({ code: 'STALE' });
  expect(batches.takeOut(batchId, now().revision, [a], 'host')).toMatchObject({ ok: true });
  expect(order()).toEqual([2, 1]);
  add([a], 1);
  expect(order()).toEqual([2, 0, 1]);
  expect(batches.save(batchId, stale, batchWords, 'host')).toMatchObject({ code: 'STALE' });
});

test('says everything that blocks a portrait, and lets go of each once it is mended', () => {
  const [id = ''] = ids;
  add([id]);
  expect(blocks(0)).toEqual(['notApproved', 'noTitle', 'warnings']);
  makeFree(id);
  expect(blocks(0)).toEqual([]);
  batches.acknowledge(id, false, 'host');
  expect(blocks(0)).toEqual(['warnings']);
  batches.acknowledge(id, true, 'host');
  batches.save(batchId, now().revision, { ...batchWords, needsTranscript: true }, 'host');
  expect(blocks(0)).toEqual(['noTranscript']);
  refusal = (_, purpose) => (purpose === 'transcript' ? { allowed: false, why: 'notThisPurpose' } : undefined);
  expect(blocks(0)).toEqual(['transcriptNotAllowed']);
  refusal = (_, purpose) => (purpose === 'podcast' ? { allowed: false, why: 'expired' } : undefined);
  expect(now().items[0]?.blockers[0]).toEqual({ kind: 'gate', why: 'expired' });
});

test('an acknowledged warning is one of that take, not of the next', () => {
  const [id = ''] = ids;
  add([id]);
  makeFree(id);
  library.db.prepare(`UPDATE acknowledged_warnings SET take_id = 'another'`).run();
  expect(blocks(0)).toEqual(['warnings']);
});

test('takes in nobody who withdrew, and nobody unknown', () => {
  const [gone = '', ...others] = ids;
  refusal = (id) => (id === gone ? { allowed: false, why: 'withdrawn' } : undefined);
  const stranger = '0190b6b0-0000-7000-8000-000000000001';
  expect(add([gone, stranger, ...others])).toMatchObject({
    ok: true,
    added: 2,
    refused: [
      { portraitId: gone, why: 'withdrawn' },
      { portraitId: stranger, why: 'unknownPortrait' },
    ],
  });
});

test('is removed and comes back whole', () => {
  add(ids);
  expect(batches.remove(batchId, 'host')).toBe(true);
  expect(batches.get(batchId)).toBeUndefined();
  expect(batches.remove(batchId, 'host')).toBe(false);
  expect(batches.restore(batchId, 'host')).toMatchObject({ ok: true, value: { portraits: 3 } });
});

test('publishes who may leave, and says who stays', () => {
  add(ids);
  makeFree(ids[1] ?? '');
  expect(batches.publish(batchId, 'nowhere', 'host')).toBeUndefined();
  expect(batches.publish(batchId, 'site', 'host')).toMatchObject({
    queued: 1,
    leftOut: [{ portraitId: ids[0] }, { portraitId: ids[2] }],
  });
  expect(published).toEqual([ids[1]]);
});

test.each([
  [
    'withdrawn',
    (id: string) => library.consent.withdraw(id, 'all', { actor: 'host', name: null }, { handedOver: () => false }).ok,
  ],
  ['discarded while it was only to be left out', (id: string) => library.takes.discard(id) !== 'closed'],
])('no export remembers the name of a portrait that is %s', (_, gone) => {
  const job = {
    id: '0190b6b0-0000-7000-8000-000000000002',
    batchId,
    kind: 'zip' as const,
    parent: '',
    place: 'lot.zip',
    flac: false,
    state: 'done' as const,
    reason: null,
    actor: 'host' as const,
    plan: ids.map((portraitId) => ({ portraitId, name: `zephyrine-${portraitId}` })),
    leftOut: [
      { portraitId: ids[0] ?? '', title: 'Zéphyrine', blockers: [] },
      { portraitId: ids[1] ?? '', title: 'Odile', blockers: [] },
    ],
    bytesTotal: 0,
    createdAt: '2026-01-01T00:00:00.000Z',
    updatedAt: '2026-01-01T00:00:00.000Z',
  };
  library.exports.add(job);
  expect(gone(ids[0] ?? '')).toBe(true);
  const after = library.exports.get(job.id);
  // Its place stays, so that an export that goes on knows whom it leaves out.
  expect(after?.plan).toEqual([{ portraitId: ids[0], name: ids[0] }, ...job.plan.slice(1)]);
  expect(after?.leftOut.map(({ title }) => title)).toEqual(['', 'Odile']);
  const rows = JSON.stringify(library.db.prepare('SELECT * FROM export_jobs WHERE id = ?').all(job.id));
  expect(rows).not.toContain(`zephyrine-${ids[0]}`);
});
