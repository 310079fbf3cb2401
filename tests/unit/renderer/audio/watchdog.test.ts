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

/** Looks ten times a second, as the worker does, up to this moment. */
function awakeUntil(from: number, until: number): void {
  for (let at = from + 100; at <= until; at += 100) dog.tick(at);
}

test('data that stops is told after 2 s and given up after 8 s, each once; its return is told too', () => {
  dog.block(sound, 100);
  awakeUntil(100, 2100);
  expect(told).toEqual([]);
  awakeUntil(2100, 8100);
  expect(told).toEqual(['stalled']);
  awakeUntil(8100, 12_000);
  expect(told).toEqual(['stalled', 'noData']);
  dog.block(sound, 12_100);
  expect(told).toEqual(['stalled', 'noData', undefined]);
});

test('time slept through says nothing of the microphone', () => {
  dog.block(sound, 0);
  // A lid closed for an hour, and a starved worker that looks once in five seconds.
  dog.tick(3_600_000);
  dog.tick(3_605_000);
  dog.tick(3_610_000);
  expect(told).toEqual([]);
  dog.block(sound, 3_610_010);
  awakeUntil(3_610_010, 3_612_200);
  expect(told).toEqual(['stalled']);
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

test('a pause is no part of the zeros around it', () => {
  for (let at = 0; at <= 1500; at += 10) dog.block(zeros, at);
  awakeUntil(1500, 4500);
  dog.block(zeros, 4600);
  expect(told).toEqual(['stalled', undefined]);
});

test('what is lost stays lost', () => {
  dog.lost('ended');
  dog.block(sound, 60);
  dog.lost('moved');
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
