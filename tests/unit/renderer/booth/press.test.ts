import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  createKeyPresses,
  createPresses,
  type Kind,
  overlap,
  quiet,
  settling,
  together,
  typingQuiet,
} from '../../../../renderer/booth/input/press.ts';
import { runs } from '../../../fixtures/runs.ts';

/** A glass with controls a hundred pixels wide, side by side, on a scene that has stood for long. */
function glass(kind: Kind = 'act') {
  const presses = createPresses<string>();
  presses.scene(-1000);
  const middle = (control: string) => ({ x: 50 + 100 * (control.charCodeAt(0) - 97), y: 50 });
  const touch = (id: string, control: string | null, at: number, place = middle(control ?? 'z'), as = kind) =>
    presses.down(id, { at, control, kind: as, ...place });
  const lift = (id: string, control: string, at: number, inside = true, place = middle(control)) =>
    presses.up(id, { at, inside, ...place });
  const tap = (control: string, at: number, lasting = 60) => {
    touch('f', control, at);
    return lift('f', control, at + lasting);
  };
  return { ...presses, touch, lift, tap };
}

const bounce = fc.record({ gap: fc.integer({ min: 8, max: 150 }), lasting: fc.integer({ min: 1, max: 80 }) });

test('a press counts once, whatever bounces after it, on the same control or on what came in its place', () => {
  fc.assert(
    fc.property(
      fc.array(bounce, { minLength: 1, maxLength: 60 }),
      fc.integer({ min: 1, max: 5000 }),
      fc.nat({ max: 40 }),
      (bounces, lasting, changesAfter) => {
        const { touch, lift, scene } = glass();
        touch('f', 'a', 0);
        expect(lift('f', 'a', lasting)).toEqual(['a']);
        let at = lasting;
        for (const [index, { gap, lasting: short }] of bounces.entries()) {
          if (index === changesAfter) scene(at);
          at += gap;
          // What now lies at the same place is another control.
          const there = index >= changesAfter ? 'b' : 'a';
          const place = { x: 50, y: 50 };
          touch('f', there, at, place);
          at += short;
          expect(lift('f', there, at, true, place)).toEqual([]);
        }
      },
    ),
    { numRuns: runs(200, 5000) },
  );
});

test('a second press that is meant counts', () => {
  const { tap } = glass();
  expect(tap('a', 0)).toEqual(['a']);
  expect(tap('a', 60 + quiet)).toEqual(['a']);
  expect(tap('b', 130 + quiet)).toEqual(['b']);
});

test('moving, leaving and coming back: only where it is lifted matters', () => {
  fc.assert(
    fc.property(fc.array(fc.boolean()), fc.boolean(), (way, last) => {
      const { touch, lift, moved, pressed } = glass();
      touch('f', 'a', 0);
      for (const inside of way) {
        moved('f', inside);
        expect(pressed()).toEqual(inside ? ['a'] : []);
      }
      expect(lift('f', 'a', 900, last)).toEqual(last ? ['a'] : []);
      expect(pressed()).toEqual([]);
    }),
  );
});

test('what rests on the glass, on a control or beside it, neither blocks a press nor acts when it is lifted', () => {
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom(null, 'b', 'c', 'a'), { minLength: 1, maxLength: 4 }),
      fc.integer({ min: together + 1, max: 60_000 }),
      (resting, later) => {
        const { touch, lift, tap } = glass();
        for (const [index, control] of resting.entries())
          touch(`palm ${index}`, control, 0, { x: 50 + 100 * (index + 1), y: 300 * index });
        expect(tap('a', later)).toEqual(['a']);
        for (const [index, control] of resting.entries())
          expect(lift(`palm ${index}`, control ?? 'z', later + 500)).toEqual([]);
      },
    ),
  );
});

describe('two fingers on yes and no', () => {
  test('in the same instant neither counts, in whatever order they are lifted', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: together }),
        fc.boolean(),
        fc.integer({ min: 1, max: 900 }),
        (apart, first, lifted) => {
          const { touch, lift } = glass();
          touch('one', 'a', 0);
          touch('two', 'b', apart);
          const order = first ? (['one', 'two'] as const) : (['two', 'one'] as const);
          for (const [index, id] of order.entries())
            expect(lift(id, id === 'one' ? 'a' : 'b', apart + lifted + 100 * index)).toEqual([]);
        },
      ),
    );
  });

  test('the later one counts where the earlier only lay there', () => {
    const { touch, lift, pressed } = glass();
    touch('one', 'a', 0);
    touch('two', 'b', together + 1);
    expect(pressed()).toEqual(['b']);
    expect(lift('one', 'a', together + 50)).toEqual([]);
    expect(lift('two', 'b', together + 90)).toEqual(['b']);
  });
});

