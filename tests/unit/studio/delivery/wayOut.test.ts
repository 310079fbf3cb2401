import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { ownAddresses, watchWayOut } from '../../../../electron/studio/delivery/wayOut.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

test('a new address is told once; one that goes away is not', () => {
  let addresses = ['10.0.0.2/24'];
  const onNew = vi.fn();
  const watch = watchWayOut({ addresses: () => addresses, everyMs: 5000, onNew });
  watch.start();
  vi.advanceTimersByTime(20_000);
  expect(onNew).not.toHaveBeenCalled();
  addresses = [];
  vi.advanceTimersByTime(5000);
  expect(onNew).not.toHaveBeenCalled();
  // The same address again after an interruption is a new way out.
  addresses = ['10.0.0.2/24'];
  vi.advanceTimersByTime(20_000);
  expect(onNew).toHaveBeenCalledTimes(1);
  addresses = ['10.0.0.2/24', '192.168.1.4/24'];
  vi.advanceTimersByTime(5000);
  expect(onNew).toHaveBeenCalledTimes(2);
  watch.stop();
  addresses = ['172.16.0.1/12'];
  vi.advanceTimersByTime(20_000);
  expect(onNew).toHaveBeenCalledTimes(2);
});

test('loopback is no way out', () => {
  for (const address of ownAddresses()) expect(address).not.toMatch(/^(127\.|::1\/)/);
});
