import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createDelivery } from '../../electron/studio/delivery/delivery.ts';
import { wordpress } from '../../electron/studio/delivery/destinations/wordpress.ts';
import { fileSecrets } from '../../electron/studio/delivery/secrets.ts';
import { openDatabase } from '../../electron/studio/library/database.ts';
import { deliveriesRepository } from '../../electron/studio/library/deliveries.ts';
import { deliveryLeasesRepository } from '../../electron/studio/library/deliveryLeases.ts';
import { destinationsRepository } from '../../electron/studio/library/destinations.ts';
import { hasConsent } from './approved.ts';

// The queue as the studio runs it, in a process of its own that may be killed at any moment. What a host presses
// comes by message, and every step it logs goes back the same way.

export interface QueueFiles {
  database: string;
  secrets: string;
  /** Folder of the sounds, `<portrait id>.mp3`. */
  sounds: string;
}
export type Press = { retry: string } | { resume: string };

const files = JSON.parse(process.argv[2] ?? '') as QueueFiles;
const db = openDatabase(files.database);
const now = () => new Date();

const delivery = createDelivery({
  store: {
    deliveries: deliveriesRepository(db, now),
    leases: deliveryLeasesRepository(db),
    destinations: destinationsRepository(db, now),
  },
  kinds: [wordpress({ fetch, timeouts: { answerMs: 1500, uploadMs: () => 1500 } })],
  secrets: fileSecrets(files.secrets),
  renditions: async (portraitId) => {
    const path = join(files.sounds, `${portraitId}.mp3`);
    const bytes = readFileSync(path);
    const md5 = createHash('md5').update(bytes).digest('hex');
    return { ok: true, rendition: { path, bytes: bytes.length, md5, mime: 'audio/mpeg', format: 'mp3' } };
  },
  portrait: (id) => {
    const row = db.prepare<[string], { title: string; text: string }>('SELECT title, text FROM portraits WHERE id = ?');
    const found = row.get(id);
    return found && { ...found, tags: ['Dunkerque', 'sport collectif'], code: null };
  },
  mayUse: (id) => (hasConsent(db, id) ? { allowed: true } : { allowed: false, why: 'notAsked' }),
  now,
  onChange: () => {},
  log: (event, facts) => process.send?.({ event, ...facts }),
  // The same shape of waiting as in the field, shortened.
  times: { firstMs: 40, longestMs: 400, leaseMs: 900, graceMs: 100 },
});

process.on('message', (press: Press) => {
  if ('retry' in press) delivery.retry({ id: press.retry }, 'host');
  else delivery.resumeDestination({ id: press.resume }, 'organiser');
});
// Without the one that started it, it has no reason to go on.
process.on('disconnect', () => process.exit(0));
delivery.start();
