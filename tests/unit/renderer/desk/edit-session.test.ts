import { beforeEach, describe, expect, it, vi } from 'vitest';
import {
  createEditSession,
  type EditCalls,
  type StoredEdit,
  sameEdit,
} from '../../../../renderer/desk/editor/session.ts';
import { plainEdit } from '../../../../shared/domain/edit.ts';
import type { Edit } from '../../../../shared/domain/sound.ts';

const plain = plainEdit({ in: 1, out: 9, fadeIn: 0.05, fadeOut: 0.1 });
const from = (start: number): Edit => ({ ...plain, in: start });

const done = { label: 'stepIn' };
const more = { label: 'stepIn', gesture: 'drag-1', more: true };

class Silent extends Error {}

/** A fake library with a history, another host, and a line that may be cut. */
function fakeLibrary() {
  const history = [plain];
  let at = 0;
  let revision = 1;
  const fake = { cut: false, saves: [] as number[], merges: 0, meanwhile: () => {} };
  const stored = (): StoredEdit => ({
    edit: history[at] as Edit,
    revision,
    canUndo: at > 0,
    canRedo: at < history.length - 1,
    undoes: at > 0 ? 'before' : null,
    redoes: at < history.length - 1 ? 'after' : null,
  });
  const put = (edit: Edit) => {
    history.splice(at + 1, history.length, edit);
    at++;
    revision++;
  };
  const answer = <Value>(value: () => Value) => (fake.cut ? Promise.reject(new Silent()) : Promise.resolve(value()));
  const calls: EditCalls = {
    open: () => answer(stored),
    save: ({ edit, merge }, from) =>
      answer(() => {
        if (from !== revision) return { stale: stored() };
        if (merge) {
          history[at] = edit;
          revision++;
          fake.merges++;
        } else put(edit);
        fake.saves.push(edit.in);
        return stored();
      }),
    step: (direction, from) =>
      answer(() => {
        if (from !== revision) return { stale: stored() };
        at += direction === 'undo' ? -1 : 1;
        revision++;
        fake.meanwhile();
        return stored();
      }),
  };
  return { fake, calls, stored, elsewhere: put, words: () => revision++ };
}

