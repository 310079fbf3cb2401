import { stripOf } from '../../../../shared/domain/strip.ts';
import type { Migration } from './migration.ts';

/** Letters a French, English or Dutch name may hold, each under the plain one it sorts as. */
const plain: Record<string, string> = {
  a: 'àáâãäåÀÁÂÃÄÅ',
  ae: 'æÆ',
  c: 'çÇ',
  e: 'èéêëÈÉÊË',
  i: 'ìíîïÌÍÎÏ',
  n: 'ñÑ',
  o: 'òóôõöÒÓÔÕÖ',
  oe: 'œŒ',
  u: 'ùúûüÙÚÛÜ',
  y: 'ÿýŸÝ',
};

/** SQL that folds a text for sorting: SQLite alone compares bytes, and « Éric » belongs beside « Eric ». */
const folded = (expression: string) =>
  Object.entries(plain).reduce(
    (sql, [bare, letters]) => [...letters].reduce((inner, letter) => `replace(${inner},'${letter}','${bare}')`, sql),
    `lower(trim(${expression}))`,
  );

/** States in which a portrait can be found. One that is still recorded is not there yet, an erased one is no more. */
const findable = "('toReview','approved','published','rejected','withdrawn')";

/**
 * What lists, filters and search go by, beside the portraits: `portrait_facts` holds one narrow row for each that can be
 * found, `portrait_words` its words for full-text search (blind to accents and case). Tags are many portraits' and have an
 * index of their own, `tag_words`: putting one on costs no search index anything. Triggers keep both true whoever
 * writes: each of them says which portrait changed to one of three views, and the views' own triggers hold the recipe once.
 * `secure-delete` takes erased words out of the index at once instead of marking them. Strips are the small waveforms of
 * the list, so that it never reads a take's peaks. Acts remember what a change of many portraits found, to be undone.
 */
