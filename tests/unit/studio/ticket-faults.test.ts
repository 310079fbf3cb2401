import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { constants, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createTicketPrinter, type OpenDevice } from '../../../electron/studio/ticket/printer.ts';
import type { TicketPrinter } from '../../../shared/contract/printing.ts';
import type { TicketContent } from '../../../shared/domain/ticket.ts';
import { type FakeTrouble, openFakePrinter } from '../../fixtures/fake-printer.ts';

const content: TicketContent = {
  language: 'fr',
  event: { name: 'Hauts les Coop', town: 'Saint-Pol-sur-Mer', day: '2026-05-01' },
  code: 'KM4-7QX',
  url: 'https://example.org/retrait#KM4-7QX',
  contact: '',
  until: null,
};
/** Milliseconds for one ticket; its answer comes a little later at most. */
const patience = 1_500;
const within = 4_000;

let dir: string;
let closing: (() => unknown)[];
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'printers-'));
  closing = [() => rmSync(dir, { recursive: true })];
});
afterEach(async () => {
  for (const close of closing.reverse()) await close();
});

const network = (trouble: FakeTrouble) => async (): Promise<TicketPrinter> => {
  const printer = await openFakePrinter(trouble);
  closing.push(printer.close);
  return { kind: 'network', host: printer.host, port: printer.port };
};
/** Opens what a test made in a printer's place: what may be opened at all has tests of its own (cables.test.ts). */
const openDevice: OpenDevice = (path) =>
  open(path, constants.O_WRONLY | constants.O_NONBLOCK).then(
    (opened) => ({ ok: true, device: opened }),
    () => ({ ok: false, why: 'absent' }),
  );
const device = (path: string): TicketPrinter => ({ kind: 'device', path });
function fifo(): string {
  const path = join(dir, 'lp');
  execFileSync('mkfifo', [path]);
  return path;
}

const printers: [what: string, make: () => Promise<TicketPrinter>, answer: object][] = [
  ['is not there', async () => device(join(dir, 'lp0')), { ok: false, code: 'NO_PRINTER' }],
  [
    'is a folder',
    async () => {
      mkdirSync(join(dir, 'lp1'));
      return device(join(dir, 'lp1'));
    },
    { ok: false, code: 'NO_PRINTER' },
  ],
  ['is a pipe nobody reads', async () => device(fifo()), { ok: false, code: 'NO_PRINTER' }],
  [
    'hangs, its buffer full',
    async () => {
      const path = fifo();
      const reader = await open(path, 'r+');
      closing.push(() => reader.close());
      await reader.write(Buffer.alloc(65_536));
      return device(path);
    },
    { ok: false, code: 'PRINTER_FAILED' },
  ],
  [
    'is killed midway',
    async () => {
      const path = fifo();
      const full = await open(path, 'r+');
      await full.write(Buffer.alloc(65_536));
      const reader: ChildProcess = spawn('sh', ['-c', `exec 3<'${path}'; echo on; sleep 0.4; kill -KILL $$`]);
      if (reader.stdout) await once(reader.stdout, 'data');
      await full.close();
      return device(path);
    },
    { ok: false, code: 'PRINTER_FAILED' },
  ],
  ['takes nothing more', async () => device('/dev/full'), { ok: false, code: 'PRINTER_FAILED' }],
  ['breaks the line off', network('resets'), { ok: false, code: 'PRINTER_FAILED' }],
  ['is unplugged midway', network('diesMidway'), { ok: false, code: 'PRINTER_FAILED' }],
  ['talks back without end, but prints', network('babbles'), { ok: true, by: 'studio' }],
  [
    'is not on the network',
    async () => {
      const gone = await openFakePrinter();
      await gone.close();
      return { kind: 'network', host: gone.host, port: gone.port };
    },
    { ok: false, code: 'NO_PRINTER' },
  ],
];

test.each(printers)(
  'a printer that %s is answered by name, in time, and the next ticket is printed',
  async (_, make, answer) => {
    let setting = await make();
    const said: string[] = [];
    const printer = createTicketPrinter({
      setting: () => setting,
      log: (what) => said.push(what),
      patience,
      openDevice,
    });
    const begun = performance.now();
    expect(await printer.print(content)).toEqual(answer);
    expect(performance.now() - begun).toBeLessThan(within);
    expect(said.join(' ')).not.toMatch(/KM4|example/);
    setting = await network('none')();
    expect(await printer.print(content)).toEqual({ ok: true, by: 'studio' });
  },
);
