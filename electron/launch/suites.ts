import { spawn } from 'node:child_process';
import { closeSync, existsSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Counts, countReport } from './counts.ts';

export interface Suite {
  /** As named in `PHONOMATON_SKIP` and in package.json's scripts. */
  name: string;
  /** npm script that runs it. */
  script: string;
  /** `report`: the runner writes JSON with its counts; `exit`: the command as a whole is one test. */
  counted: 'report' | 'exit';
  /** Runs at the same time as that suite, where both are run: each leaves the processor idle while it waits. */
  beside?: string;
}

/** In the order they run: what is quick and cheap to mend comes first. */
export const suites: Suite[] = [
  { name: 'types', script: 'types', counted: 'exit' },
  { name: 'lint', script: 'lint', counted: 'exit' },
  { name: 'unit', script: 'test:unit', counted: 'report' },
  { name: 'integration', script: 'test:integration', counted: 'report' },
  { name: 'rig', script: 'test:rig', counted: 'report', beside: 'integration' },
  { name: 'build', script: 'build', counted: 'exit' },
  { name: 'e2e', script: 'test:e2e', counted: 'report' },
];

/**
 * Runs one suite in `root` and answers how it ended. Its output passes through, or is kept in `output` (a path) so that
 * the words of two suites do not mix.
 */
export async function runSuite(suite: Suite, root: string, output?: string): Promise<Counts> {
  const folder = mkdtempSync(join(tmpdir(), 'phonomaton-report-'));
  const report = join(folder, 'report.json');
  try {
    const args = suite.counted === 'report' ? ['--', ...reporters(suite, report)] : [];
    const code = await run(
      'npm',
      ['run', '--silent', suite.script, ...args],
      root,
      {
        // The file Playwright's JSON reporter writes to.
        PLAYWRIGHT_JSON_OUTPUT_NAME: report,
      },
      output,
    );
    if (suite.counted === 'exit') return { passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1, skipped: 0 };
    return countReport(existsSync(report) ? readFileSync(report, 'utf8') : null, code);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function reporters(suite: Suite, report: string): string[] {
  if (suite.name === 'e2e') return ['--reporter=list,json'];
  return ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
}

function run(
  command: string,
  args: string[],
  cwd: string,
  extra: NodeJS.ProcessEnv,
  output: string | undefined,
): Promise<number | null> {
  const out = output === undefined ? undefined : openSync(output, 'w');
  const child = spawn(command, args, {
    cwd,
    stdio: ['ignore', out ?? 'inherit', out ?? 'inherit'],
    env: { ...process.env, ...extra },
    // npm is a .cmd file on Windows, which only a shell can run.
    shell: process.platform === 'win32',
  });
  if (out !== undefined) closeSync(out);
  return new Promise((resolve) => {
    child.on('error', () => resolve(null));
    child.on('exit', resolve);
  });
}
