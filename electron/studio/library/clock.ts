import { correctionPayload } from '../../../shared/contract/evidence.ts';
import type { SavedClock, Shift, Stretch } from '../../../shared/domain/clock.ts';
import { lastDayOfUse } from '../../../shared/domain/consent.ts';
import { localDay } from '../../../shared/domain/day.ts';
import { type Actor, type AuditEntry, audit } from './audit.ts';
import { consentEvent, putCorrection } from './consentActs.ts';
import { type Db, transaction } from './database.ts';

interface Act {
  actor: Actor;
  action: string;
  detail: NonNullable<AuditEntry['detail']>;
}

/**
 * Every time in the library that moves when a clock is found to have been wrong. The chain of consent never does: it
 * gets an act of its own. `b after a`: b lies ahead of a, and moves as a does. What is planned ahead (`next_at`, leases) is left: the queue takes it up whatever it says.
 */
export const movingTimes: Record<string, readonly string[]> = {
  portraits: ['created_at', 'updated_at'],
  takes: ['started_at', 'closed_at'],
  audit: ['at'],
  destinations: ['created_at', 'removed_at'],
  deliveries: ['created_at', 'updated_at'],
  edit_steps: ['at'],
  acts: ['at', 'undone_at'],
  batches: ['created_at', 'updated_at', 'removed_at'],
  batch_items: ['added_at'],
  acknowledged_warnings: ['at'],
  export_jobs: ['created_at', 'updated_at'],
  export_files: ['at'],
  handed_over: ['at', 'settled_at'],
  staff_members: ['created_at', 'disabled_at'],
  staff_attempts: ['counted_at'],
  retention_reminders: ['reminded_at'],
  site_withdrawals: ['heard_at', 'ended_at'],
  ticket_guesses: ['last_at', 'wait_until after last_at'],
  desk_network: ['since', 'until after since'],
  events: ['created_at'],
};

/** Around a take that moves, what moves with it; and what is too little to move, in milliseconds. */
const aroundMs = 24 * 60 * 60 * 1000;
const leastMs = 1000;

const iso = (time: number) => new Date(time).toISOString();

