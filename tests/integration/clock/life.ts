import { rmSync } from 'node:fs';
import { awayMs } from '../../../electron/studio/clock/bounds.ts';
import { createClock } from '../../../electron/studio/clock/clock.ts';
import { createRetention } from '../../../electron/studio/consent/retention.ts';
import { createLibrary, type Library } from '../../../electron/studio/library/library.ts';
import { lastDayOfUse } from '../../../shared/domain/consent.ts';
import { dayAfter, localDay } from '../../../shared/domain/day.ts';
import { newId } from '../../../shared/domain/ids.ts';
import { choicesOf } from '../../fixtures/capture-input.ts';
import { day, hour, minute } from '../../fixtures/time.ts';
import { closingOf, startOf, tempFolder, tokenHash } from '../library/lives.ts';

/** One thing that befalls a booth; milliseconds. */
export type Act =
  | { do: 'record'; how: 'left' | 'toReview' | 'approved' | 'published'; until: number | null; jump: number | null }
  | { do: 'pass'; ms: number }
  | { do: 'jump'; ms: number }
  | { do: 'off'; ms: number; jump: number | null }
  | { do: 'network' }
  | { do: 'site'; which: 0 | 1 | 2 }
  | { do: 'host'; right: true }
  | { do: 'host'; right: false; by: number };

interface Person {
  id: string;
  /** When it was truly recorded. */
  at: number;
  used: boolean;
  /** Last day of use the person chose. */
  until: string | null;
  /** By how much the booth's time was off when it was recorded, and whether the booth believed it. */
  off: number;
  believed: boolean;
  /** When the hosts were truly told that it ends unpublished. */
  told: number | null;
  gone: number | null;
  /** A host gave a wrong day, and before anybody contradicted it the booth lost the thread of time for other reasons. */
  misled: boolean;
}

export interface Tally {
  acts: number;
  jumps: number;
  doubts: number;
  answersRight: number;
  answersWrong: number;
  recorded: number;
  erased: number;
  takenDown: number;
  /** Of people a true clock would have kept. */
  early: number;
  /**
   * As above, of recordings a clock dated that nothing could have known to be wrong; and by how many days at most. It
   * lost or gained less than a month while the booth was off, which looks as if the booth had been off for so long; or a
   * host gave a wrong day, and the booth started in doubt again before anybody gave the right one.
   */
  unknowable: number;
  unknowableDays: number;
  /** People a true clock would have erased, of whom something was left after a host's right answer. */
  outlived: number;
  /** Dated too late, since nobody knows how long the booth was off: kept for as long; days at most. */
  datedLate: number;
  datedLateDays: number;
}
export const noTally = (): Tally => ({
  acts: 0,
  jumps: 0,
  doubts: 0,
  answersRight: 0,
  answersWrong: 0,
  recorded: 0,
  erased: 0,
  takenDown: 0,
  early: 0,
  unknowable: 0,
  unknowableDays: 0,
  outlived: 0,
  datedLate: 0,
  datedLateDays: 0,
});

const beginning = Date.parse('2026-06-01T08:00:00Z');
const keptDays = 90;

/**
 * One booth through a life with whatever clock, beside a clock that is always right. The library, the clock and the
 * retention are the real ones.
 */
export class Life {
  readonly dir = tempFolder();
  truth = beginning;
  wall: number;
  readonly people: Person[] = [];
  readonly tally: Tally;
  readonly faults: string[] = [];
  readonly log: string[] = [];
  /** When the clock moved by less than a month while the booth was off. */
  readonly slips: number[] = [];
  /** A host's wrong day stands. */
  private misread = false;
  seededAt: number;
  library!: Library;
  clock!: ReturnType<typeof createClock>;
  destination = newId();

  constructor(tally: Tally, firstError: number) {
    this.tally = tally;
    this.wall = beginning + firstError;
    this.seededAt = beginning;
    this.open();
    const { library } = this;
    const at = this.clock.now().toISOString();
    library.db
      .prepare(
        "INSERT INTO destinations (id, kind, name, url, user, created_at) VALUES (?, 'wordpress', 's', 'https://s.test', 'u', ?)",
      )
      .run(this.destination, at);
  }

  private open(): void {
    const clock = createClock({
      wall: () => new Date(this.wall),
      steady: () => this.truth,
      onChange: () => undefined,
      log: (what, error) => this.faults.push(`${what} ${String(error)}`),
    });
    const library = createLibrary(this.dir, clock.now);
    library.db.pragma('synchronous = OFF');
    clock.open(library.clock);
    library.events.seed([], {
      name: 'Édition',
      town: 'Dunkerque',
      day: localDay(clock.now()),
      theme: { fr: '' },
      languages: ['fr'],
      limitSeconds: 90,
      questions: [{ id: 'metier', text: { fr: 'Quel est votre métier ?' } }],
    });
    this.library = library;
    this.clock = clock;
    this.tend();
  }
  private close(): void {
    this.clock.close();
    this.library.close();
  }
  end(): void {
    this.close();
    rmSync(this.dir, { recursive: true });
  }

