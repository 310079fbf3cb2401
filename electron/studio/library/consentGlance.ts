import type { Purpose } from '../../../shared/domain/consent.ts';
import type { ReadDb } from './database.ts';

export interface ConsentGlance {
  purposes: Purpose[];
  confirmed: boolean;
}

/**
 * What a row of the list says of the visitor's word. Until visitors are asked purpose by purpose, a yes they confirmed (or
 * a host vouched for) means the site. It decides nothing: whoever sends a portrait out asks the gate.
 */
export function consentGlance(db: ReadDb): (portraitId: string, confirmed: boolean) => ConsentGlance {
  const yes = db
    .prepare<[string], number>("SELECT 1 FROM consents WHERE portrait_id = ? AND answer = 'yes' LIMIT 1")
    .pluck();
  return (portraitId, confirmed) => ({
    purposes: confirmed && yes.get(portraitId) !== undefined ? ['site'] : [],
    confirmed,
  });
}
