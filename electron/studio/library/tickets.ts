import { nameShown, publicName } from '../../../shared/domain/consent.ts';
import type { Guesses, Ticket } from '../../../shared/domain/evidence.ts';
import type { PortraitState } from '../../../shared/domain/portrait.ts';
import { suggestTitle } from '../../../shared/domain/titles.ts';
import { erasureOf, storedScope } from './consentActs.ts';
import { type Db, transaction } from './database.ts';

interface Row {
  id: string;
  state: PortraitState;
  title: string;
  createdAt: string;
  firstName: string;
  trade: string;
  cooperative: string | null;
}

/** What tickets need of the library. Wrong codes are counted here, for everybody together, so that a restart forgives none. */
export function ticketsRepository(db: Db, now: () => Date) {
  return {
    byCode(code: string): Ticket | undefined {
      const row = db
        .prepare<[string], Row>(
          `SELECT p.id, p.state, p.title, p.created_at AS createdAt, s.first_name AS firstName, s.trade,
             c.name AS cooperative
           FROM portraits p JOIN speakers s ON s.id = p.speaker_id LEFT JOIN cooperatives c ON c.id = s.cooperative_id
           WHERE p.code = ? AND p.state <> 'recording'`,
        )
        .get(code);
      if (row === undefined) return undefined;
      const scope = storedScope(db, row.id);
      const name = nameShown(scope, row.firstName);
      const heardAs = scope?.nameShown == null ? row.firstName : publicName(scope, row.firstName);
      const suggested = suggestTitle({ publicName: heardAs, trade: row.trade, cooperative: row.cooperative });
      const urls = db
        .prepare<[string], string>(
          "SELECT url FROM deliveries WHERE portrait_id = ? AND state = 'done' AND url IS NOT NULL ORDER BY updated_at",
        )
        .pluck()
        .all(row.id);
      return {
        portraitId: row.id,
        state: row.state,
        title: row.title || suggested,
        createdAt: row.createdAt,
        name,
        urls,
        scope,
        erased: erasureOf(db, row.id),
      };
    },

    guesses(): Guesses {
      return (
        db
          .prepare<[], Guesses>('SELECT failures, last_at AS lastAt, wait_until AS waitUntil FROM ticket_guesses')
          .get() ?? { failures: 0, lastAt: now().toISOString(), waitUntil: null }
      );
    },
    saveGuesses(guesses: Guesses): void {
      transaction(db, () => {
        db.prepare(
          `INSERT INTO ticket_guesses (id, failures, last_at, wait_until) VALUES (1, @failures, @lastAt, @waitUntil)
           ON CONFLICT (id) DO UPDATE SET failures = excluded.failures, last_at = excluded.last_at,
             wait_until = excluded.wait_until`,
        ).run(guesses);
      });
    },
  };
}
