import { edit, transcript } from '../../../shared/contract/base.ts';
import type { PortraitDetail, PortraitRow } from '../../../shared/contract/library.ts';
import { editDuration } from '../../../shared/domain/edit.ts';
import type { Language } from '../../../shared/domain/language.ts';
import { localised } from '../../../shared/domain/language.ts';
import { ringPeaks } from '../../../shared/domain/peaks.ts';
import { mayMove, type PortraitState, portraitStates, suggestTitle } from '../../../shared/domain/portrait.ts';
import type { Edit, Peaks, SoundAnalysis } from '../../../shared/domain/sound.ts';
import { type Actor, audit } from './audit.ts';
import { type Db, transaction } from './database.ts';

interface Row {
  id: string;
  state: PortraitState;
  revision: number;
  title: string;
  text: string;
  language: Language;
  first_name: string;
  trade: string;
  cooperative_id: string | null;
  cooperative: string | null;
  created_at: string;
  code: string | null;
  confirmed: 0 | 1;
  edit: string | null;
  notes: string;
  rating: number;
  transcript: string | null;
  question: string | null;
  event: string;
  take_id: string | null;
  take_state: 'open' | 'closed' | 'recovered' | null;
  sample_rate: number | null;
  frames: number | null;
  sha256: string | null;
  analysis: string | null;
  gain_db: number | null;
  peaks: string | null;
}

const columns = `
  p.id, p.state, p.revision, p.title, p.text, p.language, p.created_at, p.code, p.confirmed, p.edit, p.take_id,
  p.notes, p.rating, p.transcript,
  s.first_name, s.trade, s.cooperative_id, c.name AS cooperative, q.text AS question, e.name AS event,
  t.state AS take_state, t.sample_rate, t.frames, t.sha256, t.analysis, t.gain_db, t.peaks
  FROM portraits p
  JOIN speakers s ON s.id = p.speaker_id
  JOIN events e ON e.id = p.event_id
  LEFT JOIN cooperatives c ON c.id = s.cooperative_id
  LEFT JOIN questions q ON q.set_id = p.question_set_id AND q.id = p.question_id
  LEFT JOIN takes t ON t.id = p.take_id`;

/** The stored edit; one of an older version gets what it has not said yet. */
const editOf = (row: Pick<Row, 'edit'>): Edit | null => (row.edit === null ? null : edit.parse(JSON.parse(row.edit)));

/** Bars of a row's ring. */
const ringBars = 96;
const noPeaks: Peaks = { rate: 1, values: [] };

export type Change = { ok: true } | { ok: false; code: 'NOT_FOUND' | 'NEEDS_ATTESTATION' } | Stale | WrongState;
interface Stale {
  ok: false;
  code: 'STALE';
  revision: number;
}
interface WrongState {
  ok: false;
  code: 'WRONG_STATE';
  state: PortraitState;
}

/** A portrait with its take but without addresses, which only the door can give. */
export type StoredPortrait = Omit<PortraitDetail, 'take'> & {
  take: (Omit<NonNullable<PortraitDetail['take']>, 'url'> & { sha256: string }) | null;
};

