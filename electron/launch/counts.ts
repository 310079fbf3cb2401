import { z } from 'zod';

/** How the tests of one suite ended. */
export interface Counts {
  passed: number;
  failed: number;
  skipped: number;
}

const vitestReport = z.object({
  numPassedTests: z.int(),
  numFailedTests: z.int(),
  numPendingTests: z.int(),
  numTodoTests: z.int().default(0),
});
const playwrightReport = z.object({
  stats: z.object({ expected: z.int(), unexpected: z.int(), flaky: z.int(), skipped: z.int() }),
});

/**
 * Reads the JSON report of vitest or of Playwright. A report that is missing or not understood counts as one failure,
 * and so does a runner that ended badly without a failed test (a file that did not load, an error between tests) or
 * that ran no test at all. A flaky test, passed at a second try, counts as failed.
 */
export function countReport(text: string | null, exitCode: number | null): Counts {
  const counts = read(text);
  if (!counts) return { passed: 0, failed: 1, skipped: 0 };
  const ranNone = counts.passed + counts.failed === 0;
  if (counts.failed === 0 && (exitCode !== 0 || ranNone)) return { ...counts, failed: 1 };
  return counts;
}

function read(text: string | null): Counts | null {
  let report: unknown;
  try {
    report = JSON.parse(text ?? '');
  } catch {
    return null;
  }
  const vitest = vitestReport.safeParse(report);
  if (vitest.success) {
    const { numPassedTests, numFailedTests, numPendingTests, numTodoTests } = vitest.data;
    return { passed: numPassedTests, failed: numFailedTests, skipped: numPendingTests + numTodoTests };
  }
  const playwright = playwrightReport.safeParse(report);
  if (!playwright.success) return null;
  const { expected, unexpected, flaky, skipped } = playwright.data.stats;
  return { passed: expected, failed: unexpected + flaky, skipped };
}

export function add(all: readonly Counts[]): Counts {
  const sum = { passed: 0, failed: 0, skipped: 0 };
  for (const one of all) {
    sum.passed += one.passed;
    sum.failed += one.failed;
    sum.skipped += one.skipped;
  }
  return sum;
}
