import type { BrowserWindow, BrowserWindowConstructorOptions, Screen, WebContents } from 'electron';
import type { Asking } from './bridge.ts';
import { boothDisplay, deskDisplay } from './displays.ts';
import { meaningOf } from './keys.ts';
import { pages } from './scheme.ts';

export interface WindowsOptions {
  open: (options: BrowserWindowConstructorOptions) => BrowserWindow;
  screen: Pick<Screen, 'getAllDisplays' | 'getPrimaryDisplay' | 'on'>;
  /** Path of the built preload. */
  preload: string;
  /** Number of the booth's display, counted from 0, left to right; null for the primary one. */
  display: number | null;
  devTools: boolean;
  /** Called with every window's contents before it loads anything. */
  guard: (contents: WebContents) => void;
  /** Called each time a window appears on a screen. */
  onShown?: () => void;
}

export type Windows = ReturnType<typeof createWindows>;

/** The booth's window, which fills its display and cannot be left, and the desk's, opened when it is asked for. */
export function createWindows({ open, screen, preload, display, devTools, guard, onShown }: WindowsOptions) {
  let booth: BrowserWindow | null = null;
  let desk: BrowserWindow | null = null;
  let locked = true;

  const boothPlace = () => boothDisplay(screen.getAllDisplays(), screen.getPrimaryDisplay(), display);
  const place = () => {
    if (!booth || !locked) return;
    booth.setBounds(boothPlace().bounds);
    booth.setKiosk(true);
  };
  // A projector unplugged in the middle of the day takes its windows nowhere.
  for (const change of ['display-added', 'display-removed', 'display-metrics-changed'] as const) {
    screen.on(change as 'display-added', place);
  }

  function openBooth(): void {
    if (booth) {
      booth.focus();
      return;
    }
    const window = open({
      ...boothPlace().bounds,
      ...common(preload, devTools),
      kiosk: true,
      frame: false,
      fullscreen: true,
      closable: true,
    });
    booth = window;
    window.on('close', (event) => {
      if (locked) event.preventDefault();
    });
    window.on('closed', () => {
      booth = null;
    });
    window.webContents.on('before-input-event', (event, input) => {
      const meaning = meaningOf(input);
      if (meaning === 'desk') openDesk();
      if (meaning === 'kiosk') lock();
      if (locked && meaning !== 'page') event.preventDefault();
    });
    show(window, pages.booth);
  }

  function openDesk(): void {
    if (desk) {
      desk.focus();
      return;
    }
    const { workArea } = deskDisplay(screen.getAllDisplays(), boothPlace());
    const window = open({ ...workArea, ...common(preload, devTools) });
    desk = window;
    window.on('closed', () => {
      desk = null;
      booth?.focus();
    });
    show(window, pages.desk);
  }

  function show(window: BrowserWindow, url: string): void {
    guard(window.webContents);
    window.once('ready-to-show', () => {
      window.show();
      onShown?.();
    });
    // A page that does not load is loaded again by its guard.
    window.loadURL(url).catch(() => undefined);
  }

  function lock(): void {
    locked = true;
    place();
  }

  return {
    openBooth,
    openDesk,
    /** Gives the screen back to the staff: an ordinary window that can be moved, put away and closed. */
    leaveKiosk(): void {
      locked = false;
      booth?.setKiosk(false);
      booth?.setFullScreen(false);
    },
    /** From now on windows close when asked: the app is ending. */
    release(): void {
      locked = false;
    },
    /** Which window these contents belong to, or null. */
    kindOf(contents: WebContents): Asking | null {
      if (booth && contents === booth.webContents) return 'booth';
      return desk && contents === desk.webContents ? 'desk' : null;
    },
    windowOf: (asking: Asking): BrowserWindow | null => (asking === 'booth' ? booth : desk),
  };
}

/** Every switch is stated, so that a change of Electron's defaults changes nothing here. */
function common(preload: string, devTools: boolean): BrowserWindowConstructorOptions {
  return {
    show: false,
    backgroundColor: '#FFF7EC',
    autoHideMenuBar: true,
    webPreferences: {
      preload,
      devTools,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      experimentalFeatures: false,
      webviewTag: false,
      navigateOnDragDrop: false,
      spellcheck: false,
      safeDialogs: true,
      // The booth records and listens while nobody touches it.
      backgroundThrottling: false,
      autoplayPolicy: 'no-user-gesture-required',
    },
  };
}
