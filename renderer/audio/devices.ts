import type { BoothDevices, ListedDevice } from '../../shared/contract/devices.ts';
import {
  type ChosenDevice,
  choiceOf,
  findChosen,
  inputSort,
  isAlias,
  pickMicrophone,
  realDevices,
  type SeenDevice,
} from '../../shared/domain/devices.ts';

/** What the page may see of the machine's sound: every device, and those of each sort. */
export interface PageDevices {
  inputs: SeenDevice[];
  outputs: SeenDevice[];
  all: SeenDevice[];
}

/** The page's devices just now; without the permission to hear they have neither names nor ids. */
export async function listDevices(): Promise<PageDevices> {
  const listed = await navigator.mediaDevices.enumerateDevices();
  const of = (kind: MediaDeviceKind) =>
    listed
      .filter((device) => device.kind === kind)
      .map(({ deviceId, label, groupId }): SeenDevice => ({ id: deviceId, name: label, group: groupId }));
  const inputs = of('audioinput');
  const outputs = of('audiooutput');
  return { inputs, outputs, all: [...inputs, ...outputs] };
}

/** Whether names can be read; where there is no input at all there is nothing to be read. */
export const namesKnown = ({ inputs }: PageDevices): boolean =>
  inputs.length === 0 || inputs.some(({ id, name }) => id !== '' && name !== '');

/** The ids to play on, for a chosen loudspeaker: '' is the system's own. */
export function sinkFor(
  chosen: ChosenDevice | null,
  { outputs, all }: PageDevices,
): { sinkId: string; missing: string | null } {
  if (chosen === null) return { sinkId: '', missing: null };
  const found = findChosen(chosen, outputs, all);
  return found === undefined ? { sinkId: '', missing: chosen.name } : { sinkId: found.device.id, missing: null };
}

export interface Wish {
  microphone: ChosenDevice | null;
  loudspeaker: ChosenDevice | null;
}

/** The list as the hosts choose from it, and what is missing of what they chose. */
export function describeDevices(devices: PageDevices, wish: Wish, usual: ChosenDevice | null): BoothDevices {
  const { inputs, outputs, all } = devices;
  const picked = pickMicrophone(wish.microphone, usual, inputs, all);
  const sink = sinkFor(wish.loudspeaker, devices);
  const listed = (same: SeenDevice[], sort: (name: string) => ListedDevice['sort'], currentId: string) =>
    realDevices(same)
      .slice(0, 40)
      .map(
        (device): ListedDevice => ({
          name: device.name.slice(0, 200),
          sort: sort(device.name),
          choice: choiceOf(device, same, all),
          current: device.id === currentId,
        }),
      );
  return {
    microphones: listed(inputs, inputSort, picked.ok ? picked.device.id : ''),
    loudspeakers: listed(
      outputs.filter((device) => !isAlias(device)),
      () => 'loudspeaker',
      sink.sinkId,
    ),
    missing: {
      microphone: !picked.ok && picked.reason === 'chosenMissing' ? picked.name : null,
      loudspeaker: sink.missing,
    },
    doubtful: picked.ok && picked.doubtful,
  };
}
