import { randomBytes } from 'node:crypto';
import type { TakeStart } from '../../../shared/contract/capture.ts';
import type { Choices } from '../../../shared/contract/consent.ts';
import { type RecordPayload, recordPayload } from '../../../shared/contract/evidence.ts';
import type { StaffActor } from '../../../shared/domain/actor.ts';
import { codeLength, shortCode } from '../../../shared/domain/code.ts';
import { suggestEdit } from '../../../shared/domain/edit.ts';
import { newId } from '../../../shared/domain/ids.ts';
import type { PortraitState } from '../../../shared/domain/portrait.ts';
import type { Verdict } from '../../../shared/domain/sound.ts';
import { stripOf } from '../../../shared/domain/strip.ts';
import type { StoredTake, TakeClosing } from '../../../shared/domain/take.ts';
import { audit } from './audit.ts';
import { putChoices, putErasure, putYes, storedScope } from './consentActs.ts';
import { consentRecords } from './consentChain.ts';
import { type Db, transaction } from './database.ts';
import { forgetInExports } from './exports.ts';
import { type TakenIn, takeIn } from './imports.ts';

interface TakeRow {
  id: string;
  portrait_id: string;
  token_hash: string;
  state: StoredTake['state'];
  sample_rate: number;
  frames: number | null;
  started_at: string;
  analysis: string | null;
  gain_db: number | null;
  trim: string | null;
  peaks: string | null;
}
interface PortraitHead {
  state: PortraitState;
  token_hash: string;
  code: string | null;
  confirmed: 0 | 1;
  take_id: string | null;
}

function verdictOf(row: Pick<TakeRow, 'analysis' | 'gain_db' | 'trim'>): Verdict | null {
  if (row.analysis === null || row.trim === null) return null;
  return { analysis: JSON.parse(row.analysis), gainDb: row.gain_db ?? 0, trim: JSON.parse(row.trim) };
}

