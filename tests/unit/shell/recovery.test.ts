import { beforeEach, expect, test } from 'vitest';
import { reloadDelay, reviveContents } from '../../../electron/shell/recovery.ts';
import { FakeContents } from './fakes.ts';

let contents: FakeContents;
let clock: number;
let timers: { at: number; work: () => void }[];

function pass(ms: number): void {
  clock += ms;
  const due = timers.filter(({ at }) => at <= clock);
  timers = timers.filter(({ at }) => at > clock);
  for (const { work } of due) work();
}

beforeEach(() => {
  contents = new FakeContents();
  clock = 0;
  timers = [];
  reviveContents(contents.asContents(), {
    log: () => undefined,
    now: () => clock,
    later: (work, ms) => {
      const timer = { at: clock + ms, work };
      timers.push(timer);
      return {
        cancel: () => {
          timers = timers.filter((other) => other !== timer);
        },
      };
    },
  });
});
const falls = () => contents.emit('render-process-gone', {}, { reason: 'crashed', exitCode: 1 });

test('waits double from half a second to half a minute', () => {
  expect([1, 2, 3, 6, 7, 8, 100].map(reloadDelay)).toEqual([500, 1000, 2000, 16_000, 30_000, 30_000, 30_000]);
});

test('a page whose process is gone is loaded again, each time a little later', () => {
  falls();
  pass(499);
  expect(contents.reloads).toBe(0);
  pass(1);
  expect(contents.reloads).toBe(1);
  falls();
  pass(999);
  expect(contents.reloads).toBe(1);
  pass(1);
  expect(contents.reloads).toBe(2);
  pass(60_001);
  falls();
  pass(500);
  expect(contents.reloads).toBe(3);
});

test('a load that fails is tried again, one replaced by another is not', () => {
  contents.emit('did-fail-load', {}, -3, 'ERR_ABORTED', 'app://studio/', true);
  contents.emit('did-fail-load', {}, -6, 'ERR_FILE_NOT_FOUND', 'app://studio/x', false);
  expect(timers).toHaveLength(0);
  contents.emit('did-fail-load', {}, -2, 'ERR_FAILED', 'app://studio/', true);
  falls();
  pass(500);
  expect(contents.reloads).toBe(1);
});

test('a hanging page is taken down after ten seconds, unless it comes back', () => {
  contents.emit('unresponsive');
  contents.emit('unresponsive');
  pass(9_999);
  contents.emit('responsive');
  pass(60_000);
  expect(contents.crashes).toBe(0);
  contents.emit('unresponsive');
  pass(10_000);
  expect(contents.crashes).toBe(1);
});

test('nothing is done to a window that is gone', () => {
  falls();
  contents.destroyed = true;
  pass(500);
  expect(contents.reloads).toBe(0);
});
