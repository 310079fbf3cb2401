import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type Aim,
  afterAct,
  aimOf,
  beyondRows,
  type Kept,
  keptFor,
  type Opening,
  type Sight,
  settleKept,
  settleOpening,
  singleAim,
} from '../../../../renderer/desk/portraits/aim.ts';
import { neighbour } from '../../../../renderer/desk/selection.ts';
import { runs } from '../../../fixtures/runs.ts';

const sight = (part: Partial<Sight>): Sight => ({
  rows: ['a', 'b', 'c'],
  answered: true,
  fetching: false,
  whole: true,
  beyond: undefined,
  chosen: 'b',
  picked: [],
  ...part,
});

describe('what an act is for', () => {
  it.each<[string, Partial<Sight>, Aim]>([
    ['the one that is shown', {}, { kind: 'one', id: 'b' }],
    ['none without a choice', { chosen: null }, { kind: 'none', why: 'nothing' }],
    ['none once it left the list', { chosen: 'x' }, { kind: 'none', why: 'left' }],
    ['none while the list is read again', { chosen: 'x', fetching: true }, { kind: 'none', why: 'waiting' }],
    ['none while a search is not answered', { answered: false }, { kind: 'none', why: 'waiting' }],
    ['none until the studio said what is beyond', { chosen: 'x', whole: false }, { kind: 'none', why: 'waiting' }],
    ['one beyond the rows', { chosen: 'x', whole: false, beyond: new Set(['x']) }, { kind: 'one', id: 'x' }],
    [
      'none that is not beyond',
      { chosen: 'x', whole: false, beyond: new Set<string>() },
      { kind: 'none', why: 'left' },
    ],
    ['those ticked', { picked: ['c', 'a'] }, { kind: 'many', ids: ['c', 'a'], left: 0 }],
    ['those ticked and still there', { picked: ['c', 'x'] }, { kind: 'many', ids: ['c'], left: 1 }],
    ['none, never the one shown, when all ticked ones left', { picked: ['x'] }, { kind: 'none', why: 'left' }],
  ])('%s', (_, part, aim) => expect(aimOf(sight(part))).toEqual(aim));

  it('opens the first hit of the very search that Enter was pressed in', () => {
    const now = { look: 'pain', rows: ['a', 'b'], answered: true, failed: false };
    expect(settleOpening({ look: 'pain' }, now)).toEqual({ kind: 'open', id: 'a' });
    expect(settleOpening({ look: 'pain' }, { ...now, answered: false })).toEqual({ kind: 'wait' });
    expect(settleOpening({ look: 'pai' }, now)).toEqual({ kind: 'over' });
    expect(settleOpening({ look: 'pain' }, { ...now, rows: [] })).toEqual({ kind: 'over' });
    expect(settleOpening({ look: 'pain' }, { ...now, answered: false, failed: true })).toEqual({ kind: 'over' });
  });

  it('keeps a key that came too early for the target it had, and for no other', () => {
    const kept = { standing: 'list a', at: 1000 };
    const one: Aim = { kind: 'one', id: 'a' };
    const now = { standing: 'list a', aim: one, at: 1100 };
    expect(settleKept(kept, now)).toBe('press');
    expect(settleKept(kept, { ...now, aim: { kind: 'none', why: 'waiting' } })).toBe('wait');
    expect(settleKept(kept, { ...now, aim: { kind: 'none', why: 'left' } })).toBe('over');
    expect(settleKept(kept, { ...now, standing: 'list b' })).toBe('over');
    expect(settleKept(kept, { ...now, standing: null })).toBe('over');
    expect(settleKept(kept, { ...now, at: 1001 + keptFor })).toBe('over');
  });

  it('goes on after an act, unless the host has gone on already', () => {
    const rows = ['a', 'b', 'c'];
    expect(afterAct('b', { rows, chosen: 'b', leaves: true })).toBe('c');
    expect(afterAct('c', { rows, chosen: 'c', leaves: true })).toBe('b');
    expect(afterAct('c', { rows, chosen: 'c', leaves: false })).toBeNull();
    expect(afterAct('b', { rows, chosen: 'a', leaves: true })).toBeNull();
    expect(afterAct('b', { rows: ['a', 'c'], chosen: 'b', leaves: true })).toBe('a');
  });
});

// A desk without its drawing: the screen's parts in the same order, a studio that answers late, and another host.

interface Portrait {
  id: string;
  name: string;
  waits: boolean;
}
type Step =
  | { do: 'type'; text: string }
  | { do: 'enter' | 'answer' | 'answerBeyond' | 'settle' | 'undo' | 'other' | 'arrive' | 'more' | 'approve' | 'rate' }
  | { do: 'arrow'; by: number }
  | { do: 'click' | 'tick' | 'otherActs'; at: number };

