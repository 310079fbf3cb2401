import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { add, type Counts } from './counts.ts';
import { install, mayInstall, missingFor } from './packages.ts';
import { projectRoot } from './paths.ts';
import { runSuite, type Suite, suites } from './suites.ts';

/**
 * `npm test`: what the tests need, then every suite, then one line that sums them up. With `--long` (`npm run test:long`)
 * generated tests try far more cases (`tests/fixtures/runs.ts`).
 */
if (process.argv.includes('--long')) process.env.PHONOMATON_LONG = '1';
const skipped = (process.env.PHONOMATON_SKIP ?? '').split(',').map((name) => name.trim());
const chosen = suites.filter(({ name }) => !skipped.includes(name));
const root = projectRoot();
const results: { name: string; counts: Counts; seconds: number }[] = [];

const heading = (name: string) => console.log(`\n── ${name} ${'─'.repeat(Math.max(3, 70 - name.length))}`);

async function step(name: string, work: () => Promise<Counts>): Promise<void> {
  const begun = performance.now();
  const counts = await work();
  results.push({ name, counts, seconds: (performance.now() - begun) / 1000 });
}

async function systemPackages(): Promise<Counts> {
  const names = chosen.map(({ name }) => name);
  const missing = missingFor(names);
  if (missing.length > 0 && mayInstall()) {
    console.log(`Installing: ${missing.map(({ name }) => name).join(', ')} (a few minutes on a bare machine)`);
    await install(missing.flatMap(({ debian }) => debian));
  }
  const still = missingFor(names);
  for (const need of still) {
    console.error(`Missing: ${need.name}. Tests of ${need.suites.join(', ')} that use it will fail.`);
    console.error(`  On Debian, as root: apt-get install ${need.debian.join(' ')}`);
  }
  if (still.length === 0) console.log('Everything the tests need is here.');
  return { passed: 0, failed: still.length, skipped: 0 };
}

heading('system packages');
await step('system packages', systemPackages);
const isBeside = (suite: Suite) => chosen.some(({ name }) => name === suite.beside);
for (const suite of chosen.filter((one) => !isBeside(one))) {
  const others = chosen.filter(({ beside }) => beside === suite.name);
  const folder = mkdtempSync(join(tmpdir(), 'phonomaton-output-'));
  const output = (name: string) => join(folder, `${name}.txt`);
  heading([suite, ...others].map(({ name }) => name).join(' and '));
  await Promise.all([
    step(suite.name, () => runSuite(suite, root)),
    ...others.map((other) => step(other.name, () => runSuite(other, root, output(other.name)))),
  ]);
  for (const { name } of others) {
    heading(name);
    process.stdout.write(readFileSync(output(name)));
  }
  rmSync(folder, { recursive: true, force: true });
}

console.log(`\n── summary ${'─'.repeat(63)}`);
for (const { name, counts, seconds } of results) {
  const { passed, failed, skipped: left } = counts;
  console.log(`${name.padEnd(16)} ${passed} passed, ${failed} failed, ${left} skipped  (${seconds.toFixed(1)} s)`);
}
for (const { name } of suites.filter((suite) => !chosen.includes(suite))) {
  console.log(`${name.padEnd(16)} left out by PHONOMATON_SKIP`);
}
const total = add(results.map(({ counts }) => counts));
console.log(`\n${total.passed} passed, ${total.failed} failed`);
process.exitCode = total.failed === 0 ? 0 : 1;
