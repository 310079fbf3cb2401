import { actorText } from '../../../shared/domain/actor.ts';
import { newId } from '../../../shared/domain/ids.ts';
import { type BulkAction, type BulkOutcome, mostTags } from '../../../shared/domain/inbox.ts';
import type { PortraitState } from '../../../shared/domain/portrait.ts';
import { type Actor, audit } from './audit.ts';
import { type Db, transaction } from './database.ts';
import { type Head, type Moved, type Occasion, portraitMoves } from './moves.ts';

export interface Bulk {
  targets: { id: string; revision: number }[];
  action: BulkAction;
  tags: string[];
}
export interface Settled {
  id: string;
  outcome: BulkOutcome;
  revision: number;
  state: PortraitState;
}

interface Stored extends Head {
  revision: number;
}
interface Worn {
  id: number;
  name: string;
  position: number;
}
/** What an act found, as far as it changed it. */
interface Before {
  state: PortraitState;
  confirmed: 0 | 1;
  tags: Worn[] | null;
}

const outcomeOf = (moved: Moved): BulkOutcome => {
  if (moved.ok) return 'done';
  return moved.code === 'NEEDS_CONSENT' ? 'needsConsent' : 'wrongState';
};
const sameTag = (one: string, other: string) => one.toLocaleLowerCase('fr') === other.toLocaleLowerCase('fr');

