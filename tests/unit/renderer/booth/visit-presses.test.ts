import fc from 'fast-check';
import { expect, test } from 'vitest';
import { runs } from '../../../fixtures/runs.ts';
import { type Control, type Glass, openGlass, size } from './pressing.ts';

/** How one press is made, and what goes wrong with it. Times in milliseconds. */
interface Making {
  by: 'touch' | 'button' | 'key';
  /** Where on the control, −1 to 1 of its half. */
  from: [number, number];
  /** The finger rolls to there before it is lifted. */
  to: [number, number];
  lasting: number;
  before: 'nothing' | 'slide off' | 'two fingers' | 'cancelled';
  after: 'nothing' | 'bounce' | 'fire' | 'repeat';
  /** A hand that lies beside the controls, or on one of them, meanwhile. */
  palm: 'none' | 'beside' | 'on a control';
  /** Told twice, as a pointer and as a touch. */
  twice: boolean;
  gaps: number[];
  think: number;
}

const within = fc.double({ min: -0.9, max: 0.9, noNaN: true });
const making: fc.Arbitrary<Making> = fc.record({
  by: fc.constantFrom<Making['by']>('touch', 'touch', 'button', 'key'),
  from: fc.tuple(within, within),
  to: fc.tuple(within, within),
  lasting: fc.oneof({ weight: 4, arbitrary: fc.integer({ min: 30, max: 200 }) }, fc.integer({ min: 200, max: 4000 })),
  before: fc.constantFrom<Making['before']>('nothing', 'nothing', 'slide off', 'two fingers', 'cancelled'),
  after: fc.constantFrom<Making['after']>('nothing', 'bounce', 'bounce', 'fire', 'repeat'),
  palm: fc.constantFrom<Making['palm']>('none', 'none', 'beside', 'on a control'),
  twice: fc.boolean(),
  gaps: fc.array(fc.integer({ min: 8, max: 150 }), { minLength: 1, maxLength: 4 }),
  think: fc.integer({ min: 0, max: 900 }),
});

const spot = ({ x, y }: Control, [dx, dy]: [number, number]): [number, number] => [
  x + (dx * size.width) / 2,
  y + (dy * size.height) / 2,
];

/** Presses made with hands and devices as they are, on a glass; counts each edge that was no press of its own. */
class Devices {
  readonly glass: Glass;
  presses = 0;
  edges = 0;

  constructor(glass: Glass) {
    this.glass = glass;
  }

  async #down(make: Making, id: string, x: number, y: number): Promise<void> {
    this.edges++;
    this.glass.down(id, x, y);
    if (make.twice) this.glass.down(`${id} too`, x, y);
  }

  async #up(make: Making, id: string, x: number, y: number): Promise<void> {
    await this.glass.up(id, x, y);
    if (make.twice) await this.glass.up(`${id} too`, x, y);
  }

  /** Nothing of this is a press. */
  async #spoil(make: Making, control: Control): Promise<void> {
    const { glass } = this;
    const [x, y] = spot(control, make.from);
    const other = glass.controls().find((one) => one !== control && one.kind === 'act');
    if (make.before === 'slide off' && control.kind === 'act') {
      await this.#down(make, 'sliding', x, y);
      glass.move('sliding', other?.x ?? 2000, other?.y ?? 2000);
      await glass.pass(make.lasting);
      await this.#up(make, 'sliding', other?.x ?? 2000, other?.y ?? 2000);
    } else if (make.before === 'two fingers' && other !== undefined && control.kind === 'act') {
      const apart = Math.min(...make.gaps);
      await this.#down(make, 'one', x, y);
      await glass.pass(apart);
      await this.#down(make, 'two', other.x, other.y);
      await glass.pass(make.lasting);
      await this.#up(make, 'one', x, y);
      await glass.pass(apart);
      await this.#up(make, 'two', other.x, other.y);
    } else if (make.before === 'cancelled') {
      await this.#down(make, 'taken', x, y);
      await glass.pass(20);
      glass.lost('taken');
      if (make.twice) glass.lost('taken too');
    } else return;
    await glass.pass(260);
  }

  async #touch(make: Making, control: Control): Promise<void> {
    const { glass } = this;
    await this.#spoil(make, control);
    const other = glass.controls().find((one) => one !== control);
    const rests =
      make.palm === 'beside' ? [5, 2000] : make.palm === 'on a control' ? [other?.x ?? 5, other?.y ?? 2000] : null;
    // A letter under a hand that has only just come down is meant.
    if (rests !== null) {
      glass.down('palm', rests[0] ?? 0, rests[1] ?? 0);
      await glass.pass(501);
    }
    const [x, y] = spot(control, make.from);
    await this.#down(make, 'finger', x, y);
    for (const part of [0.3, 0.6, 1]) {
      const [rolledX, rolledY] = spot(control, [
        make.from[0] + (make.to[0] - make.from[0]) * part,
        make.from[1] + (make.to[1] - make.from[1]) * part,
      ]);
      glass.move('finger', rolledX, rolledY);
    }
    const [lastX, lastY] = spot(control, make.to);
    await glass.pass(control.kind === 'type' ? Math.min(make.lasting, 200) : make.lasting);
    await this.#up(make, 'finger', lastX, lastY);
    for (const gap of this.#again(make, control)) {
      await glass.pass(gap);
      await this.#down(make, 'finger', lastX + (gap % 7) - 3, lastY + (gap % 5) - 2);
      await glass.pass(gap % 13);
      await this.#up(make, 'finger', lastX, lastY);
    }
    if (rests !== null) {
      await glass.pass(make.lasting);
      await glass.up('palm', rests[0] ?? 0, rests[1] ?? 0);
    }
  }

  /** Gaps after which the same device says that it is pressed again. */
  #again(make: Making, control: Control): number[] {
    // A letter may be meant twice: what is up for as long as a finger takes is not held back.
    if (control.kind === 'type')
      return make.after === 'bounce' ? make.gaps.map((gap) => Math.min(gap, 8 + (gap % 20))) : [];
    if (make.after === 'bounce') return make.gaps;
    return make.after === 'fire' ? Array.from({ length: 40 }, () => 20 + (make.gaps[0] ?? 0) / 3) : [];
  }

  async #key(make: Making, control: Control): Promise<void> {
    const { glass } = this;
    const source = make.by === 'button' ? 'F8' : 'Space';
    // The highlight, or the focus, is on it; after what it does nothing is.
    await glass.keyDown(source, control);
    this.edges++;
    const still = () => (glass.controls().includes(control) ? control : (glass.controls()[0] ?? null));
    if (make.after === 'repeat')
      for (let count = 0; count < make.lasting / 33; count++) {
        // A system begins to repeat only after a while.
        await glass.pass(count === 0 ? 400 : 33);
        await glass.keyDown(source, still(), true);
        this.edges++;
      }
    else await glass.pass(Math.min(make.lasting, 500));
    glass.keyUp(source);
    for (const gap of make.after === 'fire'
      ? Array.from({ length: 40 }, () => make.gaps[0] ?? 30)
      : make.after === 'bounce'
        ? make.gaps
        : []) {
      await glass.pass(gap);
      await glass.keyDown(source, still());
      this.edges++;
      await glass.pass(gap % 40);
      glass.keyUp(source);
    }
  }

  /** Presses what is called so, once, in the way told. */
  async press(name: string, make: Making): Promise<void> {
    const control = this.glass.find(name);
    const before = this.glass.acts.length;
    this.presses++;
    if (make.by === 'touch' || control.kind === 'type') await this.#touch(make, control);
    else await this.#key(make, control);
    expect(this.glass.acts.slice(before), `${name}: ${JSON.stringify(make)}`).toEqual([name]);
    await this.glass.pass(control.kind === 'type' ? 60 : 360 + make.think);
  }
}

