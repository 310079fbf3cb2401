import { edit as editSchema } from '../../../shared/contract/base.ts';
import type { EditState } from '../../../shared/contract/editor.ts';
import { actorText } from '../../../shared/domain/actor.ts';
import { type EditProblem, editProblem, suggestEdit } from '../../../shared/domain/edit.ts';
import type { PortraitState } from '../../../shared/domain/portrait.ts';
import type { Edit, SoundAnalysis, SpeechEdges } from '../../../shared/domain/sound.ts';
import { type Actor, audit } from './audit.ts';
import { type Db, transaction } from './database.ts';

interface Row {
  id: string;
  state: PortraitState;
  revision: number;
  edit: string | null;
  edit_position: number;
  take_id: string | null;
  sample_rate: number | null;
  frames: number | null;
  sha256: string | null;
}
/** A row whose take is whole. */
type Sounding = { [Key in keyof Row]: Key extends 'edit' ? string | null : NonNullable<Row[Key]> };

interface SoundRow {
  analysis: string | null;
  gain_db: number | null;
  trim: string | null;
}

/** What the library knows of the sound that an edit is made of. */
export interface EditedTake {
  id: string;
  sampleRate: number;
  frames: number;
  gainDb: number;
  analysis: SoundAnalysis | null;
  trim: SpeechEdges | null;
}

export type EditRefusal =
  | { ok: false; code: 'NOT_FOUND' | 'NO_SOUND' }
  | { ok: false; code: 'STALE'; revision: number; by: Actor; at: string }
  | { ok: false; code: 'WRONG_STATE'; state: PortraitState }
  | { ok: false; code: 'BAD_EDIT'; problem: EditProblem };
export type EditOutcome = { ok: true; value: EditState } | EditRefusal;

const editable: readonly PortraitState[] = ['toReview', 'approved', 'published'];

/** Keys in the schema's order and nothing else: the same edit is the same text. */
const textOf = (edit: Edit): string => JSON.stringify(editSchema.parse(edit));
/** What of an edit changes a sound: its markers do not. */
const soundOf = (edit: string): string => textOf({ ...editSchema.parse(JSON.parse(edit)), markers: [] });

