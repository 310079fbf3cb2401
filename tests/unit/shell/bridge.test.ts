import { beforeEach, expect, test } from 'vitest';
import { type BridgeOptions, registerBridge } from '../../../electron/shell/bridge.ts';
import { bridgeChannels } from '../../../shared/bridge.ts';
import { FakeContents, FakeIpcMain } from './fakes.ts';

const token = 'a-session-token-of-the-host';
const booth = new FakeContents();
const desk = new FakeContents();
const stranger = new FakeContents();
let ipc: FakeIpcMain;
let left: number;
let options: BridgeOptions;

beforeEach(() => {
  ipc = new FakeIpcMain();
  left = 0;
  options = {
    windowOf: ({ sender }) => (sender === booth.asContents() ? 'booth' : sender === desk.asContents() ? 'desk' : null),
    isStaff: (given) => given === token,
    leaveKiosk: () => {
      left += 1;
    },
    print: async (asking) => asking === 'booth',
    chooseFolder: async () => '/media/usb',
    log: () => undefined,
  };
  registerBridge(ipc, options);
});
const ask = (name: keyof typeof bridgeChannels, args: unknown[], from = booth, url = 'app://studio/') =>
  ipc.invoke(bridgeChannels[name], from, url, args);
const notAllowed = { ok: false, code: 'NOT_ALLOWED' };
const invalid = { ok: false, code: 'INVALID' };

test('every channel has its handler and there is no other', () => {
  expect([...ipc.handlers.keys()].sort()).toEqual(Object.values(bridgeChannels).sort());
});

test('the kiosk is left with a staff session and not without', async () => {
  expect(await ask('leaveKiosk', ['no-session-of-anybody-here'])).toEqual(notAllowed);
  expect(left).toBe(0);
  expect(await ask('leaveKiosk', [token])).toEqual({ ok: true, value: null });
  expect(left).toBe(1);
});

test.each([[[]], [['']], [[1234]], [[{ token }]], [[token, 'more']], [[['a', token]]]])(
  'arguments of another form are refused: %j',
  async (args) => {
    expect(await ask('leaveKiosk', args)).toEqual(invalid);
    expect(left).toBe(0);
  },
);

test('nobody else is heard, whatever they bring', async () => {
  expect(await ask('leaveKiosk', [token], stranger)).toEqual(notAllowed);
  expect(await ask('leaveKiosk', [token], booth, 'https://example.test/')).toEqual(notAllowed);
  expect(await ask('leaveKiosk', [token], booth, 'app://studio/assets/page.html')).toEqual(notAllowed);
  expect(await ipc.invoke(bridgeChannels.leaveKiosk, booth, 'app://studio/', [token], {})).toEqual(notAllowed);
  expect(left).toBe(0);
});

test('printing needs no session, choosing a folder does', async () => {
  expect(await ask('print', [])).toEqual({ ok: true, value: { printed: true } });
  expect(await ask('print', [], desk)).toEqual({ ok: true, value: { printed: false } });
  expect(await ask('print', ['extra'])).toEqual(invalid);
  expect(await ask('chooseFolder', [token], desk)).toEqual({ ok: true, value: { folder: '/media/usb' } });
  expect(await ask('chooseFolder', ['no-session-of-anybody-here'], desk)).toEqual(notAllowed);
});

test('one at a time, and a failure tells the page nothing but that', async () => {
  let done: (printed: boolean) => void = () => undefined;
  options.print = () =>
    new Promise((resolve) => {
      done = resolve;
    });
  const first = ask('print', []);
  expect(await ask('print', [])).toEqual({ ok: false, code: 'BUSY' });
  done(true);
  expect(await first).toEqual({ ok: true, value: { printed: true } });
  options.print = async () => {
    throw new Error('paper jam at /dev/lp0');
  };
  expect(await ask('print', [])).toEqual({ ok: false, code: 'FAILED' });
  expect(await ask('print', [])).toEqual({ ok: false, code: 'FAILED' });
});
