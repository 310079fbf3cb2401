import { expect, test } from 'vitest';
import { readStartOptions, usualPort } from '../../../electron/launch/start-options.ts';

test('without arguments: Electron if it can be had, the usual port', () => {
  expect(readStartOptions([])).toEqual({
    demo: false,
    electron: 'auto',
    browser: true,
    port: usualPort,
    portGiven: false,
    display: null,
    help: false,
  });
});

test('every option is read', () => {
  expect(readStartOptions(['--demo', '--no-electron', '--port', '8080', '--display=1'])).toMatchObject({
    demo: true,
    electron: 'never',
    port: 8080,
    portGiven: true,
    display: 1,
  });
  expect(readStartOptions(['--no-browser'])).toMatchObject({ electron: 'never', browser: false });
  expect(readStartOptions(['--electron'])).toMatchObject({ electron: 'retry' });
});

test.each([
  [['--port', '65536']],
  [['--port', '-1']],
  [['--port', '80a']],
  [['--port', '1e3']],
  [['--display', 'left']],
  [['--dmeo']],
  [['demo']],
])('%j is refused with a word on what is wrong', (args) => {
  expect(() => readStartOptions(args)).toThrow(/port|display|dmeo|demo/);
});
