import { expect, test } from 'vitest';
import { meaningOf } from '../../../electron/shell/keys.ts';

const none = { type: 'keyDown' as const, control: false, meta: false, alt: false, shift: false };
const key = (key: string, code: string, held: Partial<typeof none> = {}) => meaningOf({ ...none, key, code, ...held });

test('typing, the big button and AltGr characters are the page’s', () => {
  expect(key('é', 'Digit2')).toBe('page');
  expect(key('Enter', 'Enter')).toBe('page');
  expect(key('F9', 'F9')).toBe('page');
  expect(key('@', 'Digit0', { control: true, alt: true })).toBe('page');
  expect(key('Control', 'ControlLeft', { control: true })).toBe('page');
});

test.each([
  ['reload', key('r', 'KeyR', { control: true })],
  ['reload by F5', key('F5', 'F5')],
  ['close', key('w', 'KeyW', { control: true })],
  ['quit on a Mac', key('q', 'KeyQ', { meta: true })],
  ['developer tools', key('I', 'KeyI', { control: true, shift: true })],
  ['developer tools by F12', key('F12', 'F12')],
  ['print', key('p', 'KeyP', { control: true })],
  ['zoom', key('+', 'Equal', { control: true })],
  ['back', key('ArrowLeft', 'ArrowLeft', { alt: true })],
  ['end the program', key('F4', 'F4', { alt: true })],
  ['full screen', key('F11', 'F11')],
])('the browser’s own shortcut is nobody’s: %s', (_what, meaning) => {
  expect(meaning).toBe('nothing');
});

test('the staff have two shortcuts, by place of the key and once a press', () => {
  expect(key('D', 'KeyD', { control: true, shift: true })).toBe('desk');
  expect(key('K', 'KeyK', { control: true, shift: true })).toBe('kiosk');
  expect(meaningOf({ ...none, type: 'keyUp', key: 'D', code: 'KeyD', control: true, shift: true })).toBe('nothing');
});
