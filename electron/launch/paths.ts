import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import envPaths from 'env-paths';

/**
 * Folder that holds the project's package.json, found by going up from `from`: the checkout when run from source or
 * from dist/, `…/resources/app.asar` when installed. Throws when there is none above.
 */
export function projectRoot(from: string = import.meta.dirname): string {
  for (let folder = resolve(from); ; folder = dirname(folder)) {
    const manifest = join(folder, 'package.json');
    if (existsSync(manifest) && JSON.parse(readFileSync(manifest, 'utf8')).name === 'phonomaton') return folder;
    if (folder === dirname(folder)) throw new Error(`No phonomaton package.json above ${from}`);
  }
}

/**
 * Folder of icons, sounds, consent texts and question sets. Installed, it lies beside the archive and not in it: other
 * programs (ffmpeg) read from it.
 */
export function resourcesDir(root: string = projectRoot()): string {
  return root.endsWith('.asar') ? join(dirname(root), 'resources') : join(root, 'resources');
}

/** Folder of the built pages, served at `/`. */
export function rendererDir(root: string = projectRoot()): string {
  return join(root, 'dist', 'renderer');
}

/** Folder of the sounds that ship with the booth, served at `/sounds/`. */
export function soundsDir(root: string = projectRoot()): string {
  return join(resourcesDir(root), 'sounds');
}

/** The built preload, one CommonJS file. */
export function preloadFile(root: string = projectRoot()): string {
  return join(root, 'dist', 'preload', 'preload.cjs');
}

/**
 * Folder that holds the library, the masters and the settings: where `PHONOMATON_DATA` points, else the platform's
 * user-data folder. A demonstration has a folder of its own beside it, so that it never mixes with real portraits.
 */
export function dataDir(demo: boolean, environment: NodeJS.ProcessEnv = process.env): string {
  const given = environment.PHONOMATON_DATA?.trim();
  const chosen = given ? resolve(given) : envPaths('phonomaton', { suffix: '' }).data;
  return demo ? `${chosen}-demo` : chosen;
}
