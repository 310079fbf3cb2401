import type { Actor } from '../../../shared/domain/actor.ts';
import { audit } from './audit.ts';
import { type Db, transaction } from './database.ts';

/** Until when the desk is wanted on the network; null while it is not. */
export interface WantedNetwork {
  since: string | null;
  until: string | null;
  port: number | null;
}

export function networkRepository(db: Db, now: () => Date) {
  return {
    get(): WantedNetwork {
      const row = db.prepare<[], WantedNetwork>('SELECT since, until, port FROM desk_network WHERE id = 1').get();
      return row ?? { since: null, until: null, port: null };
    },
    save(wanted: WantedNetwork, act?: { actor: Actor; action: string }): void {
      transaction(db, () => {
        db.prepare(
          'INSERT OR REPLACE INTO desk_network (id, since, until, port) VALUES (1, @since, @until, @port)',
        ).run(wanted);
        if (act !== undefined) audit(db, { at: now().toISOString(), ...act });
      });
    },
  };
}
