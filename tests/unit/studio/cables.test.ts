import { execFileSync, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, openSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  type CableSystem,
  cablesOf,
  linuxCables,
  listCables,
  openCable,
} from '../../../electron/studio/ticket/cables.ts';
import { isSharedPrinter } from '../../../shared/domain/places.ts';

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'cables-'));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

/** What is no printer, by every name somebody may give it. */
const others = [
  ...Array.from({ length: 30 }, (_, n) => `/dev/fd/${n}`),
  ...Array.from({ length: 8 }, (_, n) => `/proc/self/fd/${n}`),
  ...['/dev/stdin', '/dev/stdout', '/dev/stderr', '/dev/null', '/dev/zero', '/dev/full', '/dev/random', '/dev/mem'],
  ...['/dev/kmsg', '/dev/console', '/dev/tty', '/dev/tty0', '/dev/tty1', '/dev/ttyS0', '/dev/ptmx', '/dev/pts/0'],
  ...['/dev/sda', '/dev/sda1', '/dev/nvme0n1', '/dev/vda', '/dev/loop0', '/dev/fuse', '/dev/kvm', '/dev/hwrng'],
  ...[
    '/dev/shm/x',
    '/dev/mqueue/x',
    '/dev/usb/hiddev0',
    '/dev/usb/lp',
    '/dev/usb/lp0/',
    '/dev//usb/lp0',
    '/dev/usb/lp999',
  ],
  ...['/dev/lp0 ', '/dev/./lp0', '/dev/usb/../lp0', '/dev/usb/../fd/3', '/dev/lp0\0', '/dev/lp0\n', '/dev', '/dev/'],
  ...[
    '/dev/serial/by-id/',
    '/dev/serial/by-id/../../fd/3',
    '/dev/serial/by-path/x',
    '/dev/input/event0',
    '/dev/watchdog',
  ],
  ...['', '/', '.', 'lp0', 'usb/lp0', '~/lp0', 'file:///dev/lp0', '\\\\localhost\\ticket', '\\\\.\\PhysicalDrive0'],
  ...['/etc/passwd', '/tmp', '/tmp/lp0', '/sys/class/tty', '/proc/kcore', '/proc/self/mem', '/proc/self/root/dev/lp0'],
];

it.each(others)('%j is no printer, whatever stands there', async (path) => {
  expect(await openCable(path)).toEqual({ ok: false, why: 'notAPrinter' });
});

/** A folder of devices of the test's own, with the real kernel's numbers and words. */
const ownDev = (cables = linuxCables): CableSystem => ({ platform: 'linux', cables, dev: dir, sys: '/sys' });

describe('what stands where a printer should', () => {
  it.each([
    ['a file', (path: string) => writeFileSync(path, 'as it was')],
    ['a folder', (path: string) => mkdirSync(path)],
    ['a pipe', (path: string) => execFileSync('mkfifo', [path])],
    [
      'a link to a file',
      (path: string) => {
        writeFileSync(`${path}-target`, 'as it was');
        symlinkSync(`${path}-target`, path);
      },
    ],
    ['a link to a device', (path: string) => symlinkSync('/dev/null', path)],
    ['a link to a descriptor', (path: string) => symlinkSync('/proc/self/fd/1', path)],
  ])('%s is not opened', async (_, make) => {
    for (const name of ['lp0', 'ttyUSB0', 'ttyACM3']) {
      const path = join(dir, name);
      make(path);
      expect(await openCable(path, ownDev())).toEqual({ ok: false, why: 'notAPrinter' });
    }
  });

  it('is told apart from nothing at all, and nothing is made there', async () => {
    expect(await openCable(join(dir, 'lp0'), ownDev())).toEqual({ ok: false, why: 'absent' });
    expect(execFileSync('ls', [dir]).toString()).toBe('');
  });

  it('a port’s lasting name leads to that kind of device and to nothing else', async () => {
    mkdirSync(join(dir, 'serial/by-id'), { recursive: true });
    const link = join(dir, 'serial/by-id/usb-Printer-if00');
    for (const target of ['/dev/null', '../../file', '/etc/passwd', '../../ttyUSB0']) {
      writeFileSync(join(dir, 'file'), 'as it was');
      writeFileSync(join(dir, 'ttyUSB0'), 'as it was');
      symlinkSync(target, link);
      expect(await openCable(link, ownDev()), target).toEqual({ ok: false, why: 'notAPrinter' });
      rmSync(link);
    }
    expect(readFileSync(join(dir, 'file'), 'utf8')).toBe('as it was');
  });
});

