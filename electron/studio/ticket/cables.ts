import { constants } from 'node:fs';
import { type FileHandle, lstat, open, readdir, readFile, realpath } from 'node:fs/promises';
import { join } from 'node:path';
import { isSharedPrinter, type ListedPrinter } from '../../../shared/domain/places.ts';
import { nameLimit } from '../../../shared/domain/portrait.ts';

/** A kind of device a receipt printer hangs on. */
export interface Cable {
  /** Its names below `/dev`, as the kernel gives them. */
  name: RegExp;
  /** Its number among the character devices; null where the system gives out numbers as it likes (macOS). */
  major: number | null;
}

/**
 * Numbers from the kernel's list, Documentation/admin-guide/devices.txt: 180 char « USB devices », of which `usb/lp*` are
 * printers; 6 char « Parallel printer devices »; 188 char « USB serial converters »; 166 char « ACM USB modems ».
 */
export const linuxCables: readonly Cable[] = [
  { name: /^usb\/lp\d{1,2}$/, major: 180 },
  { name: /^lp\d{1,2}$/, major: 6 },
  { name: /^ttyUSB\d{1,3}$/, major: 188 },
  { name: /^ttyACM\d{1,3}$/, major: 166 },
];
const macCables: readonly Cable[] = [{ name: /^cu\.usb(serial|modem)[\w.-]{0,60}$/, major: null }];

/** Links by which the same serial port is found again in whatever socket it is: a folder of udev's. */
const byId = /^serial\/by-id\/[\w.:+-]{1,120}$/;

export interface CableSystem {
  platform: NodeJS.Platform;
  cables: readonly Cable[];
  /** The system's folder of devices. */
  dev: string;
  /** Where Linux tells of the devices it has; null elsewhere. */
  sys: string | null;
}

export function cablesOf(platform: NodeJS.Platform = process.platform): CableSystem {
  if (platform === 'linux') return { platform, cables: linuxCables, dev: '/dev', sys: '/sys' };
  return { platform, cables: platform === 'darwin' ? macCables : [], dev: '/dev', sys: null };
}

/** Linux' number of a device: 12 bits of major between two parts of the minor (glibc's `gnu_dev_major`). */
const majorOf = (rdev: number) => Number((BigInt(rdev) >> 8n) & 0xfffn);
const minorOf = (rdev: number) => Number((BigInt(rdev) & 0xffn) | ((BigInt(rdev) >> 12n) & 0xfff00n));

/**
 * The device's own path when `path` is one of the kinds by its name; the one link that is followed is udev's. Undefined for
 * everything else, whether it is there or not.
 */
async function ownPath(path: string, { cables, dev }: CableSystem): Promise<string | undefined> {
  if (!path.startsWith(`${dev}/`)) return undefined;
  const short = path.slice(dev.length + 1);
  const isCable = (name: string) => cables.some((cable) => cable.name.test(name));
  if (isCable(short)) return path;
  if (!byId.test(short)) return undefined;
  const real = await realpath(path).catch(() => undefined);
  if (real === undefined || !real.startsWith(`${dev}/`)) return undefined;
  return isCable(real.slice(dev.length + 1)) ? real : undefined;
}

/** Whether what was opened is the device its name says, by its number and by the kernel's own word for that number. */
async function isCable(handle: FileHandle, path: string, { cables, dev, sys }: CableSystem): Promise<boolean> {
  const about = await handle.stat();
  if (!about.isCharacterDevice()) return false;
  const short = path.slice(dev.length + 1);
  const cable = cables.find(({ name }) => name.test(short));
  if (cable === undefined) return false;
  if (cable.major === null) return true;
  if (majorOf(about.rdev) !== cable.major) return false;
  if (sys === null) return true;
  const number = `${cable.major}:${minorOf(about.rdev)}`;
  const told = await readFile(join(sys, 'dev/char', number, 'uevent'), 'utf8').catch(() => undefined);
  // Without sysfs (some containers) the number alone has to do.
  return told === undefined || told.split('\n').includes(`DEVNAME=${short}`);
}

