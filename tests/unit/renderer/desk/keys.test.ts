import { describe, expect, it, vi } from 'vitest';
import { createKeyTable } from '../../../../renderer/desk/key-table.ts';
import { actionOf, type Focus, type Press } from '../../../../renderer/desk/keys.ts';
import { createStrayLetters } from '../../../../renderer/desk/shell/stray-letters.ts';

const press = (key: string, more: Partial<Press> = {}): Press => ({
  key,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
  repeat: false,
  ...more,
});
const free = (key: string, more?: Partial<Press>) => actionOf(press(key, more), 'free');

describe('keys', () => {
  it.each([
    [' ', 'play'],
    ['ArrowDown', 'next'],
    ['ArrowUp', 'previous'],
    ['a', 'approve'],
    ['Enter', 'approve'],
    ['r', 'reject'],
    ['u', 'undo'],
    ['p', 'publish'],
    ['e', 'edit'],
    ['g', 'tags'],
    ['t', 'takeTitle'],
    ['w', 'transcript'],
    ['3', 'rate3'],
    ['/', 'search'],
    ['?', 'help'],
    ['b', 'addToBatch'],
    ['Escape', 'clear'],
    ['i', 'markIn'],
    ['O', 'markOut'],
    ['j', 'back'],
    ['k', 'stop'],
    ['l', 'forward'],
    ['h', 'half'],
    ['s', 'snap'],
    ['x', 'cut'],
    ['m', 'marker'],
    ['c', 'compareCleanUp'],
    ['v', 'compareOriginal'],
    [',', 'nudgeBack'],
    ['.', 'nudgeForward'],
    [';', 'nudgeForward'],
    ['+', 'zoomIn'],
    ['-', 'zoomOut'],
  ])('%j means %s', (key, action) => expect(free(key)).toBe(action));

  it('gives stars by a figure’s key on any keyboard, and by no other sign', () => {
    expect(free('"', { code: 'Digit3' })).toBe('rate3');
    expect(free('à', { code: 'Digit0' })).toBe('rate0');
    expect(free('5', { code: 'Digit5', shiftKey: true })).toBe('rate5');
    expect(free('!', { code: 'Digit1', shiftKey: true })).toBeUndefined();
    expect(free('6', { code: 'Digit6' })).toBeUndefined();
    expect(actionOf(press('3', { code: 'Digit3' }), 'writing')).toBeUndefined();
  });

  it('leaves every letter to a field one writes in, but saves from there', () => {
    for (const key of [' ', 'a', 'r', 'Enter', '/', '?', 'ArrowDown']) {
      expect(actionOf(press(key), 'writing')).toBeUndefined();
    }
    expect(actionOf(press('s', { ctrlKey: true }), 'writing')).toBe('save');
    expect(actionOf(press('s', { metaKey: true }), 'free')).toBe('save');
  });
  it('undoes and redoes an edit, and leaves a field its own undo', () => {
    expect(free('z', { ctrlKey: true })).toBe('undoEdit');
    expect(free('Z', { ctrlKey: true, shiftKey: true })).toBe('redoEdit');
    expect(free('z', { metaKey: true, shiftKey: true })).toBe('redoEdit');
    expect(free('y', { ctrlKey: true })).toBe('redoEdit');
    expect(free('z', { ctrlKey: true, repeat: true })).toBe('undoEdit');
    expect(actionOf(press('z', { ctrlKey: true }), 'writing')).toBeUndefined();
  });
  it('leaves Space and Enter to a focused button, and the letters to the desk', () => {
    const focus: Focus = 'pressing';
    expect(actionOf(press(' '), focus)).toBeUndefined();
    expect(actionOf(press('Enter'), focus)).toBeUndefined();
    expect(actionOf(press('r'), focus)).toBe('reject');
  });
  it('extends with Shift and chooses all with Ctrl, but not in a field', () => {
    expect(free('ArrowDown', { shiftKey: true, repeat: true })).toBe('extendDown');
    expect(free('ArrowUp', { shiftKey: true })).toBe('extendUp');
    expect(free('?', { shiftKey: true })).toBe('help');
    expect(free('a', { ctrlKey: true })).toBe('selectAll');
    expect(actionOf(press('a', { metaKey: true }), 'writing')).toBeUndefined();
    expect(actionOf(press('Escape'), 'writing')).toBeUndefined();
  });
  it('does not take the browser’s own keys', () => {
    expect(free('r', { ctrlKey: true })).toBeUndefined();
    expect(free('p', { metaKey: true })).toBeUndefined();
    expect(free('a', { altKey: true })).toBeUndefined();
  });
  it('decides once however long a key is held, but walks on', () => {
    expect(free('a', { repeat: true })).toBeUndefined();
    expect(free(' ', { repeat: true })).toBeUndefined();
    expect(free('x', { repeat: true })).toBeUndefined();
    expect(free('ArrowDown', { repeat: true })).toBe('next');
    expect(free(',', { repeat: true })).toBe('nudgeBack');
  });
});

describe('who answers a key', () => {
  it('is the highest rank, then the newest, and the one before when that one is gone', () => {
    const table = createKeyTable();
    const [note, first, second] = [vi.fn(), vi.fn(), vi.fn()];
    table.add('undo', first, 0);
    const gone = table.add('undo', note, 1);
    table.add('undo', second, 0);
    expect(table.run('undo')).toBe(true);
    gone();
    table.run('undo');
    expect([note, first, second].map((one) => one.mock.calls.length)).toEqual([1, 0, 1]);
    expect(table.run('play')).toBe(false);
  });
});

describe('letters of a word whose field went away', () => {
  const open = (localName = 'input') => {
    const clock = { now: 0 };
    const stray = createStrayLetters(() => clock.now);
    const field = { isConnected: true, localName } as unknown as Element;
    const key = (letter: string, focus: 'writing' | 'free', afterMs = 100) => {
      clock.now += afterMs;
      return stray({ key: letter, target: field } as unknown as KeyboardEvent, focus);
    };
    return { field: field as unknown as { isConnected: boolean }, key };
  };
  it('are no keys of the desk until the hand pauses', () => {
    const { field, key } = open();
    key('c', 'writing');
    field.isConnected = false;
    for (const letter of ['a', 'r', 'o', 'l', 'e']) expect(key(letter, 'free'), letter).toBe(true);
    expect(key('a', 'free', 2000)).toBe(false);
    expect(key('r', 'free')).toBe(false);
  });
  it('are keys at once where the host left the field by Escape or by the mouse', () => {
    const { field, key } = open();
    key('c', 'writing');
    expect(key('a', 'free')).toBe(false);
    key('c', 'writing');
    field.isConnected = false;
    expect(key('Escape', 'free')).toBe(false);
    expect(key('a', 'free')).toBe(false);
  });
  it.each([
    ['Enter', 'input', false],
    ['Escape', 'input', false],
    ['Escape', 'textarea', false],
    // A new line of the same text.
    ['Enter', 'textarea', true],
  ])('after %s in a field that then goes (%s) a letter is stray: %s', (end, localName, isStray) => {
    const { field, key } = open(localName);
    key('c', 'writing');
    key(end, 'writing');
    field.isConnected = false;
    expect(key('s', 'free')).toBe(isStray);
  });
});