/** Another end of a real character device: a terminal of the system's own, which a program holds open. */
async function terminal(): Promise<{ path: string; end(): void }> {
  // `script` gives the program it runs a pseudo-terminal; the program says which.
  const child = spawn('script', ['-qc', 'tty; stty raw -echo; sleep 60', '/dev/null'], {
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  const path = await new Promise<string>((resolve) => {
    child.stdout.once('data', (said: Buffer) => resolve(said.toString().trim()));
  });
  return { path, end: () => child.kill('SIGKILL') };
}

describe.runIf(process.platform === 'linux')('a real character device', () => {
  it('is written to only where its number is the kind’s, and the kernel calls it by that name', async () => {
    const { path, end } = await terminal();
    try {
      const name = /^pts\/\d+$/;
      const at = (major: number, sys: string | null = '/sys'): CableSystem => ({
        platform: 'linux',
        cables: [{ name, major }],
        dev: '/dev',
        sys,
      });
      // Numbers 136 to 143 are the kernel's for the ends of pseudo-terminals.
      const right = await openCable(path, at(136, null));
      expect(right).toMatchObject({ ok: true });
      if (right.ok) {
        expect(await right.device.write(Buffer.from('ticket'))).toMatchObject({ bytesWritten: 6 });
        await right.device.close();
      }
      for (const major of [180, 6, 188, 166]) {
        expect(await openCable(path, at(major)), String(major)).toEqual({ ok: false, why: 'notAPrinter' });
      }
      // The kernel's own word for a number is another's name: 1:3 is `null`.
      const posing: CableSystem = {
        platform: 'linux',
        cables: [{ name: /^full$/, major: 1 }],
        dev: '/dev',
        sys: '/sys',
      };
      expect(await openCable('/dev/full', posing)).toMatchObject({ ok: true });
      writeFileSync(join(dir, 'uevent'), '');
      mkdirSync(join(dir, 'dev/char/1:7'), { recursive: true });
      writeFileSync(join(dir, 'dev/char/1:7/uevent'), 'MAJOR=1\nMINOR=7\nDEVNAME=sda\n');
      expect(await openCable('/dev/full', { ...posing, sys: dir })).toEqual({ ok: false, why: 'notAPrinter' });
    } finally {
      end();
    }
  });

  it('opened by us stays open and untouched when it is named by its descriptor', async () => {
    const file = join(dir, 'library.db');
    writeFileSync(file, 'as it was');
    const descriptor = openSync(file, 'r+');
    expect(await openCable(`/dev/fd/${descriptor}`)).toEqual({ ok: false, why: 'notAPrinter' });
    expect(readFileSync(file, 'utf8')).toBe('as it was');
  });
});

it('lists nothing that is no character device, and what the system has', async () => {
  writeFileSync(join(dir, 'lp0'), '');
  mkdirSync(join(dir, 'usb/lp1'), { recursive: true });
  symlinkSync('/dev/null', join(dir, 'ttyUSB0'));
  expect(await listCables(ownDev())).toEqual([]);
  const posing: CableSystem = {
    platform: 'linux',
    cables: [{ name: /^(null|full)$/, major: 1 }],
    dev: '/dev',
    sys: '/sys',
  };
  expect(await listCables(posing)).toEqual([
    { path: '/dev/full', name: 'full' },
    { path: '/dev/null', name: 'null' },
  ]);
  expect(cablesOf('win32').cables).toEqual([]);
});

it.each([
  ['\\\\localhost\\ticket', true],
  ['\\\\caisse-2\\epson_tm', true],
  ['\\\\.\\PhysicalDrive0', false],
  ['\\\\?\\C:', false],
  ['\\\\..\\ticket', false],
  ['\\\\localhost\\..', false],
  ['\\\\localhost\\C$', false],
  ['\\\\localhost\\a\\b', false],
  ['C:\\ticket', false],
  ['\\\\localhost', false],
])('%j shared by Windows: %s', (path, right) => {
  expect(isSharedPrinter(path)).toBe(right);
});
