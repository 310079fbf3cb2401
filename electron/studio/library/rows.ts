import type { PortraitRow } from '../../../shared/contract/portraitRow.ts';
import { publicName } from '../../../shared/domain/consent.ts';
import { type Language, localised } from '../../../shared/domain/language.ts';
import type { PortraitState } from '../../../shared/domain/portrait.ts';
import type { SoundAnalysis } from '../../../shared/domain/sound.ts';
import { suggestTitle } from '../../../shared/domain/titles.ts';
import { type ConsentColumns, consentColumns, consentGlance } from './consentGlance.ts';

/** What a line of the list is made of. */
export interface StoredRow extends ConsentColumns {
  id: string;
  state: PortraitState;
  revision: number;
  title: string;
  language: Language;
  first_name: string;
  trade: string;
  cooperative_id: string | null;
  cooperative: string | null;
  created_at: string;
  code: string | null;
  confirmed: 0 | 1;
  kept_from: number | null;
  kept_to: number | null;
  length: number | null;
  rating: number;
  has_transcript: 0 | 1;
  question: string | null;
  tags: string;
  take_state: 'open' | 'closed' | 'recovered' | null;
  sample_rate: number | null;
  frames: number | null;
  analysis: string | null;
  strip: string | null;
}

/** Leaves out whatever is long (peaks, transcripts), which a list has no use for. */
export const rowColumns = `
  p.id, p.state, p.revision, p.title, p.language, p.created_at, p.code, p.confirmed, p.rating,
  p.edit ->> 'in' AS kept_from, p.edit ->> 'out' AS kept_to, f.length,
  p.transcript IS NOT NULL AS has_transcript,
  s.first_name, s.trade, s.cooperative_id, c.name AS cooperative, q.text AS question,
  (SELECT json_group_array(tags.name ORDER BY position) FROM portrait_tags JOIN tags ON tags.id = tag_id
    WHERE portrait_id = p.id) AS tags,
  t.state AS take_state, t.sample_rate, t.frames, t.analysis, strips.strip,
  ${consentColumns}`;

export const rowTables = `
  FROM portraits p
  JOIN speakers s ON s.id = p.speaker_id
  LEFT JOIN portrait_facts f ON f.portrait_id = p.id
  LEFT JOIN cooperatives c ON c.id = s.cooperative_id
  LEFT JOIN questions q ON q.set_id = p.question_set_id AND q.id = p.question_id
  LEFT JOIN takes t ON t.id = p.take_id
  LEFT JOIN take_strips strips ON strips.take_id = p.take_id
  LEFT JOIN consent_now ON consent_now.portrait_id = p.id`;

/** A stored row as a line of the list. */
export function readRow(row: StoredRow): PortraitRow {
  const analysis: SoundAnalysis | null = row.analysis === null ? null : JSON.parse(row.analysis);
  const speaker = { firstName: row.first_name, trade: row.trade, cooperativeId: row.cooperative_id };
  const consent = consentGlance(row);
  // Until its person has said how they want to be called, a portrait does not leave the desk.
  const heardAs = consent.nameShown === null ? speaker.firstName : publicName(consent, speaker.firstName);
  const whole = row.frames === null || row.sample_rate === null ? null : row.frames / row.sample_rate;
  return {
    id: row.id,
    state: row.state,
    revision: row.revision,
    title: row.title || suggestTitle({ publicName: heardAs, trade: speaker.trade, cooperative: row.cooperative }),
    speaker,
    cooperative: row.cooperative,
    question: row.question === null ? '' : localised(JSON.parse(row.question), row.language),
    language: row.language,
    duration: row.length ?? whole ?? 0,
    loudness: analysis?.loudness.integrated ?? null,
    warnings: analysis?.warnings ?? [],
    recovered: row.take_state === 'recovered',
    confirmed: row.confirmed === 1,
    consent: {
      purposes: consent.purposes,
      confirmed: consent.confirmed,
      minor: consent.minor,
      ...(consent.erasesOn !== undefined && { erasesOn: consent.erasesOn }),
    },
    tags: JSON.parse(row.tags),
    rating: row.rating,
    hasTranscript: row.has_transcript === 1,
    recordedAt: row.created_at,
    code: row.code,
    strip: row.strip ?? '',
    sound: whole === null ? null : { whole, from: row.kept_from ?? 0, to: row.kept_to ?? whole },
  };
}
