import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createHandshakes, usualHandshakes } from '../../../electron/door/lan/handshakes.ts';
import { createLines, type Line, usualLines } from '../../../electron/door/lan/lines.ts';
import { runs } from '../../fixtures/runs.ts';

describe('connections of the network', () => {
  it('make room at the cost of the oldest guest, and never of a desk', () => {
    fc.assert(
      fc.property(
        fc.array(fc.record({ do: fc.constantFrom('arrive', 'arrive', 'arrive', 'sign', 'leave'), at: fc.nat(400) }), {
          maxLength: 600,
        }),
        (steps) => {
          const lines = createLines({ guestsOfOne: 5, guests: 12, ofDesk: 3 });
          const there: (Line & { number: number; desk?: string })[] = [];
          const gone = (line: Line) => there.splice(there.map((one): Line => one).indexOf(line), 1);
          let number = 0;
          for (const step of steps) {
            if (step.do === 'arrive') {
              const line = { address: `m${step.at % 5}`, number: number++, end: () => void gone(line) };
              const before = there.filter((one) => one.desk !== undefined).length;
              there.push(line);
              lines.arrived(line);
              expect(there.filter((one) => one.desk !== undefined)).toHaveLength(before);
              // Who came last is never the one who goes.
              expect(there.at(-1)).toBe(line);
            }
            const one = there[step.at % Math.max(1, there.length)];
            if (one === undefined) continue;
            if (step.do === 'sign') {
              one.desk = `desk ${step.at % 3}`;
              lines.signedIn(one, one.desk);
            }
            if (step.do === 'leave') {
              gone(one);
              lines.left(one);
            }
            const guests = there.filter(({ desk }) => desk === undefined);
            expect(guests.length).toBeLessThanOrEqual(12);
            for (let m = 0; m < 5; m++)
              expect(guests.filter(({ address }) => address === `m${m}`).length).toBeLessThanOrEqual(5);
            for (let d = 0; d < 3; d++)
              expect(there.filter(({ desk }) => desk === `desk ${d}`).length).toBeLessThanOrEqual(3);
            expect(lines.count()).toEqual({ guests: guests.length, desks: there.length - guests.length });
          }
        },
      ),
      { numRuns: runs(100, 2000) },
    );
  });

  it('leave a desk that is connected alone while five hundred say nothing', () => {
    const lines = createLines(usualLines);
    const ended: string[] = [];
    const line = (address: string, name: string): Line => ({ address, end: () => void ended.push(name) });
    const desk = line('192.168.1.2', 'desk');
    lines.arrived(desk);
    lines.signedIn(desk, 'session');
    for (let n = 0; n < 500; n++) lines.arrived(line('192.168.1.2', `silent ${n}`));
    expect(ended).not.toContain('desk');
    expect(lines.count()).toEqual({ guests: usualLines.guestsOfOne, desks: 1 });
  });
});

describe('handshakes', () => {
  function gate() {
    let time = 0;
    let ring: (() => void) | undefined;
    const begun: string[] = [];
    const dropped: string[] = [];
    const handshakes = createHandshakes(
      usualHandshakes,
      () => time,
      (work) => {
        ring = work;
      },
    );
    return {
      begun,
      dropped,
      knock: (address: string, name: string) =>
        handshakes.arrived(
          address,
          () => begun.push(name),
          () => dropped.push(name),
        ),
      pass(ms: number) {
        for (const end = time + ms; time < end; ) {
          time += 10;
          const work = ring;
          ring = undefined;
          work?.();
        }
      },
    };
  }

  it('take a burst at once and the rest in time, and let nobody wait for longer than they would', () => {
    const { begun, dropped, knock, pass } = gate();
    for (let n = 0; n < 200; n++) knock('a', `a${n}`);
    expect(begun).toHaveLength(usualHandshakes.burst);
    pass(500);
    const inTime = usualHandshakes.burst + usualHandshakes.perSecond / 2;
    expect(begun.length).toBeGreaterThan(inTime - 5);
    expect(begun.length).toBeLessThanOrEqual(inTime);
    pass(10_000);
    expect(begun.length + dropped.length).toBe(200);
  });

  it('take the one who comes now before those who wait, of their machine and of others', () => {
    const { begun, knock, pass } = gate();
    for (let n = 0; n < 250; n++) knock('crowd', `crowd ${n}`);
    knock('quiet', 'quiet');
    knock('crowd', 'late');
    pass(60);
    expect(begun.slice(usualHandshakes.burst)).toEqual(expect.arrayContaining(['quiet', 'late']));
  });

  it('let a crowd push out its own, and nobody else', () => {
    const { dropped, knock } = gate();
    for (let n = 0; n < usualHandshakes.burst; n++) knock('crowd', `first ${n}`);
    for (let n = 0; n < 5; n++) knock('quiet', `quiet ${n}`);
    for (let n = 0; n < 1000; n++) knock('crowd', `crowd ${n}`);
    expect(dropped.length).toBeGreaterThan(500);
    expect(dropped.some((name) => name.startsWith('quiet'))).toBe(false);
  });
});
