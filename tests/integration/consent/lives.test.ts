import { createHash } from 'node:crypto';
import { rmSync } from 'node:fs';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createErasing } from '../../../electron/studio/consent/erasing.ts';
import { createRetention } from '../../../electron/studio/consent/retention.ts';
import type { DestinationKind } from '../../../electron/studio/delivery/kind.ts';
import type { RunParts } from '../../../electron/studio/delivery/run.ts';
import { work } from '../../../electron/studio/delivery/worker.ts';
import type { Library } from '../../../electron/studio/library/library.ts';
import { type Purpose, purposes } from '../../../shared/domain/consent.ts';
import { dayAfter, localDay } from '../../../shared/domain/day.ts';
import { newId } from '../../../shared/domain/ids.ts';
import { choicesOf } from '../../fixtures/capture-input.ts';
import { closingOf, seededLibrary, startOf, tempFolder, tokenHash } from '../library/lives.ts';

const words = 'Peut-on vous enregistrer ?';
const text = { textVersion: '2026-2', textSha256: createHash('sha256').update(words).digest('hex') };
const site = { first: 'site', second: 'podcast', third: 'social' } as const;
const destinationPurposes = Object.values(site);

/** What a destination holds: one set of portraits for each purpose. It answers at once, and does what it is asked. */
class FakeDestinations {
  holds = new Map<Purpose, Set<string>>(destinationPurposes.map((purpose) => [purpose, new Set()]));
  /** Done in the middle of the next step, between the question to the gate and the answer of the site. */
  meanwhile: (() => void) | undefined;

  readonly kind: DestinationKind = {
    kind: 'wordpress',
    steps: ['media', 'post'],
    address: (pasted) => pasted,
    check: () => Promise.reject(new Error('not asked here')),
    run: async (_, { portraitId, memo, site: { user } }) => {
      const now = this.meanwhile;
      this.meanwhile = undefined;
      now?.();
      this.holds.get(user as Purpose)?.add(portraitId);
      return { done: true, memo, url: `https://fake.test/${portraitId}` };
    },
    takeDown: async ({ portraitId, site: { user } }) => {
      const removed = this.holds.get(user as Purpose)?.delete(portraitId) ? 1 : 0;
      return { done: true, removed };
    },
  };
}

type Act =
  | { do: 'record'; purposes: Purpose[]; days: number | null; minor: boolean; ready: boolean }
  | { do: 'leave' }
  | { do: 'choose' | 'withdraw'; who: number; purposes: Purpose[] }
  | { do: 'approve' | 'reject' | 'restore' | 'edit' | 'withdrawAll'; who: number }
  | { do: 'queue' | 'publish' | 'race'; who: number; where: number }
  | { do: 'send'; meanwhile: { who: number; purposes: Purpose[] | null } | null }
  | { do: 'pass'; days: number }
  | { do: 'restart' };

const who = fc.nat(3);
const some = fc.subarray([...purposes], { minLength: 1 });
const act: fc.Arbitrary<Act> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('record' as const),
      purposes: some,
      days: fc.option(fc.integer({ min: 1, max: 60 })),
      minor: fc.boolean(),
      ready: fc.boolean(),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('leave' as const) }) },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constantFrom('choose' as const, 'withdraw' as const), who, purposes: some }),
  },
  {
    weight: 5,
    arbitrary: fc.record({
      do: fc.constantFrom(
        'approve' as const,
        'approve' as const,
        'reject' as const,
        'restore' as const,
        'edit' as const,
        'withdrawAll' as const,
      ),
      who,
    }),
  },
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constantFrom('queue' as const, 'publish' as const, 'race' as const),
      who,
      where: fc.nat(2),
    }),
  },
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant('send' as const),
      meanwhile: fc.option(fc.record({ who, purposes: fc.option(some) }), { freq: 2 }),
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('pass' as const), days: fc.integer({ min: 1, max: 50 }) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('restart' as const) }) },
);

/** One booth and its sites through a random life. */
class Life {
  readonly dir = tempFolder();
  clock = Date.parse('2026-01-01T10:00:00Z');
  readonly now = () => new Date(this.clock);
  readonly sites = new FakeDestinations();
  readonly ids: string[] = [];
  readonly where: string[] = [];
  library = this.open();
  delivered = 0;

