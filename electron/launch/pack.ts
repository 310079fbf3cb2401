import { spawn } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { createPackage, listPackage } from '@electron/asar';
import { build, isStale } from './build.ts';
import { fetchElectron, findElectron } from './electron-binary.ts';
import { projectRoot } from './paths.ts';
import { say, warn } from './words.ts';

/** How far `npm run package` came, as its exit code says it. */
const exits = { installers: 0, failed: 1, archiveOnly: 3, withoutInstallers: 4 } as const;

const root = projectRoot();
const release = join(root, 'release');

/** What the archive has to hold, besides bundles with names of their own. */
const wanted = [
  '/package.json',
  '/dist/main/main.js',
  '/dist/preload/preload.cjs',
  '/dist/renderer/index.html',
  '/dist/renderer/desk.html',
  '/node_modules/better-sqlite3/lib/index.js',
  '/node_modules/fluent-ffmpeg/lib/fluent-ffmpeg.js',
  '/node_modules/@ffmpeg-installer/ffmpeg/index.js',
];

async function pack(): Promise<number> {
  if (isStale(root)) {
    say('Construction…', 'Building…');
    await build(root);
  }
  const electron = await binary();
  if (!electron) return packArchive();

  say('Application…', 'The application…');
  if (!(await builder(['--dir']))) return exits.failed;
  say('Installateurs…', 'Installers…');
  if (await builder([])) {
    say(`Tout est dans ${release}.`, `Everything is in ${release}.`);
    return exits.installers;
  }
  warn(
    `Arrêt aux installateurs (leurs outils n’ont pas pu être téléchargés ?). L’application est dans ${release}.`,
    'stopped at the installers; the application itself stands.',
  );
  return exits.withoutInstallers;
}

async function binary(): Promise<string | null> {
  const found = findElectron(root);
  if (found) return found;
  const fetched = await fetchElectron({ root, retry: true });
  return 'path' in fetched ? fetched.path : null;
}

/** Without Electron's binary: everything of ours, packed and looked through, around a hollow stand-in that is thrown away. */
async function packArchive(): Promise<number> {
  const hollow = join(release, 'hollow');
  await makeHollow(hollow);
  const made = await builder(['--dir', '-c.electronFuses=null', `-c.electronDist=${hollow}`]);
  rmSync(hollow, { recursive: true });
  const unpacked = ['linux-unpacked', 'linux-arm64-unpacked'].map((name) => join(release, name)).find(existsSync);
  if (!made || !unpacked) return exits.failed;
  const resources = join(unpacked, 'resources');
  const entries = new Set(listPackage(join(resources, 'app.asar'), { isPack: false }));
  const missing = wanted.filter((name) => !entries.has(name));
  if (missing.length > 0) throw new Error(`app.asar lacks ${missing.join(', ')}`);
  const kept = join(release, 'without-electron');
  rmSync(kept, { recursive: true, force: true });
  cpSync(resources, kept, { recursive: true });
  rmSync(unpacked, { recursive: true });
  warn(
    `Arrêt : sans le binaire d’Electron (github.com ne répond pas), ni application ni installateur. L’archive est prête : ${kept}`,
    "stopped before the application: Electron's binary cannot be had here. The archive is made and looked through.",
  );
  return exits.archiveOnly;
}

async function makeHollow(folder: string): Promise<void> {
  const { version } = JSON.parse(readFileSync(join(root, 'node_modules/electron/package.json'), 'utf8'));
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(join(folder, 'locales'), { recursive: true });
  mkdirSync(join(folder, 'resources'), { recursive: true });
  mkdirSync(join(folder, 'empty'));
  writeFileSync(join(folder, 'empty/package.json'), '{}');
  await createPackage(join(folder, 'empty'), join(folder, 'resources/default_app.asar'));
  writeFileSync(join(folder, 'version'), version);
  writeFileSync(join(folder, 'electron'), '#!/bin/sh\nexit 1\n', { mode: 0o755 });
  for (const language of ['fr', 'en-GB', 'en-US', 'nl']) writeFileSync(join(folder, `locales/${language}.pak`), '');
}

function builder(args: string[]): Promise<boolean> {
  const cli = createRequire(import.meta.url).resolve('electron-builder/cli.js');
  const child = spawn(process.execPath, [cli, '--publish=never', ...args], {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  return new Promise((resolve) => {
    child.on('error', () => resolve(false));
    child.on('exit', (code) => resolve(code === 0));
  });
}

try {
  process.exitCode = await pack();
} catch (error) {
  warn('L’empaquetage a échoué :', 'packaging failed:');
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = exits.failed;
}
