import type { Actor } from '../../../shared/domain/actor.ts';
import type {
  ClockState,
  Doubt,
  DoubtReason,
  SavedClock,
  Stretch,
  StretchState,
} from '../../../shared/domain/clock.ts';
import { answerReachMs, awayMs, closeMs, floorAt, lookMs, marginMs, markMs, mostStretches, stepMs } from './bounds.ts';
import { judgeStart, plausible } from './judging.ts';
import type { ClockAct, ClockStore } from './ports.ts';
import { moveStretches } from './shifts.ts';
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
  /** The same where the time was last borne out, or the run began: what is followed since may not add up to a jump. */
  let anchor = { ...begun };
  let sure = begun;
  let backed = floor;
  let known = false;
  let doubt: Doubt | null = null;
  let stretch: Stretch = { from: begun.at, to: begun.at, fromWall: begun.at, toWall: begun.at, state: 'believed' };
  /** What the stretch that runs was before the doubt. */
  let undoubted: StretchState = 'believed';
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
    backed: Math.round(backed),
    known,
    doubt,
  });
  const current = (): Stretch => ({ ...stretch, to: Math.round(at()), toWall: wallAt() });
  function newStretch(state: StretchState = 'believed'): Stretch {
    const [from, fromWall] = [Math.round(at()), wallAt()];
    anchor = { ...base };
    return { from, to: from, fromWall, toWall: fromWall, state };
  }
  const recent = (stretches: readonly Stretch[]) => stretches.slice(-mostStretches);
  /** All that nothing has borne out yet, with the one that runs. */
  const unsettled = (): Stretch[] => [...(store?.stretches() ?? []).slice(0, -1), current()];
  /** The past is settled up to now. */
  function back(): void {
    backed = at();
    stretch = newStretch();
  }

  function mark(): void {
    store?.mark(snapshot(), current());
    markedAt = steady();
  }

  function raise(reason: DoubtReason, other: number): void {
    doubt = { reason, since: Math.round(at()), believed: Math.round(at()), other: Math.round(other) };
    undoubted = stretch.state;
    stretch = { ...stretch, state: 'jumped' };
    const detail = { reason, believed: iso(doubt.believed), other: iso(doubt.other) };
    store?.note(snapshot(), { actor: 'studio', action: 'clock-doubted', detail });
    mark();
    onChange(false);
  }

  /**
   * From now on it is `time`; what was recorded on a wrong clock moves with it. Only what sites bear out is settled for
   * good: a host may have misread, and a later answer then moves it again. Answers how many portraits moved.
   */
  function settle(time: number, act: { actor: Actor; action: string }, borneOut = false): number {
    const before = at();
    const by = Math.round(time - before);
    // Before what was borne out nothing moves: there what is not in doubt would move along.
    const past = time < backed - closeMs ? { shifts: [], moved: unsettled() } : moveStretches(unsettled(), by);
    const apart = time - wallAt();
    const sites = witnesses.other(time);
    const old = { base, anchor, offset, sure, backed, known, doubt, stretch, overruled };
    overruled = sites === undefined || act.actor === 'studio' ? undefined : sites - time;
    offset = Math.abs(apart) <= closeMs ? 0 : Math.round(apart);
    // Who vouched for a later time was wrong as well.
    setSure(Math.min(sureAt(), time));
    setTime(offset === 0 ? wallAt() : time);
    known = true;
    doubt = null;
    stretch = newStretch(act.actor === 'studio' ? 'believed' : 'answered');
    if (borneOut) backed = at();
    const stretches = borneOut ? [stretch] : recent([...past.moved, stretch]);
    const detail = { before: iso(before), after: iso(time), offsetMs: by };
    try {
      const moved = store?.settle({ shifts: past.shifts, saved: snapshot(), stretches, act: { ...act, detail } }) ?? 0;
      lastWall = { at: wallAt(), steady: steady() };
      onChange(past.shifts.length > 0);
      return moved;
    } catch (error) {
      ({ base, anchor, offset, sure, backed, known, doubt, stretch, overruled } = old);
      throw error;
    }
  }

  /** The question is over and nothing has to move; the stretch that runs is `as` it was, or as it is now known to be. */
  function believe(action: string, actor: Actor, as: StretchState): void {
    offset = Math.abs(at() - wallAt()) <= closeMs ? 0 : Math.round(at() - wallAt());
    doubt = null;
    known = true;
    if (stretch.state === 'jumped') stretch = { ...stretch, state: as };
    const detail = { before: iso(at()), after: iso(at()), offsetMs: 0 };
    store?.note(snapshot(), { actor, action, detail });
    mark();
    onChange(false);
  }

  function compare(): void {
    const reading = wallAt();
    // Against the anchor, not the last look: many small steps would add up to a large one.
    const apart = reading + offset - (anchor.at + (steady() - anchor.steady));
    const moved = reading - (lastWall.at + (steady() - lastWall.steady));
    lastWall = { at: reading, steady: steady() };
    if (doubt === null) {
      if (Math.abs(apart) > stepMs) raise('jumped', reading);
      else setTime(reading + offset);
      return;
    }
    if (doubt.reason === 'jumped') {
      // A jump that was taken back: the steady count and the system clock agree again.
      if (Math.abs(apart) <= stepMs) believe('clock-returned', 'studio', undoubted);
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
    const first = backed <= floor;
    const catchesUp = lag > 60_000 && (first || lag <= awayMs);
    if (!catchesUp && at() - stretch.from < closeMs) return;
    if (catchesUp) setSure(at());
    back();
    store?.begin(snapshot(), [stretch]);
  }
  function weighDoubt({ reason, believed }: Doubt): void {
    if (reason !== 'floor' && witnesses.agree(at())) {
      believe('clock-borne-out', 'studio', 'believed');
      return;
    }
    const reading = wallAt();
    const earliest = known ? believed - stepMs : floor;
    if (reading >= earliest && witnesses.agree(reading))
      settle(reading, { actor: 'studio', action: 'clock-set' }, true);
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
    /** It is at least this late, whatever the system clock was in the last hours; some hours before `now` at best. */
    sure: (): Date => new Date(Math.round(Math.min(at(), sureAt()) - marginMs)),
    /** The same by the system clock's word. */
    likely: (): Date => new Date(Math.round(at() - marginMs)),

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
      setSure(saved?.sure ?? floor);
      backed = saved?.known ? saved.backed : floor;
      const open = from.stretches();
      // It is believed because it comes after the last one, and is worth no more than that.
      undoubted = open.at(-1)?.state === 'answered' ? 'answered' : 'believed';
      stretch = newStretch(verdict.adrift ? 'adrift' : doubt === null ? undoubted : 'jumped');
      lastWall = { at: wallAt(), steady: steady() };
      if (saved?.doubt && doubt === null) {
        // The system clock was set right while the booth was off.
        const { shifts, moved } = moveStretches([...open, stretch], 0);
        const act: ClockAct = { actor: 'studio', action: 'clock-set', detail: { after: iso(at()) } };
        from.settle({ shifts, saved: snapshot(), stretches: recent(moved), act });
      } else from.begin(snapshot(), recent([...open, stretch]));
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
      back();
      const act: ClockAct = { actor, action: 'clock-due-confirmed', detail: { after: iso(at()) } };
      store?.settle({ shifts: [], saved: snapshot(), stretches: [stretch], act });
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