  constructor() {
    this.library.consentTexts.keep({ version: '2026-2', language: 'fr', sha256: text.textSha256, text: words });
    for (const purpose of destinationPurposes) {
      const id = newId();
      const record = {
        id,
        kind: 'wordpress',
        name: purpose,
        url: 'https://fake.test',
        user: purpose,
        purpose,
        paused: null,
      };
      this.library.destinations.save(record, { actor: 'organiser', otherSite: false });
      this.where.push(id);
    }
  }

  private open(): Library {
    const library = seededLibrary(this.dir, this.now);
    library.db.pragma('synchronous = OFF');
    return library;
  }
  private portrait(index: number): string | undefined {
    return this.ids[index % Math.max(1, this.ids.length)];
  }
  private ends = { handedOver: () => false };

  private begin(minor: boolean): { portraitId: string; takeId: string } {
    const { consent } = startOf();
    const signature: [number, number][][] = [[[1, 1]]];
    const guardian = { name: 'Solange', role: 'parent' as const, signature, signedAt: this.now().toISOString() };
    const answer = minor ? { ageBand: 'minor' as const, guardians: [guardian] } : {};
    const start = startOf({ consent: { ...consent, ...text, ...answer } });
    this.library.takes.startTake(start, tokenHash, this.now().toISOString());
    this.library.takes.closeTake(start.takeId, closingOf());
    this.ids.push(start.portraitId);
    return start;
  }
  private withdraw(id: string, wanted: 'all' | Purpose[]): void {
    this.library.consent.withdraw(id, wanted, { actor: 'visitor', name: null }, this.ends);
  }

  /** Lets the queue take down what is to go, until nothing is left to do; what waits to be sent goes on waiting. */
  private async takeDown(): Promise<void> {
    const waiting = this.library.db
      .prepare<[], number>(`SELECT count(*) FROM deliveries WHERE direction = 'remove' AND state <> 'done'`)
      .pluck();
    // What is to be taken down is due first, its second look at once here; a trip in between is let go again.
    for (let tries = 0; (waiting.get() ?? 0) > 0; tries++) {
      if (tries > 50) throw new Error('a removal never ends');
      await this.run('remove');
    }
  }

  private async send(): Promise<void> {
    await this.takeDown();
    await this.run('send');
  }

  private async run(way: 'send' | 'remove'): Promise<void> {
    const token = newId();
    const now = this.now().toISOString();
    const claimed = this.library.deliveryLeases.claim({ now, token, until: dayAfter(now.slice(0, 10), 2) });
    if (claimed === undefined) return;
    if (claimed.direction !== way) {
      this.clock += 1;
      this.library.deliveryLeases.settle(claimed.id, token, this.now().toISOString(), { kind: 'release' });
      return;
    }
    const { consent, deliveryLeases, destinations } = this.library;
    const parts: RunParts = {
      leases: deliveryLeases,
      kind: () => this.sites.kind,
      site: (id) => ({ url: 'https://fake.test', user: destinations.get(id)?.purpose ?? '', password: 'x' }),
      renditions: async () => ({
        ok: true,
        rendition: { path: '', bytes: 1, md5: '', mime: 'audio/mpeg', format: 'mp3' },
      }),
      portrait: () => ({ title: '', text: '', tags: [], code: null }),
      confirmAfterMs: 0,
      onTakenDown: () => undefined,
      mayUse: consent.mayUse,
      trusted: () => true,
      now: this.now,
      random: () => 0.5,
      backoff: { firstMs: 1, longestMs: 1, spread: 0 },
      mostAttempts: 3,
      onChange: () => undefined,
      log: () => undefined,
    };
    await work(parts, claimed, token, new AbortController().signal);
    const { state, direction } = this.library.deliveries.get(claimed.id) ?? {};
    if (state === 'done' && direction === 'send') this.delivered += 1;
  }

  async tend(): Promise<void> {
    const { consent, retention, erasures } = this.library;
    const erase = (due: Parameters<Parameters<typeof createRetention>[0]['erase']>[0]) =>
      consent.eraseDue(due.portraitId, due.reason, due.dueOn, this.ends) !== undefined;
    createRetention({
      store: retention,
      handedOver: () => false,
      erase,
      clock: { trusted: () => true, sure: this.now, likely: this.now },
    }).run();
    const gone = async () => undefined;
    const erasers = {
      take: gone,
      rendition: gone,
      export: gone,
      copies: async (id: string) => this.library.scrub(erasures.copiesOf(id)),
    };
    expect(await createErasing(erasures, erasers, () => undefined).finish()).toBe(0);
  }

