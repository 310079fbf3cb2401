import { isDeepStrictEqual } from 'node:util';
import type { Transcript } from '../../../shared/contract/base.ts';
import type { SomeWords } from '../../../shared/contract/words.ts';
import { type CueProblem, cuesProblem } from '../../../shared/domain/captions.ts';
import type { PortraitState, Speaker } from '../../../shared/domain/portrait.ts';
import { type Actor, audit } from './audit.ts';
import { type Db, transaction } from './database.ts';
import { placeTags } from './tags.ts';

interface Head {
  state: PortraitState;
  revision: number;
  speaker_id: string;
  frames: number | null;
  sample_rate: number | null;
  transcript: string | null;
}

export type WordsChange =
  | { ok: true }
  | { ok: false; code: 'NOT_FOUND' | 'UNKNOWN_COOPERATIVE' }
  | { ok: false; code: 'STALE'; revision: number }
  | { ok: false; code: 'WRONG_STATE'; state: PortraitState }
  | { ok: false; code: 'BAD_CUES'; why: CueProblem };

/** Everything hosts write about a portrait. Every save is one transaction with its audit row. */
export function wordsRepository(db: Db, now: () => Date) {
  const headOf = db.prepare<[string], Head>(
    `SELECT p.state, p.revision, p.speaker_id, p.transcript, t.frames, t.sample_rate
     FROM portraits p LEFT JOIN takes t ON t.id = p.take_id WHERE p.id = ? AND p.state <> 'erased'`,
  );
  const touch = db.prepare('UPDATE portraits SET revision = revision + 1, updated_at = ? WHERE id = ?');
  const columns = { title: 'title', text: 'text', notes: 'notes', rating: 'rating', language: 'language' } as const;

  function guarded(id: string, revision: number | null, change: (head: Head, at: string) => WordsChange): WordsChange {
    return transaction(db, () => {
      const head = headOf.get(id);
      if (head === undefined) return { ok: false, code: 'NOT_FOUND' };
      // What a person took back is not written down again, by a draft at a desk or by a transcript under way.
      if (head.state === 'recording' || head.state === 'withdrawn')
        return { ok: false, code: 'WRONG_STATE', state: head.state };
      if (revision !== null && head.revision !== revision) return { ok: false, code: 'STALE', revision: head.revision };
      const at = now().toISOString();
      const done = change(head, at);
      if (done.ok) touch.run(at, id);
      return done;
    });
  }

  /** The audit says which details were corrected, never to what: names stay out of it. */
  function correctSpeaker(id: string, speakerId: string, speaker: Speaker, actor: Actor, at: string): boolean {
    const before = db
      .prepare<[string], { first_name: string; trade: string; cooperative_id: string | null }>(
        'SELECT first_name, trade, cooperative_id FROM speakers WHERE id = ?',
      )
      .get(speakerId);
    if (speaker.cooperativeId !== null) {
      const known = db.prepare('SELECT 1 FROM cooperatives WHERE id = ?').get(speaker.cooperativeId);
      if (known === undefined) return false;
    }
    const detail = {
      firstName: before?.first_name !== speaker.firstName,
      trade: before?.trade !== speaker.trade,
      cooperative: before?.cooperative_id !== speaker.cooperativeId,
    };
    if (!Object.values(detail).includes(true)) return true;
    db.prepare('UPDATE speakers SET first_name = ?, trade = ?, cooperative_id = ? WHERE id = ?').run(
      speaker.firstName,
      speaker.trade,
      speaker.cooperativeId,
      speakerId,
    );
    audit(db, { at, actor, action: 'speaker-corrected', portraitId: id, detail });
    return true;
  }

  function storeTranscript(
    id: string,
    head: Head,
    transcript: Transcript | null,
    actor: Actor,
    at: string,
  ): WordsChange {
    const whole = head.frames !== null && head.sample_rate !== null ? head.frames / head.sample_rate : 0;
    const why = transcript === null ? null : cuesProblem(transcript.cues, whole);
    if (why !== null) return { ok: false, code: 'BAD_CUES', why };
    const stored = transcript === null ? null : JSON.stringify(transcript);
    db.prepare('UPDATE portraits SET transcript = ? WHERE id = ?').run(stored, id);
    const detail = {
      cues: transcript?.cues.length ?? 0,
      origin: transcript?.origin ?? null,
      checked: transcript?.checked ?? false,
    };
    audit(db, { at, actor, action: 'transcribed', portraitId: id, detail });
    return { ok: true };
  }

  return {
    /** What is left out stays as it is. */
    save(id: string, revision: number, words: SomeWords, actor: Actor): WordsChange {
      return guarded(id, revision, (head, at) => {
        const { speaker, tags } = words;
        if (speaker !== undefined && !correctSpeaker(id, head.speaker_id, speaker, actor, at)) {
          return { ok: false, code: 'UNKNOWN_COOPERATIVE' };
        }
        const written: Record<string, boolean> = {};
        for (const [key, column] of Object.entries(columns)) {
          const value = words[key as keyof typeof columns];
          if (value === undefined) continue;
          db.prepare(`UPDATE portraits SET ${column} = ? WHERE id = ?`).run(value, id);
          written[key] = true;
        }
        if (tags !== undefined) {
          placeTags(db, id, tags);
          written.tags = true;
        }
        if (Object.keys(written).length > 0) {
          audit(db, { at, actor, action: 'described', portraitId: id, detail: written });
        }
        return { ok: true };
      });
    },

    saveTranscript(id: string, revision: number, transcript: Transcript | null, actor: Actor): WordsChange {
      return guarded(id, revision, (head, at) => storeTranscript(id, head, transcript, actor, at));
    },

    /** What an engine wrote, unless somebody changed the transcript since `before` was read: then `STALE`. */
    fillTranscript(id: string, before: Transcript | null, transcript: Transcript): WordsChange {
      return guarded(id, null, (head, at) => {
        const held: unknown = head.transcript === null ? null : JSON.parse(head.transcript);
        if (!isDeepStrictEqual(held, before)) return { ok: false, code: 'STALE', revision: head.revision };
        return storeTranscript(id, head, transcript, 'studio', at);
      });
    },
  };
}