/** `absent`: no such device now; `notAPrinter`: something else is meant, or stands there. */
export type Opened = { ok: true; device: FileHandle } | { ok: false; why: 'absent' | 'notAPrinter' };

/**
 * Opens a printer on a cable: by the kinds above, without making anything, without following a link in its last step, without
 * waiting and without letting a serial line become this process's terminal. What is opened is looked at before a byte of it
 * is written.
 */
export async function openCable(path: string, system: CableSystem = cablesOf()): Promise<Opened> {
  if (system.platform === 'win32') {
    if (!isSharedPrinter(path)) return { ok: false, why: 'notAPrinter' };
    const device = await open(path, constants.O_WRONLY).catch(() => undefined);
    return device === undefined ? { ok: false, why: 'absent' } : { ok: true, device };
  }
  const own = await ownPath(path, system);
  if (own === undefined) return { ok: false, why: 'notAPrinter' };
  const flags = constants.O_WRONLY | constants.O_NONBLOCK | constants.O_NOFOLLOW | constants.O_NOCTTY;
  // Looked at first as well: opening alone may do something to a device that is none of these.
  const before = await lstat(own).catch(() => undefined);
  if (before === undefined) return { ok: false, why: 'absent' };
  if (!before.isCharacterDevice()) return { ok: false, why: 'notAPrinter' };
  const device = await open(own, flags).catch(() => undefined);
  if (device === undefined) return { ok: false, why: 'absent' };
  if (await isCable(device, own, system).catch(() => false)) return { ok: true, device };
  await device.close().catch(() => undefined);
  return { ok: false, why: 'notAPrinter' };
}

/** What the device calls itself, from the nearest of its parents that has a name. */
async function productOf(short: string, sys: string | null): Promise<string | undefined> {
  if (sys === null) return undefined;
  const place = short.startsWith('usb/') ? 'class/usbmisc' : short.startsWith('tty') ? 'class/tty' : 'class/printer';
  let folder = await realpath(join(sys, place, short.replace('usb/', ''), 'device')).catch(() => undefined);
  for (let step = 0; folder !== undefined && step < 4; step++, folder = join(folder, '..')) {
    const words = await Promise.all(
      ['manufacturer', 'product'].map((word) => readFile(join(folder ?? '', word), 'utf8').catch(() => '')),
    );
    const name = words.map((word) => word.trim()).filter((word) => word !== '');
    if (name.length > 0) return name.join(' ');
  }
  return undefined;
}

/** Printers on a cable as the system has them now; on Windows they are shared by a name, which nothing lists without asking. */
export async function listCables(system: CableSystem = cablesOf()): Promise<ListedPrinter[]> {
  const { dev, sys } = system;
  const names: string[] = [];
  for (const folder of ['', 'usb', 'serial/by-id']) {
    const entries = await readdir(join(dev, folder)).catch(() => []);
    names.push(...entries.map((entry) => (folder === '' ? entry : `${folder}/${entry}`)));
  }
  const found = new Map<string, ListedPrinter>();
  // Links that outlast a socket stand first: of the same port, they are the one to keep.
  for (const name of names.sort((one, other) => Number(byId.test(other)) - Number(byId.test(one)))) {
    const path = join(dev, name);
    const own = await ownPath(path, system);
    if (own === undefined || found.has(own)) continue;
    const about = await lstat(own).catch(() => undefined);
    if (!about?.isCharacterDevice()) continue;
    const short = own.slice(dev.length + 1);
    const product = await productOf(short, sys);
    const label = product === undefined ? short : `${product} (${short})`;
    found.set(own, { path, name: label.slice(0, nameLimit) });
  }
  return [...found.values()].sort((one, other) => (one.path < other.path ? -1 : 1));
}