/** Changes of many portraits in one transaction each, and their undoing. */
export function actsRepository(db: Db, now: () => Date) {
  const moves = portraitMoves(db);
  const headOf = db.prepare<[string], Stored>(
    "SELECT id, state, confirmed, revision FROM portraits WHERE id = ? AND state NOT IN ('recording', 'erased')",
  );
  const tagsOf = db.prepare<[string], Worn>(
    `SELECT tags.id, name, position FROM portrait_tags JOIN tags ON tags.id = tag_id
     WHERE portrait_id = ? ORDER BY position, tags.id`,
  );
  const tagId = db.prepare<[string], number>('SELECT id FROM tags WHERE name = ?').pluck();
  const wear = db.prepare('INSERT INTO portrait_tags (portrait_id, tag_id, position) VALUES (?, ?, ?)');
  const takeOff = db.prepare('DELETE FROM portrait_tags WHERE portrait_id = ? AND tag_id = ?');
  const putBack = db.prepare(
    'UPDATE portraits SET state = ?, confirmed = ?, revision = revision + 1, updated_at = ? WHERE id = ?',
  );
  const undress = db.prepare('DELETE FROM portrait_tags WHERE portrait_id = ?');
  const stillThere = db.prepare<[number], number>('SELECT 1 FROM tags WHERE id = ?').pluck();
  const touch = db.prepare('UPDATE portraits SET revision = revision + 1, updated_at = ? WHERE id = ?');

  /** The tag's id; a new one is noted in `made`, so that undoing takes it away again. */
  function known(name: string, made: number[]): number {
    const found = tagId.get(name);
    if (found !== undefined) return found;
    const id = Number(db.prepare('INSERT INTO tags (name) VALUES (?)').run(name).lastInsertRowid);
    made.push(id);
    return id;
  }

  function addTags(portraitId: string, worn: Worn[], tags: string[], made: number[]): BulkOutcome {
    const missing = tags.filter(
      (name, index) =>
        !worn.some((one) => sameTag(one.name, name)) && tags.findIndex((one) => sameTag(one, name)) === index,
    );
    if (missing.length === 0) return 'unchanged';
    if (worn.length + missing.length > mostTags) return 'tooManyTags';
    let position = Math.max(0, ...worn.map((one) => one.position));
    for (const name of missing) wear.run(portraitId, known(name, made), ++position);
    return 'done';
  }

  function removeTags(portraitId: string, worn: Worn[], tags: string[]): BulkOutcome {
    const gone = worn.filter((one) => tags.some((name) => sameTag(one.name, name)));
    for (const one of gone) takeOff.run(portraitId, one.id);
    return gone.length === 0 ? 'unchanged' : 'done';
  }

  function change(head: Stored, bulk: Bulk, occasion: Occasion, worn: Worn[], made: number[]): BulkOutcome {
    if (bulk.action === 'approve') return outcomeOf(moves.approve(head, occasion));
    if (bulk.action === 'reject') return outcomeOf(moves.move(head, 'rejected', occasion));
    if (bulk.action === 'restore') return outcomeOf(moves.move(head, 'toReview', occasion));
    const outcome =
      bulk.action === 'addTags' ? addTags(head.id, worn, bulk.tags, made) : removeTags(head.id, worn, bulk.tags);
    if (outcome !== 'done') return outcome;
    touch.run(occasion.at, head.id);
    audit(db, {
      at: occasion.at,
      actor: occasion.actor,
      action: 'tagged',
      portraitId: head.id,
      detail: { act: occasion.act ?? null, added: bulk.action === 'addTags' },
    });
    return outcome;
  }

  const gone = (id: string): Settled => ({ id, outcome: 'gone', revision: 0, state: 'erased' });
  function settled(id: string, outcome: BulkOutcome): Settled {
    const head = headOf.get(id);
    return head === undefined ? gone(id) : { id, outcome, revision: head.revision, state: head.state };
  }

  /** Puts tags back as they were; one that is no more is made again under its name. */
  function dressAgain(portraitId: string, tags: Worn[]): void {
    undress.run(portraitId);
    for (const { id, name, position } of tags) {
      wear.run(portraitId, stillThere.get(id) === undefined ? known(name, []) : id, position);
    }
  }

  function undoOne(item: { portrait_id: string; revision: number; before: string }, occasion: Occasion): Settled {
    const head = headOf.get(item.portrait_id);
    if (head === undefined) return gone(item.portrait_id);
    if (head.revision !== item.revision) return settled(head.id, 'stale');
    const before: Before = JSON.parse(item.before);
    putBack.run(before.state, before.confirmed, occasion.at, head.id);
    if (before.tags !== null) dressAgain(head.id, before.tags);
    audit(db, {
      at: occasion.at,
      actor: occasion.actor,
      action: 'act-undone',
      portraitId: head.id,
      detail: { act: occasion.act ?? null, state: before.state },
    });
    return settled(head.id, 'done');
  }

  return {
    /** Each target by itself: what cannot be changed is told and left as it is. `act` is null when nothing changed. */
    bulk(bulk: Bulk, actor: Actor): { act: string | null; outcomes: Settled[] } {
      return transaction(db, () => {
        const act = newId();
        const at = now().toISOString();
        const made: number[] = [];
        const outcomes: Settled[] = [];
        const remember = db.prepare(
          'INSERT INTO act_items (act_id, portrait_id, revision, before) VALUES (?, ?, ?, ?)',
        );
        db.prepare('INSERT INTO acts (id, at, actor, action) VALUES (?, ?, ?, ?)').run(
          act,
          at,
          actorText(actor),
          bulk.action,
        );
        const tagging = bulk.action === 'addTags' || bulk.action === 'removeTags';
        for (const { id, revision } of bulk.targets) {
          const head = headOf.get(id);
          if (head === undefined) {
            outcomes.push(gone(id));
            continue;
          }
          if (head.revision !== revision) {
            outcomes.push(settled(id, 'stale'));
            continue;
          }
          const worn = tagging ? tagsOf.all(id) : [];
          const outcome = settled(id, change(head, bulk, { at, actor, act }, worn, made));
          outcomes.push(outcome);
          if (outcome.outcome !== 'done') continue;
          const before: Before = { state: head.state, confirmed: head.confirmed, tags: tagging ? worn : null };
          remember.run(act, id, outcome.revision, JSON.stringify(before));
        }
        if (!outcomes.some(({ outcome }) => outcome === 'done')) {
          db.prepare('DELETE FROM acts WHERE id = ?').run(act);
          return { act: null, outcomes };
        }
        db.prepare('UPDATE acts SET made_tags = ? WHERE id = ?').run(JSON.stringify(made), act);
        return { act, outcomes };
      });
    },

    /** Restores what the act changed and nobody changed since; the others are told as they are now. */
    undo(act: string, actor: Actor): Settled[] | 'unknown' | 'undone' {
      return transaction(db, () => {
        const stored = db
          .prepare<[string], { made_tags: string; undone_at: string | null }>(
            'SELECT made_tags, undone_at FROM acts WHERE id = ?',
          )
          .get(act);
        if (stored === undefined) return 'unknown';
        if (stored.undone_at !== null) return 'undone';
        const at = now().toISOString();
        const outcomes = db
          .prepare<[string], { portrait_id: string; revision: number; before: string }>(
            'SELECT portrait_id, revision, before FROM act_items WHERE act_id = ? ORDER BY portrait_id DESC',
          )
          .all(act)
          .map((item) => undoOne(item, { at, actor, act }));
        const unworn = db.prepare(
          'DELETE FROM tags WHERE id = ? AND NOT EXISTS (SELECT 1 FROM portrait_tags WHERE tag_id = tags.id)',
        );
        for (const id of JSON.parse(stored.made_tags) as number[]) unworn.run(id);
        db.prepare('UPDATE acts SET undone_at = ? WHERE id = ?').run(at, act);
        return outcomes;
      });
    },
  };
}