/** Portraits as the hosts see and change them. Every change is one transaction with its audit row. */
export function portraitsRepository(db: Db, now: () => Date) {
  const byId = db.prepare<[string], Row>(`SELECT ${columns} WHERE p.id = ? AND p.state <> 'erased'`);
  const tagsOf = db
    .prepare<[string], string>(
      'SELECT name FROM portrait_tags JOIN tags ON tags.id = tag_id WHERE portrait_id = ? ORDER BY position',
    )
    .pluck();
  const publishedOf = db.prepare<[string], { destination: string; url: string; at: string }>(
    `SELECT destinations.name AS destination, deliveries.url, deliveries.updated_at AS at
     FROM deliveries JOIN destinations ON destinations.id = destination_id
     WHERE portrait_id = ? AND deliveries.state = 'done' AND deliveries.url IS NOT NULL ORDER BY deliveries.updated_at DESC`,
  );

  function toRow(row: Row): PortraitRow {
    const analysis: SoundAnalysis | null = row.analysis === null ? null : JSON.parse(row.analysis);
    const edit = editOf(row);
    const speaker = { firstName: row.first_name, trade: row.trade, cooperativeId: row.cooperative_id };
    const whole = row.frames !== null && row.sample_rate !== null ? row.frames / row.sample_rate : 0;
    return {
      id: row.id,
      state: row.state,
      revision: row.revision,
      title: row.title || suggestTitle(speaker, row.cooperative),
      speaker,
      cooperative: row.cooperative,
      language: row.language,
      duration: edit ? editDuration(edit) : whole,
      warnings: analysis?.warnings ?? [],
      recovered: row.take_state === 'recovered',
      confirmed: row.confirmed === 1,
      recordedAt: row.created_at,
      code: row.code,
      ring: ringPeaks(row.peaks === null ? noPeaks : JSON.parse(row.peaks), ringBars),
    };
  }

  function get(id: string): StoredPortrait | undefined {
    const row = byId.get(id);
    if (row === undefined) return undefined;
    const take =
      row.take_id === null || row.frames === null || row.sample_rate === null || row.sha256 === null
        ? null
        : {
            id: row.take_id,
            sampleRate: row.sample_rate,
            frames: row.frames,
            sha256: row.sha256,
            analysis: row.analysis === null ? null : JSON.parse(row.analysis),
            gainDb: row.gain_db ?? 0,
            peaks: row.peaks === null ? noPeaks : JSON.parse(row.peaks),
          };
    return {
      ...toRow(row),
      text: row.text,
      tags: tagsOf.all(id),
      question: row.question === null ? '' : localised(JSON.parse(row.question), row.language),
      event: row.event,
      take,
      edit: editOf(row),
      notes: row.notes,
      rating: row.rating,
      transcript: row.transcript === null ? null : transcript.parse(JSON.parse(row.transcript)),
      published: publishedOf.all(id),
    };
  }

  /** Runs `change` when the revision is still the one the change was made from. */
  function guarded(id: string, revision: number, change: (row: Row) => Change): Change {
    return transaction(db, () => {
      const row = byId.get(id);
      if (row === undefined) return { ok: false, code: 'NOT_FOUND' };
      if (row.revision !== revision) return { ok: false, code: 'STALE', revision: row.revision };
      return change(row);
    });
  }

  function move(row: Row, to: PortraitState, actor: Actor, detail: Record<string, boolean>): Change {
    if (!mayMove(row.state, to)) return { ok: false, code: 'WRONG_STATE', state: row.state };
    const at = now().toISOString();
    db.prepare('UPDATE portraits SET state = ?, revision = revision + 1, updated_at = ? WHERE id = ?').run(
      to,
      at,
      row.id,
    );
    audit(db, { at, actor, action: to, portraitId: row.id, detail });
    return { ok: true };
  }

  return {
    list(query: { state?: PortraitState | undefined; before?: string | undefined; limit: number }) {
      const rows = db
        .prepare<{ state: string | null; before: string | null; limit: number }, Row>(
          `SELECT ${columns} WHERE (@state IS NULL OR p.state = @state) AND (@before IS NULL OR p.id < @before)
           AND p.state NOT IN ('erased', 'recording') ORDER BY p.id DESC LIMIT @limit`,
        )
        .all({ state: query.state ?? null, before: query.before ?? null, limit: query.limit + 1 });
      const counts = Object.fromEntries(portraitStates.map((state) => [state, 0])) as Record<PortraitState, number>;
      for (const { state, n } of db
        .prepare<[], { state: PortraitState; n: number }>('SELECT state, count(*) AS n FROM portraits GROUP BY state')
        .all()) {
        counts[state] = n;
      }
      return { rows: rows.slice(0, query.limit).map(toRow), counts, more: rows.length > query.limit };
    },

    get,

    approve(id: string, revision: number, attested: boolean, actor: Actor): Change {
      return guarded(id, revision, (row) => {
        if (row.confirmed === 0 && !attested) return { ok: false, code: 'NEEDS_ATTESTATION' };
        const change = move(row, 'approved', actor, { attested });
        if (change.ok && row.confirmed === 0) db.prepare('UPDATE portraits SET confirmed = 1 WHERE id = ?').run(id);
        return change;
      });
    },

    moveTo(id: string, revision: number, to: 'rejected' | 'toReview', actor: Actor): Change {
      return guarded(id, revision, (row) => move(row, to, actor, {}));
    },

    describe(
      id: string,
      revision: number,
      words: { title: string; text: string; tags: string[] },
      actor: Actor,
    ): Change {
      return guarded(id, revision, () => {
        const at = now().toISOString();
        db.prepare(
          'UPDATE portraits SET title = ?, text = ?, revision = revision + 1, updated_at = ? WHERE id = ?',
        ).run(words.title, words.text, at, id);
        db.prepare('DELETE FROM portrait_tags WHERE portrait_id = ?').run(id);
        const seen = new Set<string>();
        for (const name of words.tags) {
          const key = name.toLocaleLowerCase('fr');
          if (seen.has(key)) continue;
          seen.add(key);
          db.prepare('INSERT INTO tags (name) VALUES (?) ON CONFLICT (name) DO NOTHING').run(name);
          db.prepare(
            'INSERT OR IGNORE INTO portrait_tags (portrait_id, tag_id, position) SELECT ?, id, ? FROM tags WHERE name = ?',
          ).run(id, seen.size, name);
        }
        audit(db, { at, actor, action: 'described', portraitId: id, detail: { tags: seen.size } });
        return { ok: true };
      });
    },

    /** Whether the stored answer allows publication now: a yes, confirmed by the visitor or vouched for by a host. */
    mayPublish(id: string): boolean {
      const found = db
        .prepare<[string], number>(
          `SELECT 1 FROM portraits p JOIN consents c ON c.portrait_id = p.id
           WHERE p.id = ? AND p.confirmed = 1 AND p.state IN ('approved', 'published') AND c.answer = 'yes' LIMIT 1`,
        )
        .pluck()
        .get(id);
      return found !== undefined;
    },
  };
}
