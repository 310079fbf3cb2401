import { rmSync } from 'node:fs';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { EditOutcome } from '../../../electron/studio/library/edits.ts';
import { createLibrary, type Library } from '../../../electron/studio/library/library.ts';
import type { EditState } from '../../../shared/contract/editor.ts';
import {
  acceptTrim,
  addCut,
  addMarker,
  setCleanUp,
  setGain,
  setIn,
  setOut,
} from '../../../shared/domain/edit/moves.ts';
import { clampEdit } from '../../../shared/domain/edit.ts';
import type { Edit } from '../../../shared/domain/sound.ts';
import { anyEdit } from '../../fixtures/edits.ts';
import { keptPortrait, seededLibrary, tempFolder } from './lives.ts';

let dir: string;
let library: Library;
let id: string;
let now = Date.parse('2026-01-01T12:00:00Z');
const clock = () => new Date(now++);
beforeEach(() => {
  dir = tempFolder();
  library = seededLibrary(dir, clock);
  ({ id } = keptPortrait(library));
});
afterEach(() => {
  library.close();
  rmSync(dir, { recursive: true });
});

/** Length of the take of `closingOf`, in seconds. */
const duration = 30;

function done(outcome: EditOutcome): EditState {
  if (!outcome.ok) throw new Error(outcome.code);
  return outcome.value;
}
function opened(): EditState {
  const found = library.edits.open(id);
  if (!found.ok) throw new Error(found.code);
  return found.state;
}
const save = (edit: Edit, label = 'in', merge = false) =>
  done(library.edits.save(id, opened().revision, { edit, label, merge }, 'host'));
const undo = () => done(library.edits.undo(id, opened().revision, 'host'));
const redo = () => done(library.edits.redo(id, opened().revision, 'host'));

describe('the steps of an edit', () => {
  it('go back to the first and forth to the last, and past neither', () => {
    const before = opened();
    expect(before).toMatchObject({ position: 0, steps: 0, canUndo: false, canRedo: false, undoes: null, redoes: null });
    const one = save(setIn(before.edit, 3, duration), 'in');
    const two = save(addCut(one.edit, 10, 12, duration), 'cut');
    expect(two).toMatchObject({ position: 2, steps: 2, canUndo: true, canRedo: false, undoes: 'cut' });
    expect(undo()).toMatchObject({ edit: one.edit, position: 1, undoes: 'in', redoes: 'cut' });
    expect(undo()).toMatchObject({ edit: before.edit, position: 0, undoes: null, redoes: 'in' });
    const first = opened().revision;
    expect(undo()).toMatchObject({ edit: before.edit, position: 0, revision: first });
    redo();
    expect(redo().edit).toEqual(two.edit);
    expect(redo()).toMatchObject({ edit: two.edit, position: 2, canRedo: false });
    expect(library.portraits.get(id)).toMatchObject({ edit: two.edit, duration: two.edit.out - 3 - 2 });
  });

  it('made after an undo take the place of what was undone', () => {
    const { edit } = opened();
    save(setIn(edit, 2, duration));
    save(setIn(edit, 4, duration));
    undo();
    expect(save(setOut(edit, 20, duration), 'out')).toMatchObject({ position: 2, steps: 2, redoes: null });
    expect(undo().edit.in).toBe(2);
  });

  it('of one drag are one', () => {
    const { edit } = opened();
    save(setOut(edit, 25, duration), 'out');
    save(setIn(edit, 2, duration), 'in');
    for (const at of [2.5, 3, 3.5]) save(setIn(edit, at, duration), 'in', true);
    expect(opened()).toMatchObject({ position: 2, steps: 2 });
    expect(opened().edit.in).toBe(3.5);
    // Another label, and one undone since, begin a step of their own.
    save(setOut(edit, 20, duration), 'out', true);
    undo();
    save(setIn(edit, 5, duration), 'in', true);
    expect(opened()).toMatchObject({ position: 3, steps: 3 });
  });

  it('are none where nothing changes', () => {
    const { edit, revision } = opened();
    expect(save(edit)).toMatchObject({ steps: 0, revision });
  });

  it('take over the suggested trim', () => {
    const { edit } = opened();
    save(setIn(edit, 9, duration));
    const accepted = done(library.edits.accept(id, opened().revision, 'trim', acceptTrim, 'host'));
    expect(accepted).toMatchObject({ edit, position: 2, undoes: 'trim' });
  });

  it('go with the portrait', () => {
    save(setIn(opened().edit, 9, duration));
    library.takes.discard(id);
    expect(library.db.prepare('SELECT count(*) AS n FROM edit_steps').get()).toEqual({ n: 0 });
    expect(library.edits.open(id)).toEqual({ ok: false, code: 'NOT_FOUND' });
  });
});