/** Takes and the first steps of a portrait's life: everything the booth writes. Every method is one transaction. */
export function takesRepository(db: Db, now: () => Date, random: (bytes: number) => Uint8Array = randomBytes) {
  const stamp = () => now().toISOString();
  const head = db.prepare<[string], PortraitHead>(
    'SELECT state, token_hash, code, confirmed, take_id FROM portraits WHERE id = ?',
  );
  const takeById = db.prepare<[string], TakeRow>(
    `SELECT takes.*, portraits.token_hash FROM takes JOIN portraits ON portraits.id = portrait_id WHERE takes.id = ?`,
  );
  const takeIds = db.prepare<[string], string>('SELECT id FROM takes WHERE portrait_id = ?').pluck();

  function freeCode(): string {
    const taken = db.prepare<[string], number>('SELECT 1 FROM portraits WHERE code = ?').pluck();
    for (;;) {
      const code = shortCode(random(codeLength));
      if (taken.get(code) === undefined) return code;
    }
  }

  /** Moves a portrait into the hosts' inbox with one take and the edit suggested for it. */
  function toReview(portraitId: string, takeId: string, confirmed: boolean, code: string | null): void {
    const take = takeById.get(takeId);
    const verdict = take ? verdictOf(take) : null;
    const edit = verdict ? JSON.stringify(suggestEdit(verdict.trim)) : null;
    // Steps of an edit belong to the take that was edited.
    db.prepare('DELETE FROM edit_steps WHERE portrait_id = ?').run(portraitId);
    db.prepare(
      `UPDATE portraits SET state = 'toReview', take_id = ?, edit = ?, edit_position = 0, confirmed = ?, code = ?,
       revision = revision + 1, updated_at = ? WHERE id = ?`,
    ).run(takeId, edit, confirmed ? 1 : 0, code, stamp(), portraitId);
    audit(db, {
      at: stamp(),
      actor: confirmed ? 'visitor' : 'studio',
      action: 'kept',
      portraitId,
      detail: { confirmed },
    });
  }

  function forgetPortrait(portraitId: string): string[] {
    const files = takeIds.all(portraitId);
    db.prepare(
      `INSERT OR IGNORE INTO to_erase (kind, name)
       SELECT 'rendition', rendition_id FROM portrait_renditions WHERE portrait_id = ?`,
    ).run(portraitId);
    db.prepare("INSERT OR IGNORE INTO to_erase (kind, name) VALUES ('copies', ?)").run(portraitId);
    putErasure(db, portraitId, 'discarded', stamp());
    forgetInExports(db, portraitId);
    const speaker = db
      .prepare<[string], string>('SELECT speaker_id FROM portraits WHERE id = ?')
      .pluck()
      .get(portraitId);
    db.prepare('DELETE FROM portraits WHERE id = ?').run(portraitId);
    if (speaker !== undefined) db.prepare('DELETE FROM speakers WHERE id = ?').run(speaker);
    audit(db, { at: stamp(), actor: 'visitor', action: 'discarded', portraitId });
    return files;
  }

  function insertPortrait(start: TakeStart, tokenHash: string, startedAt: string): void {
    const event = db
      .prepare<[], { id: string; question_set_id: string }>('SELECT id, question_set_id FROM events WHERE current = 1')
      .get();
    if (event === undefined) throw new Error('there is no current event');
    // The page may hold an older event's list: an unknown cooperative must not cost the visitor the recording.
    const cooperative = db
      .prepare<[string | null], string>('SELECT id FROM cooperatives WHERE id = ?')
      .pluck()
      .get(start.speaker.cooperativeId);
    const questionSet = db
      .prepare<[string, string], string>(
        'SELECT set_id FROM questions WHERE id = ? ORDER BY set_id = ? DESC, set_id DESC LIMIT 1',
      )
      .pluck()
      .get(start.questionId, event.question_set_id);
    const speakerId = newId();
    db.prepare('INSERT INTO speakers (id, first_name, trade, cooperative_id) VALUES (?, ?, ?, ?)').run(
      speakerId,
      start.speaker.firstName,
      start.speaker.trade,
      cooperative ?? null,
    );
    db.prepare(
      `INSERT INTO portraits (id, state, event_id, speaker_id, question_set_id, question_id, language, token_hash,
       created_at, updated_at) VALUES (?, 'recording', ?, ?, ?, ?, ?, ?, ?, ?)`,
    ).run(
      start.portraitId,
      event.id,
      speakerId,
      questionSet ?? event.question_set_id,
      start.questionId,
      start.consent.language,
      tokenHash,
      startedAt,
      startedAt,
    );
    putYes(db, start, startedAt);
    audit(db, { at: startedAt, actor: 'visitor', action: 'started', portraitId: start.portraitId });
  }

  function insertTake(portraitId: string, takeId: string, source: TakeStart['source'], startedAt: string): void {
    db.prepare(
      `INSERT INTO takes (id, portrait_id, state, sample_rate, device, method, started_at)
       VALUES (?, ?, 'open', ?, ?, ?, ?)`,
    ).run(takeId, portraitId, source.sampleRate, source.device, source.method, startedAt);
  }

  return {
    startTake(start: TakeStart, tokenHash: string, startedAt: string): 'started' | 'exists' | 'refused' | 'closed' {
      return transaction(db, () => {
        const take = takeById.get(start.takeId);
        if (take !== undefined) {
          if (take.portrait_id !== start.portraitId || take.token_hash !== tokenHash) return 'refused';
          return take.state === 'open' ? 'exists' : 'closed';
        }
        const portrait = head.get(start.portraitId);
        if (portrait === undefined) insertPortrait(start, tokenHash, startedAt);
        else if (portrait.token_hash !== tokenHash) return 'refused';
        else if (portrait.state !== 'recording') return 'closed';
        // Another age is another person's authorisation: that is a portrait of its own.
        else if (storedScope(db, start.portraitId)?.ageBand !== start.consent.ageBand) return 'closed';
        insertTake(start.portraitId, start.takeId, start.source, startedAt);
        return 'started';
      });
    },

    take(takeId: string): StoredTake | undefined {
      const row = takeById.get(takeId);
      if (row === undefined) return undefined;
      return {
        takeId: row.id,
        portraitId: row.portrait_id,
        tokenHash: row.token_hash,
        state: row.state,
        sampleRate: row.sample_rate,
        frames: row.frames,
        startedAt: row.started_at,
        verdict: verdictOf(row),
        peaks: row.peaks === null ? null : JSON.parse(row.peaks),
      };
    },

    openTakes(): string[] {
      return db.prepare<[], string>("SELECT id FROM takes WHERE state = 'open' ORDER BY id").pluck().all();
    },

    /** Portraits still recording that have takes and no open one, each with the take that began last. */
    unsettled(): { portraitId: string; takeId: string }[] {
      return db
        .prepare<[], { portraitId: string; takeId: string }>(
          `SELECT portrait_id AS portraitId, takes.id AS takeId, max(takes.started_at || takes.id)
           FROM takes JOIN portraits ON portraits.id = portrait_id
           WHERE portraits.state = 'recording' GROUP BY portrait_id HAVING sum(takes.state = 'open') = 0`,
        )
        .all();
    },

    closeTake(takeId: string, closing: TakeClosing): void {
      transaction(db, () => {
        db.prepare(
          `UPDATE takes SET state = ?, closed_at = ?, frames = ?, go_frame = ?, elapsed_ms = ?, sha256 = ?, analysis = ?,
           gain_db = ?, trim = ?, peaks = ? WHERE id = ? AND state = 'open'`,
        ).run(
          closing.state,
          closing.closedAt,
          closing.frames,
          closing.goFrame,
          closing.elapsedMs,
          closing.sha256,
          closing.verdict ? JSON.stringify(closing.verdict.analysis) : null,
          closing.verdict?.gainDb ?? null,
          closing.verdict ? JSON.stringify(closing.verdict.trim) : null,
          closing.peaks ? JSON.stringify(closing.peaks) : null,
          takeId,
        );
        if (closing.peaks) {
          db.prepare('INSERT OR IGNORE INTO take_strips (take_id, strip) SELECT id, ? FROM takes WHERE id = ?').run(
            stripOf(closing.peaks),
            takeId,
          );
        }
        const portraitId = takeById.get(takeId)?.portrait_id;
        if (portraitId === undefined) return;
        audit(db, {
          at: closing.closedAt,
          actor: 'studio',
          action: `take-${closing.state}`,
          portraitId,
          detail: { takeId },
        });
      });
    },

    keep(portraitId: string, takeId: string, choices: Choices): { code: string; otherTakes: string[] } | 'closed' {
      return transaction(db, () => {
        const portrait = head.get(portraitId);
        const take = takeById.get(takeId);
        if (portrait === undefined || take === undefined || take.portrait_id !== portraitId) return 'closed';
        if (take.state === 'open') return 'closed';
        if (portrait.confirmed === 1 && portrait.code !== null) {
          return portrait.take_id === takeId ? { code: portrait.code, otherTakes: [] } : 'closed';
        }
        if (portrait.state !== 'recording' && portrait.state !== 'toReview') return 'closed';
        const code = portrait.code ?? freeCode();
        toReview(portraitId, takeId, true, code);
        putChoices(db, portraitId, choices, { who: 'visitor' }, stamp());
        const otherTakes = takeIds.all(portraitId).filter((other) => other !== takeId);
        db.prepare('DELETE FROM takes WHERE portrait_id = ? AND id <> ?').run(portraitId, takeId);
        return { code, otherTakes };
      });
    },

    /** A sound from elsewhere as a portrait to be reviewed: no visitor kept it, and nobody consented to it yet. */
    takeIn(sound: TakenIn, actor: StaffActor): void {
      transaction(db, () => takeIn(db, sound, actor));
    },

    keepUnconfirmed(portraitId: string, takeId: string): void {
      transaction(db, () => {
        if (head.get(portraitId)?.state === 'recording') toReview(portraitId, takeId, false, freeCode());
      });
    },

    discard(portraitId: string): string[] | 'closed' {
      return transaction(db, () => {
        const portrait = head.get(portraitId);
        if (portrait === undefined) return [];
        if (portrait.state !== 'recording' && portrait.state !== 'toReview') return 'closed';
        return forgetPortrait(portraitId);
      });
    },

    forgetTake(takeId: string): void {
      transaction(db, () => {
        const portraitId = takeById.get(takeId)?.portrait_id;
        if (portraitId === undefined) return;
        db.prepare('DELETE FROM takes WHERE id = ?').run(takeId);
        if (takeIds.all(portraitId).length === 0 && head.get(portraitId)?.state === 'recording')
          forgetPortrait(portraitId);
      });
    },

    /** When the portrait was begun (ISO 8601), or undefined. */
    begunAt(portraitId: string): string | undefined {
      return db.prepare<[string], string>('SELECT created_at FROM portraits WHERE id = ?').pluck().get(portraitId);
    },

    /** Who signed for a minor's yes given at `answeredAt`, as it stands in the evidence. */
    guardiansOf(portraitId: string, answeredAt: string): Pick<RecordPayload, 'guardians' | 'stoodBy'> | undefined {
      const record = consentRecords(db, portraitId).find(({ kind }) => kind === 'record');
      if (record?.payload == null) return undefined;
      const said = recordPayload.parse(JSON.parse(record.payload));
      const { ageBand, guardians, stoodBy } = said;
      if (ageBand !== 'minor' || guardians.length === 0 || said.answeredAt !== answeredAt) return undefined;
      return { guardians, stoodBy };
    },

    /** Takes a lost take of a portrait that has none any more in again, as open; false where there is no such portrait. */
    readmit({ portraitId, takeId, source }: TakeStart, startedAt: string): boolean {
      return transaction(db, () => {
        const portrait = head.get(portraitId);
        if (portrait === undefined || portrait.state === 'withdrawn' || portrait.state === 'erased') return false;
        if (takeIds.all(portraitId).length > 0) return false;
        insertTake(portraitId, takeId, source, startedAt);
        db.prepare('UPDATE portraits SET take_id = ?, revision = revision + 1, updated_at = ? WHERE id = ?').run(
          takeId,
          stamp(),
          portraitId,
        );
        return true;
      });
    },

    portraitToken(portraitId: string): string | undefined {
      return head.get(portraitId)?.token_hash;
    },
  };
}
