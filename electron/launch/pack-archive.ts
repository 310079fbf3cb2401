import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { createPackage, extractAll, listPackage } from '@electron/asar';

/** What the archive has to hold, besides bundles with names of their own. */
const wanted = [
  '/package.json',
  '/dist/main/main.js',
  '/dist/preload/preload.cjs',
  '/dist/renderer/index.html',
  '/dist/renderer/desk.html',
];

/** Makes a folder that electron-builder takes for an Electron, of one version and without anything in it. */
export async function makeHollow(folder: string, version: string): Promise<void> {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(join(folder, 'locales'), { recursive: true });
  mkdirSync(join(folder, 'resources'));
  mkdirSync(join(folder, 'empty'));
  writeFileSync(join(folder, 'empty/package.json'), '{}');
  await createPackage(join(folder, 'empty'), join(folder, 'resources/default_app.asar'));
  writeFileSync(join(folder, 'version'), version);
  writeFileSync(join(folder, 'electron'), '#!/bin/sh\nexit 1\n', { mode: 0o755 });
  for (const language of ['fr', 'en-GB', 'en-US', 'nl']) writeFileSync(join(folder, `locales/${language}.pak`), '');
}

/** Keeps what is ours of an application packed around a hollow Electron, and takes the rest away. */
export function keepOurs(unpacked: string, kept: string): void {
  rmSync(kept, { recursive: true, force: true });
  cpSync(join(unpacked, 'resources'), kept, { recursive: true });
  rmSync(join(kept, 'default_app.asar'), { force: true });
  rmSync(unpacked, { recursive: true });
}

/**
 * Looks through a packed archive and runs it: the studio in it has to open a library and serve the booth's page, and
 * its ffmpeg to say its version, with nothing but what was packed. Throws with what is wrong.
 *
 * @param resources folder that holds app.asar, app.asar.unpacked and resources
 */
export function tryArchive(resources: string): void {
  const archive = join(resources, 'app.asar');
  const entries = new Set(listPackage(archive, { isPack: false }).map((name) => name.replaceAll('\\', '/')));
  const missing = wanted.filter((name) => !entries.has(name));
  if (missing.length > 0) throw new Error(`app.asar lacks ${missing.join(', ')}`);

  const platform = `${process.platform}-${process.arch}`;
  const ffmpeg = join(resources, 'app.asar.unpacked/node_modules/@ffmpeg-installer', platform, 'ffmpeg');
  const asked = spawnSync(ffmpeg, ['-version'], { timeout: 20_000 });
  if (asked.status !== 0) throw new Error(`the packed ffmpeg does not run: ${asked.error?.message ?? asked.status}`);

  const folder = mkdtempSync(join(tmpdir(), 'phonomaton-archive-'));
  try {
    extractAll(archive, join(folder, 'app'));
    const script = `
      const { serve } = await import(${JSON.stringify(pathToFileURL(join(folder, 'app/dist/main/serve.js')).href)});
      const serving = await serve({
        dataDir: ${JSON.stringify(join(folder, 'data'))},
        resourcesDir: ${JSON.stringify(join(resources, 'resources'))},
        rendererDir: ${JSON.stringify(join(folder, 'app/dist/renderer'))},
        soundsDir: ${JSON.stringify(join(resources, 'resources/sounds'))},
        port: 0,
      });
      const { status } = await fetch(serving.url);
      await serving.close();
      if (status !== 200) throw new Error('the booth answers ' + status);`;
    const ran = spawnSync(process.execPath, ['--input-type=module', '--eval', script], {
      cwd: folder,
      encoding: 'utf8',
      timeout: 60_000,
    });
    if (ran.status !== 0) throw new Error(`the packed studio does not run:\n${ran.stderr}`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Version of the Electron this project is built for. */
export function electronVersion(root: string): string {
  return JSON.parse(readFileSync(join(root, 'node_modules/electron/package.json'), 'utf8')).version;
}

/** The folder electron-builder left an unpacked Linux application in, or undefined. */
export function unpackedIn(release: string): string | undefined {
  return ['linux-unpacked', 'linux-arm64-unpacked'].map((name) => join(release, name)).find((path) => existsSync(path));
}