/** The edits of portraits with their history. Every change is one transaction with its audit row. */
export function editsRepository(db: Db, now: () => Date) {
  const byId = db.prepare<[string], Row>(
    `SELECT p.id, p.state, p.revision, p.edit, p.edit_position, p.take_id, t.sample_rate, t.frames, t.sha256
     FROM portraits p LEFT JOIN takes t ON t.id = p.take_id WHERE p.id = ? AND p.state NOT IN ('erased', 'recording')`,
  );
  const soundOfTake = db.prepare<[string], SoundRow>('SELECT analysis, gain_db, trim FROM takes WHERE id = ?');
  const step = db.prepare<[string, number], { edit: string; label: string; actor: Actor }>(
    'SELECT edit, label, actor FROM edit_steps WHERE portrait_id = ? AND position = ?',
  );
  const top = db.prepare<[string], number | null>('SELECT max(position) FROM edit_steps WHERE portrait_id = ?').pluck();
  const put = db.prepare(
    `INSERT INTO edit_steps (portrait_id, position, edit, label, actor, at) VALUES (@id, @position, @edit, @label, @actor, @at)
     ON CONFLICT (portrait_id, position) DO UPDATE
     SET edit = excluded.edit, label = excluded.label, actor = excluded.actor, at = excluded.at`,
  );
  const forget = db.prepare('DELETE FROM edit_steps WHERE portrait_id = ? AND position > ?');
  const stand = db.prepare(
    `UPDATE portraits SET edit = @edit, edit_position = @position, revision = revision + 1, updated_at = @at
     WHERE id = @id`,
  );
  const lastChange = db.prepare<[string], { actor: Actor; at: string }>(
    'SELECT actor, at FROM audit WHERE portrait_id = ? ORDER BY id DESC LIMIT 1',
  );
  const sent = db
    .prepare<[string], string | null>(
      "SELECT edit FROM deliveries WHERE portrait_id = ? AND state = 'done' AND url IS NOT NULL",
    )
    .pluck();

  const sounding = (row: Row): Sounding | undefined =>
    row.take_id === null || row.frames === null || row.frames === 0 || row.sha256 === null
      ? undefined
      : (row as Sounding);

  /** The stored edit; the whole take where the analysis suggested none. */
  function editOf(row: Sounding): string {
    if (row.edit !== null) return textOf(JSON.parse(row.edit) as Edit);
    return textOf(suggestEdit({ start: 0, end: row.frames / row.sample_rate }));
  }

  /** Whether a sound went out that differs from this one. Of one sent by an older version only its age is known. */
  function outdated(id: string, edit: string, steps: number): boolean {
    const out = sent.all(id);
    if (out.length === 0) return false;
    const here = soundOf(edit);
    return out.some((there) => (there === null ? steps > 0 : soundOf(there) !== here));
  }

  function stateOf(row: Sounding): EditState {
    const text = editOf(row);
    const steps = top.get(row.id) ?? 0;
    const position = row.edit_position;
    return {
      id: row.id,
      state: row.state,
      revision: row.revision,
      edit: JSON.parse(text),
      steps,
      position,
      canUndo: position > 0,
      canRedo: position < steps,
      undoes: position > 0 ? (step.get(row.id, position)?.label ?? null) : null,
      redoes: position < steps ? (step.get(row.id, position + 1)?.label ?? null) : null,
      outdated: outdated(row.id, text, steps),
    };
  }

  function find(id: string): { ok: true; row: Sounding } | EditRefusal {
    const row = byId.get(id);
    if (row === undefined) return { ok: false, code: 'NOT_FOUND' };
    const whole = sounding(row);
    return whole ? { ok: true, row: whole } : { ok: false, code: 'NO_SOUND' };
  }

  /** Runs `change` when the revision is still the one it was made from, and answers how the edit stands then. */
  function guarded(id: string, revision: number, change: (row: Sounding) => EditRefusal | undefined): EditOutcome {
    return transaction(db, () => {
      const found = find(id);
      if (!found.ok) return found;
      const { row } = found;
      if (row.revision !== revision) {
        const last = lastChange.get(id);
        return {
          ok: false,
          code: 'STALE',
          revision: row.revision,
          by: last?.actor ?? 'studio',
          at: last?.at ?? now().toISOString(),
        };
      }
      if (!editable.includes(row.state)) return { ok: false, code: 'WRONG_STATE', state: row.state };
      const refusal = change(row);
      if (refusal) return refusal;
      const after = find(id);
      return after.ok ? { ok: true, value: stateOf(after.row) } : after;
    });
  }

  function moveTo(row: Sounding, position: number, actor: Actor, action: string): undefined {
    const there = step.get(row.id, position);
    if (there === undefined) return;
    const at = now().toISOString();
    stand.run({ id: row.id, edit: there.edit, position, at });
    audit(db, { at, actor, action, portraitId: row.id, detail: { position } });
  }

  function add(row: Sounding, edit: Edit, label: string, merge: boolean, actor: Actor): EditRefusal | undefined {
    const { id, edit_position: position } = row;
    const problem = editProblem(edit, row.frames / row.sample_rate);
    if (problem) return { ok: false, code: 'BAD_EDIT', problem };
    const text = textOf(edit);
    const before = editOf(row);
    if (text === before) return undefined;
    const at = now().toISOString();
    const last = step.get(id, position);
    if (last === undefined) put.run({ id, position, edit: before, label: '', actor: 'studio', at });
    const joins =
      merge &&
      position > 0 &&
      last?.label === label &&
      last.actor === actorText(actor) &&
      (top.get(id) ?? 0) === position;
    const next = joins ? position : position + 1;
    forget.run(id, position);
    put.run({ id, position: next, edit: text, label, actor: actorText(actor), at });
    stand.run({ id, edit: text, position: next, at });
    // A drag is one act, and told once.
    if (!joins) audit(db, { at, actor, action: 'edited', portraitId: id, detail: { position: next } });
    return undefined;
  }

  const trimOf = (takeId: string): SpeechEdges | null => {
    const sound = soundOfTake.get(takeId);
    if (sound?.analysis == null || sound.trim === null) return null;
    const analysis: SoundAnalysis = JSON.parse(sound.analysis);
    return analysis.speech === null ? null : JSON.parse(sound.trim);
  };

  return {
    /** How the edit stands, and all that is known of its sound. */
    open(id: string): { ok: true; state: EditState; take: EditedTake } | EditRefusal {
      const found = find(id);
      if (!found.ok) return found;
      const { row } = found;
      const sound = soundOfTake.get(row.take_id);
      const analysis: SoundAnalysis | null = sound?.analysis == null ? null : JSON.parse(sound.analysis);
      return {
        ok: true,
        state: stateOf(row),
        take: {
          id: row.take_id,
          sampleRate: row.sample_rate,
          frames: row.frames,
          gainDb: sound?.gain_db ?? 0,
          analysis,
          trim: analysis?.speech == null || sound?.trim == null ? null : JSON.parse(sound.trim),
        },
      };
    },

    save: (id: string, revision: number, change: { edit: Edit; label: string; merge: boolean }, actor: Actor) =>
      guarded(id, revision, (row) => add(row, change.edit, change.label, change.merge, actor)),

    undo: (id: string, revision: number, actor: Actor) =>
      guarded(id, revision, (row) => moveTo(row, row.edit_position - 1, actor, 'edit-undone')),

    redo: (id: string, revision: number, actor: Actor) =>
      guarded(id, revision, (row) => moveTo(row, row.edit_position + 1, actor, 'edit-redone')),

    /** Makes a step of what `from` makes of the edit as it is and of the suggested trim, where there is one. */
    accept: (
      id: string,
      revision: number,
      label: string,
      from: (edit: Edit, trim: SpeechEdges, duration: number) => Edit,
      actor: Actor,
    ) =>
      guarded(id, revision, (row) => {
        const trim = trimOf(row.take_id);
        if (trim === null) return undefined;
        return add(row, from(JSON.parse(editOf(row)), trim, row.frames / row.sample_rate), label, false, actor);
      }),

    /** Remembers the edit whose sound a delivery takes along. */
    sentWith(deliveryId: string, edit: Edit): void {
      db.prepare('UPDATE deliveries SET edit = ? WHERE id = ?').run(textOf(edit), deliveryId);
    },
  };
}
