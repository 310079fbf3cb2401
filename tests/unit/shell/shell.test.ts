import { EventEmitter } from 'node:events';
import { beforeEach, expect, test } from 'vitest';
import { deskArgument, type House, type Pieces, runShell } from '../../../electron/shell/shell.ts';
import { bridgeChannels } from '../../../shared/bridge.ts';
import { cancellable, FakeIpcMain, FakeScreen, FakeSession, FakeWindow, fakeDisplay } from './fakes.ts';

class FakeApp extends EventEmitter {
  first = true;
  ended: number | 'asked' | null = null;
  requestSingleInstanceLock = () => this.first;
  ready = Promise.resolve();
  whenReady = () => this.ready;
  getPreferredSystemLanguages = () => ['nl-BE', 'fr-BE'];
  quit = () => {
    this.ended = 'asked';
  };
  exit = (code: number) => {
    this.ended = code;
  };
}

class FakePowerSaveBlocker {
  kinds: string[] = [];
  running = new Set<number>();
  start = (kind: string) => {
    this.running.add(this.kinds.push(kind));
    return this.kinds.length;
  };
  stop = (id: number) => this.running.delete(id);
  isStarted = (id: number) => this.running.has(id);
}

let app: FakeApp;
let ipcMain: FakeIpcMain;
let session: FakeSession;
let blocker: FakePowerSaveBlocker;
let opened: FakeWindow[];
let handled: string[];
let closed: number;
let house: House;
let menu: unknown;
let signs: string[];
let boxes: [string, string][];

beforeEach(() => {
  app = new FakeApp();
  ipcMain = new FakeIpcMain();
  session = new FakeSession();
  blocker = new FakePowerSaveBlocker();
  opened = [];
  handled = [];
  closed = 0;
  menu = 'the usual';
  signs = [];
  boxes = [];
  house = {
    door: async () => new Response('in'),
    isStaff: (token) => token === 'a-session-token-of-the-host',
    close: async () => {
      closed += 1;
    },
  };
});

const run = (build: () => Promise<House> = async () => house) =>
  runShell(
    {
      app,
      ipcMain,
      screen: new FakeScreen(fakeDisplay(1, 0)),
      protocol: { handle: (scheme: string) => handled.push(scheme) },
      session: () => session.asSession(),
      dialog: {
        showOpenDialog: async () => ({ canceled: false, filePaths: ['/media/usb'] }),
        showErrorBox: (title: string, text: string) => boxes.push([title, text]),
      },
      menu: {
        setApplicationMenu: (given: unknown) => {
          menu = given;
        },
      },
      powerSaveBlocker: blocker,
      safeStorage: { isEncryptionAvailable: () => false },
      open: (options: Electron.BrowserWindowConstructorOptions) => {
        const window = new FakeWindow(options);
        opened.push(window);
        return window.asWindow();
      },
    } as unknown as Pieces,
    {
      preload: '/p.cjs',
      display: null,
      devTools: false,
      log: () => undefined,
      build,
      explain: (error, languages) => ({ title: languages.join(), text: String(error) }),
      sign: (sign) => signs.push(sign),
    },
  );

const ask = (channel: string, args: unknown[]) => {
  const [booth] = opened;
  if (!booth) throw new Error('the booth is not open');
  return ipcMain.invoke(channel, booth.webContents, 'app://studio/', args);
};
const settled = () => new Promise((resolve) => setImmediate(resolve));

test('opens one locked booth on app://, awake, without a menu, behind guarded permissions', async () => {
  await run();
  expect(handled).toEqual(['app']);
  expect(opened.map(({ url }) => url)).toEqual(['app://studio/']);
  expect(blocker.kinds).toEqual(['prevent-display-sleep']);
  expect(menu).toBeNull();
  expect(session.request).toBeDefined();
  expect(session.check).toBeDefined();
  expect(opened[0]?.webContents.opened?.({} as never)).toEqual({ action: 'deny' });
});

test('a second start ends itself; the first one comes to the front, or opens the desk', async () => {
  app.first = false;
  await run();
  expect(app.ended).toBe('asked');
  expect(opened).toEqual([]);

  app = new FakeApp();
  await run();
  app.emit('second-instance', {}, ['phonomaton']);
  expect(opened[0]?.focused).toBe(1);
  app.emit('second-instance', {}, ['phonomaton', deskArgument]);
  expect(opened[1]?.url).toBe('app://studio/desk');
});

test('a second start while the first still opens is heard once there are windows', async () => {
  const opening = Promise.withResolvers<House>();
  const running = run(() => opening.promise);
  await settled();
  app.emit('second-instance', {}, ['phonomaton', deskArgument]);
  expect(opened).toEqual([]);
  opening.resolve(house);
  await running;
  expect(opened.map(({ url }) => url)).toEqual(['app://studio/', 'app://studio/desk']);
});

test('who started it is told what is on the screen', async () => {
  await run();
  expect(signs).toEqual(['opening', 'opened']);
  opened[0]?.emit('ready-to-show');
  expect(opened[0]?.shown).toBe(true);
  expect(signs).toEqual(['opening', 'opened', 'window']);

  app.first = false;
  await run();
  expect(signs.at(-1)).toBe('elsewhere');
});

test('a start that fails is said in a dialog in the system’s languages, and ends with 1', async () => {
  await run(() => Promise.reject(new Error('the disk is gone')));
  expect(boxes).toEqual([['nl-BE,fr-BE', 'Error: the disk is gone']]);
  expect(signs).toEqual(['opening', 'told']);
  expect(app.ended).toBe(1);
  expect(opened).toEqual([]);
});

test('so is one that fails before the app is ready, or after the studio has opened', async () => {
  app.requestSingleInstanceLock = () => {
    throw new Error('no profile');
  };
  await run();
  app = new FakeApp();
  handled.push = () => {
    throw new Error('no scheme');
  };
  await run();
  expect(boxes.map(([, text]) => text)).toEqual(['Error: no profile', 'Error: no scheme']);
  expect(app.ended).toBe(1);
});

test('the staff leave the kiosk by their session, through the bridge', async () => {
  await run();
  expect(await ask(bridgeChannels.leaveKiosk, ['somebody-elses-token-here'])).toMatchObject({ code: 'NOT_ALLOWED' });
  expect(opened[0]?.tryToClose()).toBe(false);
  expect(await ask(bridgeChannels.leaveKiosk, ['a-session-token-of-the-host'])).toMatchObject({ ok: true });
  expect(opened[0]?.tryToClose()).toBe(true);
});

test('prints silently from the booth, and chooses a folder', async () => {
  await run();
  expect(await ask(bridgeChannels.print, [])).toEqual({ ok: true, value: { printed: true } });
  expect(opened[0]?.webContents.printed).toEqual([{ silent: true }]);
  const answer = await ask(bridgeChannels.chooseFolder, ['a-session-token-of-the-host']);
  expect(answer).toEqual({ ok: true, value: { folder: '/media/usb' } });
});

test('ends only when the house is closed, once, even if that fails', async () => {
  house.close = async () => {
    closed += 1;
    throw new Error('the disk is gone');
  };
  await run();
  app.emit('before-quit');
  expect(opened[0]?.tryToClose()).toBe(true);
  const first = cancellable({});
  app.emit('will-quit', first);
  app.emit('will-quit', cancellable({}));
  expect(first.defaultPrevented).toBe(true);
  expect(app.ended).toBeNull();
  await settled();
  expect(closed).toBe(1);
  expect(app.ended).toBe(0);
  expect(blocker.running.size).toBe(0);
});