describe('an edit is refused', () => {
  it('when somebody changed the portrait since, and says who', () => {
    const { edit, revision } = opened();
    library.portraits.describe(id, revision, { title: 'Autre', text: '', tags: [] }, 'organiser');
    expect(
      library.edits.save(id, revision, { edit: setIn(edit, 5, duration), label: 'in', merge: false }, 'host'),
    ).toEqual({ ok: false, code: 'STALE', revision: revision + 1, by: 'organiser', at: expect.any(String) });
    expect(library.edits.undo(id, revision, 'host')).toMatchObject({ code: 'STALE' });
    expect(opened().edit).toEqual(edit);
  });

  it('when it cannot be rendered, and when the portrait is not to be edited', () => {
    const { edit, revision } = opened();
    const change = (out: number) => ({ edit: { ...edit, out }, label: 'out', merge: false });
    expect(library.edits.save(id, revision, change(500), 'host')).toEqual({
      ok: false,
      code: 'BAD_EDIT',
      problem: 'outside',
    });
    library.portraits.moveTo(id, revision, 'rejected', 'host');
    expect(library.edits.save(id, revision + 1, change(20), 'host')).toEqual({
      ok: false,
      code: 'WRONG_STATE',
      state: 'rejected',
    });
  });
});

describe('what was published', () => {
  it('is older than the edit until the edit is as it was, or has gone out too', () => {
    library.portraits.approve(id, opened().revision, false, 'host');
    const at = new Date(now).toISOString();
    library.db
      .prepare(
        "INSERT INTO destinations (id, kind, name, url, user, created_at) VALUES ('d', 'wordpress', 'S', 'u', 'k', ?)",
      )
      .run(at);
    library.db
      .prepare(
        `INSERT INTO deliveries (id, portrait_id, destination_id, state, url, next_at, created_at, updated_at)
         VALUES ('x', ?, 'd', 'done', 'u', ?, ?, ?)`,
      )
      .run(id, at, at, at);
    const { edit } = opened();
    library.edits.sentWith('x', edit);
    expect(opened().outdated).toBe(false);
    // A marker changes no sound.
    expect(save(addMarker(edit, 5, 'un', duration), 'marker').outdated).toBe(false);
    expect(save(setGain(edit, 2, duration), 'gain').outdated).toBe(true);
    expect(undo().outdated).toBe(false);
    expect(redo().outdated).toBe(true);
    library.edits.sentWith('x', opened().edit);
    expect(opened().outdated).toBe(false);
    undo();
    expect(opened().outdated).toBe(true);
    // Taken down from the site, it is nowhere older.
    library.db.prepare("UPDATE deliveries SET url = NULL WHERE id = 'x'").run();
    expect(opened().outdated).toBe(false);
  });
});

describe('a random walk of edits, undos and redos', () => {
  it('stands after every step as recorded, to the byte, through a restart', () => {
    const texts = () => {
      const rows = library.db
        .prepare<[string], { position: number; edit: string }>(
          'SELECT position, edit FROM edit_steps WHERE portrait_id = ? ORDER BY position',
        )
        .all(id);
      const stored = library.db.prepare<[string], string>('SELECT edit FROM portraits WHERE id = ?').pluck().get(id);
      return { rows, stored };
    };
    const act = fc.oneof(
      { weight: 4, arbitrary: anyEdit.map((edit) => ({ kind: 'save' as const, edit: clampEdit(edit, duration) })) },
      { weight: 3, arbitrary: fc.constant({ kind: 'undo' as const }) },
      { weight: 2, arbitrary: fc.constant({ kind: 'redo' as const }) },
    );
    const [acts = []] = fc.sample(fc.array(act, { minLength: 500, maxLength: 500, size: 'max' }), { numRuns: 1 });
    expect(acts).toHaveLength(500);
    // What is expected is kept beside, in the simplest way there is.
    const history = [JSON.stringify(opened().edit)];
    let position = 0;
    for (const [index, each] of acts.entries()) {
      if (each.kind === 'save') {
        // The service keeps what the schema says, in the order the schema says.
        const edit = setCleanUp(each.edit, {});
        const text = JSON.stringify(save(edit, `step ${index}`).edit);
        if (text !== history[position]) {
          history.splice(position + 1);
          history.push(text);
          position += 1;
        }
        expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(edit)));
      } else {
        position = Math.max(0, Math.min(history.length - 1, position + (each.kind === 'undo' ? -1 : 1)));
        const state = each.kind === 'undo' ? undo() : redo();
        expect(JSON.stringify(state.edit)).toBe(history[position]);
      }
      if (index === 250) {
        const before = texts();
        library.close();
        library = createLibrary(dir, clock);
        expect(texts()).toEqual(before);
      }
      expect(opened()).toMatchObject({ position, steps: history.length - 1 });
    }
    const { rows, stored } = texts();
    expect(stored).toBe(history[position]);
    expect(rows.map(({ edit }) => edit)).toEqual(history);
    while (position > 0) expect(JSON.stringify(undo().edit)).toBe(history[--position]);
    while (position < history.length - 1) expect(JSON.stringify(redo().edit)).toBe(history[++position]);
  });
});