export const search: Migration = {
  name: '0005-search',
  sql: `
CREATE TABLE take_strips (
  take_id TEXT PRIMARY KEY REFERENCES takes(id) ON DELETE CASCADE, strip TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE portrait_facts (
  n INTEGER PRIMARY KEY,
  portrait_id TEXT NOT NULL UNIQUE REFERENCES portraits(id) ON DELETE CASCADE,
  state TEXT NOT NULL, event_id TEXT NOT NULL, day TEXT NOT NULL, cooperative_id TEXT NOT NULL,
  question_id TEXT NOT NULL, language TEXT NOT NULL,
  marks TEXT NOT NULL,
  name_key TEXT NOT NULL DEFAULT '', title_key TEXT NOT NULL DEFAULT '', length REAL NOT NULL, loudness REAL NOT NULL, rating INTEGER NOT NULL
) STRICT;
CREATE INDEX facts_newest ON portrait_facts(state, portrait_id);
CREATE INDEX facts_name ON portrait_facts(state, name_key, portrait_id);
CREATE INDEX facts_title ON portrait_facts(state, title_key, portrait_id);
CREATE INDEX facts_length ON portrait_facts(state, length, portrait_id);
CREATE INDEX facts_loudness ON portrait_facts(state, loudness, portrait_id);
CREATE INDEX facts_rating ON portrait_facts(state, rating, portrait_id);

CREATE VIRTUAL TABLE portrait_words USING fts5(
  name, trade, title, cooperative, code, text, notes, transcript,
  tokenize = "unicode61 remove_diacritics 2", prefix = '1 2 3'
);
INSERT INTO portrait_words (portrait_words, rank) VALUES ('secure-delete', 1);
CREATE VIRTUAL TABLE tag_words USING fts5(name, tokenize = "unicode61 remove_diacritics 2", prefix = '1 2 3');
INSERT INTO tag_words (tag_words, rank) VALUES ('secure-delete', 1);

CREATE INDEX portraits_by_speaker ON portraits(speaker_id);
CREATE INDEX speakers_by_cooperative ON speakers(cooperative_id);
CREATE INDEX tagged_portraits ON portrait_tags(tag_id, portrait_id);
CREATE INDEX audit_by_actor ON audit(actor, portrait_id);

CREATE VIEW stale_facts AS SELECT NULL AS portrait_id WHERE 0;
CREATE TRIGGER stale_facts_told INSTEAD OF INSERT ON stale_facts BEGIN
  DELETE FROM portrait_facts WHERE portrait_id = NEW.portrait_id
    AND NOT EXISTS (SELECT 1 FROM portraits WHERE id = NEW.portrait_id AND state IN ${findable});
  INSERT INTO portrait_facts (portrait_id, state, event_id, day, cooperative_id, question_id, language, marks,
    length, loudness, rating)
  SELECT p.id, p.state, p.event_id, date(p.created_at, 'localtime'), coalesce(s.cooperative_id, ''), p.question_id,
    p.language,
    coalesce((SELECT group_concat(' ' || value || ' ', '') FROM json_each(t.analysis, '$.warnings')), '')
      || iif(t.state = 'recovered', ' recovered ', '') || iif(p.confirmed = 0, ' unconfirmed ', ''),
    coalesce(
      (p.edit ->> 'out') - (p.edit ->> 'in') - coalesce((SELECT sum(
        max(0, min(value ->> 'end', p.edit ->> 'out') - max(value ->> 'start', p.edit ->> 'in'))
      ) FROM json_each(p.edit, '$.cuts')), 0),
      1.0 * t.frames / t.sample_rate, 0.0),
    -- Silence has no loudness; it sorts below whatever was heard.
    coalesce(t.analysis ->> '$.loudness.integrated', -200.0),
    p.rating
  FROM portraits p JOIN speakers s ON s.id = p.speaker_id LEFT JOIN takes t ON t.id = p.take_id
  WHERE p.id = NEW.portrait_id AND p.state IN ${findable}
  ON CONFLICT (portrait_id) DO UPDATE SET
    state = excluded.state, event_id = excluded.event_id, day = excluded.day,
    cooperative_id = excluded.cooperative_id, question_id = excluded.question_id, language = excluded.language,
    marks = excluded.marks, length = excluded.length, loudness = excluded.loudness, rating = excluded.rating;
END;

-- Folding is slow, so names are folded only when they change. Who has no name comes after everybody who has.
CREATE VIEW stale_names AS SELECT NULL AS portrait_id WHERE 0;
CREATE TRIGGER stale_names_told INSTEAD OF INSERT ON stale_names BEGIN
  UPDATE portrait_facts SET name_key = named.name_key, title_key = named.title_key
  FROM (
    SELECT
      iif(trim(s.first_name) = '', char(0x10FFFF), ${folded('s.first_name')}) AS name_key,
      iif(trim(p.title || s.first_name || s.trade) = '', char(0x10FFFF),
        ${folded("iif(trim(p.title) = '', trim(s.first_name || ' ' || s.trade), p.title)")}) AS title_key
    FROM portraits p JOIN speakers s ON s.id = p.speaker_id WHERE p.id = NEW.portrait_id
  ) named
  WHERE portrait_id = NEW.portrait_id;
END;

CREATE VIEW stale_words AS SELECT NULL AS portrait_id WHERE 0;
CREATE TRIGGER stale_words_told INSTEAD OF INSERT ON stale_words BEGIN
  DELETE FROM portrait_words WHERE rowid = (SELECT n FROM portrait_facts WHERE portrait_id = NEW.portrait_id);
  INSERT INTO portrait_words (rowid, name, trade, title, cooperative, code, text, notes, transcript)
  SELECT f.n, s.first_name, s.trade, p.title, coalesce(c.name, ''), coalesce(p.code, ''), p.text, p.notes,
    coalesce((SELECT group_concat(value ->> 'text', ' ') FROM json_each(p.transcript, '$.cues')), '')
  FROM portrait_facts f JOIN portraits p ON p.id = f.portrait_id JOIN speakers s ON s.id = p.speaker_id
    LEFT JOIN cooperatives c ON c.id = s.cooperative_id
  WHERE f.portrait_id = NEW.portrait_id;
END;

-- A portrait comes into the lists with its words, and leaves with them.
CREATE TRIGGER facts_born AFTER INSERT ON portrait_facts BEGIN
  INSERT INTO stale_names VALUES (NEW.portrait_id);
  INSERT INTO stale_words VALUES (NEW.portrait_id);
END;
CREATE TRIGGER facts_gone AFTER DELETE ON portrait_facts BEGIN
  DELETE FROM portrait_words WHERE rowid = OLD.n;
END;

CREATE TRIGGER portraits_born AFTER INSERT ON portraits BEGIN
  INSERT INTO stale_facts VALUES (NEW.id);
END;
CREATE TRIGGER portraits_changed AFTER UPDATE OF
  state, event_id, speaker_id, question_id, language, confirmed, take_id, edit, rating, created_at ON portraits
BEGIN
  INSERT INTO stale_facts VALUES (NEW.id);
END;
CREATE TRIGGER portraits_reworded AFTER UPDATE OF speaker_id, title, text, notes, transcript, code ON portraits
WHEN (OLD.speaker_id, OLD.title, OLD.text, OLD.notes, OLD.transcript, OLD.code)
  IS NOT (NEW.speaker_id, NEW.title, NEW.text, NEW.notes, NEW.transcript, NEW.code)
BEGIN
  INSERT INTO stale_names VALUES (NEW.id);
  INSERT INTO stale_words VALUES (NEW.id);
END;
CREATE TRIGGER speakers_changed AFTER UPDATE ON speakers BEGIN
  INSERT INTO stale_facts SELECT id FROM portraits WHERE speaker_id = NEW.id;
  INSERT INTO stale_names SELECT id FROM portraits WHERE speaker_id = NEW.id;
  INSERT INTO stale_words SELECT id FROM portraits WHERE speaker_id = NEW.id;
END;
CREATE TRIGGER cooperatives_renamed AFTER UPDATE OF name ON cooperatives WHEN OLD.name <> NEW.name BEGIN
  INSERT INTO stale_words
    SELECT p.id FROM portraits p JOIN speakers s ON s.id = p.speaker_id WHERE s.cooperative_id = NEW.id;
END;
CREATE TRIGGER takes_born AFTER INSERT ON takes BEGIN
  INSERT INTO stale_facts SELECT id FROM portraits WHERE id = NEW.portrait_id AND take_id = NEW.id;
END;
CREATE TRIGGER takes_changed AFTER UPDATE OF state, frames, sample_rate, analysis ON takes BEGIN
  INSERT INTO stale_facts SELECT id FROM portraits WHERE id = NEW.portrait_id AND take_id = NEW.id;
END;
CREATE TRIGGER tags_made AFTER INSERT ON tags BEGIN
  INSERT INTO tag_words (rowid, name) VALUES (NEW.id, NEW.name);
END;
CREATE TRIGGER tags_renamed AFTER UPDATE ON tags BEGIN
  DELETE FROM tag_words WHERE rowid = OLD.id;
  INSERT INTO tag_words (rowid, name) VALUES (NEW.id, NEW.name);
END;
CREATE TRIGGER tags_dropped AFTER DELETE ON tags BEGIN
  DELETE FROM tag_words WHERE rowid = OLD.id;
END;

CREATE TABLE acts (
  id TEXT PRIMARY KEY, at TEXT NOT NULL, actor TEXT NOT NULL, action TEXT NOT NULL,
  made_tags TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(made_tags)), undone_at TEXT
) STRICT;
CREATE TABLE act_items (
  act_id TEXT NOT NULL REFERENCES acts(id) ON DELETE CASCADE,
  portrait_id TEXT NOT NULL REFERENCES portraits(id) ON DELETE CASCADE,
  revision INTEGER NOT NULL,
  before TEXT NOT NULL CHECK (json_valid(before)),
  PRIMARY KEY (act_id, portrait_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX acts_by_portrait ON act_items(portrait_id);
-- What an act remembers of a person goes with them.
CREATE TRIGGER portraits_erased AFTER UPDATE OF state ON portraits WHEN NEW.state = 'erased' BEGIN
  DELETE FROM act_items WHERE portrait_id = NEW.id;
END;

-- What an older library holds.
INSERT INTO tag_words (rowid, name) SELECT id, name FROM tags;
INSERT INTO stale_facts SELECT id FROM portraits WHERE state IN ${findable} ORDER BY id;
`,
  fill(db) {
    const store = db.prepare('INSERT INTO take_strips (take_id, strip) VALUES (?, ?)');
    const takes = db.prepare<[], string>('SELECT id FROM takes WHERE peaks IS NOT NULL').pluck().all();
    // One at a time: all the peaks of a library are more than belongs in memory.
    const peaks = db.prepare<[string], string>('SELECT peaks FROM takes WHERE id = ?').pluck();
    for (const id of takes) store.run(id, stripOf(JSON.parse(peaks.get(id) ?? 'null')));
  },
};
