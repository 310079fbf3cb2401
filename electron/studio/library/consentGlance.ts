import type { NameChoice, Purpose } from '../../../shared/domain/consent.ts';
import type { ReadDb } from './database.ts';

export interface ConsentGlance {
  purposes: Purpose[];
  confirmed: boolean;
  minor: boolean;
  nameShown: NameChoice | null;
  pseudonym: string;
}
interface Row {
  purposes: string | null;
  ageBand: 'adult' | 'minor';
  nameShown: NameChoice | null;
  pseudonym: string;
}

/**
 * What a row of the list says of what its person allows. It decides nothing: whoever sends a portrait out asks the gate.
 */
export function consentGlance(db: ReadDb): (portraitId: string, confirmed: boolean) => ConsentGlance {
  const now = db.prepare<[string], Row>(
    `SELECT purposes, age_band AS ageBand, name_shown AS nameShown, pseudonym FROM consent_now WHERE portrait_id = ?`,
  );
  return (portraitId, confirmed) => {
    const row = now.get(portraitId);
    return {
      purposes: row?.purposes == null ? [] : JSON.parse(row.purposes),
      confirmed,
      minor: row?.ageBand === 'minor',
      nameShown: row?.nameShown ?? null,
      pseudonym: row?.pseudonym ?? '',
    };
  };
}