const names = ['ana', 'anne', 'bruno', 'brune', 'carl', 'carole'];
const pageSize = 3;

/** The target an act had, and what was before the host's eyes when the key was pressed. */
interface Act {
  targets: readonly string[];
  drawn: readonly string[];
  saidBeyond: ReadonlySet<string>;
  chosen: string | null;
  ticked: ReadonlySet<string>;
  typed: string;
  rowsFor: string;
  moving: boolean;
  /** What was chosen and ticked when the key was pressed, where that was before the act. */
  pressedFor: string;
}

function walk(
  steps: readonly Step[],
  rule: (sight: Sight, single: boolean) => Aim,
): { acts: Act[]; world: Portrait[] } {
  const world: Portrait[] = names.map((name, at) => ({ id: `p${at}`, name, waits: true }));
  const held = (text: string) => world.filter((one) => one.waits && one.name.includes(text)).map(({ id }) => id);
  let typed = '';
  let size = pageSize;
  let rows: string[] = held('').slice(0, size);
  let rowsFor = '';
  let whole = held('').length <= size;
  let chosen: string | null = rows[0] ?? null;
  let picked = new Set<string>();
  let opening: Opening | null = null;
  const asked: { text: string; rows: string[]; whole: boolean }[] = [];
  let beyondAsk = null as { key: string; ids: string[] } | null;
  let beyond = null as { key: string; ids: ReadonlySet<string> } | null;
  const saving: string[] = [];
  const acts: Act[] = [];
  const undos: string[] = [];
  let kept = null as (Kept & { single: boolean; pressedFor: string }) | null;
  let time = 0;

  const ask = () => {
    const found = held(typed);
    asked.push({ text: typed, rows: found.slice(0, size), whole: found.length <= size });
  };
  const now = (): Sight => {
    const part = { rows, whole, chosen, picked: [...picked] };
    const wanted = beyondRows(part);
    const key = `${typed}|${wanted.join()}`;
    const known = wanted.length === 0 ? new Set<string>() : beyond?.key === key ? beyond.ids : undefined;
    if (known === undefined && beyondAsk?.key !== key)
      beyondAsk = { key, ids: wanted.filter((id) => held(typed).includes(id)) };
    return {
      ...part,
      answered: rowsFor === typed && opening === null,
      fetching: asked.length > 0,
      beyond: known,
    };
  };
  const settle = () => {
    if (opening === null) return;
    const settled = settleOpening(opening, { look: typed, rows, answered: rowsFor === typed, failed: false });
    if (settled.kind === 'wait') return;
    opening = null;
    if (settled.kind === 'open') chosen = settled.id;
  };
  const chosenAndTicked = () => JSON.stringify([chosen, [...picked]]);
  const standing = () => (opening === null ? JSON.stringify([typed, chosenAndTicked()]) : null);
  const release = () => {
    if (kept === null) return;
    const { single, pressedFor } = kept;
    const becomes = settleKept(kept, { standing: standing(), aim: rule(now(), single), at: time });
    if (becomes === 'wait') return;
    kept = null;
    if (becomes === 'press') press(single, pressedFor);
  };
  const press = (single: boolean, pressedFor = chosenAndTicked()) => {
    const seen = now();
    const aim = rule(seen, single);
    if (aim.kind === 'none') {
      const held = standing();
      if (aim.why === 'waiting' && held !== null) kept = { standing: held, at: time, single, pressedFor };
      return;
    }
    const targets = aim.kind === 'one' ? [aim.id] : aim.ids;
    acts.push({
      targets,
      drawn: [...rows],
      saidBeyond: seen.beyond ?? new Set(),
      chosen,
      ticked: new Set(picked),
      typed,
      rowsFor,
      moving: opening !== null,
      pressedFor,
    });
    if (!single) saving.push(...targets);
  };

  for (const step of steps) {
    switch (step.do) {
      case 'type':
        if (step.text !== typed) {
          typed = step.text;
          picked = new Set();
          size = pageSize;
          ask();
        }
        break;
      case 'enter':
        if (typed !== '') opening = { look: typed };
        break;
      case 'answer': {
        const answer = asked.shift();
        // An answer to an older search is dropped, as the query library does.
        if (answer !== undefined && answer.text === typed) {
          rows = answer.rows;
          whole = answer.whole;
          rowsFor = answer.text;
        }
        break;
      }
      case 'answerBeyond':
        if (beyondAsk !== null) beyond = { key: beyondAsk.key, ids: new Set(beyondAsk.ids) };
        beyondAsk = null;
        break;
      case 'more':
        size += pageSize;
        ask();
        break;
      case 'arrow':
        chosen = neighbour(rows, chosen, step.by) ?? chosen;
        break;
      case 'click':
        chosen = rows[step.at % Math.max(1, rows.length)] ?? chosen;
        break;
      case 'tick': {
        const id = rows[step.at % Math.max(1, rows.length)];
        if (id !== undefined && !picked.delete(id)) picked.add(id);
        break;
      }
      case 'approve':
        press(false);
        break;
      case 'rate':
        press(true);
        break;
      case 'settle': {
        const id = saving.shift();
        if (id === undefined) break;
        const one = world.find((portrait) => portrait.id === id);
        if (one?.waits) {
          one.waits = false;
          undos.push(id);
          picked.delete(id);
          const next = afterAct(id, { rows, chosen, leaves: true });
          if (next !== null) chosen = next;
        }
        ask();
        break;
      }
      case 'undo': {
        const id = undos.pop();
        const one = world.find((portrait) => portrait.id === id);
        if (one !== undefined) {
          one.waits = true;
          chosen = one.id;
          ask();
        }
        break;
      }
      case 'otherActs':
      case 'other': {
        const at = step.do === 'otherActs' ? step.at : 0;
        const one = world[at % world.length];
        if (one !== undefined) one.waits = !one.waits;
        ask();
        break;
      }
      case 'arrive':
        world.unshift({ id: `n${world.length}`, name: names[world.length % names.length] ?? 'ana', waits: true });
        ask();
        break;
    }
    settle();
    now();
    time += 300;
    release();
  }
  return { acts, world };
}

