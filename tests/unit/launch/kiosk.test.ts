import type { ChildProcess } from 'node:child_process';
import { EventEmitter } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { browserWindow, reopenDelay } from '../../../electron/launch/kiosk.ts';

class FakeBrowser extends EventEmitter {
  exitCode: number | null = null;
  signals: string[] = [];
  kill(signal: string) {
    this.signals.push(signal);
    this.end(0);
  }
  end(code: number) {
    this.exitCode = code;
    this.emit('exit', code);
  }
}

let folder: string;
let browsers: FakeBrowser[];
let closedByHand: number;
let fallen: [number, number | null][];

beforeEach(() => {
  vi.useFakeTimers();
  folder = mkdtempSync(join(tmpdir(), 'kiosk-'));
  browsers = [];
  closedByHand = 0;
  fallen = [];
});
afterEach(() => {
  vi.useRealTimers();
  rmSync(folder, { recursive: true });
});

const make = () =>
  browserWindow({
    executable: '/usr/bin/chromium',
    url: 'http://127.0.0.1:7411',
    folder,
    kiosk: true,
    asRoot: false,
    onClosed: () => {
      closedByHand += 1;
    },
    onFallen: (times, delay) => fallen.push([times, delay]),
    start: () => {
      const browser = new FakeBrowser();
      browsers.push(browser);
      return browser as unknown as ChildProcess;
    },
  });

test('a window closed by hand stays shut until it is asked for', () => {
  const window = make();
  window.open();
  window.open();
  expect(browsers).toHaveLength(1);
  browsers[0]?.end(0);
  vi.advanceTimersByTime(120_000);
  expect([browsers.length, closedByHand]).toEqual([1, 1]);
  window.open();
  expect(browsers).toHaveLength(2);
});

test('a browser that falls over opens again, later each time, and not for ever', () => {
  make().open();
  for (let fall = 0; fall < 6; fall++) {
    browsers.at(-1)?.end(139);
    vi.advanceTimersByTime(8_000);
  }
  expect(fallen).toEqual([
    [1, 500],
    [2, 1000],
    [3, 2000],
    [4, 4000],
    [5, 8000],
    [6, null],
  ]);
  expect(browsers).toHaveLength(6);
  expect(reopenDelay(7)).toBeNull();
});

test('a browser that stood for a minute starts a new count', () => {
  make().open();
  browsers[0]?.end(139);
  vi.advanceTimersByTime(500);
  vi.advanceTimersByTime(60_001);
  browsers[1]?.end(139);
  expect(fallen).toEqual([
    [1, 500],
    [1, 500],
  ]);
});

test('closing ends the browser and cancels what was to come', async () => {
  const window = make();
  window.open();
  await window.close();
  expect(browsers[0]?.signals).toEqual(['SIGTERM']);
  expect(closedByHand).toBe(0);

  const falling = make();
  falling.open();
  browsers[1]?.end(139);
  await falling.close();
  vi.advanceTimersByTime(60_000);
  expect(browsers).toHaveLength(2);
});
