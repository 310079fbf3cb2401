import type { ListedTag } from '../../../shared/contract/words.ts';
import { newId } from '../../../shared/domain/ids.ts';
import { cleanTag, tagKey } from '../../../shared/domain/tags.ts';
import { type Actor, audit } from './audit.ts';
import { type Db, transaction } from './database.ts';

interface Tag {
  id: number;
  name: string;
}
interface Carried {
  portrait_id: string;
  tag_id: number;
  position: number;
}

/** Gives a portrait these tags, in their order; one that exists under other capitals is taken as it is. */
export function placeTags(db: Db, portraitId: string, names: readonly string[]): void {
  const all = db.prepare<[], Tag>('SELECT id, name FROM tags').all();
  const known = new Map(all.map((tag) => [tagKey(tag.name), tag.id]));
  db.prepare('DELETE FROM portrait_tags WHERE portrait_id = ?').run(portraitId);
  const carry = db.prepare('INSERT OR IGNORE INTO portrait_tags (portrait_id, tag_id, position) VALUES (?, ?, ?)');
  for (const [index, typed] of names.entries()) {
    const name = cleanTag(typed);
    if (name === '') continue;
    let id = known.get(tagKey(name));
    if (id === undefined) {
      id = Number(db.prepare('INSERT INTO tags (name) VALUES (?)').run(name).lastInsertRowid);
      known.set(tagKey(name), id);
    }
    carry.run(portraitId, id, index + 1);
  }
}

/** Acts that can still be undone. */
const mostActs = 50;

export type TagAct =
  | { ok: true; act: string }
  | { ok: false; code: 'NOT_FOUND' }
  | { ok: false; code: 'NAME_TAKEN'; id: number };

/**
 * The tags of the whole library. Renaming and merging change the portraits that carry them, so each of those gets a new
 * revision: words being written beside an old tag are then told so. Every act leaves what undoes it, by its id.
 */
