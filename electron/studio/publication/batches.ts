import type { BatchDetail, BatchItem, BatchRow } from '../../../shared/contract/batches.ts';
import type { StaffActor } from '../../../shared/domain/actor.ts';
import type { BatchWords, LeftOut, StoredBatch } from '../../../shared/domain/batch.ts';
import type { GateRefusal } from '../../../shared/domain/consent.ts';
import { blockersOf, forGood } from './blockers.ts';
import { mostRings } from './cover.ts';
import type { Portrait, PublicationParts } from './ports.ts';

/** A batch as shown, but for the address of its cover, which only the door can give. */
export type ShownRow = Omit<BatchRow, 'cover'> & { coverSha256: string | null };
export type ShownBatch = Omit<BatchDetail, 'cover'> & { coverSha256: string | null };

type NotFound = { ok: false; code: 'NOT_FOUND' };
type Refused = NotFound | { ok: false; code: 'STALE'; revision: number };
export type BatchOutcome = { ok: true; value: ShownBatch } | Refused;
export type AddOutcome =
  | {
      ok: true;
      value: ShownBatch;
      added: number;
      already: number;
      refused: { portraitId: string; why: GateRefusal }[];
    }
  | Refused
  | { ok: false; code: 'FULL'; most: number };

/** The hosts' side of batches: what is in them, and what still blocks it. */
export function createBatches(parts: PublicationParts) {
  const { batches } = parts;

  const portraitsOf = (batch: StoredBatch) =>
    batch.portraitIds.map(parts.portrait).filter((one): one is Portrait => one !== undefined);

  function row(batch: StoredBatch, portraits: readonly Portrait[]): ShownRow {
    return {
      id: batch.id,
      revision: batch.revision,
      name: batch.name,
      purpose: batch.purpose,
      portraits: portraits.length,
      duration: portraits.reduce((sum, { duration }) => sum + duration, 0),
      updatedAt: batch.updatedAt,
      rings: portraits.slice(0, mostRings).map(({ ring }) => ring),
      coverSha256: batch.coverSha256,
    };
  }

  function item(portrait: Portrait, batch: StoredBatch): BatchItem {
    return {
      portraitId: portrait.id,
      title: portrait.title,
      name: portrait.deskName,
      state: portrait.state,
      language: portrait.language,
      duration: portrait.duration,
      ring: portrait.ring,
      blockers: blockersOf(portrait, batch, parts),
      acknowledged: batches.acknowledged(portrait.id),
    };
  }

  function shown(batch: StoredBatch): ShownBatch {
    const portraits = portraitsOf(batch);
    return {
      ...row(batch, portraits),
      description: batch.description,
      needsTranscript: batch.needsTranscript,
      feedUrl: batch.feedUrl,
      items: portraits.map((portrait) => item(portrait, batch)),
    };
  }

  function get(id: string): ShownBatch | undefined {
    const batch = batches.get(id);
    return batch === undefined ? undefined : shown(batch);
  }

  /** The batch after a change, told to every desk. */
  function changed(id: string): { ok: true; value: ShownBatch } | NotFound {
    parts.onChange('batches');
    const value = get(id);
    return value === undefined ? { ok: false, code: 'NOT_FOUND' } : { ok: true, value };
  }
  const settled = (id: string, change: ReturnType<typeof batches.save>): BatchOutcome => {
    if (change.ok) return changed(id);
    // Only adding can fill a batch.
    if (change.code === 'FULL') throw new Error('a batch cannot be full without an addition');
    return change;
  };

  return {
    list: (): ShownRow[] => batches.list().map((batch) => row(batch, portraitsOf(batch))),
    get,

    create(fields: BatchWords, actor: StaffActor): { ok: true; value: ShownBatch } | NotFound {
      return changed(batches.create(fields, actor));
    },
    save: (id: string, revision: number, fields: BatchWords, actor: StaffActor) =>
      settled(id, batches.save(id, revision, fields, actor)),
    remove(id: string, actor: StaffActor): boolean {
      const removed = batches.remove(id, actor);
      if (removed) parts.onChange('batches');
      return removed;
    },
    restore(id: string, actor: StaffActor): BatchOutcome {
      return batches.restore(id, actor) ? changed(id) : { ok: false, code: 'NOT_FOUND' };
    },
    removeCover(id: string, actor: StaffActor): BatchOutcome {
      return batches.setCover(id, null, actor) ? changed(id) : { ok: false, code: 'NOT_FOUND' };
    },

    add(
      input: { id: string; revision: number; portraitIds: string[]; at?: number | undefined },
      actor: StaffActor,
    ): AddOutcome {
      const batch = batches.get(input.id);
      if (batch === undefined) return { ok: false, code: 'NOT_FOUND' };
      const refused: { portraitId: string; why: GateRefusal }[] = [];
      const welcome = [...new Set(input.portraitIds)].filter((portraitId) => {
        const known = parts.portrait(portraitId) !== undefined;
        const gate = known
          ? parts.mayUse(portraitId, batch.purpose)
          : { allowed: false, why: 'unknownPortrait' as const };
        if (gate.allowed || !('why' in gate) || !forGood.includes(gate.why)) return true;
        refused.push({ portraitId, why: gate.why });
        return false;
      });
      const change = batches.add(input.id, input.revision, welcome, input.at, actor);
      if (!change.ok) return change;
      const after = changed(input.id);
      return after.ok ? { ...after, added: change.added, already: change.already, refused } : after;
    },
    takeOut: (id: string, revision: number, portraitIds: string[], actor: StaffActor) =>
      settled(id, batches.takeOut(id, revision, portraitIds, actor)),
    order: (id: string, revision: number, portraitIds: string[], actor: StaffActor) =>
      settled(id, batches.order(id, revision, portraitIds, actor)),

    acknowledge(portraitId: string, yes: boolean, actor: StaffActor): boolean {
      const done = batches.acknowledge(portraitId, yes, actor);
      if (done) parts.onChange('batches');
      return done;
    },

    /** Queues what nothing blocks; undefined when there is no such batch or destination. */
    publish(id: string, destinationId: string, actor: StaffActor): { queued: number; leftOut: LeftOut[] } | undefined {
      const batch = batches.get(id);
      if (batch === undefined || !parts.knowsDestination(destinationId)) return undefined;
      const leftOut: LeftOut[] = [];
      let queued = 0;
      for (const portrait of portraitsOf(batch)) {
        const blockers = blockersOf(portrait, batch, parts);
        const outcome = blockers.length === 0 ? parts.publish(portrait.id, destinationId, actor) : undefined;
        if (outcome?.ok) {
          queued += 1;
          continue;
        }
        // Between the look and the queueing somebody was quicker: told as what it is.
        if (outcome?.code === 'WRONG_STATE') blockers.push({ kind: 'notApproved', state: portrait.state });
        else if (outcome !== undefined) blockers.push({ kind: 'gate', why: 'notThisPurpose' });
        leftOut.push({ portraitId: portrait.id, title: portrait.title, blockers });
      }
      return { queued, leftOut };
    },
  };
}
