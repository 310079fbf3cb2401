import { EventEmitter } from 'node:events';
import type {
  BrowserWindow,
  BrowserWindowConstructorOptions,
  Display,
  IpcMainInvokeEvent,
  Screen,
  Session,
  WebContents,
} from 'electron';

type Handler<Method extends keyof Session> = Session[Method] extends (handler: infer H, ...rest: never[]) => unknown
  ? NonNullable<H>
  : never;

/** Keeps the handlers it is given, so that a test can ask them what Chromium would. */
export class FakeSession extends EventEmitter {
  request?: Handler<'setPermissionRequestHandler'>;
  check?: Handler<'setPermissionCheckHandler'>;
  device?: Handler<'setDevicePermissionHandler'>;
  displayMedia?: Handler<'setDisplayMediaRequestHandler'>;
  bluetooth?: Handler<'setBluetoothPairingHandler'>;
  spellChecker = true;
  beforeRequest?: (details: { url: string }, answer: (response: { cancel?: boolean }) => void) => void;
  webRequest = {
    onBeforeRequest: (listener: NonNullable<FakeSession['beforeRequest']>) => {
      this.beforeRequest = listener;
    },
  };
  setPermissionRequestHandler(handler: Handler<'setPermissionRequestHandler'>) {
    this.request = handler;
  }
  setPermissionCheckHandler(handler: Handler<'setPermissionCheckHandler'>) {
    this.check = handler;
  }
  setDevicePermissionHandler(handler: Handler<'setDevicePermissionHandler'>) {
    this.device = handler;
  }
  setDisplayMediaRequestHandler(handler: Handler<'setDisplayMediaRequestHandler'>) {
    this.displayMedia = handler;
  }
  setBluetoothPairingHandler(handler: Handler<'setBluetoothPairingHandler'>) {
    this.bluetooth = handler;
  }
  setSpellCheckerEnabled(enabled: boolean) {
    this.spellChecker = enabled;
  }
  asSession(): Session {
    return this as unknown as Session;
  }
}

/** Event of Electron's that a listener may cancel. */
export function cancellable<Details extends object>(details: Details) {
  const event = {
    ...details,
    defaultPrevented: false,
    preventDefault() {
      event.defaultPrevented = true;
    },
  };
  return event;
}

export class FakeContents extends EventEmitter {
  reloads = 0;
  crashes = 0;
  destroyed = false;
  printed: { silent?: boolean }[] = [];
  opened?: Parameters<WebContents['setWindowOpenHandler']>[0];
  reload() {
    this.reloads += 1;
  }
  forcefullyCrashRenderer() {
    this.crashes += 1;
  }
  isDestroyed() {
    return this.destroyed;
  }
  setWindowOpenHandler(handler: Parameters<WebContents['setWindowOpenHandler']>[0]) {
    this.opened = handler;
  }
  print(options: { silent?: boolean }, done: (success: boolean, reason: string) => void) {
    this.printed.push(options);
    done(true, '');
  }
  asContents(): WebContents {
    return this as unknown as WebContents;
  }
}

export class FakeWindow extends EventEmitter {
  webContents = new FakeContents();
  url = '';
  shown = false;
  focused = 0;
  kiosk: boolean;
  fullScreen = true;
  bounds?: Electron.Rectangle;
  options: BrowserWindowConstructorOptions;
  constructor(options: BrowserWindowConstructorOptions) {
    super();
    this.options = options;
    this.kiosk = options.kiosk ?? false;
  }
  async loadURL(url: string) {
    this.url = url;
  }
  show() {
    this.shown = true;
  }
  focus() {
    this.focused += 1;
  }
  setKiosk(kiosk: boolean) {
    this.kiosk = kiosk;
  }
  setFullScreen(fullScreen: boolean) {
    this.fullScreen = fullScreen;
  }
  setBounds(bounds: Electron.Rectangle) {
    this.bounds = bounds;
  }
  /** What the window manager does when somebody closes the window; answers whether it went. */
  tryToClose(): boolean {
    const event = cancellable({});
    this.emit('close', event);
    if (!event.defaultPrevented) this.emit('closed');
    return !event.defaultPrevented;
  }
  asWindow(): BrowserWindow {
    return this as unknown as BrowserWindow;
  }
}

export class FakeScreen extends EventEmitter {
  displays: Display[];
  constructor(...displays: Display[]) {
    super();
    this.displays = displays;
  }
  getAllDisplays() {
    return this.displays;
  }
  getPrimaryDisplay(): Display {
    const [first] = this.displays;
    if (!first) throw new Error('a screen has a display');
    return first;
  }
  asScreen(): Screen {
    return this as unknown as Screen;
  }
}

export function fakeDisplay(id: number, x: number): Display {
  const bounds = { x, y: 0, width: 1920, height: 1080 };
  return { id, bounds, workArea: { ...bounds, height: 1040 } } as Display;
}

type InvokeListener = (event: IpcMainInvokeEvent, ...args: unknown[]) => unknown;

export class FakeIpcMain {
  handlers = new Map<string, InvokeListener>();
  handle(channel: string, listener: InvokeListener) {
    this.handlers.set(channel, listener);
  }
  /** Calls as a page at `url` would; `parent` set for a frame inside another. */
  invoke(channel: string, sender: FakeContents, url: string, args: unknown[], parent: object | null = null) {
    const event = { sender: sender.asContents(), senderFrame: { url, parent } } as unknown as IpcMainInvokeEvent;
    return Promise.resolve(this.handlers.get(channel)?.(event, ...args));
  }
}
