import { spawn } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { build, isStale } from './build.ts';
import { fetchElectron, findElectron } from './electron-binary.ts';
import { electronVersion, keepOurs, makeHollow, tryArchive, unpackedIn } from './pack-archive.ts';
import { projectRoot } from './paths.ts';
import { say, warn } from './words.ts';

/** How far `npm run package` came, as its exit code says it. */
const exits = { installers: 0, failed: 1, archiveOnly: 3, withoutInstallers: 4 } as const;

const root = projectRoot();
const release = join(root, 'release');

async function pack(): Promise<number> {
  if (isStale(root)) {
    say('Construction…', 'Building…');
    await build(root);
  }
  if (!(await haveElectron())) return packArchive();

  say('Application…', 'The application…');
  if (!(await builder(['--dir']))) return exits.failed;
  say('Installateurs…', 'Installers…');
  if (await builder([])) {
    say(`Tout est dans ${release}.`, `Everything is in ${release}.`);
    return exits.installers;
  }
  warn(
    `Arrêt aux installateurs : leurs outils manquent ici. L’application est dans ${release}.`,
    'stopped at the installers: their tools are missing here. The application itself stands.',
  );
  return exits.withoutInstallers;
}

async function haveElectron(): Promise<boolean> {
  if (findElectron(root)) return true;
  say('Electron n’est pas encore là, on le cherche…', 'Electron is not here yet, looking for it…');
  return 'path' in (await fetchElectron({ root, retry: true }));
}

/** Without Electron's binary: everything of ours, packed, looked through and run once. */
async function packArchive(): Promise<number> {
  const hollow = join(release, 'hollow');
  mkdirSync(release, { recursive: true });
  await makeHollow(hollow, electronVersion(root));
  // A hollow binary has no fuses to set.
  const config = join(release, 'hollow.json');
  writeFileSync(
    config,
    JSON.stringify({ extends: './electron-builder.yml', electronFuses: null, electronDist: hollow }),
  );
  const made = await builder(['--linux', '--dir', '--config', config]);
  rmSync(config);
  rmSync(hollow, { recursive: true });
  const unpacked = unpackedIn(release);
  if (!made || !unpacked) return exits.failed;
  const kept = join(release, 'without-electron');
  keepOurs(unpacked, kept);
  tryArchive(kept);
  warn(
    `Arrêt : le binaire d’Electron ne peut pas être téléchargé ici, donc ni application ni installateur.`,
    "stopped: Electron's binary cannot be had here, so neither application nor installers.",
  );
  say(`L’archive est faite et vérifiée : ${kept}`, 'The archive is made, looked through and run once.');
  return exits.archiveOnly;
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