export function tagsRepository(db: Db, now: () => Date) {
  const undos = new Map<string, (actor: Actor) => void>();
  const byId = db.prepare<[number], Tag>('SELECT id, name FROM tags WHERE id = ?');
  const carriers = db.prepare<[number], Carried>(
    'SELECT portrait_id, tag_id, position FROM portrait_tags WHERE tag_id = ?',
  );
  const carry = db.prepare('INSERT OR IGNORE INTO portrait_tags (portrait_id, tag_id, position) VALUES (?, ?, ?)');
  const drop = db.prepare('DELETE FROM portrait_tags WHERE portrait_id = ? AND tag_id = ?');
  const rename = db.prepare('UPDATE tags SET name = ? WHERE id = ?');
  const touch = db.prepare('UPDATE portraits SET revision = revision + 1, updated_at = ? WHERE id = ?');
  const stamp = () => now().toISOString();

  const named = (name: string): Tag | undefined =>
    db
      .prepare<[], Tag>('SELECT id, name FROM tags')
      .all()
      .find((tag) => tagKey(tag.name) === tagKey(name));

  function touchAll(portraits: Iterable<string>): void {
    for (const id of new Set(portraits)) touch.run(stamp(), id);
  }
  /** Brings a removed tag back under its old id; one that was made anew meanwhile takes its place. */
  function revive(tag: Tag): number {
    const there = named(tag.name);
    if (there !== undefined) return there.id;
    const free = byId.get(tag.id) === undefined;
    const made = db.prepare('INSERT INTO tags (id, name) VALUES (?, ?)').run(free ? tag.id : null, tag.name);
    return Number(made.lastInsertRowid);
  }

  function remember(undo: (actor: Actor) => void): { ok: true; act: string } {
    const act = newId();
    undos.set(act, undo);
    const oldest = undos.keys().next().value;
    if (undos.size > mostActs && oldest !== undefined) undos.delete(oldest);
    return { ok: true, act };
  }

  return {
    /** The most used first. A portrait still being recorded counts as well; an erased one does not. */
    list(): ListedTag[] {
      return db
        .prepare<[], ListedTag>(
          `SELECT tags.id, tags.name, count(p.id) AS count FROM tags
           LEFT JOIN portrait_tags ON tag_id = tags.id LEFT JOIN portraits p ON p.id = portrait_id AND p.state <> 'erased'
           GROUP BY tags.id ORDER BY count DESC, tags.name COLLATE NOCASE`,
        )
        .all();
    },

    rename(id: number, typed: string, actor: Actor): TagAct {
      return transaction(db, () => {
        const tag = byId.get(id);
        const name = cleanTag(typed);
        if (tag === undefined) return { ok: false, code: 'NOT_FOUND' };
        const taken = named(name);
        if (taken !== undefined && taken.id !== id) return { ok: false, code: 'NAME_TAKEN', id: taken.id };
        const carried = carriers.all(id).map((one) => one.portrait_id);
        rename.run(name, id);
        touchAll(carried);
        audit(db, { at: stamp(), actor, action: 'tag-renamed', detail: { tag: id, portraits: carried.length } });
        return remember((by) => {
          const taken = named(tag.name);
          if (byId.get(id) === undefined || (taken !== undefined && taken.id !== id)) return;
          rename.run(tag.name, id);
          touchAll(carriers.all(id).map((one) => one.portrait_id));
          audit(db, { at: stamp(), actor: by, action: 'tag-rename-undone', detail: { tag: id } });
        });
      });
    },

    merge(ids: readonly number[], into: number, actor: Actor): TagAct {
      return transaction(db, () => {
        const from = [...new Set(ids)].filter((id) => id !== into).map((id) => byId.get(id));
        if (byId.get(into) === undefined || from.includes(undefined)) return { ok: false, code: 'NOT_FOUND' };
        const gone = from as Tag[];
        const already = new Set(carriers.all(into).map((one) => one.portrait_id));
        const before = gone.map((tag) => ({ tag, carried: carriers.all(tag.id) }));
        const moved = before.flatMap(({ carried }) => carried);
        for (const { tag, carried } of before) {
          for (const one of carried) {
            carry.run(one.portrait_id, into, one.position);
            drop.run(one.portrait_id, tag.id);
          }
          db.prepare('DELETE FROM tags WHERE id = ?').run(tag.id);
        }
        touchAll(moved.map((one) => one.portrait_id));
        audit(db, {
          at: stamp(),
          actor,
          action: 'tags-merged',
          detail: { into, tags: gone.length, portraits: new Set(moved.map((one) => one.portrait_id)).size },
        });
        return remember((by) => {
          const carrying = new Set(carriers.all(into).map((one) => one.portrait_id));
          for (const { tag, carried } of before) {
            const id = revive(tag);
            for (const one of carried) {
              // Whoever lost the merged tag since, or is gone, is left alone.
              if (!carrying.has(one.portrait_id)) continue;
              carry.run(one.portrait_id, id, one.position);
              if (!already.has(one.portrait_id)) drop.run(one.portrait_id, into);
            }
          }
          touchAll(moved.map((one) => one.portrait_id));
          audit(db, { at: stamp(), actor: by, action: 'tags-merge-undone', detail: { into, tags: gone.length } });
        });
      });
    },

    removeUnused(actor: Actor): TagAct {
      return transaction(db, () => {
        const unused = 'id NOT IN (SELECT tag_id FROM portrait_tags)';
        const gone = db.prepare<[], Tag>(`SELECT id, name FROM tags WHERE ${unused}`).all();
        db.prepare(`DELETE FROM tags WHERE ${unused}`).run();
        audit(db, { at: stamp(), actor, action: 'tags-removed', detail: { tags: gone.length } });
        return remember((by) => {
          for (const tag of gone) revive(tag);
          audit(db, { at: stamp(), actor: by, action: 'tags-removal-undone', detail: { tags: gone.length } });
        });
      });
    },

    /** False when the act is not remembered any more, or was undone already. */
    undo(act: string, actor: Actor): boolean {
      const undo = undos.get(act);
      if (undo === undefined) return false;
      transaction(db, () => undo(actor));
      undos.delete(act);
      return true;
    },
  };
}
