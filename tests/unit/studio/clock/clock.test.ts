import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { awayMs, closeMs, floorAt, marginMs, stepMs } from '../../../../electron/studio/clock/bounds.ts';
import { createClock } from '../../../../electron/studio/clock/clock.ts';
import { judgeStart } from '../../../../electron/studio/clock/judging.ts';
import { listening, timeOf } from '../../../../electron/studio/clock/listening.ts';
import type { ClockStore } from '../../../../electron/studio/clock/ports.ts';
import { moveStretches } from '../../../../electron/studio/clock/shifts.ts';
import { steadyClock } from '../../../../electron/studio/clock/steady.ts';
import { createWitnesses, standsElsewhere } from '../../../../electron/studio/clock/witnesses.ts';
import type { SavedClock, Shift, Stretch } from '../../../../shared/domain/clock.ts';
import { day, hour, minute, second, testTime } from '../../../fixtures/time.ts';

const start = '2026-11-27T09:00:00Z';

/** A library's memory, without a library. */
function memory() {
  const kept: { saved: SavedClock | undefined; stretches: Stretch[]; shifts: Shift[]; acts: string[] } = {
    saved: undefined,
    stretches: [],
    shifts: [],
    acts: [],
  };
  const store: ClockStore = {
    load: () => kept.saved,
    stretches: () => kept.stretches,
    mark(saved, current) {
      kept.saved = saved;
      kept.stretches = [...kept.stretches.slice(0, -1), current];
    },
    begin(saved, stretches) {
      kept.saved = saved;
      kept.stretches = [...stretches];
    },
    settle({ shifts, saved, stretches, act }) {
      kept.saved = saved;
      kept.stretches = [...stretches];
      kept.shifts.push(...shifts);
      if (act) kept.acts.push(act.action);
      return 0;
    },
    note(saved, { action }) {
      kept.saved = saved;
      kept.acts.push(action);
    },
  };
  return { kept, store };
}
function booth(at = start) {
  const time = testTime(at);
  const { kept, store } = memory();
  const begin = () => {
    const clock = createClock({ wall: time.now, steady: time.steady, onChange: () => undefined, log: console.error });
    clock.open(store);
    return clock;
  };
  let clock = begin();
  const it = {
    time,
    kept,
    get clock() {
      return clock;
    },
    off(ms: number, set?: number | string) {
      clock.close();
      time.pass(ms);
      if (set !== undefined) time.set(set);
      clock = begin();
    },
    jump(ms: number) {
      time.set(time.now().getTime() + ms);
      clock.look();
    },
    reason: () => clock.state().reason,
  };
  return it;
}

describe('what is followed without a word, and what is doubted', () => {
  it.each([
    ['a second', second, null],
    ['a correction after a night', 4 * second, null],
    ['two hours, as of a computer with two systems', -2 * hour, null],
    ['four hours', 4 * hour, 'jumped'],
    ['four hours back', -4 * hour, 'jumped'],
    ['a year', 365 * day, 'jumped'],
    ['back to 1970', -56 * 365 * day, 'jumped'],
  ])('while it runs, %s', (_, ms, reason) => {
    const it = booth();
    it.time.pass(minute);
    it.jump(ms);
    expect(it.reason()).toBe(reason);
    const now = Date.parse(start) + minute + (reason === null ? ms : 0);
    expect(it.clock.now().getTime()).toBe(now);
  });

  it.each([
    ['a night', 14 * hour, 0, null],
    ['a weekend', 3 * day, 0, null],
    ['a week between two towns', 7 * day, 0, null],
    ['a month', 31 * day, 0, null],
    ['a summer', 60 * day, 0, 'ahead'],
    ['a year', 365 * day, 0, 'ahead'],
    ['a night, and two hours back', 14 * hour, -15 * hour, null],
    ['a night, and a day back', 14 * hour, -day, 'behind'],
    ['a night, and back to 2015', 14 * hour, -11 * 365 * day, 'floor'],
    ['a night, and on to 2099', 14 * hour, 72 * 365 * day, 'ahead'],
  ])('off for %s', (_, ms, jump, reason) => {
    const it = booth();
    it.off(ms, Date.parse(start) + ms + jump);
    expect(it.reason()).toBe(reason);
    if (reason !== null) expect(it.clock.now().getTime()).toBe(Date.parse(start) + 1);
  });

  it('the hour of summer is none, since all of it is UTC', () => {
    const it = booth('2027-03-28T00:30:00Z');
    for (let look = 0; look < 12; look++) {
      it.time.pass(10 * minute);
      it.clock.look();
    }
    expect(it.reason()).toBe(null);
  });

  it('many small steps add up to a large one', () => {
    const it = booth();
    for (let step = 0; step < 5; step++) {
      it.time.pass(minute);
      it.jump(hour);
    }
    expect(it.reason()).toBe('jumped');
  });

  it('asks again at the next start, though the system clock looks likely by then', () => {
    const it = booth();
    it.jump(2 * day);
    it.off(hour);
    expect(it.reason()).toBe('jumped');
  });
});