/** A whole visit, with ways back; what is pressed, in its order. */
const visit = fc.record({
  letters: fc.array(fc.constantFrom('a', 'b', 'l'), { maxLength: 6 }),
  reads: fc.boolean(),
  goesBack: fc.boolean(),
  others: fc.nat({ max: 2 }),
  listens: fc.nat({ max: 3 }),
  ticks: fc.array(fc.constantFrom('tick site', 'tick podcast', 'tick archive'), { minLength: 1, maxLength: 8 }),
  refusesFirst: fc.boolean(),
  makings: fc.infiniteStream(making),
});

test('a whole visit by touch, key and button does exactly what was meant, whatever hands and devices do besides', async () => {
  const figures = { visits: 0, presses: 0, edges: 0 };
  await fc.assert(
    fc.asyncProperty(visit, async ({ letters, reads, goesBack, others, listens, ticks, refusesFirst, makings }) => {
      const glass = await openGlass();
      const devices = new Devices(glass);
      await glass.pass(1000);
      const meant: string[] = [];
      const press = async (...names: string[]) => {
        for (const name of names) {
          const { value } = makings.next();
          meant.push(name);
          await devices.press(name, value);
        }
      };
      await press('START');
      if (reads) await press('READ', 'BACK');
      await press('YES', ...letters);
      // The end of the last letter is no bounce of the button beside it.
      await glass.pass(300);
      await press('NEXT', 'tilt', 'NEXT');
      if (goesBack) await press('BACK', 'NEXT');
      await press(...Array.from({ length: others }, () => 'OTHER_QUESTION'), 'GO');
      while (glass.state() !== 'take.recording') await glass.pass(250);
      await glass.pass(8000);
      await press('STOP', ...Array.from({ length: listens }, () => 'LISTEN'), 'KEEP', ...ticks);
      const ticked = [...new Set(ticks)].filter((one) => ticks.filter((other) => other === one).length % 2 === 1);
      const { purposes } = glass.booth.context().visit.allowed;
      expect(purposes.map((purpose) => `tick ${purpose}`).sort()).toEqual(ticked.sort());
      if (refusesFirst) await press('REFUSE', 'CANCEL');
      if (ticked.length > 0) {
        await press('ALLOW');
        expect(glass.booth.services.kept?.purposes).toEqual(purposes);
        await press('NEXT');
      } else {
        await press('REFUSE', 'CONFIRM');
        expect(glass.booth.services.kept).toBeNull();
      }
      expect(glass.acts).toEqual(meant);
      figures.visits++;
      figures.presses += devices.presses;
      figures.edges += devices.edges;
    }),
    { numRuns: runs(60, 600) },
  );
  console.log(figures);
  expect(figures.presses).toBeGreaterThanOrEqual(runs(1000, 10_000));
});
