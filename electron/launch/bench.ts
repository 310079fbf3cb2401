import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from './paths.ts';

/**
 * `npm run bench [-- name… number…]`: runs every tests/bench/*.bench.ts, or those whose name holds one of the words given.
 * Numbers are handed to them (`-- soak 2` soaks for two minutes).
 */
const folder = join(projectRoot(), 'tests', 'bench');
const isNumber = (argument: string) => /^[\d.]+$/.test(argument);
const words = process.argv.slice(2).filter((argument) => !isNumber(argument));
const numbers = process.argv.slice(2).filter(isNumber);
const files = readdirSync(folder)
  .filter((name) => name.endsWith('.bench.ts') && (words.length === 0 || words.some((word) => name.includes(word))))
  .sort();
if (files.length === 0) {
  console.error(`No measurement of that name in ${folder}`);
  process.exitCode = 2;
}
// One after the other: each wants the machine to itself.
for (const file of files) {
  console.log(`\n── ${file} ${'─'.repeat(Math.max(3, 70 - file.length))}`);
  const { status } = spawnSync(process.execPath, [join(folder, file), ...numbers], {
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  if (status !== 0) process.exitCode = 1;
}
