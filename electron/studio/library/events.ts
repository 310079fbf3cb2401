import type { z } from 'zod';
import { type Cooperative, type Event, type event, eventConsent } from '../../../shared/contract/event.ts';
import { newId } from '../../../shared/domain/ids.ts';
import { type Actor, audit } from './audit.ts';
import { type Db, transaction } from './database.ts';

/** What is not said of authorisations is as the contract has it. */
export type EventFields = Omit<z.input<typeof event>, 'id'>;

interface EventRow {
  id: string;
  name: string;
  town: string;
  day: string;
  theme: string;
  languages: string;
  limit_seconds: number;
  question_set_id: string;
  consent: string;
}

/** Events, their question sets and the cooperatives. A set is never edited: portraits keep the words they answered. */
export function eventsRepository(db: Db, now: () => Date) {
  function questionsOf(setId: string): Event['questions'] {
    return db
      .prepare<[string], { id: string; text: string }>(
        'SELECT id, text FROM questions WHERE set_id = ? ORDER BY position',
      )
      .all(setId)
      .map(({ id, text }) => ({ id, text: JSON.parse(text) }));
  }

  function current(): Event {
    const row = db.prepare<[], EventRow>('SELECT * FROM events WHERE current = 1').get();
    if (row === undefined) throw new Error('there is no current event');
    return {
      id: row.id,
      name: row.name,
      town: row.town,
      day: row.day,
      theme: JSON.parse(row.theme),
      languages: JSON.parse(row.languages),
      limitSeconds: row.limit_seconds,
      questions: questionsOf(row.question_set_id),
      consent: eventConsent.parse(JSON.parse(row.consent)),
    };
  }

  function insertQuestions(name: string, questions: Event['questions']): string {
    const setId = newId();
    db.prepare('INSERT INTO question_sets (id, name) VALUES (?, ?)').run(setId, name);
    const insert = db.prepare('INSERT INTO questions (set_id, id, position, text) VALUES (?, ?, ?, ?)');
    questions.forEach((question, position) => {
      insert.run(setId, question.id, position, JSON.stringify(question.text));
    });
    return setId;
  }

  function insertEvent(fields: EventFields): void {
    const setId = insertQuestions(fields.name, fields.questions);
    db.prepare('UPDATE events SET current = 0 WHERE current = 1').run();
    db.prepare(
      `INSERT INTO events (id, name, town, day, theme, languages, limit_seconds, question_set_id, consent, created_at, current)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 1)`,
    ).run(
      newId(),
      fields.name,
      fields.town,
      fields.day,
      JSON.stringify(fields.theme),
      JSON.stringify(fields.languages),
      fields.limitSeconds,
      setId,
      JSON.stringify(fields.consent ?? {}),
      now().toISOString(),
    );
  }

  return {
    current,

    cooperatives(): Cooperative[] {
      return db.prepare<[], Cooperative>('SELECT id, name FROM cooperatives ORDER BY position').all();
    },

    create(fields: EventFields, actor: Actor): Event {
      return transaction(db, () => {
        insertEvent(fields);
        audit(db, { at: now().toISOString(), actor, action: 'event-created' });
        return current();
      });
    },

    save(fields: EventFields, actor: Actor): Event {
      return transaction(db, () => {
        const before = current();
        const sameQuestions = JSON.stringify(before.questions) === JSON.stringify(fields.questions);
        const setId = sameQuestions ? null : insertQuestions(fields.name, fields.questions);
        db.prepare(
          `UPDATE events SET name = ?, town = ?, day = ?, theme = ?, languages = ?, limit_seconds = ?, consent = ?,
           question_set_id = coalesce(?, question_set_id) WHERE current = 1`,
        ).run(
          fields.name,
          fields.town,
          fields.day,
          JSON.stringify(fields.theme),
          JSON.stringify(fields.languages),
          fields.limitSeconds,
          JSON.stringify(fields.consent ?? before.consent),
          setId,
        );
        audit(db, { at: now().toISOString(), actor, action: 'event-saved' });
        return current();
      });
    },

    /** What a new library starts with: the collective's cooperatives, and an event so that the booth never lacks one. */
    seed(cooperatives: readonly Cooperative[], event: EventFields): void {
      transaction(db, () => {
        const insert = db.prepare(
          'INSERT INTO cooperatives (id, name, position) VALUES (?, ?, ?) ON CONFLICT (id) DO UPDATE SET name = excluded.name, position = excluded.position',
        );
        cooperatives.forEach((cooperative, position) => {
          insert.run(cooperative.id, cooperative.name, position);
        });
        const events = db.prepare<[], number>('SELECT count(*) FROM events').pluck().get();
        if (events === 0) insertEvent(event);
      });
    },
  };
}
