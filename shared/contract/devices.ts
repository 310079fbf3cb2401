import { z } from 'zod';
import { count, empty, hostCall, id, instant, visitorCall } from './base.ts';

const name = z.string().max(200);
/** More than any booth has; a page that says more is not ours. */
const most = 40;

/** A device a host chose, as it is known again (`shared/domain/devices.ts`). */
export const chosenDevice = z.object({
  name: name.min(1),
  companions: z.array(name).max(most),
  nth: count.max(most),
  of: count.max(most),
  id: z.string().max(200),
});

/** A device as the booth's page lists it, with what to store when it is chosen. */
export const listedDevice = z.object({
  name,
  /** What an input is by its name; loudspeakers are all `loudspeaker`. */
  sort: z.enum(['microphone', 'monitor', 'screen', 'loudspeaker']),
  choice: chosenDevice,
  /** The one in use, or that would be. */
  current: z.boolean(),
});
export type ListedDevice = z.infer<typeof listedDevice>;

/** What the booth has: its microphones and loudspeakers, and the chosen ones it misses, by name. */
export const boothDevices = z.object({
  microphones: z.array(listedDevice).max(most),
  loudspeakers: z.array(listedDevice).max(most),
  missing: z.object({ microphone: name.nullable(), loudspeaker: name.nullable() }),
  /** Several have the chosen one's name, and only their order tells which. */
  doubtful: z.boolean(),
});
export type BoothDevices = z.infer<typeof boothDevices>;

/** A test that a host asked for: the microphone's level for as long as the desk watches, or a tone. */
export const soundTest = z.object({
  id,
  sort: z.enum(['microphone', 'loudspeaker']),
  device: chosenDevice,
});
export type SoundTest = z.infer<typeof soundTest>;

/** How a test fares. Levels in dBFS and nothing more: no sound ever leaves the booth this way. */
export const testState = z.object({
  state: z.enum(['waiting', 'running', 'done', 'visit', 'missing', 'failed']),
  rmsDb: z.number().min(-120).max(20),
  peakDb: z.number().min(-120).max(20),
});
export type TestState = z.infer<typeof testState>;

export const devicesContract = {
  /** What the booth's page told last; `seenAt` null: it has not told anything since the studio was started. */
  known: hostCall
    .route({ method: 'GET' })
    .input(empty)
    .output(z.object({ seenAt: instant.nullable(), awake: z.boolean(), devices: boothDevices.nullable() })),
  /** Chooses by name, at once; null goes back to the system's own. A host may: it is who stands beside the booth. */
  choose: hostCall
    .input(z.object({ microphone: chosenDevice.nullish(), loudspeaker: chosenDevice.nullish() }))
    .output(empty),
  /** Asks the booth's page for a test; `visit`: somebody is there, and no microphone is opened for it. */
  test: hostCall.input(soundTest.omit({ id: true })).output(z.object({ id })),
  /** The level now. Not asked for 3 s, the test ends by itself. */
  level: hostCall.input(z.object({ id })).output(testState),
  stopTest: hostCall.input(z.object({ id })).output(empty),
};

/** The booth's side of it; joined to `booth`. */
export const boothDevicesContract = {
  reportDevices: visitorCall.input(boothDevices).output(empty),
  /** Long poll: answers when there is something new to do for the hosts, or after some seconds with what is. */
  orders: visitorCall
    .input(z.object({ after: count, waitMs: count.max(25_000) }))
    .output(z.object({ seq: count, test: soundTest.nullable(), reread: z.boolean() })),
  /** How the test fares; the answer says whether it is still wanted. */
  tellTest: visitorCall.input(testState.extend({ id })).output(z.object({ wanted: z.boolean() })),
};
