import { beforeEach, expect, test } from 'vitest';
import { hasMoved, microphoneOf } from '../../../../renderer/audio/identity.ts';
import type { Trouble } from '../../../../renderer/audio/types.ts';
import { createWatchdog } from '../../../../renderer/audio/watchdog.ts';

let told: (Trouble | undefined)[];
let dog: ReturnType<typeof createWatchdog>;
beforeEach(() => {
  told = [];
  dog = createWatchdog(0, (trouble) => told.push(trouble));
});
const sound = Float32Array.of(0, 0.001, 0);
const zeros = new Float32Array(3);

test('data that stops is told after 700 ms, once, and its return too', () => {
  dog.block(sound, 100);
  dog.tick(750);
  expect(told).toEqual([]);
  dog.tick(850);
  dog.tick(950);
  expect(told).toEqual(['noData']);
  dog.block(sound, 1000);
  expect(told).toEqual(['noData', undefined]);
});

test('zeros are told after 2 s, and end with the first sound', () => {
  dog.block(sound, 0);
  for (let at = 10; at <= 2000; at += 10) dog.block(zeros, at);
  expect(told).toEqual([]);
  dog.block(zeros, 2010);
  expect(told).toEqual(['zeros']);
  dog.block(sound, 2020);
  expect(told).toEqual(['zeros', undefined]);
});

test('zeros right after a gap are not older than the gap', () => {
  dog.block(sound, 0);
  dog.tick(3000);
  dog.block(zeros, 3100);
  expect(told).toEqual(['noData', undefined]);
});

test('what is lost stays lost', () => {
  dog.lost('ended', 50);
  dog.block(sound, 60);
  dog.lost('moved', 70);
  dog.tick(5000);
  expect(told).toEqual(['ended']);
});

test('a device is known again by its id and its label', () => {
  const mine = { kind: 'audioinput', deviceId: 'a', label: 'Headset' };
  const speaker = { kind: 'audiooutput', deviceId: 'a', label: 'Headset' };
  expect(microphoneOf('a', [speaker, mine])).toBe(mine);
  expect(microphoneOf('a', [speaker])).toBeUndefined();
  expect(microphoneOf('', [{ ...mine, deviceId: '' }])).toBeUndefined();
  expect(hasMoved(mine, [speaker, mine])).toBe(false);
  expect(hasMoved(mine, [speaker, { ...mine, deviceId: 'c' }])).toBe(true);
  const standard = { kind: 'audioinput', deviceId: 'default', label: 'Default - Headset' };
  expect(hasMoved(standard, [{ ...standard, label: 'Default - Webcam' }])).toBe(true);
  // Without permission the list is blank and says nothing.
  expect(hasMoved(mine, [speaker, { ...mine, deviceId: '', label: '' }])).toBe(false);
});
