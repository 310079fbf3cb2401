import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const root = join(import.meta.dirname, '../../../..');

/**
 * Who may read a clock by themselves. `machine`: the wall clock; whatever is written down, shown or decided by date goes
 * by the studio's. A count of milliseconds from any beginning (`performance.now`) is no clock and free to all.
 */
const mayRead: Record<string, string> = {
  'electron/studio/studio.ts': 'hands the system clock to the studio’s own',
  'electron/shell/recovery.ts': 'counts falls of a window in a row',
  'electron/launch/kiosk.ts': 'counts falls of a window in a row',
  'electron/launch/electron-binary.ts': 'remembers a failed download for a day',
  'electron/launch/build.ts': 'compares the times of files',
  'renderer/booth-time.ts': 'until the booth’s first answer',
};

/** A reading of the wall clock: in code, or by SQLite itself. */
const reading =
  /\bnew Date\(\)|\bDate\.now\b|\bDate\(\)|CURRENT_(TIMESTAMP|DATE|TIME)\b|unixepoch\(\)|\b(datetime|date|time|julianday|strftime)\(\s*'(now|%[^']*)'\s*[,)](?!\s*[a-z])/;

function filesOf(folder: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.(ts|tsx|mjs)$/.test(name))
    .map((name) => `${folder}/${name}`);
}
const without = (code: string) => code.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(^|\s)\/\/.*$/gm, '');

it('reads the machine’s clock in few places, each with its reason', () => {
  const readers = ['electron', 'renderer', 'shared']
    .flatMap(filesOf)
    .filter((file) => reading.test(without(readFileSync(join(root, file), 'utf8'))));
  expect(readers.sort()).toEqual(Object.keys(mayRead).sort());
});

it.each([
  'const at = new Date();',
  'const at = Date.now();',
  'later(Date.now)',
  "INSERT INTO audit (at) VALUES (datetime('now'))",
  "strftime('%Y-%m-%dT%H:%M:%fZ', 'now')",
  'at TEXT DEFAULT CURRENT_TIMESTAMP',
])('knows a reading when it sees one: %s', (code) => {
  expect(reading.test(code)).toBe(true);
});
it.each(['new Date(now())', "new Date('2026-01-01')", 'performance.now()', 'date(created_at)'])(
  'and what is none: %s',
  (code) => {
    expect(reading.test(code)).toBe(false);
  },
);
