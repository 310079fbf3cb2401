/**
 * Microphones and loudspeakers by name. A browser's ids change with the port, the profile and the address of the page,
 * and its group ids with every page load, so neither says who a device is; the name it gives itself does, with the names
 * of what sits in the same case (a headset's two halves) where two are called the same.
 */

export type DeviceSort = 'microphone' | 'loudspeaker';

/** A device as a page lists it just now. `group` holds for this page alone. */
export interface SeenDevice {
  id: string;
  name: string;
  group: string;
}

/** A device that a host has chosen, as it is known again later. */
export interface ChosenDevice {
  name: string;
  /** Names of the other devices in the same case, sorted. */
  companions: string[];
  /** Which of those with this name, from 0, and how many there were. */
  nth: number;
  of: number;
  /** The id it had when it was chosen. */
  id: string;
}

/** What stands for another device: ids that Chromium gives to the system's two defaults. */
const aliases = ['default', 'communications'];
export const isAlias = (device: Pick<SeenDevice, 'id'>): boolean => aliases.includes(device.id);

/** What sounds out of the machine, brought back as an input; as the systems and the usual programs call it. */
const monitors =
  /^(monitor|moniteur)\s+(of|de|du|des|d['’]|von|van)|\.monitor$|loopback|stereo ?mix|mixage st[ée]r[ée]o|what u hear|wave out mix|blackhole|soundflower|cable output|virtual audio cable/i;
const screens = /\bhdmi\b|displayport/i;

/** What an input is, as far as its name says: only `microphone` is ever taken without a host's word. */
export function inputSort(name: string): 'microphone' | 'monitor' | 'screen' {
  const plain = plainName(name);
  if (monitors.test(plain)) return 'monitor';
  return screens.test(plain) ? 'screen' : 'microphone';
}

/**
 * The name without what changes from port to port: « Default - », and the number Windows puts before the second of its
 * kind (« Microphone (2- USB Audio) »).
 */
export function plainName(name: string): string {
  return name
    .replace(/^(default|communications|par défaut|standard)\s+-\s+/i, '')
    .replace(/\((\d+)-\s*/, '(')
    .replaceAll(/\s+/g, ' ')
    .trim();
}
const key = (name: string) => plainName(name).toLocaleLowerCase('en');
const sameName = (one: string, other: string) => key(one) === key(other);

/** Only real devices: no aliases, and none that the browser keeps to itself. */
export function realDevices<Device extends SeenDevice>(devices: readonly Device[]): Device[] {
  return devices.filter((device) => device.id !== '' && device.name !== '' && !isAlias(device));
}

function companionsOf(device: SeenDevice, all: readonly SeenDevice[]): string[] {
  const others = realDevices(all).filter((other) => other.group === device.group && other !== device);
  return [...new Set(others.map(({ name }) => key(name)))].filter((name) => name !== key(device.name)).sort();
}

/** How a device is known again: `same` are all of its sort, `all` every device of the page. */
export function choiceOf(device: SeenDevice, same: readonly SeenDevice[], all: readonly SeenDevice[]): ChosenDevice {
  const namesakes = realDevices(same).filter((other) => sameName(other.name, device.name));
  return {
    name: plainName(device.name),
    companions: companionsOf(device, all),
    nth: Math.max(0, namesakes.indexOf(device)),
    of: Math.max(1, namesakes.length),
    id: device.id,
  };
}

export interface Found {
  device: SeenDevice;
  /** Several have this name and only their order told which: it may be the other one. */
  doubtful: boolean;
}

/** Finds the chosen device among those of its sort; undefined when it is not there. */
export function findChosen(
  chosen: ChosenDevice,
  same: readonly SeenDevice[],
  all: readonly SeenDevice[],
): Found | undefined {
  const namesakes = realDevices(same).filter((device) => sameName(device.name, chosen.name));
  const known = namesakes.find((device) => device.id === chosen.id);
  if (known !== undefined) return { device: known, doubtful: false };
  const [only, ...others] = namesakes;
  if (only === undefined) return undefined;
  if (others.length === 0) return { device: only, doubtful: chosen.of > 1 };
  const wanted = [...chosen.companions].sort().join('\n');
  const alike = namesakes.filter((device) => companionsOf(device, all).join('\n') === wanted);
  const [alone, ...more] = alike;
  if (alone !== undefined && more.length === 0) return { device: alone, doubtful: false };
  const left = alike.length > 0 ? alike : namesakes;
  return { device: left[Math.min(chosen.nth, left.length - 1)] ?? only, doubtful: true };
}

export type Picked =
  | { ok: true; device: SeenDevice; doubtful: boolean; chosen: boolean }
  /** The one that was chosen is not there: nothing else is taken in its place. */
  | { ok: false; reason: 'chosenMissing'; name: string }
  /** Nothing was chosen, and what the system offers is no microphone; `name` may be empty. */
  | { ok: false; reason: 'noMicrophone'; name: string };

/**
 * The microphone to record with. A chosen one or none; where nothing was chosen, the one taken before (`usual`), so that
 * a camera that is plugged in does not take over; else what the system's default stands for, if that is a microphone;
 * else, where the browser does not say what it stands for (Linux), the first that is one.
 */
export function pickMicrophone(
  chosen: ChosenDevice | null,
  usual: ChosenDevice | null,
  inputs: readonly SeenDevice[],
  all: readonly SeenDevice[],
): Picked {
  if (chosen !== null) {
    const found = findChosen(chosen, inputs, all);
    if (found === undefined) return { ok: false, reason: 'chosenMissing', name: chosen.name };
    return { ok: true, ...found, chosen: true };
  }
  const real = realDevices(inputs);
  const microphones = real.filter((device) => inputSort(device.name) === 'microphone');
  const before = usual === null ? undefined : findChosen(usual, microphones, all);
  if (before !== undefined) return { ok: true, device: before.device, doubtful: false, chosen: false };
  const alias = inputs.find((device) => device.id === 'default');
  const named = alias && real.find((device) => device.name !== alias.name && sameName(device.name, alias.name));
  const meant = named ?? (alias && real.find((device) => device.group !== '' && device.group === alias.group));
  if (meant !== undefined && inputSort(meant.name) !== 'microphone') {
    return { ok: false, reason: 'noMicrophone', name: meant.name };
  }
  const device = meant ?? microphones[0];
  if (device !== undefined) return { ok: true, device, doubtful: false, chosen: false };
  return { ok: false, reason: 'noMicrophone', name: real[0]?.name ?? alias?.name ?? '' };
}