describe('a scene that changes under the finger', () => {
  test('takes the press with it', () => {
    const { touch, lift, scene, pressed } = glass();
    touch('f', 'a', 0);
    scene(100);
    expect(pressed()).toEqual([]);
    expect(lift('f', 'a', 900)).toEqual([]);
  });

  test('does not react at once, and then does', () => {
    const { tap, scene } = glass();
    scene(0);
    expect(tap('a', settling - 1, 500)).toEqual([]);
    expect(tap('b', settling)).toEqual(['b']);
  });

  test('nor to what the machine was too busy to tell before', () => {
    const { tap, scene } = glass();
    scene(1000);
    expect(tap('a', 900)).toEqual([]);
  });
});

test('a contact the system takes away does nothing, and is the same press when it comes again', () => {
  const { touch, lift, lost } = glass();
  touch('f', 'a', 0);
  lost('f', 30);
  touch('g', 'a', 50);
  expect(lift('g', 'a', 100)).toEqual(['a']);
  touch('h', 'a', 160);
  expect(lift('h', 'a', 200)).toEqual([]);
});

test('one finger told twice, as a pointer and as a touch, is one press; one of the two is enough', () => {
  for (const ends of [['pointer'], ['touch'], ['pointer', 'touch']]) {
    const { touch, lift, lost } = glass();
    touch('pointer', 'a', 0);
    touch('touch', 'a', 0);
    if (!ends.includes('pointer')) lost('pointer', 20);
    expect(ends.flatMap((id) => lift(id, 'a', 800))).toEqual(['a']);
  }
});

test('a screen reader’s press counts once, and not beside a finger’s', () => {
  const { click, tap } = glass();
  expect(click('a', 'act', 0)).toBe(true);
  expect(click('a', 'act', 100)).toBe(false);
  expect(click('a', 'act', 100 + quiet)).toBe(true);
  expect(tap('b', 1000)).toEqual(['b']);
  expect(click('b', 'act', 1070)).toBe(false);
});

describe('letters', () => {
  test('doubled as quickly as a hand can are both typed; what bounces is not', () => {
    fc.assert(
      fc.property(fc.integer({ min: 60, max: 300 }), fc.integer({ min: 1, max: typingQuiet - 1 }), (meant, bounced) => {
        const { tap } = glass('type');
        expect(tap('l', 0)).toEqual(['l']);
        expect(tap('l', 60 + bounced, 5)).toEqual([]);
        expect(tap('l', 65 + bounced + meant)).toEqual(['l']);
      }),
    );
  });

  test('of two thumbs that overlap come in the order in which they came down', () => {
    const { touch, lift, moved } = glass('type');
    touch('left', 'a', 0);
    touch('right', 'b', 80);
    expect(lift('right', 'b', 120)).toEqual(['a', 'b']);
    expect(lift('left', 'a', 140)).toEqual([]);
    touch('left', 'c', 400);
    touch('right', 'd', 450);
    moved('left', false);
    expect(lift('right', 'd', 500)).toEqual(['d']);
  });

  test('a hand that rests on a letter does not type it', () => {
    const { touch, lift } = glass('type');
    touch('palm', 'a', 0);
    touch('f', 'b', overlap);
    expect(lift('f', 'b', overlap + 60)).toEqual(['b']);
    expect(lift('palm', 'a', 2000)).toEqual([]);
  });

  test('the last of them goes before the button that sends them', () => {
    const { touch, lift } = glass('type');
    touch('left', 'a', 0);
    touch('right', 'b', 100, { x: 150, y: 50 }, 'act');
    expect(lift('right', 'b', 160)).toEqual(['a', 'b']);
  });
});

describe('keys and buttons that type one', () => {
  test('count once as they come down: held, repeated, bounced or firing by themselves', () => {
    fc.assert(
      fc.property(
        fc.array(fc.record({ gap: fc.integer({ min: 0, max: 150 }), down: fc.boolean(), repeat: fc.boolean() }), {
          maxLength: 100,
        }),
        (edges) => {
          const keys = createKeyPresses();
          expect(keys.down('F8', 0, false)).toBe(true);
          // A system begins to repeat only after a while.
          expect(keys.down('F8', 660, true)).toBe(false);
          let at = 660;
          for (const { gap, down, repeat } of edges) {
            at += gap;
            if (down) expect(keys.down('F8', at, repeat)).toBe(false);
            else keys.up('F8', at);
          }
          expect(keys.down('F8', at + quiet, false)).toBe(true);
        },
      ),
    );
  });

  test('one does not stand in another’s way; a scene has to stand first', () => {
    const keys = createKeyPresses();
    expect(keys.down('F8', 0, false)).toBe(true);
    expect(keys.down('Enter', 20, false)).toBe(true);
    keys.scene(100);
    expect(keys.down('Space', 100 + settling - 1, false)).toBe(false);
    keys.scene(1000);
    expect(keys.down('Space', 1000 + settling, false)).toBe(true);
  });

  test('Enter after something else was typed is meant', () => {
    const keys = createKeyPresses();
    expect(keys.down('Enter', 0, false)).toBe(true);
    keys.forget('Enter');
    expect(keys.down('Enter', 60, false)).toBe(true);
    expect(keys.down('Enter', 120, false)).toBe(false);
  });
});
