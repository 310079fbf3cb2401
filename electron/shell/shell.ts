import type {
  App,
  BrowserWindow,
  BrowserWindowConstructorOptions,
  Dialog,
  IpcMain,
  Menu,
  PowerSaveBlocker,
  Protocol,
  SafeStorage,
  Screen,
  Session,
} from 'electron';
import { registerBridge } from './bridge.ts';
import type { Log } from './log.ts';
import { holdContents } from './navigation.ts';
import { guardSession } from './permissions.ts';
import { keepAwake } from './power.ts';
import { reviveContents } from './recovery.ts';
import { mountDoor } from './scheme.ts';
import { type Sealer, sealerOf } from './secrets.ts';
import { createWindows } from './windows.ts';

/** Electron's own pieces, passed in so that this runs without Electron in tests. */
export interface Pieces {
  app: App;
  screen: Screen;
  protocol: Pick<Protocol, 'handle'>;
  session: () => Session;
  ipcMain: Pick<IpcMain, 'handle'>;
  dialog: Pick<Dialog, 'showOpenDialog' | 'showErrorBox'>;
  menu: Pick<typeof Menu, 'setApplicationMenu'>;
  powerSaveBlocker: PowerSaveBlocker;
  safeStorage: SafeStorage;
  open: (options: BrowserWindowConstructorOptions) => BrowserWindow;
}

/** What the shell shows and asks: the studio behind its door. */
export interface House {
  door: (request: Request) => Promise<Response>;
  /** Whether a token is a live session of a host or an organiser. */
  isStaff: (sessionToken: string) => boolean;
  /** Closes everything that is open; called once, before the app ends. */
  close: () => Promise<void>;
}

export interface ShellOptions {
  preload: string;
  display: number | null;
  devTools: boolean;
  log: Log;
  /** Builds the house once Electron is ready; null where the system has no key store. */
  build: (sealer: Sealer | null) => Promise<House>;
  /** A failed start in words, in the first of the system's `languages` that the interface speaks. */
  explain: (error: unknown, languages: readonly string[]) => { title: string; text: string };
  /** Hears what is on the screen, for whoever started this; see electron/launch/sign.ts. */
  sign: (sign: 'opening' | 'opened' | 'window' | 'told' | 'elsewhere') => void;
}

/** Second start with this argument opens the desk of the one that runs. */
export const deskArgument = '--desk';

/**
 * Runs the booth in Electron until the app ends. There can be only one on a data folder: a second start brings the first
 * one to the front and ends. A start that fails says why in a dialog and ends with exit code 1.
 *
 * The entry module must not wait for this at top level: the app becomes ready only after that module has been evaluated.
 * Never rejects.
 */
export async function runShell(pieces: Pieces, options: ShellOptions): Promise<void> {
  const { app } = pieces;
  try {
    if (!app.requestSingleInstanceLock()) {
      options.sign('elsewhere');
      app.quit();
      return;
    }
    // Who starts it a second time while it opens is heard as soon as there are windows.
    const waiting: string[][] = [];
    let toFront: (argv: string[]) => void = (argv) => waiting.push(argv);
    app.on('second-instance', (_event, argv) => toFront(argv));
    await app.whenReady();
    toFront = await openBooth(pieces, options);
    for (const argv of waiting) toFront(argv);
  } catch (error) {
    fail(pieces, options, error);
  }
}

/** Says why there is no booth, and ends. The dialog waits for its button: nobody sees a process without a window. */
function fail(
  { app, dialog }: Pick<Pieces, 'app' | 'dialog'>,
  { explain, sign, log }: Pick<ShellOptions, 'explain' | 'sign' | 'log'>,
  error: unknown,
): void {
  const { title, text } = explain(error, app.getPreferredSystemLanguages());
  log(text, undefined);
  sign('told');
  dialog.showErrorBox(title, text);
  app.exit(1);
}

/** Builds the house and shows the booth; answers what a second start is handed to. */
async function openBooth(pieces: Pieces, options: ShellOptions): Promise<(argv: string[]) => void> {
  const { app, screen } = pieces;
  const { log } = options;
  options.sign('opening');
  pieces.menu.setApplicationMenu(null);
  guardSession(pieces.session());
  const house = await options.build(sealerOf(pieces.safeStorage));
  options.sign('opened');
  mountDoor(pieces.protocol, house.door);
  const letSleep = keepAwake(pieces.powerSaveBlocker);

  const windows = createWindows({
    open: pieces.open,
    screen,
    preload: options.preload,
    display: options.display,
    devTools: options.devTools,
    onShown: () => options.sign('window'),
    guard: (contents) => {
      holdContents(contents);
      reviveContents(contents, { log });
    },
  });
  registerBridge(pieces.ipcMain, {
    windowOf: ({ sender }) => windows.kindOf(sender),
    isStaff: house.isStaff,
    leaveKiosk: windows.leaveKiosk,
    print: (asking, { sender }) =>
      new Promise((resolve) => sender.print({ silent: asking === 'booth' }, (printed) => resolve(printed))),
    chooseFolder: async (asking) => {
      const owner = windows.windowOf(asking);
      const settings = { properties: ['openDirectory', 'createDirectory'] as ('openDirectory' | 'createDirectory')[] };
      const { filePaths } = await (owner
        ? pieces.dialog.showOpenDialog(owner, settings)
        : pieces.dialog.showOpenDialog(settings));
      return filePaths[0] ?? null;
    },
    log,
  });

  app.on('child-process-gone', (_event, details) => log('a helper process is gone', details));
  app.on('before-quit', windows.release);
  app.on('window-all-closed', () => app.quit());
  endWith(app, async () => {
    letSleep();
    await house.close();
  });
  windows.openBooth();
  if (process.argv.includes(deskArgument)) windows.openDesk();
  return (argv) => (argv.includes(deskArgument) ? windows.openDesk() : windows.openBooth());

  function endWith(ending: App, work: () => Promise<void>): void {
    let begun = false;
    ending.on('will-quit', (event) => {
      event.preventDefault();
      if (begun) return;
      begun = true;
      work()
        .catch((error: unknown) => log('the studio did not close cleanly', error))
        .finally(() => ending.exit(0));
    });
  }
}
