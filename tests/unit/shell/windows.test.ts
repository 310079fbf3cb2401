import { beforeEach, expect, test } from 'vitest';
import { createWindows, type Windows } from '../../../electron/shell/windows.ts';
import { cancellable, FakeScreen, FakeWindow, fakeDisplay } from './fakes.ts';

let opened: FakeWindow[];
let guarded: unknown[];
let screen: FakeScreen;

function windowsOn(display: number | null, ...displays: Parameters<typeof fakeDisplay>[]): Windows {
  screen = new FakeScreen(...displays.map((one) => fakeDisplay(...one)));
  return createWindows({
    open: (options) => {
      const window = new FakeWindow(options);
      opened.push(window);
      return window.asWindow();
    },
    screen: screen.asScreen(),
    preload: '/app/preload.cjs',
    display,
    devTools: false,
    guard: (contents) => guarded.push(contents),
  });
}
function at(index: number): FakeWindow {
  const window = opened[index];
  if (!window) throw new Error(`window ${index} is not open`);
  return window;
}
function press(window: FakeWindow, code: string, held: object = { control: true, shift: true }) {
  const event = cancellable({});
  const input = { type: 'keyDown', key: code.slice(-1), code, control: false, meta: false, alt: false, shift: false };
  window.webContents.emit('before-input-event', event, { ...input, ...held });
  return event.defaultPrevented;
}
beforeEach(() => {
  opened = [];
  guarded = [];
});

test('the booth fills its display, locked in, with every switch of isolation stated', () => {
  windowsOn(null, [1, 0]).openBooth();
  const { options, url, webContents } = at(0);
  expect(options).toMatchObject({ kiosk: true, frame: false, x: 0, width: 1920, height: 1080, show: false });
  expect(options.webPreferences).toMatchObject({
    preload: '/app/preload.cjs',
    sandbox: true,
    contextIsolation: true,
    nodeIntegration: false,
    nodeIntegrationInWorker: false,
    nodeIntegrationInSubFrames: false,
    webSecurity: true,
    allowRunningInsecureContent: false,
    webviewTag: false,
    devTools: false,
  });
  expect(url).toBe('app://studio/');
  expect(guarded).toEqual([webContents]);
  at(0).emit('ready-to-show');
  expect(at(0).shown).toBe(true);
});

test('displays are counted from the left; one that is not there falls back to the primary', () => {
  windowsOn(1, [1, 0], [2, -1920]).openBooth();
  windowsOn(0, [1, 0], [2, -1920]).openBooth();
  windowsOn(5, [1, 0], [2, -1920]).openBooth();
  expect(opened.map(({ options }) => options.x)).toEqual([0, -1920, 0]);
});

test('the booth cannot be closed until the staff left it or the app ends', () => {
  const windows = windowsOn(null, [1, 0]);
  windows.openBooth();
  expect(at(0).tryToClose()).toBe(false);
  windows.leaveKiosk();
  expect(at(0).kiosk).toBe(false);
  expect(at(0).fullScreen).toBe(false);
  expect(press(at(0), 'KeyK')).toBe(true);
  expect(at(0).kiosk).toBe(true);
  expect(at(0).tryToClose()).toBe(false);
  windows.release();
  expect(at(0).tryToClose()).toBe(true);
});

test('the desk opens by its shortcut, on the other display, once', () => {
  const windows = windowsOn(null, [1, 0], [2, 1920]);
  windows.openBooth();
  expect(press(at(0), 'KeyD')).toBe(true);
  press(at(0), 'KeyD');
  expect(opened).toHaveLength(2);
  expect(at(1).url).toBe('app://studio/desk');
  expect(at(1).options).toMatchObject({ x: 1920, height: 1040 });
  expect(at(1).options.kiosk).toBeUndefined();
  expect(guarded).toHaveLength(2);
  expect(windows.kindOf(at(1).webContents.asContents())).toBe('desk');
  expect(at(1).tryToClose()).toBe(true);
  expect(windows.kindOf(at(1).webContents.asContents())).toBeNull();
  press(at(0), 'KeyD');
  expect(opened).toHaveLength(3);
});

test('the browser’s shortcuts are dead in the kiosk and alive after it was left', () => {
  const windows = windowsOn(null, [1, 0]);
  windows.openBooth();
  expect(press(at(0), 'KeyR', { control: true })).toBe(true);
  expect(press(at(0), 'KeyR', {})).toBe(false);
  windows.leaveKiosk();
  expect(press(at(0), 'KeyR', { control: true })).toBe(false);
});

test('a display that goes takes the booth nowhere', () => {
  windowsOn(1, [1, 0], [2, 1920]).openBooth();
  screen.displays = [fakeDisplay(1, 0)];
  screen.emit('display-removed', {}, fakeDisplay(2, 1920));
  expect(at(0).bounds?.x).toBe(0);
  expect(at(0).kiosk).toBe(true);
});
