import type { NameChoice, Purpose } from '../../../shared/domain/consent.ts';
import { eraseOn } from './siteWithdrawals.ts';

export interface ConsentGlance {
  purposes: Purpose[];
  confirmed: boolean;
  minor: boolean;
  nameShown: NameChoice | null;
  pseudonym: string;
  /** The first local day on which it is no longer kept, where a site told that it was withdrawn. */
  erasesOn?: string;
}

/** What a glance is read from; all `null` where the portrait has no consent on record. */
export interface ConsentColumns {
  confirmed: 0 | 1;
  purposes: string | null;
  age_band: 'adult' | 'minor' | null;
  name_shown: NameChoice | null;
  pseudonym: string | null;
  /** When a site's withdrawal was heard and for how many days it waits, as JSON. */
  pending: string | null;
}

/** SQL that answers them, for a query that joins `consent_now`. */
export const consentColumns = `consent_now.purposes, consent_now.age_band, consent_now.name_shown, consent_now.pseudonym,
  (SELECT json_array(heard_at, grace_days) FROM site_withdrawals w
    WHERE w.portrait_id = consent_now.portrait_id AND w.ended_at IS NULL ORDER BY w.id LIMIT 1) AS pending`;

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
    ...(row.pending !== null && { erasesOn: eraseOn(...(JSON.parse(row.pending) as [string, number])) }),
  };
}
