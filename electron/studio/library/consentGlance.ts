import type { NameChoice, Purpose } from '../../../shared/domain/consent.ts';

export interface ConsentGlance {
  purposes: Purpose[];
  confirmed: boolean;
  minor: boolean;
  nameShown: NameChoice | null;
  pseudonym: string;
}

/** What a glance is read from; all `null` where the portrait has no consent on record. */
export interface ConsentColumns {
  confirmed: 0 | 1;
  purposes: string | null;
  age_band: 'adult' | 'minor' | null;
  name_shown: NameChoice | null;
  pseudonym: string | null;
}

/** SQL that answers them, for a query that joins `consent_now`. */
export const consentColumns =
  'consent_now.purposes, consent_now.age_band, consent_now.name_shown, consent_now.pseudonym';

/**
 * What a row of the list says of what its person allows. It decides nothing: whoever sends a portrait out asks the gate.
 */
export function consentGlance(row: ConsentColumns): ConsentGlance {
  return {
    purposes: row.purposes === null ? [] : JSON.parse(row.purposes),
    confirmed: row.confirmed === 1,
    minor: row.age_band === 'minor',
    nameShown: row.name_shown,
    pseudonym: row.pseudonym ?? '',
  };
}
