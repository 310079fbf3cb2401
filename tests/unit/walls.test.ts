import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { projectRoot } from '../../electron/launch/paths.ts';
import { breaches } from '../../electron/launch/walls.ts';

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

/** A small house in a folder of its own; every file is used by another, so that nothing but the wall in question falls. */
const sound: Record<string, string> = {
  'shared/domain/words.ts': `export const word = 'portrait';`,
  'renderer/booth/main.tsx': `import { word } from '../../shared/domain/words.ts'; console.log(word);`,
  'electron/main.ts': `import { app } from 'electron'; import { power } from './shell/power.ts'; import { door } from './door/door.ts'; console.log(app, power, door);`,
  'electron/serve.ts': `import { studio } from './studio/studio.ts'; console.log(studio);`,
  'electron/shell/power.ts': `import type { App } from 'electron'; export const power = (app: App) => app;`,
  'electron/door/door.ts': `import type { Studio } from '../studio/studio.ts'; export const door = (studio: Studio) => studio;`,
  'electron/studio/studio.ts': `import { library } from './library/library.ts'; import { run } from './audio/ffmpeg.ts'; export const studio = { library, run }; export type Studio = typeof studio;`,
  'electron/studio/library/library.ts': `import Database from 'better-sqlite3'; export const library = Database;`,
  'electron/studio/audio/ffmpeg.ts': `import ffmpeg from 'fluent-ffmpeg'; import carried from '@ffmpeg-installer/ffmpeg'; export const run = [ffmpeg, carried];`,
};

async function breachesWith(changed: Record<string, string>): Promise<string[]> {
  const root = mkdtempSync(join(tmpdir(), 'walls-'));
  folders.push(root);
  const packages = Object.fromEntries(
    ['electron', 'fluent-ffmpeg', '@ffmpeg-installer/ffmpeg', 'better-sqlite3'].map((name) => [name, '1']),
  );
  writeFileSync(join(root, 'package.json'), JSON.stringify({ dependencies: packages }));
  for (const name of [...Object.keys(packages), 'left-pad']) {
    const folder = join(root, 'node_modules', name);
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'package.json'), JSON.stringify({ name, main: 'index.js' }));
    writeFileSync(join(folder, 'index.js'), '');
  }
  for (const [path, text] of Object.entries({ ...sound, ...changed })) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  return breaches(root);
}

test('every wall of this house stands', async () => {
  expect(await breaches(projectRoot())).toEqual([]);
});

test('a sound little house has no breach', async () => {
  expect(await breachesWith({})).toEqual([]);
});

const added = (path: string, text: string) => ({ [path]: `${sound[path]}\n${text}` });

test.each<[string, Record<string, string>]>([
  [
    'renderer-knows-only-shared',
    added('renderer/booth/main.tsx', `import { door } from '../../electron/door/door.ts'; console.log(door);`),
  ],
  [
    'renderer-knows-only-shared',
    added(
      'renderer/booth/main.tsx',
      `import type { Studio } from '../../electron/studio/studio.ts'; export type S = Studio;`,
    ),
  ],
  [
    'pages-have-no-node',
    added('renderer/booth/main.tsx', `import { readFile } from 'node:fs'; console.log(readFile);`),
  ],
  ['electron-never-knows-renderer', added('electron/door/door.ts', `import '../../renderer/booth/main.tsx';`)],
  [
    'shared-knows-nothing-of-the-house',
    added('shared/domain/words.ts', `import { power } from '../../electron/shell/power.ts'; console.log(power);`),
  ],
  [
    'shared-does-no-io',
    added('shared/domain/words.ts', `import { readFile } from 'node:fs/promises'; console.log(readFile);`),
  ],
  [
    'services-meet-only-in-studio',
    added('electron/studio/audio/ffmpeg.ts', `import { library } from '../library/library.ts'; console.log(library);`),
  ],
  [
    'services-meet-only-in-studio',
    added(
      'electron/studio/audio/ffmpeg.ts',
      `import type { library } from '../library/library.ts'; export type L = typeof library;`,
    ),
  ],
  [
    'nothing-inside-studio-knows-the-composition',
    added('electron/studio/audio/ffmpeg.ts', `import type { Studio } from '../studio.ts'; export type S = Studio;`),
  ],
  [
    'services-know-neither-door-nor-shell',
    added('electron/studio/audio/ffmpeg.ts', `import { door } from '../../door/door.ts'; console.log(door);`),
  ],
  [
    'the-door-knows-no-shell',
    added('electron/door/door.ts', `import { power } from '../shell/power.ts'; console.log(power);`),
  ],
  [
    'the-shell-knows-only-shared',
    added('electron/shell/power.ts', `import { door } from '../door/door.ts'; console.log(door);`),
  ],
  [
    'only-composition-roots-build-the-studio',
    added('electron/shell/power.ts', `import { studio } from '../studio/studio.ts'; console.log(studio);`),
  ],
  [
    'programs-are-started-in-one-place',
    added('electron/studio/audio/ffmpeg.ts', `import { spawn } from 'node:child_process'; console.log(spawn);`),
  ],
  [
    'programs-know-nothing-of-the-house',
    {
      ...added('electron/studio/audio/ffmpeg.ts', `import { start } from '../../programs/run.ts'; console.log(start);`),
      'electron/programs/run.ts': `import { word } from '../../shared/domain/words.ts'; export const start = word;`,
    },
  ],
  [
    'fluent-ffmpeg-in-one-file',
    { 'electron/studio/audio/other.ts': `import ffmpeg from 'fluent-ffmpeg'; console.log(ffmpeg);` },
  ],
  [
    'ffmpeg-binary-only-in-audio',
    added('electron/door/door.ts', `import ffmpeg from '@ffmpeg-installer/ffmpeg'; console.log(ffmpeg);`),
  ],
  [
    'sqlite-only-in-library',
    added('electron/door/door.ts', `import Database from 'better-sqlite3'; console.log(Database);`),
  ],
  [
    'electron-only-in-the-shell',
    added('electron/door/door.ts', `import type { App } from 'electron'; export type A = App;`),
  ],
  ['electron-by-type-only', added('electron/shell/power.ts', `import { app } from 'electron'; console.log(app);`)],
  ['electron-by-type-only', added('electron/shell/power.ts', `export const later = () => import('electron');`)],
  ['no-circles', added('shared/domain/words.ts', `import type { Other } from './other.ts'; export type O = Other;`)],
  ['no-orphans', { 'shared/domain/alone.ts': 'export const alone = 1;' }],
  ['only-what-the-package-names', added('electron/door/door.ts', `import pad from 'left-pad'; console.log(pad);`)],
  ['no-unresolved-imports', added('electron/door/door.ts', `import { gone } from './gone.ts'; console.log(gone);`)],
])('%s falls when it is broken (%#)', async (wall, changed) => {
  const circle = { 'shared/domain/other.ts': `import { word } from './words.ts'; export type Other = typeof word;` };
  const found = await breachesWith(wall === 'no-circles' ? { ...changed, ...circle } : changed);
  expect(found.map((line) => line.split(':')[0])).toContain(wall);
});