describe('the sure time', () => {
  it('never lies ahead of the truth, whatever the system clock does and hosts answer once', () => {
    const jump = fc.integer({ min: -40 * 365 * day, max: 80 * 365 * day });
    const acts = fc.array(
      fc.oneof(
        fc.record({ do: fc.constant('pass' as const), ms: fc.integer({ min: second, max: 30 * day }) }),
        fc.record({ do: fc.constant('off' as const), ms: fc.integer({ min: second, max: 400 * day }) }),
        fc.record({ do: fc.constant('jump' as const), ms: jump }),
        fc.record({ do: fc.constant('site' as const), apart: fc.constantFrom(0, 0, 40 * day) }),
        fc.record({ do: fc.constant('tap' as const), ms: fc.constant(0) }),
        fc.record({ do: fc.constant('answer' as const), ms: jump }),
      ),
      { maxLength: 40 },
    );
    fc.assert(
      fc.property(acts, (all) => {
        const it = booth();
        let truth = Date.parse(start);
        for (const act of all) {
          if (act.do === 'pass' || act.do === 'off') truth += act.ms;
          if (act.do === 'pass') it.time.pass(act.ms);
          if (act.do === 'off') it.off(act.ms);
          if (act.do === 'jump') it.jump(act.ms);
          if (act.do === 'site') {
            const host = act.apart === 0 ? 'right.example' : 'wrong.example';
            it.clock.heard({ host, at: truth + act.apart, secure: true });
          }
          if (act.do === 'tap') it.clock.confirm(new Date(it.clock.state().asked ?? 0), 'host');
          if (act.do === 'answer') it.clock.correct(new Date(truth + act.ms), 'host');
          it.clock.look();
          // A site whose clock is wrong in the same way as ours is the one mistake that can carry it.
          if (!all.some((one) => one.do === 'site' && one.apart !== 0)) {
            expect(it.clock.sure().getTime()).toBeLessThanOrEqual(truth);
          }
        }
      }),
      { numRuns: 500 },
    );
  });

  it('advances by running, by a site that agrees, and by a host’s word about what is due', () => {
    const it = booth();
    const lag = () => it.clock.now().getTime() - it.clock.sure().getTime() - marginMs;
    it.clock.heard({ host: 'site.example', at: it.time.now().getTime(), secure: true });
    it.time.pass(5 * day);
    it.clock.look();
    expect(lag()).toBe(0);
    it.off(10 * day);
    expect(lag()).toBe(10 * day);
    it.clock.heard({ host: 'site.example', at: it.time.now().getTime(), secure: true });
    expect(lag()).toBe(0);
    it.off(20 * day);
    expect(it.clock.letGo(it.clock.now(), 'host')).toMatchObject({ ok: true });
    expect(lag()).toBe(0);
    expect(it.clock.letGo(new Date(it.clock.now().getTime() + day), 'host')).toEqual({ ok: false, code: 'CHANGED' });
  });

  it('does not pass over a long absence by a site’s word', () => {
    const it = booth();
    it.clock.heard({ host: 'site.example', at: it.time.now().getTime(), secure: true });
    it.off(366 * day);
    it.clock.heard({ host: 'site.example', at: it.time.now().getTime(), secure: true });
    expect(it.reason()).toBe(null);
    expect(it.clock.sure().getTime()).toBeLessThan(Date.parse(start) + day);
  });
});

