import type { Actor } from '../../../shared/domain/actor.ts';
import type { ClockState, Doubt, DoubtReason, SavedClock, Shift, Stretch } from '../../../shared/domain/clock.ts';
import { answerReachMs, awayMs, closeMs, floorAt, lookMs, markMs, stepMs } from './bounds.ts';
import { judgeStart, plausible } from './judging.ts';
import type { ClockAct, ClockStore } from './ports.ts';
import { shiftsOf } from './shifts.ts';
import { createWitnesses, type Heard } from './witnesses.ts';

export interface ClockParts {
  /** The system clock. */
  wall: () => Date;
  /** Milliseconds that pass as time does, from any beginning. */
  steady: () => number;
  /** Earliest time there can be, in milliseconds; the program's own when left out. */
  floor?: number;
  /** The state has changed, or times in the library were put right. */
  onChange: (moved: boolean) => void;
  log: (what: string, error?: unknown) => void;
}

export type Answered = { ok: true; portraits: number } | { ok: false; code: 'CHANGED' | 'IMPOSSIBLE' };

const iso = (time: number) => new Date(time).toISOString();

/**
 * The one clock of the studio. It runs on by the steady count and follows the system clock only where that agrees with
 * what is known: the last entry, how long the process has run, what sites answered, what a host said. Anything else is
 * doubt: time goes on from the last that was believed, and whoever would do something that cannot be undone waits.
 *
 * Two times come out of it. `now` is the best there is. `sure` is one that cannot lie ahead of the truth by a mistake of
 * the system clock alone: it advances by running, by sites that agree with `now`, and by a host's word about what is due.
 * Whatever is erased for its age is erased by `sure`.
 */