const stepArbitrary: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({ do: fc.constant('type' as const), text: fc.constantFrom('', 'a', 'an', 'br', 'ca', 'x') }),
  },
  {
    weight: 8,
    arbitrary: fc.record({
      do: fc.constantFrom(
        'enter',
        'answer',
        'answer',
        'answerBeyond',
        'settle',
        'undo',
        'arrive',
        'more',
        'approve',
        'approve',
        'rate',
      ),
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('arrow' as const), by: fc.constantFrom(-1, 1) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constantFrom('click', 'tick', 'otherActs'), at: fc.nat(8) }) },
);

/** Every act of a walk went to what was shown as chosen when its key was pressed. */
function inSight(steps: readonly Step[], rule: (sight: Sight, single: boolean) => Aim): number {
  const { acts, world } = walk(steps, rule);
  for (const act of acts) {
    expect(act.rowsFor, 'the rows answer what is typed').toBe(act.typed);
    expect(act.pressedFor, 'it is for what was chosen when the key was pressed').toBe(
      JSON.stringify([act.chosen, [...act.ticked]]),
    );
    expect(act.moving, 'no hit is about to be opened').toBe(false);
    for (const id of act.targets) {
      expect(act.drawn.includes(id) || act.saidBeyond.has(id), `${id} is in the list that is shown`).toBe(true);
      expect(
        act.ticked.size > 0 ? act.ticked.has(id) || id === act.chosen : id === act.chosen,
        `${id} is shown as chosen`,
      ).toBe(true);
      expect(world.find((one) => one.id === id)?.name, 'it is one that was searched for').toContain(act.typed);
    }
  }
  return acts.length;
}
const real = (seen: Sight, single: boolean) => (single ? singleAim(seen) : aimOf(seen));
const walks = fc.array(stepArbitrary, { minLength: 5, maxLength: 60 });

describe('walks of a desk while the list changes under the hand', () => {
  it('lets no act go to what is not in sight', () => {
    let acted = 0;
    fc.assert(
      fc.property(walks, (steps) => {
        acted += inSight(steps, real);
      }),
      { numRuns: runs(600, 60_000) },
    );
    // The walks do act, or nothing would be shown.
    expect(acted).toBeGreaterThan(runs(600, 60_000) / 2);
    if (runs(0, 1) === 1) console.info(`${acted} acts in 60000 walks`);
  });

  it('falls with the portrait beside the list as the target, whatever the list shows', () => {
    const old = ({ chosen, picked }: Sight): Aim =>
      picked.length > 0
        ? { kind: 'many', ids: [...picked], left: 0 }
        : chosen === null
          ? { kind: 'none', why: 'nothing' }
          : { kind: 'one', id: chosen };
    const found = fc.check(
      fc.property(walks, (steps) => void inSight(steps, old)),
      { numRuns: 300 },
    );
    expect(found.failed).toBe(true);
  });
});