describe('sites', () => {
  it.each([
    'localhost',
    'wp.localhost',
    '127.0.0.1',
    '10.1.2.3',
    '192.168.1.4',
    '172.20.0.1',
    '[::1]',
    'nas',
    'nas.local',
    'box.lan',
  ])('%s is no witness: it may share our mistake', (host) => expect(standsElsewhere(host)).toBe(false));
  it.each(['hautslescoop.fr', '203.0.113.7', '[2001:db8::1]'])('%s is one', (host) => {
    expect(standsElsewhere(host)).toBe(true);
  });
  it('one over TLS bears a time out, in the clear it takes two', () => {
    const sites = createWitnesses(() => 0);
    const at = Date.parse(start);
    sites.hear({ host: 'a.example', at, secure: false });
    expect(sites.agree(at)).toBe(false);
    sites.hear({ host: 'b.example', at: at + minute, secure: false });
    expect(sites.agree(at)).toBe(true);
    expect(sites.agree(at + day)).toBe(false);
  });
  it('one that differs changes nothing; two that agree on another time are a question, and a host ends it', () => {
    const it = booth();
    const other = () => it.time.now().getTime() + 40 * day;
    it.clock.heard({ host: 'a.example', at: other(), secure: true });
    expect(it.reason()).toBe(null);
    it.clock.heard({ host: 'b.example', at: other(), secure: true });
    expect(it.reason()).toBe('sites');
    it.clock.correct(it.time.now(), 'host');
    expect(it.reason()).toBe(null);
    it.time.pass(hour);
    it.clock.heard({ host: 'a.example', at: other(), secure: true });
    it.clock.heard({ host: 'b.example', at: other(), secure: true });
    expect(it.reason()).toBe(null);
  });
  it('tell a jump of the system clock from the truth', () => {
    const it = booth();
    const site = () => it.clock.heard({ host: 'a.example', at: truth, secure: true });
    const truth = it.time.now().getTime();
    it.jump(365 * day);
    site();
    expect(it.clock.state()).toMatchObject({ trusted: true, now: new Date(truth).toISOString(), offsetMs: -365 * day });
  });
  it('the time of an answer counts the age a cache gives it; an answer without one says nothing', async () => {
    const heard: number[] = [];
    const answers = [{ date: 'Fri, 27 Nov 2026 09:00:00 GMT', age: '60' }, {}, { date: 'yesterday' }];
    const fetch = listening(
      async () => new Response('', { headers: answers.shift() ?? {} }),
      ({ at }) => heard.push(at),
    );
    for (let n = 0; n < 3; n++) await fetch('https://a.example/x');
    expect(heard).toEqual([Date.parse('2026-11-27T09:01:00Z')]);
    expect(timeOf(new Response(''))).toBeNaN();
  });
});

describe('what a host answers', () => {
  it('a tap is good only for the time it was shown', () => {
    const it = booth();
    it.off(365 * day);
    const shown = new Date(it.clock.state().asked ?? '');
    it.jump(day);
    expect(it.clock.confirm(shown, 'host')).toEqual({ ok: false, code: 'CHANGED' });
    expect(it.reason()).toBe('ahead');
    expect(it.clock.confirm(it.time.now(), 'host')).toMatchObject({ ok: true });
    expect(it.reason()).toBe(null);
  });
  it.each([floorAt - 1, floorAt + 60 * 366 * day])('%d is no time there can be', (at) => {
    expect(booth().clock.correct(new Date(at), 'host')).toEqual({ ok: false, code: 'IMPOSSIBLE' });
  });
  it('a wrong answer is put right by the next one, and what moved moves again', () => {
    const it = booth();
    it.off(day, '1970-01-01T00:00:00Z');
    it.time.pass(hour);
    const truth = Date.parse('2026-11-28T10:00:00Z');
    const held = it.clock.now().getTime();
    it.clock.correct(new Date('2036-11-28T10:00:00Z'), 'host');
    it.time.pass(minute);
    it.clock.correct(new Date(truth + minute), 'host');
    const [first, , again] = it.kept.shifts;
    expect(first).toMatchObject({ by: Date.parse('2036-11-28T10:00:00Z') - held });
    const total = it.kept.shifts.filter(({ to }) => to !== first?.to).length;
    expect(total).toBeGreaterThan(0);
    expect((first?.by ?? 0) + (it.kept.shifts[1]?.by ?? 0)).toBe(truth - held);
    expect(again?.by ?? it.kept.shifts[1]?.by).toBe(truth - Date.parse('2036-11-28T10:00:00Z'));
  });
});

