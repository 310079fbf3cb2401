import { createInterface } from 'node:readline';
import { sayStartProblem, systemLanguage } from '../../shared/i18n/start.ts';
import { findChromium, hasDisplay } from './browser.ts';
import { type BrowserWindow, browserWindow } from './kiosk.ts';
import { dataDir, rendererDir, resourcesDir, soundsDir } from './paths.ts';
import { freePort } from './port.ts';
import type { StartOptions } from './start-options.ts';
import { startProblem } from './start-problem.ts';
import { say, systemTags, warn } from './words.ts';

/**
 * Serves the booth on loopback and opens it in a browser where there is one; answers the exit code once it is ended, or 1
 * at once, after one sentence that says why, when it cannot be served.
 */
export async function runServed(root: string, options: StartOptions): Promise<number> {
  const { serve } = await import('../serve.ts');
  const port = options.portGiven ? options.port : await freePort(options.port);
  const data = dataDir(options.demo);
  const resources = resourcesDir(root);
  let served: Awaited<ReturnType<typeof serve>>;
  try {
    served = await serve({
      dataDir: data,
      resourcesDir: resources,
      rendererDir: rendererDir(root),
      soundsDir: soundsDir(root),
      port,
      demo: options.demo,
      log: (what, error) => console.error(what, error ?? ''),
    });
  } catch (error) {
    const problem = startProblem(error, { dataDir: data, resourcesDir: resources, port });
    console.error(`! ${sayStartProblem(problem, systemLanguage(systemTags())).text}`);
    return 1;
  }
  const ended = untilEnded();
  console.log(`\n  Cabine · booth   ${served.url}\n  Régie · desk     ${served.url}/desk`);
  if (served.demoPin) console.log(`  Code · PIN       ${served.demoPin}`);
  console.log(`  Données · data   ${data}\n`);

  const windows = options.browser ? openWindows(served.url, data) : [];
  if (windows.length === 0) say('Ctrl-C pour finir.', 'Ctrl-C ends it.');
  await ended;
  say('On range…', 'Closing…');
  await Promise.all(windows.map((window) => window.close()));
  await served.close();
  return 0;
}

/** Resolves at Ctrl-C or when asked to end; a second Ctrl-C does not wait. */
function untilEnded(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
      process.once(signal, () => {
        resolve();
        process.once(signal, () => process.exit(130));
      });
    }
  });
}

function openWindows(url: string, data: string): BrowserWindow[] {
  const executable = findChromium();
  if (!hasDisplay() || !executable) {
    if (!hasDisplay()) say('Pas d’écran : ouvrez l’adresse.', 'No display: open the address.');
    else warn('Aucun Chromium : ouvrez l’adresse.', 'No Chromium found: open the address.');
    return [];
  }
  const asRoot = process.getuid?.() === 0;
  if (asRoot) warn('Lancé en root : navigateur sans bac à sable.', 'Started as root: browser without its sandbox.');
  const common = { executable, folder: data, asRoot };
  const booth = browserWindow({
    ...common,
    url,
    kiosk: true,
    onClosed: () => say('Cabine fermée ; c + Entrée la rouvre.', 'Booth closed; c + Enter opens it again.'),
    onFallen: (times, delay) =>
      delay === null
        ? warn('Le navigateur ne tient pas : ouvrez l’adresse.', 'The browser keeps falling over: open the address.')
        : warn(
            `Le navigateur est tombé (${times}) ; il se rouvre.`,
            `The browser fell over (${times}); opening again.`,
          ),
  });
  const desk = browserWindow({ ...common, url: `${url}/desk`, kiosk: false });
  booth.open();
  say('Alt-F4 ferme la cabine, Ctrl-C finit.', 'Alt-F4 closes the booth, Ctrl-C ends everything.');
  if (process.stdin.isTTY) {
    say('r + Entrée : la régie.', 'r + Enter: the desk.');
    const lines = createInterface({ input: process.stdin });
    lines.on('line', (line) => {
      if (line.trim() === 'r') desk.open();
      if (line.trim() === 'c') booth.open();
    });
  }
  return [booth, desk];
}
