import { hasDisplay } from './browser.ts';
import { build, isStale } from './build.ts';
import { fetchElectron, findElectron } from './electron-binary.ts';
import { projectRoot } from './paths.ts';
import { runElectron } from './start-electron.ts';
import { readStartOptions, type StartOptions, startHelp } from './start-options.ts';
import { runServed } from './start-served.ts';
import { say, warn } from './words.ts';

/** `npm start`: Electron where it is or can be had, else the same booth in a browser, else its address. */
async function start(options: StartOptions): Promise<number> {
  const root = projectRoot();
  if (isStale(root)) {
    const begun = performance.now();
    say('Construction des pages…', 'Building the pages…');
    await build(root);
    const seconds = ((performance.now() - begun) / 1000).toFixed(1);
    say(`Construit en ${seconds} s`, `Built in ${seconds} s`);
  }
  const electron = await chooseElectron(root, options);
  if (electron) {
    const code = await runElectron(electron, root, options);
    if (code !== null) return code;
    warn('Electron ne démarre pas ici ; on passe au navigateur.', 'Electron does not come up here; using the browser.');
  }
  return runServed(root, options);
}

async function chooseElectron(root: string, options: StartOptions): Promise<string | null> {
  if (options.electron === 'never') return null;
  if (!hasDisplay()) {
    say(
      'Pas d’écran ici : la cabine sera servie sans Electron.',
      'No display here: the booth is served without Electron.',
    );
    return null;
  }
  const found = findElectron(root);
  if (found) return found;
  say('Electron n’est pas encore là, on le cherche…', 'Electron is not here yet, looking for it…');
  const fetched = await fetchElectron({ root, retry: options.electron === 'retry' });
  if ('path' in fetched) return fetched.path;
  if (fetched.missing === 'remembered') {
    say(
      'Introuvable la dernière fois (--electron pour réessayer).',
      'Not to be had last time (--electron tries again).',
    );
  } else if (fetched.missing === 'unreachable') {
    warn('Le serveur d’Electron ne répond pas.', 'The host of Electron does not answer.');
  } else {
    warn('Le téléchargement d’Electron a échoué.', 'The download of Electron failed.');
  }
  return null;
}

try {
  const options = readStartOptions(process.argv.slice(2));
  if (options.help) console.log(startHelp);
  else process.exit(await start(options));
} catch (error) {
  warn('Impossible de démarrer :', 'cannot start:');
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
