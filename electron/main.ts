import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import {
  app,
  BrowserWindow,
  dialog,
  ipcMain,
  Menu,
  powerSaveBlocker,
  protocol,
  safeStorage,
  screen,
  session,
} from 'electron';
import { sayStartProblem, systemLanguage } from '../shared/i18n/start.ts';
import { createDoor } from './door/door.ts';
import { putOnNetwork } from './door/lan/lan.ts';
import { dataDir, preloadFile, projectRoot, rendererDir, resourcesDir, soundsDir } from './launch/paths.ts';
import { giveSign } from './launch/sign.ts';
import { startProblem } from './launch/start-problem.ts';
import { appOrigin, registerScheme } from './shell/scheme.ts';
import type { Sealer } from './shell/secrets.ts';
import { type House, runShell } from './shell/shell.ts';
import { fillDemo } from './studio/demo.ts';
import { forOwnerOnly } from './studio/owner-only.ts';
import { createStudio } from './studio/studio.ts';

const root = projectRoot();
const demo = app.commandLine.hasSwitch('demo');
const display = app.commandLine.getSwitchValue('booth-display');
const data = dataDir(demo);

forOwnerOnly();
// What has to come before the app is ready. The profile stands with the data it belongs to, so that a demonstration and
// the real booth may run side by side.
try {
  const profile = join(data, 'electron');
  mkdirSync(profile, { recursive: true, mode: 0o700 });
  app.setPath('userData', profile);
} catch {
  // The studio meets the same trouble, and says it once there can be a dialog.
}
registerScheme(protocol);

const log = (message: string, details: unknown) =>
  details === undefined ? console.error(message) : console.error(message, details);
const explain = (error: unknown, languages: readonly string[]) =>
  sayStartProblem(startProblem(error, { dataDir: data, resourcesDir: resourcesDir(root) }), systemLanguage(languages));

// Electron's own answer is a dialogue in front of the visitor. What was recorded is on disk; the booth goes on.
process.on('uncaughtException', (error) => console.error('uncaught', error));

async function build(sealer: Sealer | null): Promise<House> {
  const studio = await createStudio({
    dataDir: data,
    resourcesDir: resourcesDir(root),
    log: (what, error) => console.error(what, error ?? ''),
    ...(sealer ? { keyStore: sealer } : {}),
  });
  if (demo) {
    fillDemo(studio, resourcesDir(root)).catch((error: unknown) => studio.log('the demonstration failed', error));
  }
  const pages = { rendererDir: rendererDir(root), soundsDir: soundsDir(root) };
  const door = createDoor(studio, { ...pages, origins: [appOrigin] });
  await putOnNetwork(studio, pages);
  return {
    door,
    isStaff: (token) => studio.staff.session(token) !== undefined,
    close: () => studio.close(),
  };
}

// Never awaited here: Electron says ready only once this module has been evaluated, its top-level awaits included, and
// the shell waits for ready. Both waiting for the other is a process without a window.
void runShell(
  {
    app,
    screen,
    protocol,
    session: () => session.defaultSession,
    ipcMain,
    dialog,
    menu: Menu,
    powerSaveBlocker,
    safeStorage,
    open: (options) => new BrowserWindow(options),
  },
  {
    preload: preloadFile(root),
    display: /^\d+$/.test(display) ? Number(display) : null,
    devTools: !app.isPackaged,
    log,
    build,
    explain,
    sign: giveSign,
  },
);
