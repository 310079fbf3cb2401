import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { createTrail, type TrailWindow } from '../../../../renderer/desk/trail.ts';
import { runs } from '../../../fixtures/runs.ts';

/** A tab's history as browsers keep it: the page before the desk at its bottom. Steps are told at once. */
class Tab implements TrailWindow {
  entries: { state: unknown; hash: string }[] = [
    { state: null, hash: 'elsewhere' },
    { state: null, hash: '#/a' },
  ];
  at = 1;
  listeners = new Map<string, ((event: { state?: unknown }) => void)[]>();
  readonly history: TrailWindow['history'];
  readonly location: TrailWindow['location'];
  constructor() {
    const entry = () => this.entries[this.at] ?? { state: null, hash: '' };
    const show = (state: unknown, hash: string, replace: boolean) => {
      if (!replace) this.entries = this.entries.slice(0, ++this.at);
      this.entries[this.at] = { state, hash: hash === '' ? entry().hash : hash };
    };
    this.location = {
      get hash() {
        return entry().hash;
      },
    };
    this.history = {
      get state() {
        return entry().state;
      },
      pushState: (state: unknown, _: string, url?: string | URL | null) => show(state, String(url ?? ''), false),
      replaceState: (state: unknown, _: string, url?: string | URL | null) =>
        show(state, String(url ?? entry().hash), true),
      go: (by = 0) => {
        const to = this.at + by;
        if (to < 0 || to >= this.entries.length || by === 0) return;
        this.at = to;
        // Another page's entry ends this one.
        if (entry().hash !== 'elsewhere') this.fire('popstate', entry().state);
      },
    };
  }
  get gone(): boolean {
    return this.entries[this.at]?.hash === 'elsewhere';
  }
  addEventListener(type: string, listener: (event: { state?: unknown }) => void): void {
    this.listeners.set(type, [...(this.listeners.get(type) ?? []), listener]);
  }
  fire(type: string, state?: unknown): void {
    for (const listener of this.listeners.get(type) ?? []) listener({ state });
  }
  /** A link of the page is followed. */
  link(hash: string): void {
    this.entries = this.entries.slice(0, ++this.at);
    this.entries[this.at] = { state: null, hash };
    this.fire('popstate', null);
  }
}

function open(parts: Partial<Parameters<typeof createTrail>[1]> = {}) {
  const tab = new Tab();
  const desk = { dialogs: 0, time: 0, warned: vi.fn() };
  const trail = createTrail(tab, {
    closeDialog: () => desk.dialogs > 0 && desk.dialogs-- > 0,
    guarded: () => true,
    warn: desk.warned,
    now: () => desk.time,
    ...parts,
  });
  return { tab, desk, trail };
}

describe('Back', () => {
  it('says so before it leaves the desk, and leaves when pressed again at once', () => {
    const { tab, desk, trail } = open();
    tab.fire('keydown');
    tab.history.go(-1);
    expect([tab.gone, desk.warned.mock.calls.length, trail.hash()]).toEqual([false, 1, '#/a']);
    desk.time = 60_000;
    tab.history.go(-1);
    expect([tab.gone, desk.warned.mock.calls.length]).toEqual([false, 2]);
    desk.time += 1000;
    tab.history.go(-1);
    expect(tab.gone).toBe(true);
  });
  it('leaves a locked desk without a word', () => {
    const { tab, desk } = open({ guarded: () => false });
    tab.fire('pointerdown');
    tab.history.go(-1);
    expect([tab.gone, desk.warned.mock.calls.length]).toEqual([true, 0]);
  });
  it('closes the dialog in front and stays where one is, and Forward does the same', () => {
    const { tab, desk, trail } = open();
    tab.fire('keydown');
    trail.go('#/b');
    tab.link('#/c');
    desk.dialogs = 2;
    tab.history.go(-1);
    expect([desk.dialogs, trail.hash(), tab.location.hash]).toEqual([1, '#/c', '#/c']);
    tab.history.go(-2);
    expect([desk.dialogs, trail.hash()]).toEqual([0, '#/c']);
    tab.history.go(-1);
    expect(trail.hash()).toBe('#/b');
    desk.dialogs = 1;
    tab.history.go(1);
    expect([desk.dialogs, trail.hash(), tab.location.hash]).toEqual([0, '#/b', '#/b']);
  });

  it('shows the place of the address after any walk, and never leaves without a warning right before', () => {
    type Step = { do: 'go' | 'replace' | 'link'; to: string } | { do: 'step'; by: number } | { do: 'dialog' | 'wait' };
    const to = fc.constantFrom('#/a', '#/b', '#/c');
    const step: fc.Arbitrary<Step> = fc.oneof(
      fc.record({ do: fc.constantFrom('go' as const, 'replace' as const, 'link' as const), to }),
      { weight: 3, arbitrary: fc.record({ do: fc.constant('step' as const), by: fc.constantFrom(-2, -1, -1, 1, 2) }) },
      fc.record({ do: fc.constantFrom('dialog' as const, 'wait' as const) }),
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        const { tab, desk, trail } = open();
        tab.fire('pointerdown');
        let warnedAt = Number.NEGATIVE_INFINITY;
        for (const one of steps) {
          const [before, dialogs, warnings] = [trail.hash(), desk.dialogs, desk.warned.mock.calls.length];
          // More than one step back over the floor is the browser's own menu: the host chose a page by its name.
          if (one.do === 'step' && tab.at + one.by >= 1) {
            tab.history.go(one.by);
            if (tab.gone) {
              expect(desk.time - warnedAt).toBeLessThan(5000);
              expect(warnings).toBeGreaterThan(0);
              return;
            }
            if (dialogs > 0 && desk.dialogs < dialogs) expect(trail.hash()).toBe(before);
          } else if (one.do === 'go' || one.do === 'replace') trail.go(one.to, one.do === 'replace');
          else if (one.do === 'link') tab.link(one.to);
          else if (one.do === 'dialog') desk.dialogs = 1;
          else if (one.do === 'wait') desk.time += 6000;
          expect(trail.hash()).toBe(tab.location.hash);
          if (desk.warned.mock.calls.length > warnings) warnedAt = desk.time;
        }
      }),
      { numRuns: runs(300, 20_000) },
    );
  });
});