  private go(ms: number): void {
    this.truth += ms;
    this.wall += ms;
  }

  /** The day from which a true clock would keep no more of a person; with the reminder its hosts are owed. */
  private trueEnd(person: Person): string {
    const unpublished = dayAfter(localDay(new Date(person.at)), keptDays);
    const until = person.until ?? lastDayOfUse({ day: localDay(new Date(this.seededAt)), consent: { until: null } });
    const expired = dayAfter(until, 1);
    return person.used || expired < unpublished ? expired : unpublished;
  }

  private stampOf(id: string): number {
    const at = this.library.db
      .prepare<[string], string>('SELECT created_at FROM portraits WHERE id = ?')
      .pluck()
      .get(id);
    return Date.parse(at ?? '');
  }

  /** As the studio does every hour. */
  private tend(): void {
    const { library, clock } = this;
    const retention = createRetention({
      store: library.retention,
      handedOver: () => false,
      clock,
      erase: ({ portraitId, reason, dueOn }) => {
        const stamp = this.stampOf(portraitId);
        const done = library.consent.eraseDue(portraitId, reason, dueOn, { handedOver: () => false }) !== undefined;
        if (done) this.erased(portraitId, stamp);
        return done;
      },
    });
    const { reminded } = retention.run();
    for (const { portraitId, reason } of reminded) {
      const person = this.people.find(({ id }) => id === portraitId);
      // Who was told of another end has still to be told of this one.
      if (person) person.told = reason === 'unpublished' ? this.truth : null;
    }
  }

  private erased(id: string, stamp: number): void {
    const person = this.people.find((one) => one.id === id);
    if (person === undefined) return;
    person.gone = this.truth;
    this.tally.erased += 1;
    if (person.used) this.tally.takenDown += 1;
    const today = localDay(new Date(this.truth));
    const end = this.trueEnd(person);
    if (today >= end) return;
    const early = Math.round((Date.parse(end) - Date.parse(today)) / day);
    const slipped = person.believed || this.slips.some((at) => at > person.at);
    if ((slipped || person.misled) && stamp < person.at - hour && !person.used) {
      this.tally.unknowable += 1;
      this.tally.unknowableDays = Math.max(this.tally.unknowableDays, early);
      return;
    }
    this.tally.early += 1;
    this.faults.push(
      `erased ${early} days early: truth ${this.iso(this.truth)}, recorded ${this.iso(person.at)} dated ${this.iso(stamp)}, used ${person.used}, until ${person.until}, end ${end}, off ${person.off / hour} h, booth ${this.clock.now().toISOString()}, sure ${this.clock.sure().toISOString()}`,
    );
  }
  private iso = (time: number) => new Date(time).toISOString();

  private runs(ms: number): void {
    // Every hour as the studio does, or in larger steps where much time passes.
    const step = Math.max(hour, ms / 40);
    for (let left = ms; left > 0; left -= step) {
      this.go(Math.min(step, left));
      this.look();
      this.tend();
    }
  }
  private look(): void {
    const before = this.clock.trusted();
    this.clock.look();
    if (before && !this.clock.trusted()) this.tally.doubts += 1;
  }

  private record(act: Extract<Act, { do: 'record' }>): void {
    const { library, clock } = this;
    const start = startOf();
    const at = this.truth;
    const off = clock.now().getTime() - this.truth;
    const believed = clock.trusted();
    library.takes.startTake(start, tokenHash, clock.now().toISOString());
    this.go(minute);
    if (act.jump !== null) {
      this.wall += act.jump;
      this.tally.jumps += 1;
      this.look();
    }
    library.takes.closeTake(start.takeId, closingOf({ closedAt: clock.now().toISOString() }));
    const id = start.portraitId;
    // Who asks for the last day there is, or one beyond it, asks for no day of their own, and gets the event's.
    const wished = act.until === null ? null : localDay(new Date(this.truth + act.until));
    const until = wished !== null && wished < lastDayOfUse(library.events.current()) ? wished : null;
    if (act.how === 'left') library.takes.keepUnconfirmed(id, start.takeId);
    else library.takes.keep(id, start.takeId, choicesOf({ until }));
    if (act.how === 'approved' || act.how === 'published')
      library.portraits.approve(id, library.portraits.get(id)?.revision ?? -1, 'host');
    if (act.how === 'published') {
      library.db.prepare("UPDATE portraits SET state = 'published' WHERE id = ?").run(id);
      const now = clock.now().toISOString();
      library.db
        .prepare(
          `INSERT INTO deliveries (id, portrait_id, destination_id, state, memo, next_at, url, created_at, updated_at)
           VALUES (?, ?, ?, 'done', '{"post":1}', ?, 'https://s.test/1', ?, ?)`,
        )
        .run(newId(), id, this.destination, now, now, now);
    }
    this.tally.recorded += 1;
    const used = act.how === 'published';
    this.people.push({
      id,
      at,
      used,
      until: act.how === 'left' ? null : until,
      off,
      believed,
      told: null,
      gone: null,
      misled: false,
    });
  }

