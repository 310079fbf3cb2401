import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  type ChosenDevice,
  choiceOf,
  findChosen,
  inputSort,
  pickMicrophone,
  type SeenDevice,
} from '../../../../shared/domain/devices.ts';
import { runs } from '../../../fixtures/runs.ts';

const device = (name: string, id = name, group = id): SeenDevice => ({ name, id, group });
const choose = (one: SeenDevice, all: SeenDevice[]): ChosenDevice => choiceOf(one, all, all);
const defaultAlias = (name = 'Default', group = 'g-default') => device(name, 'default', group);

test.each([
  ['Monitor of Built-in Audio Analog Stereo', 'monitor'],
  ['Moniteur de Audio interne Stéréo analogique', 'monitor'],
  ['Monitor van Ingebouwde audio', 'monitor'],
  ['alsa_output.pci-0000.monitor', 'monitor'],
  ['Stereo Mix (Realtek(R) Audio)', 'monitor'],
  ['BlackHole 2ch (Virtual)', 'monitor'],
  ['CABLE Output (VB-Audio Virtual Cable)', 'monitor'],
  ['Default - Stereo Mix (Realtek(R) Audio)', 'monitor'],
  ['HDMI Capture (USB3.0)', 'screen'],
  ['LG Monitor (DisplayPort)', 'screen'],
  ['Rode NT-USB Mono', 'microphone'],
  ['C920 Webcam', 'microphone'],
  ['Microphone (2- USB PnP Audio Device)', 'microphone'],
  ['Studio Monitor Mic', 'microphone'],
] as const)('%s is a %s', (name, sort) => {
  expect(inputSort(name)).toBe(sort);
});

test('a chosen one is found by name whatever its id, its port and the order are, and nothing else is taken for it', () => {
  const names = ['Rode NT-USB', 'C920 Webcam', 'Microphone (USB Audio)', 'Monitor of Speakers', 'HDMI Capture'];
  let tried = 0;
  fc.assert(
    fc.property(
      fc.uniqueArray(fc.constantFrom(...names), { minLength: 1 }),
      fc.nat(),
      fc.uniqueArray(fc.constantFrom(...names)),
      fc.boolean(),
      fc.integer({ min: 2, max: 9 }),
      (before, which, after, withAlias, number) => {
        tried++;
        const listed = before.map((name, i) => device(name, `then-${i}`));
        const one = listed[which % listed.length] as SeenDevice;
        const chosen = choose(one, listed);
        // Windows numbers a device that comes to another port.
        const renamed = (name: string) => name.replace('(USB', `(${number}- USB`);
        const now = after.map((name, i) => device(renamed(name), `now-${i}`));
        const inputs = withAlias ? [defaultAlias(`Default - ${now.at(-1)?.name ?? 'x'}`), ...now] : now;
        const picked = pickMicrophone(chosen, null, inputs, inputs);
        if (!after.includes(one.name)) {
          expect(picked).toEqual({ ok: false, reason: 'chosenMissing', name: one.name });
        } else {
          expect(picked).toMatchObject({
            ok: true,
            chosen: true,
            doubtful: false,
            device: { name: renamed(one.name) },
          });
          expect(picked.ok && picked.device.id).not.toBe('default');
        }
      },
    ),
    { numRuns: runs(500, 20_000) },
  );
  console.log({ plugs: tried });
});

test('of two with one name: by id, then by what sits in the same case, then by order, and that is said', () => {
  const mics = [device('USB Mic', 'a', 'one'), device('USB Mic', 'b', 'two')];
  const all = [...mics, device('USB Speaker', 's', 'two')];
  const [first, second] = mics as [SeenDevice, SeenDevice];
  const chosen = choiceOf(second, mics, all);
  expect(chosen).toMatchObject({ nth: 1, of: 2, companions: ['usb speaker'] });
  expect(findChosen(chosen, mics, all)).toEqual({ device: second, doubtful: false });
  const moved = [device('USB Mic', 'c', 'three'), device('USB Mic', 'd', 'four')];
  const cased = [...moved, device('USB Speaker', 't', 'three')];
  expect(findChosen(chosen, moved, cased)).toEqual({ device: moved[0], doubtful: false });
  expect(findChosen(chosen, moved, moved)).toEqual({ device: moved[1], doubtful: true });
  expect(findChosen(choiceOf(first, mics, mics), moved, moved)).toEqual({ device: moved[0], doubtful: true });
  // Only one is left: whether it is the chosen one nobody can tell.
  expect(findChosen(chosen, [moved[0] as SeenDevice], cased)).toEqual({ device: moved[0], doubtful: true });
});

test('an id that now belongs to another name is not the chosen one', () => {
  const chosen = choose(device('Rode NT-USB', 'hw:1'), [device('Rode NT-USB', 'hw:1')]);
  const now = [device('C920 Webcam', 'hw:1')];
  expect(pickMicrophone(chosen, null, now, now)).toEqual({ ok: false, reason: 'chosenMissing', name: 'Rode NT-USB' });
});

test('with none chosen, an alias, a monitor or a screen is never taken, whatever the default is', () => {
  const names = fc.constantFrom('Monitor of Speakers', 'HDMI Capture', 'Stereo Mix', 'Rode NT-USB', 'C920 Webcam');
  fc.assert(
    fc.property(fc.uniqueArray(names), fc.option(fc.nat()), fc.boolean(), (given, meant, told) => {
      const real = given.map((name) => device(name));
      const stands = meant === null ? undefined : real[meant % Math.max(1, real.length)];
      const alias = defaultAlias(told && stands ? `Default - ${stands.name}` : 'Default');
      const inputs = [alias, device('Communications - x', 'communications'), ...real];
      const picked = pickMicrophone(null, null, inputs, inputs);
      if (picked.ok) {
        expect(['Rode NT-USB', 'C920 Webcam']).toContain(picked.device.name);
        if (told && stands) expect(picked.device).toBe(stands);
      } else {
        const none = !given.some((name) => inputSort(name) === 'microphone');
        const other = told && stands !== undefined && inputSort(stands.name) !== 'microphone';
        expect(none || other).toBe(true);
        if (other) expect(picked).toEqual({ ok: false, reason: 'noMicrophone', name: stands.name });
      }
    }),
    { numRuns: runs(300, 10_000) },
  );
});

test('a camera that becomes the default does not take over from the usual one', () => {
  const rode = device('Rode NT-USB', 'r');
  const before = [defaultAlias('Default - Rode NT-USB'), rode];
  expect(pickMicrophone(null, null, before, before)).toMatchObject({ ok: true, device: rode });
  const usual = choose(rode, before);
  const after = [defaultAlias('Default - C920 Webcam'), device('C920 Webcam', 'c'), device('Rode NT-USB', 'r2')];
  expect(pickMicrophone(null, usual, after, after)).toMatchObject({ ok: true, device: { id: 'r2' } });
});