describe('a session of editing', () => {
  let library: ReturnType<typeof fakeLibrary>;
  const open = () =>
    createEditSession({
      calls: library.calls,
      stored: library.stored(),
      isSilence: (error) => error instanceof Silent,
      settleMs: 20,
      retryMs: 5,
    });
  beforeEach(() => {
    library = fakeLibrary();
  });

  it('shows a change at once and saves it as a step', async () => {
    const session = open();
    session.change(from(2), done);
    expect(session.state()).toMatchObject({ edit: from(2), saving: 'saving', canUndo: true });
    await session.flush();
    expect(session.state()).toMatchObject({ saving: 'saved', canUndo: true, canRedo: false });
    expect(library.stored().edit).toEqual(from(2));
  });
  it('makes one step of a gesture, and one of each act', async () => {
    const session = open();
    for (const start of [1.1, 1.2, 1.3]) session.change(from(start), more);
    await vi.waitFor(() => expect(library.fake.saves).toEqual([1.3]));
    for (const start of [2, 3, 4]) session.change(from(start), done);
    await session.flush();
    expect(library.fake.saves).toEqual([1.3, 2, 3, 4]);
  });
  it('undoes and redoes, a gesture under way too', async () => {
    const session = open();
    session.change(from(2), done);
    session.change(from(3), more);
    expect(await session.undo()).toMatchObject({ edit: from(2) });
    expect(await session.undo()).toMatchObject({ edit: plain });
    expect(await session.undo()).toBeUndefined();
    expect(session.state()).toMatchObject({ canUndo: false, canRedo: true });
    expect(await session.redo()).toMatchObject({ edit: from(2) });
    session.change(from(5), done);
    expect(session.state().canRedo).toBe(false);
    await session.flush();
    expect(session.state()).toMatchObject({ canUndo: true, canRedo: false });
  });
  it('takes back one step for each press, also of those that come before the answer', async () => {
    const session = open();
    for (const start of [2, 3, 4]) session.change(from(start), done);
    await session.flush();
    const presses = await Promise.all([session.undo(), session.undo(), session.redo(), session.undo(), session.undo()]);
    expect(presses.map((one) => one?.edit.in)).toEqual([3, 2, 3, 2, 1]);
    expect(await session.undo()).toBeUndefined();
    expect(library.stored().edit).toEqual(plain);
    expect(session.state()).toMatchObject({ edit: plain, theirs: undefined });
  });
  it('saves what is changed while a step is being taken back, and takes nobody for somebody else', async () => {
    const session = open();
    session.change(from(2), done);
    await session.flush();
    library.fake.meanwhile = () => session.change(from(5), done);
    await session.undo();
    await session.flush();
    expect(session.state()).toMatchObject({ edit: from(5), saving: 'saved', theirs: undefined });
    expect(library.stored().edit).toEqual(from(5));
  });
  it('keeps changes while the library is silent, in order', async () => {
    const session = open();
    library.fake.cut = true;
    session.change(from(2), done);
    session.change(from(3), done);
    await vi.waitFor(() => expect(session.state().saving).toBe('waiting'));
    expect(session.state().edit).toEqual(from(3));
    library.fake.cut = false;
    await session.flush();
    expect(library.fake.saves).toEqual([2, 3]);
  });
  it('tells of an edit changed elsewhere and loses neither', async () => {
    const session = open();
    library.elsewhere(from(4));
    session.change(from(2), done);
    await session.flush();
    expect(session.state()).toMatchObject({ edit: from(2), theirs: from(4), canUndo: false });
    expect(library.stored().edit).toEqual(from(4));
    await session.keepMine();
    expect(library.stored().edit).toEqual(from(2));
    expect(await session.undo()).toMatchObject({ edit: from(4) });

    library.elsewhere(from(6));
    session.change(from(7), done);
    await session.flush();
    session.takeTheirs();
    expect(session.state()).toMatchObject({ edit: from(6), theirs: undefined });
  });
  it('saves over a revision that changed only words, without a question', async () => {
    const session = open();
    library.words();
    session.change(from(2), done);
    await session.flush();
    library.words();
    expect(await session.undo()).toMatchObject({ edit: plain });
    expect(session.state().theirs).toBeUndefined();
  });
  it('shows what was changed elsewhere while nothing of its own is under way', async () => {
    const session = open();
    library.elsewhere(from(4));
    session.refresh(library.stored());
    expect(session.state().edit).toEqual(from(4));
    session.change(from(2), more);
    session.refresh({ ...library.stored(), revision: 99 });
    expect(session.state().edit).toEqual(from(2));
  });
  it('makes one step of a hand that pauses on its way, and two of two hands', async () => {
    const session = open();
    session.change(from(2), more);
    await vi.waitFor(() => expect(library.fake.saves).toEqual([2]));
    session.change(from(3), { ...more, more: false });
    await session.flush();
    expect(library.fake).toMatchObject({ saves: [2, 3], merges: 1 });
    session.change(from(4), { ...more, gesture: 'drag-2', more: false });
    await session.flush();
    expect(library.fake.merges).toBe(1);
    await session.undo();
    session.change(from(5), { ...more, gesture: 'drag-2', more: false });
    await session.flush();
    expect(library.fake.merges).toBe(1);
  });
  it('names what would be undone, stored or not', async () => {
    const session = open();
    session.change(from(2), done);
    expect(session.state().undoes).toBe('stepIn');
    await session.flush();
    expect(session.state().undoes).toBe('before');
    expect(session.isStored()).toBe(true);
  });
});

it('compares edits by what they say', () => {
  expect(sameEdit(plain, { ...plain })).toBe(true);
  expect(sameEdit(plain, { ...plain, cuts: [{ start: 2, end: 3 }] })).toBe(false);
});