export function createClock(parts: ClockParts) {
  const { wall, steady, onChange, log } = parts;
  const floor = parts.floor ?? floorAt;
  const witnesses = createWitnesses(steady);
  const begun = { at: wall().getTime(), steady: steady() };
  let store: ClockStore | undefined;
  let timer: NodeJS.Timeout | undefined;
  /** The booth's time at a moment of the steady count. */
  let base = { ...begun };
  let offset = 0;
  let sure = begun;
  let known = false;
  let doubt: Doubt | null = null;
  let stretch: Stretch = { from: begun.at, to: begun.at, fromWall: begun.at, toWall: begun.at, adrift: false };
  let lastWall = { ...begun };
  let markedAt = Number.NEGATIVE_INFINITY;
  /** By how much sites differ that a host has overruled, in milliseconds: they ask once. */
  let overruled: number | undefined;

  const at = () => base.at + (steady() - base.steady);
  const sureAt = () => sure.at + (steady() - sure.steady);
  const wallAt = () => wall().getTime();
  const setTime = (time: number) => {
    base = { at: time, steady: steady() };
  };
  const setSure = (time: number) => {
    sure = { at: time, steady: steady() };
  };
  const snapshot = (): SavedClock => ({
    at: Math.round(at()),
    wall: wallAt(),
    offset,
    sure: Math.round(sureAt()),
    known,
    doubt,
  });
  const current = (): Stretch => ({ ...stretch, to: Math.round(at()), toWall: wallAt() });
  const newStretch = (adrift: boolean): Stretch => {
    const [from, fromWall] = [Math.round(at()), wallAt()];
    return { from, to: from, fromWall, toWall: fromWall, adrift };
  };

  function mark(): void {
    store?.mark(snapshot(), current());
    markedAt = steady();
  }

  function raise(reason: DoubtReason, other: number): void {
    doubt = { reason, since: Math.round(at()), believed: Math.round(at()), other: Math.round(other) };
    const detail = { reason, believed: iso(doubt.believed), other: iso(doubt.other) };
    store?.note(snapshot(), { actor: 'studio', action: 'clock-doubted', detail });
    mark();
    onChange(false);
  }

  /** From now on it is `time`; what was recorded on a wrong clock moves with it. Answers how many portraits moved. */
  function settle(time: number, act: { actor: Actor; action: string }): number {
    const before = at();
    const by = Math.round(time - before);
    const shifts: Shift[] = shiftsOf([...(store?.stretches() ?? []).slice(0, -1), current()], by);
    const apart = time - wallAt();
    const next = {
      offset: Math.abs(apart) <= closeMs ? 0 : Math.round(apart),
      // Sites or people who vouched for a later time were wrong as well. What never knew a time has nothing to lose yet.
      sure: known ? Math.min(sureAt(), time) : time,
    };
    const old = { base, offset, sure, known, doubt, stretch };
    const sites = witnesses.other(time);
    overruled = sites === undefined || act.actor === 'studio' ? undefined : sites - time;
    setTime(next.offset === 0 ? wallAt() : time);
    setSure(next.sure);
    offset = next.offset;
    known = true;
    doubt = null;
    stretch = newStretch(false);
    const detail = { before: iso(before), after: iso(time), offsetMs: by };
    try {
      const moved = store?.settle({ shifts, saved: snapshot(), current: stretch, act: { ...act, detail } }) ?? 0;
      lastWall = { at: wallAt(), steady: steady() };
      onChange(shifts.length > 0);
      return moved;
    } catch (error) {
      ({ base, offset, sure, known, doubt, stretch } = old);
      throw error;
    }
  }

  /** The question is over and nothing has to move. */
  function believe(action: string, actor: Actor): void {
    offset = Math.abs(at() - wallAt()) <= closeMs ? 0 : Math.round(at() - wallAt());
    doubt = null;
    known = true;
    const detail = { before: iso(at()), after: iso(at()), offsetMs: 0 };
    store?.note(snapshot(), { actor, action, detail });
    mark();
    onChange(false);
  }

  function compare(): void {
    const reading = wallAt();
    const apart = reading + offset - at();
    const moved = reading - (lastWall.at + (steady() - lastWall.steady));
    lastWall = { at: reading, steady: steady() };
    if (doubt === null) {
      if (Math.abs(apart) > stepMs) raise('jumped', reading);
      else setTime(reading + offset);
      return;
    }
    if (doubt.reason === 'jumped') {
      // A jump that was taken back: the steady count and the system clock agree again.
      if (Math.abs(apart) <= stepMs) believe('clock-returned', 'studio');
      else doubt = { ...doubt, other: reading };
      return;
    }
    if (doubt.reason === 'sites') return;
    doubt = { ...doubt, other: reading };
    // A clock that was set from an impossible time to a likely one was set by the network or by a person.
    if (Math.abs(moved) > stepMs && plausible(reading, known ? doubt.believed : undefined, floor)) {
      settle(reading, { actor: 'studio', action: 'clock-set' });
    }
  }

  /** What sites say bears out a time: the doubt ends, or the sure time catches up. */
  function weigh(): void {
    if (doubt === null) weighTrust();
    else weighDoubt(doubt);
  }
  function weighTrust(): void {
    const other = witnesses.other(at());
    if (other !== undefined && Math.abs(other - at()) > stepMs) {
      const heardBefore = overruled !== undefined && Math.abs(other - at() - overruled) <= stepMs;
      if (!heardBefore) raise('sites', other);
      return;
    }
    if (!witnesses.agree(at())) return;
    const lag = at() - sureAt();
    // Beyond a month without a witness, hosts are asked before anything goes; see `letGo`.
    const catchesUp = lag > 60_000 && lag <= awayMs;
    if (!catchesUp && at() - stretch.from < closeMs) return;
    if (catchesUp) setSure(at());
    stretch = newStretch(false);
    store?.begin(snapshot(), stretch, true);
  }
  function weighDoubt({ reason, believed }: Doubt): void {
    if (reason !== 'floor' && witnesses.agree(at())) {
      believe('clock-borne-out', 'studio');
      return;
    }
    const reading = wallAt();
    const earliest = known ? believed - stepMs : floor;
    if (reading >= earliest && witnesses.agree(reading)) settle(reading, { actor: 'studio', action: 'clock-set' });
  }

  const guarded = (work: () => void) => {
    try {
      work();
    } catch (error) {
      log('the clock could not be written down', error);
    }
  };

  return {
    now: (): Date => new Date(Math.round(at())),
    /** Never moved by an answer or a correction: for what lasts a while from its beginning. */
    running: (): Date => new Date(Math.round(begun.at + (steady() - begun.steady))),
    trusted: (): boolean => doubt === null,
    /** It is at least this late; never later than `now`. */
    sure: (): Date => new Date(Math.round(Math.min(at(), sureAt()))),

    state(): ClockState {
      const reading = doubt?.reason === 'sites' ? doubt.other + (at() - doubt.believed) : wallAt();
      const asked = doubt === null || doubt.reason === 'floor' || reading < floor ? null : iso(reading);
      return {
        trusted: doubt === null,
        reason: doubt?.reason ?? null,
        now: iso(at()),
        asked,
        system: iso(wallAt()),
        offsetMs: offset,
      };
    },

    /** Judges the system clock against what the library remembers; to be called once, before anything is asked. */
    open(from: ClockStore): void {
      store = from;
      const saved = from.load();
      const verdict = judgeStart(saved, wallAt(), floor);
      setTime(verdict.at);
      offset = verdict.offset;
      doubt = verdict.doubt;
      known = (saved?.known ?? false) || doubt === null;
      setSure(saved?.known ? saved.sure : verdict.at);
      stretch = newStretch(verdict.adrift);
      lastWall = { at: wallAt(), steady: steady() };
      const open = from.stretches();
      if (saved?.doubt && doubt === null && open.length > 0) {
        // The system clock was set right while the booth was off.
        from.settle({
          shifts: shiftsOf([...open, stretch], 0),
          saved: snapshot(),
          current: stretch,
          act: { actor: 'studio', action: 'clock-set', detail: { after: iso(at()) } },
        });
      } else from.begin(snapshot(), stretch, saved?.doubt == null);
      if (doubt !== null && saved?.doubt == null) {
        const detail = { reason: doubt.reason, believed: iso(doubt.believed), other: iso(doubt.other) };
        from.note(snapshot(), { actor: 'studio', action: 'clock-doubted', detail });
      }
      timer = setInterval(() => this.look(), lookMs);
      timer.unref();
    },

    /** Compares the system clock with the steady count, and writes the time down. Runs by itself every 5 s. */
    look(): void {
      guarded(() => {
        const before = doubt;
        compare();
        if (before !== doubt || steady() - markedAt >= markMs) mark();
      });
    },
    /** Something was done: the last entry is now. */
    acted(): void {
      if (steady() - markedAt >= 1000) guarded(mark);
    },
    /** A site answered. */
    heard(what: Heard): void {
      if (!witnesses.hear(what)) return;
      guarded(() => {
        compare();
        weigh();
      });
    },

    /** A host says that the time shown is right. */
    confirm(shown: Date, actor: Actor): Answered {
      compare();
      const asked = this.state().asked;
      if (doubt === null) return { ok: true, portraits: 0 };
      if (asked === null || Math.abs(Date.parse(asked) - shown.getTime()) > closeMs)
        return { ok: false, code: 'CHANGED' };
      const time = Date.parse(asked);
      return { ok: true, portraits: settle(time, { actor, action: 'clock-confirmed' }) };
    },
    /** A host gives the right time. */
    correct(time: Date, actor: Actor): Answered {
      const given = time.getTime();
      if (given < floor || given > floor + answerReachMs) return { ok: false, code: 'IMPOSSIBLE' };
      compare();
      return { ok: true, portraits: settle(given, { actor, action: 'clock-corrected' }) };
    },
    /** A host says that this is the day, and that what is due by it may go. */
    letGo(shown: Date, actor: Actor): Answered {
      compare();
      if (doubt !== null || Math.abs(at() - shown.getTime()) > closeMs) return { ok: false, code: 'CHANGED' };
      setSure(at());
      stretch = newStretch(false);
      const act: ClockAct = { actor, action: 'clock-due-confirmed', detail: { after: iso(at()) } };
      store?.settle({ shifts: [], saved: snapshot(), current: stretch, act });
      onChange(false);
      return { ok: true, portraits: 0 };
    },

    close(): void {
      clearInterval(timer);
      guarded(mark);
      store = undefined;
    },
  };
}
export type Clock = ReturnType<typeof createClock>;
