import { beforeEach, expect, test } from 'vitest';
import { createDevices } from '../../../../electron/studio/devices/devices.ts';
import { createMicrophoneWatch } from '../../../../electron/studio/health/microphone.ts';
import type { BoothDevices } from '../../../../shared/contract/devices.ts';

let up: number;
let changes: number;
let devices: ReturnType<typeof createDevices>;
beforeEach(() => {
  up = 0;
  changes = 0;
  let ids = 0;
  devices = createDevices({
    now: () => new Date(1_700_000_000_000 + up),
    uptime: () => up,
    newId: () => `test-${++ids}`,
    onChange: () => changes++,
  });
});

const choice = { name: 'Rode NT-USB', companions: [], nth: 0, of: 1, id: 'a' };
const told: BoothDevices = {
  microphones: [{ name: 'Rode NT-USB', sort: 'microphone', choice, current: true }],
  loudspeakers: [],
  missing: { microphone: null, loudspeaker: null },
  doubtful: false,
};
const wanted = { sort: 'microphone' as const, device: choice };

test('the booth’s page gets a test at once, and the desk its level', async () => {
  const { seq } = await devices.orders(0, 0);
  const waiting = devices.orders(seq, 20_000);
  const id = devices.begin(wanted);
  expect((await waiting).test).toEqual({ id, ...wanted });
  expect(devices.level(id).state).toBe('waiting');
  expect(devices.tell(id, { state: 'running', rmsDb: -30, peakDb: -12 })).toBe(true);
  expect(devices.level(id)).toEqual({ state: 'running', rmsDb: -30, peakDb: -12 });
});

test('a test that nobody watches is over, and so is one that is watched for a minute', async () => {
  const id = devices.begin(wanted);
  up += 3001;
  expect(devices.tell(id, { state: 'running', rmsDb: -30, peakDb: -12 })).toBe(false);
  expect((await devices.orders(0, 0)).test).toBeNull();
  const other = devices.begin(wanted);
  for (let second = 0; second < 60; second++) {
    up += 1000;
    devices.level(other);
  }
  up += 1;
  expect(devices.tell(other, { state: 'running', rmsDb: -30, peakDb: -12 })).toBe(false);
  expect(devices.level(other).state).toBe('done');
});

test('stopping a test, and a new one, end the one before', () => {
  const first = devices.begin(wanted);
  const second = devices.begin(wanted);
  expect(devices.tell(first, { state: 'running', rmsDb: 0, peakDb: 0 })).toBe(false);
  devices.stop(first);
  expect(devices.tell(second, { state: 'running', rmsDb: 0, peakDb: 0 })).toBe(true);
  devices.stop(second);
  expect(devices.tell(second, { state: 'running', rmsDb: 0, peakDb: 0 })).toBe(false);
});

test('a choice makes the booth’s page look again, once', async () => {
  const { seq } = await devices.orders(0, 0);
  devices.chosen();
  const next = await devices.orders(seq, 20_000);
  expect(next.reread).toBe(true);
  expect((await devices.orders(next.seq, 0)).reread).toBe(false);
});

test('the list is told to the desks only when it has changed; a page that is gone is told as asleep', async () => {
  devices.report(told);
  devices.report({ ...told });
  expect(changes).toBe(1);
  expect(devices.known()).toMatchObject({ awake: false, devices: told });
  await devices.orders(0, 0);
  expect(devices.known().awake).toBe(true);
  up += 60_000;
  expect(devices.known().awake).toBe(false);
});

test('health names the chosen microphone that is missing, and that it is back', () => {
  const watch = createMicrophoneWatch(() => new Date(1_700_000_000_000 + up));
  expect(watch.check().code).toBe('unused');
  const gone = { ...told, microphones: [], missing: { microphone: 'Rode NT-USB', loudspeaker: null } };
  devices.report(gone);
  expect(watch.check(devices.known())).toMatchObject({
    severity: 'bad',
    code: 'chosenMissing',
    figures: { device: 'Rode NT-USB' },
  });
  watch.report({ state: 'chosenMissing', device: 'Rode NT-USB', detail: '' });
  up += 10;
  devices.report(told);
  expect(watch.check(devices.known())).toMatchObject({
    severity: 'good',
    code: 'ready',
    figures: { device: 'Rode NT-USB' },
  });
  devices.report({ ...told, missing: { microphone: null, loudspeaker: 'Hall' } });
  watch.report({ state: 'working', device: 'Rode NT-USB', detail: '' });
  expect(watch.check(devices.known())).toMatchObject({ severity: 'notice', code: 'loudspeakerMissing' });
  watch.report({ state: 'stalled', device: 'Rode NT-USB', detail: '' });
  devices.report({ ...told, doubtful: true });
  expect(watch.check(devices.known()).code).toBe('doubtful');
});