  /** A host looks at the desk and answers what is asked. */
  private answer(how: { right: true } | { right: false; by: number }): void {
    const { clock } = this;
    const near = (time: string | null) => time !== null && Math.abs(Date.parse(time) - this.truth) <= 10 * minute;
    const state = clock.state();
    if (!how.right) {
      if (state.trusted) return;
      this.tally.answersWrong += 1;
      this.log.push(`wrong answer to ${state.reason}, asked ${state.asked}`);
      if (state.asked !== null && !near(state.asked)) clock.confirm(new Date(state.asked), 'host');
      else clock.correct(new Date(this.truth + how.by), 'host');
      this.misread = !near(clock.now().toISOString());
      this.tend();
      return;
    }
    if (!state.trusted) {
      this.tally.answersRight += 1;
      if (state.asked !== null && near(state.asked)) clock.confirm(new Date(state.asked), 'host');
      else clock.correct(new Date(this.truth), 'host');
    }
    this.tend();
    if (this.unsure() > 0) {
      this.tally.answersRight += 1;
      // Asked whether it is this day, before something goes for good: a wrong day is seen.
      if (!near(clock.now().toISOString())) clock.correct(new Date(this.truth), 'host');
      if (this.unsure() > 0) clock.letGo(clock.now(), 'host');
    }
    if (near(clock.now().toISOString())) this.misread = false;
    this.tend();
    this.kept();
  }
  private unsure(): number {
    const { library, clock } = this;
    return createRetention({ store: library.retention, handedOver: () => false, clock, erase: () => false }).unsure();
  }

  /** Right after a right answer: who is still here that a true clock would have let go? */
  private kept(): void {
    if (Math.abs(this.clock.now().getTime() - this.truth) > 10 * minute) return;
    // The booth erases in the morning of the day.
    const today = localDay(new Date(this.truth - 7 * hour));
    for (const person of this.people) {
      if (person.gone !== null) continue;
      const end = this.trueEnd(person);
      const owed = person.told === null ? null : localDay(new Date(person.told + 15 * day));
      const reason =
        person.used || (person.until !== null && dayAfter(person.until, 1) === end) ? 'expired' : 'unpublished';
      const chosen = person.until === null ? null : dayAfter(person.until, 1);
      const reminded = reason === 'unpublished' && owed !== null && owed > end ? owed : end;
      const last = chosen !== null && chosen < reminded ? chosen : reminded;
      if (today <= last || (reason === 'unpublished' && chosen !== last && person.told === null)) continue;
      const late = this.stampOf(person.id) - person.at;
      if (late > hour && reason === 'unpublished') {
        this.tally.datedLate += 1;
        this.tally.datedLateDays = Math.max(this.tally.datedLateDays, Math.round(late / day));
        continue;
      }
      // So it is with an edition that was dated late: who asked for no day of their own has its last one.
      const edition = Date.parse(this.library.events.current().day) - Date.parse(localDay(new Date(this.seededAt)));
      if (person.until === null && reason === 'expired' && edition > 0) {
        this.tally.datedLate += 1;
        this.tally.datedLateDays = Math.max(this.tally.datedLateDays, Math.round(edition / day));
        continue;
      }
      this.tally.outlived += 1;
      this.faults.push(
        `outlived: ${reason}, end ${last}, today ${today}, dated ${late / day} days late, state ${JSON.stringify(this.clock.state())}, sure ${this.clock.sure().toISOString()}`,
      );
    }
  }

  do(act: Act): void {
    this.tally.acts += 1;
    this.log.push(
      `${this.iso(this.truth)} wall ${this.iso(this.wall)} booth ${this.clock.now().toISOString()} ${this.clock.trusted()} ${JSON.stringify(act)}`,
    );
    switch (act.do) {
      case 'record':
        this.record(act);
        return;
      case 'pass':
        this.runs(act.ms);
        return;
      case 'jump':
        this.wall += act.ms;
        this.tally.jumps += 1;
        this.look();
        this.tend();
        return;
      case 'off':
        this.close();
        this.go(act.ms);
        if (act.jump !== null) {
          this.wall += act.jump;
          this.tally.jumps += 1;
          if (Math.abs(act.jump) <= awayMs) this.slips.push(this.truth);
        }
        this.open();
        if (this.clock.trusted()) return;
        this.tally.doubts += 1;
        if (this.misread) for (const person of this.people) person.misled = true;
        return;
      case 'network':
        this.wall = this.truth;
        this.look();
        this.tend();
        return;
      case 'site':
        // The third site's own clock is wrong.
        this.clock.heard({
          host: `site${act.which}.example`,
          at: this.truth + (act.which === 2 ? 40 * day : 0),
          secure: true,
        });
        this.tend();
        return;
      case 'host':
        this.answer(act);
        return;
    }
  }
}