/** What the studio's clock keeps in the library. */
export function clockRepository(db: Db) {
  let shifts: readonly Shift[] = [];
  const moved = (text: string, anchor = text): string => {
    const time = Date.parse(anchor);
    const shift = shifts.find(({ from, to }) => from <= time && time <= to);
    return shift === undefined ? text : iso(Date.parse(text) + shift.by);
  };
  db.function('put_right', { deterministic: false }, (text: unknown, anchor: unknown) =>
    typeof text === 'string' && typeof anchor === 'string' ? moved(text, anchor) : text,
  );

  function save({ known, doubt, ...saved }: SavedClock): void {
    db.prepare(
      `INSERT OR REPLACE INTO clock (id, at, wall, offset, sure, backed, known, doubt)
       VALUES (1, @at, @wall, @offset, @sure, @backed, @known, @doubt)`,
    ).run({ ...whole(saved), known: known ? 1 : 0, doubt: doubt === null ? null : JSON.stringify(doubt) });
  }
  function keep(stretches: readonly Stretch[]): void {
    db.prepare('DELETE FROM clock_stretches').run();
    const insert = db.prepare(
      `INSERT INTO clock_stretches (from_at, to_at, from_wall, to_wall, state)
       VALUES (@from, @to, @fromWall, @toWall, @state)`,
    );
    for (const { state, ...stretch } of stretches) insert.run({ ...whole(stretch), state });
  }
  const goOn = db.prepare(
    'UPDATE clock_stretches SET to_at = @to, to_wall = @toWall, state = @state WHERE id = (SELECT max(id) FROM clock_stretches)',
  );

  /** Days of events that were taken from the wrong clock; answers the last days of use before, by event. */
  function moveEvents(from: number, to: number): Map<string, string> {
    const before = new Map<string, string>();
    const rows = db
      .prepare<[string, string], { id: string; day: string; createdAt: string; consent: string }>(
        'SELECT id, day, created_at AS createdAt, consent FROM events WHERE created_at BETWEEN ? AND ?',
      )
      .all(iso(from), iso(to));
    for (const { id, day, createdAt, consent } of rows) {
      // A day that somebody chose stays.
      if (day !== localDay(new Date(createdAt))) continue;
      const { until = null } = JSON.parse(consent) as { until?: string | null };
      before.set(id, lastDayOfUse({ day, consent: { until } }));
      db.prepare('UPDATE events SET day = ? WHERE id = ?').run(localDay(new Date(moved(createdAt))), id);
    }
    return before;
  }

  /** The chain is told which of its times were wrong, and what follows for the last day of use. */
  function correctConsents(from: number, to: number, ends: ReadonlyMap<string, string>, at: string): void {
    const rows = db
      .prepare<[string, string], { portraitId: string; seq: number; at: string; kind: string; payload: string }>(
        `SELECT r.portrait_id AS portraitId, r.seq, r.at, r.kind, p.payload
         FROM consent_records r JOIN consent_payloads p ON p.seq = r.seq
         WHERE r.portrait_id IN
           (SELECT portrait_id FROM consent_records WHERE at BETWEEN ? AND ? OR kind = 'correction')
         ORDER BY r.seq`,
      )
      .all(iso(from), iso(to));
    for (const [portraitId, said] of Map.groupBy(rows, (row) => row.portraitId)) {
      if (db.prepare('SELECT 1 FROM portraits WHERE id = ?').get(portraitId) === undefined) continue;
      // What an earlier correction said goes before what was written at first: that may have been a wrong answer.
      const before = new Map<number, string>();
      let last: string | null = null;
      for (const { kind, payload } of said) {
        const value = JSON.parse(payload) as { until?: string | null };
        last = value.until ?? last;
        if (kind !== 'correction') continue;
        for (const { seq, right } of correctionPayload.parse(value).times) before.set(seq, right);
      }
      const times = said.flatMap(({ seq, at: given, kind }) => {
        const was = before.get(seq) ?? given;
        const right = moved(was);
        return kind === 'correction' || right === was ? [] : [{ seq, given, right }];
      });
      if (times.length === 0) continue;
      const event = consentEvent(db, portraitId);
      // Who asked for no day of their own has the event's, and that one has moved.
      const until = last !== null && last === ends.get(event.id) ? lastDayOfUse(event) : null;
      putCorrection(db, portraitId, { times, until }, at);
    }
  }

  function putRight(wanted: readonly Shift[], at: string): number {
    if (wanted.length === 0) return 0;
    shifts = wanted;
    const [from, to] = [Math.min(...wanted.map((one) => one.from)), Math.max(...wanted.map((one) => one.to))];
    const within = (column: string) => `${column} BETWEEN @from AND @to`;
    const span = { from: iso(from), to: iso(to) };
    const portraits = db
      .prepare<[typeof span], { id: string; createdAt: string }>(
        `SELECT id, created_at AS createdAt FROM portraits WHERE ${within('created_at')}`,
      )
      .all(span)
      .filter(({ createdAt }) => moved(createdAt) !== createdAt);
    db.prepare(
      `INSERT OR IGNORE INTO moved_takes SELECT id FROM takes WHERE ${within('started_at')} OR ${within('closed_at')}`,
    ).run(span);
    const ends = moveEvents(from, to);
    for (const [table, columns] of Object.entries(movingTimes)) {
      const moves = columns.map((column) => column.split(' after '));
      const set = moves.map(([column = '', anchor = column]) => `${column} = put_right(${column}, ${anchor})`);
      const where = moves.map(([column = '', anchor = column]) => within(anchor));
      db.prepare(`UPDATE ${table} SET ${set.join(', ')} WHERE ${where.join(' OR ')}`).run(span);
    }
    correctConsents(from, to, ends, at);
    shifts = [];
    return portraits.length;
  }

  return {
    /** As it was written down; of a library that was never asked, as late as its last entry. */
    load(): SavedClock | undefined {
      const row = db
        .prepare<[], Omit<SavedClock, 'known' | 'doubt'> & { known: 0 | 1; doubt: string | null }>(
          'SELECT at, wall, offset, sure, backed, known, doubt FROM clock',
        )
        .get();
      if (row !== undefined) {
        return { ...row, known: row.known === 1, doubt: row.doubt === null ? null : JSON.parse(row.doubt) };
      }
      const last = db.prepare<[], string | null>('SELECT max(at) FROM audit').pluck().get();
      if (last == null) return undefined;
      const at = Date.parse(last);
      return { at, wall: at, offset: 0, sure: at, backed: at, known: true, doubt: null };
    },
    stretches(): Stretch[] {
      return db
        .prepare<[], Stretch>(
          `SELECT from_at AS "from", to_at AS "to", from_wall AS fromWall, to_wall AS toWall, state
           FROM clock_stretches ORDER BY id`,
        )
        .all();
    },
    mark(saved: SavedClock, current: Stretch): void {
      transaction(db, () => {
        save(saved);
        goOn.run({ to: Math.round(current.to), toWall: Math.round(current.toWall), state: current.state });
      });
    },
    begin(saved: SavedClock, stretches: readonly Stretch[]): void {
      transaction(db, () => {
        save(saved);
        keep(stretches);
      });
    },
    /** Puts times right, in one transaction with what it rests on and its audit row; answers how many portraits moved. */
    settle(change: { shifts: Shift[]; saved: SavedClock; stretches: readonly Stretch[]; act: Act | null }): number {
      return transaction(db, () => {
        const at = iso(change.saved.at);
        const portraits = putRight(change.shifts, at);
        save(change.saved);
        keep(change.stretches);
        if (change.act !== null) {
          const { actor, action, detail } = change.act;
          audit(db, { at, actor, action, detail: { ...detail, portraits } });
        }
        return portraits;
      });
    },
    note(saved: SavedClock, { actor, action, detail }: Act): void {
      transaction(db, () => {
        save(saved);
        audit(db, { at: iso(saved.at), actor, action, detail });
      });
    },

    /**
     * A library from an older copy may have missed a correction; the records beside the masters have it. What lies
     * around each such take, up to its neighbours and a day at most, moves as it does. Answers how many portraits moved.
     */
    followRecords(records: readonly { takeId: string; startedAt: string }[], at: string): number {
      const right = new Map(records.map(({ takeId, startedAt }) => [takeId, Date.parse(startedAt)]));
      const takes = db
        .prepare<[], { id: string; began: string; ended: string }>(
          'SELECT id, started_at AS began, coalesce(closed_at, started_at) AS ended FROM takes ORDER BY started_at, id',
        )
        .all()
        .map(({ id, began, ended }) => ({ id, began: Date.parse(began), ended: Date.parse(ended) }));
      const wanted = takes.flatMap(({ id, began, ended }, index): Shift[] => {
        const by = (right.get(id) ?? began) - began;
        if (Math.abs(by) < leastMs) return [];
        const reach = Math.min(aroundMs, Math.abs(by) / 2);
        const from = Math.max(began - reach, (takes[index - 1]?.ended ?? Number.NEGATIVE_INFINITY) + 1);
        const to = Math.min(ended + reach, (takes[index + 1]?.began ?? Number.POSITIVE_INFINITY) - 1);
        return [{ from: Math.min(from, began), to: Math.max(to, began), by }];
      });
      if (wanted.length === 0) return 0;
      return transaction(db, () => {
        const portraits = putRight(wanted, at);
        audit(db, { at, actor: 'studio', action: 'clock-records-followed', detail: { portraits } });
        return portraits;
      });
    },

    /** Takes whose record beside the master still has the times of before. */
    movedTakes(): { takeId: string; startedAt: string; closedAt: string | null }[] {
      return db
        .prepare<[], { takeId: string; startedAt: string; closedAt: string | null }>(
          `SELECT t.id AS takeId, t.started_at AS startedAt, t.closed_at AS closedAt
           FROM moved_takes m JOIN takes t ON t.id = m.take_id ORDER BY t.id`,
        )
        .all();
    },
    takeFollowed(takeId: string): void {
      db.prepare('DELETE FROM moved_takes WHERE take_id = ?').run(takeId);
    },
  };
}

/** Fractions of a millisecond have no place in a column of whole ones. */
function whole<T extends Record<string, number>>(times: T): T {
  return Object.fromEntries(Object.entries(times).map(([key, value]) => [key, Math.round(value)])) as T;
}
