import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createDelivery, type DeliveryParts } from '../../../electron/studio/delivery/delivery.ts';
import { wordpress } from '../../../electron/studio/delivery/destinations/wordpress.ts';
import { fileSecrets } from '../../../electron/studio/delivery/secrets.ts';
import { openDatabase } from '../../../electron/studio/library/database.ts';
import { deliveriesRepository } from '../../../electron/studio/library/deliveries.ts';
import { deliveryLeasesRepository } from '../../../electron/studio/library/deliveryLeases.ts';
import { destinationsRepository } from '../../../electron/studio/library/destinations.ts';
import { hasConsent, seedApproved } from '../../rig/approved.ts';
import type { FakeSite } from './FakeSite.ts';

/** Waits in thousandths of the field's. */
export const hurried = { firstMs: 1, longestMs: 4, leaseMs: 150, graceMs: 20, confirmAfterMs: 5 };

/** A library with approved portraits on disk, and delivery services on it against a fake site. */
export function createBench(site: FakeSite, portraits: number) {
  const folder = mkdtempSync(join(tmpdir(), 'delivery-'));
  const db = openDatabase(join(folder, 'library.db'));
  // Thousands of small transactions; the tests end processes, not the power.
  db.pragma('synchronous = OFF');
  const now = () => new Date();
  const ids = seedApproved(db, portraits);
  const store = {
    deliveries: deliveriesRepository(db, now),
    leases: deliveryLeasesRepository(db),
    destinations: destinationsRepository(db, now),
  };
  const secrets = fileSecrets(join(folder, 'secrets.json'));
  const sound = (id: string) => Buffer.from(`sound of ${id}`);
  const changes: string[] = [];
  const logged: string[] = [];

  function service(change: Partial<DeliveryParts> = {}) {
    return createDelivery({
      store,
      kinds: [wordpress({ fetch: site.fetch as typeof fetch })],
      secrets,
      renditions: async (id) => {
        const bytes = sound(id);
        const path = join(folder, `${id}.mp3`);
        writeFileSync(path, bytes);
        const md5 = createHash('md5').update(bytes).digest('hex');
        return { ok: true, rendition: { path, bytes: bytes.length, md5, mime: 'audio/mpeg', format: 'mp3' } };
      },
      portrait: (id) => ({ title: `Titre ${id}`, text: 'Texte', tags: ['été'], code: null }),
      mayUse: (id) => (hasConsent(db, id) ? { allowed: true } : { allowed: false, why: 'notAsked' }),
      now,
      onChange: (topic) => changes.push(topic),
      log: (event, facts) => logged.push(`${event} ${JSON.stringify(facts)}`),
      times: hurried,
      ...change,
    });
  }

  return {
    db,
    ids,
    store,
    secrets,
    sound,
    changes,
    logged,
    service,
    /** A destination with its password, by way of the service. */
    destination(delivery: ReturnType<typeof service>): string {
      const input = { kind: 'wordpress', name: 'Site', url: site.url, user: 'kiosk', password: 'open sesame' } as const;
      const saved = delivery.saveDestination(input, 'organiser');
      if (!saved.ok) throw new Error(saved.code);
      return saved.value.id;
    },
    portrait: (id: string) => db.prepare('SELECT state, revision FROM portraits WHERE id = ?').get(id),
    close() {
      db.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
export type Bench = ReturnType<typeof createBench>;