describe('how stretches move', () => {
  const at = (days: number) => floorAt + days * day;
  const stretch = (from: number, to: number, wall: number, state: Stretch['state']): Stretch => ({
    from: at(from),
    to: at(to),
    fromWall: at(wall),
    toWall: at(wall + to - from),
    state,
  });
  it('a doubted one whose clock ran on into the next moves as that clock was wrong', () => {
    // Two days adrift, off for three, a day adrift: the clock said so, from a wrong beginning.
    const { shifts } = moveStretches([stretch(10, 12, 400, 'adrift'), stretch(12, 13, 405, 'adrift')], 20 * day);
    expect(shifts.map(({ by }) => by / day)).toEqual([17, 20]);
  });
  it('where the clock did not run on it is put as late as it can have been', () => {
    const { shifts } = moveStretches([stretch(10, 12, -20_000, 'adrift'), stretch(40, 41, 40, 'believed')], 0);
    expect(shifts).toEqual([{ from: at(10), to: at(12), by: 28 * day }]);
  });
  it('a believed one stays, unless it would end after the next began', () => {
    expect(
      moveStretches([stretch(10, 12, 10, 'believed'), stretch(40, 41, 40, 'adrift')], 5 * day).shifts,
    ).toHaveLength(1);
    const back = moveStretches([stretch(400, 402, 400, 'believed'), stretch(402, 403, 40, 'adrift')], -362 * day);
    expect(back.shifts.map(({ by }) => by / day)).toEqual([-362, -362]);
  });
  it('one believed on a host’s word is as far off as its clock where it is later than was said, or cannot stay', () => {
    const misread = [
      stretch(10, 12, 10, 'jumped'),
      stretch(12, 13, 12, 'answered'),
      stretch(20, 21, 20, 'answered'),
      stretch(40, 41, 40, 'jumped'),
    ];
    expect(moveStretches(misread, 60 * day).shifts.map(({ by }) => by / day)).toEqual([60, 60, 60, 60]);
    expect(moveStretches(misread, -5 * day).shifts.map(({ by }) => by / day)).toEqual([-5]);
    // Where it cannot stay it is as far back as its clock was ahead, not as late as can be.
    expect(moveStretches(misread.slice(1), -25 * day).shifts.map(({ by }) => by / day)).toEqual([-25, -25, -25]);
    // A clock that stood still while the booth was off says nothing of the day before.
    const believed = misread.map((one) => ({ ...one, state: 'believed' as const }));
    expect(moveStretches(believed, 60 * day).shifts.map(({ by }) => by / day)).toEqual([60]);
  });
});

describe('judging a start', () => {
  it('keeps what a host said of a wrong system clock until it is set right', () => {
    const saved: SavedClock = {
      at: Date.parse(start),
      wall: Date.parse(start) + 40 * day,
      offset: -40 * day,
      sure: Date.parse(start),
      backed: Date.parse(start),
      known: true,
      doubt: null,
    };
    expect(judgeStart(saved, saved.wall + hour)).toMatchObject({ at: saved.at + hour, offset: -40 * day, doubt: null });
    expect(judgeStart(saved, saved.at + hour)).toMatchObject({ at: saved.at + hour, offset: 0, doubt: null });
  });
  it('of a new library takes any likely time, and no other', () => {
    expect(judgeStart(undefined, Date.parse(start))).toMatchObject({ doubt: null });
    expect(judgeStart(undefined, 0)).toMatchObject({ at: floorAt + 1, doubt: { reason: 'floor' } });
    expect(judgeStart(undefined, Date.parse('2099-01-01'))).toMatchObject({ doubt: { reason: 'ahead' } });
  });
});

it('the steady count goes on while a laptop sleeps, and does not follow the system’s coarseness', () => {
  let process = 1000;
  let system = 500_000;
  const steady = steadyClock(
    () => process,
    () => system,
  );
  const begun = steady();
  process += 60_000;
  system += 59_000;
  expect(steady() - begun).toBe(60_000);
  system += 8 * hour;
  expect(steady() - begun).toBeCloseTo(8 * hour + 59_000, -4);
  expect([stepMs, awayMs, closeMs].every((bound) => bound > 0)).toBe(true);
});