  async live(step: Act): Promise<void> {
    const { library } = this;
    const id = 'who' in step ? this.portrait(step.who) : undefined;
    const revision = () => library.portraits.get(id ?? '')?.revision ?? -1;
    const today = localDay(this.now());
    if (step.do === 'record') {
      const { portraitId, takeId } = this.begin(step.minor);
      const until = step.days === null ? null : dayAfter(today, step.days);
      library.takes.keep(portraitId, takeId, choicesOf({ ...text, purposes: step.purposes, until }));
      const kept = library.portraits.get(portraitId)?.revision ?? -1;
      if (step.ready) library.portraits.approve(portraitId, kept, 'host');
    } else if (step.do === 'leave') {
      const { portraitId, takeId } = this.begin(false);
      library.takes.keepUnconfirmed(portraitId, takeId);
    } else if (step.do === 'pass') {
      // The booth looks every hour; a day at a time is enough to see every date come.
      for (let day = 0; day < step.days; day++) {
        this.clock += 24 * 60 * 60 * 1000;
        await this.tend();
        await this.takeDown();
        this.check();
      }
    } else if (step.do === 'restart') {
      library.close();
      this.library = this.open();
    } else if (step.do === 'send') {
      const { meanwhile } = step;
      const whose = meanwhile === null ? undefined : this.portrait(meanwhile.who);
      if (meanwhile !== null && whose !== undefined) {
        this.sites.meanwhile = () => this.withdraw(whose, meanwhile.purposes ?? 'all');
      }
      await this.send();
      this.sites.meanwhile = undefined;
    } else if (id !== undefined) {
      if (step.do === 'approve') library.portraits.approve(id, revision(), 'host');
      else if (step.do === 'reject') library.portraits.moveTo(id, revision(), 'rejected', 'host');
      else if (step.do === 'restore') library.portraits.moveTo(id, revision(), 'toReview', 'host');
      else if (step.do === 'edit') library.words.save(id, revision(), { title: 'T', text: '', tags: [] }, 'host');
      else if (step.do === 'withdrawAll') this.withdraw(id, 'all');
      else if (step.do === 'withdraw') this.withdraw(id, step.purposes);
      else if (step.do === 'queue' || step.do === 'publish' || step.do === 'race') {
        if (step.do !== 'queue') library.portraits.approve(id, revision(), 'host');
        const destinationId = this.where[step.where] ?? '';
        const wanted = { id: newId(), portraitId: id, destinationId, actor: 'host' } as const;
        library.deliveries.publish(wanted, library.consent.mayUse);
        // Taken back while it waits its turn.
        if (step.do === 'race') this.withdraw(id, [destinationPurposes[step.where] ?? 'site']);
        await this.takeDown();
        if (step.do !== 'queue') await this.send();
      } else if (step.do === 'choose') {
        const by = { who: 'staff', role: 'host', name: null, method: 'spoken', note: 'n' } as const;
        library.consent.recordFor(id, choicesOf({ ...text, purposes: step.purposes }), by, 'host');
      }
    }
    await this.takeDown();
    this.check();
  }

  /** No destination holds what its person does not allow now. */
  check(): void {
    for (const [purpose, held] of this.sites.holds) {
      for (const id of held) {
        const answer = this.library.consent.mayUse(id, purpose);
        if (answer.allowed || answer.why === 'notApproved') continue;
        expect.fail(`${purpose} holds ${id}, which is ${answer.why}`);
      }
    }
  }

  end(): void {
    expect(this.library.consent.verify()).toMatchObject({ ok: true });
    this.library.close();
    rmSync(this.dir, { recursive: true });
  }
}

it('at no step of any life does a destination hold what its person does not allow at that time', async () => {
  let delivered = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(act, { minLength: 12, maxLength: 40 }), async (acts) => {
      const life = new Life();
      try {
        for (const step of acts) await life.live(step);
      } finally {
        life.end();
      }
      delivered += life.delivered;
    }),
    { numRuns: 80 },
  );
  // A life in which nothing is ever sent proves nothing.
  expect(delivered).toBeGreaterThan(20);
}, 120_000);
