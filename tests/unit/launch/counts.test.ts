import { expect, test } from 'vitest';
import { add, countReport } from '../../../electron/launch/counts.ts';

const vitest = (passed: number, failed: number, pending = 0) =>
  JSON.stringify({ numPassedTests: passed, numFailedTests: failed, numPendingTests: pending, numTodoTests: 0 });
const playwright = (stats: object) =>
  JSON.stringify({ stats: { expected: 0, unexpected: 0, flaky: 0, skipped: 0, ...stats } });

test('counts both runners’ reports', () => {
  expect(countReport(vitest(5, 2, 1), 1)).toEqual({ passed: 5, failed: 2, skipped: 1 });
  expect(countReport(vitest(5, 0), 0)).toEqual({ passed: 5, failed: 0, skipped: 0 });
  expect(countReport(playwright({ expected: 3, skipped: 2 }), 0)).toEqual({ passed: 3, failed: 0, skipped: 2 });
  expect(countReport(playwright({ expected: 3, unexpected: 1, flaky: 1 }), 1)).toMatchObject({ passed: 3, failed: 2 });
});

test.each([
  ['no report', null, 0],
  ['a report cut short', '{"numPassed', 0],
  ['a report of another kind', '{"tests": 3}', 0],
  ['a report of nothing', vitest(0, 0), 0],
  ['a report of skipped tests alone', vitest(0, 0, 4), 0],
  ['a runner killed', vitest(0, 0), null],
])('%s is one failure', (_what, text, code) => {
  expect(countReport(text, code).failed).toBe(1);
});

test('a runner that ends badly without a failed test is a failure beside what passed', () => {
  expect(countReport(vitest(7, 0), 1)).toEqual({ passed: 7, failed: 1, skipped: 0 });
  expect(countReport(playwright({ expected: 7 }), null)).toEqual({ passed: 7, failed: 1, skipped: 0 });
});

test('sums up', () => {
  expect(add([countReport(vitest(5, 2, 1), 1), countReport(null, 1)])).toEqual({ passed: 5, failed: 3, skipped: 1 });
  expect(add([])).toEqual({ passed: 0, failed: 0, skipped: 0 });
});
