import { execFileSync } from 'node:child_process';
import { constants, mkdtempSync, rmSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { createTicketPrinter } from '../../../electron/studio/ticket/printer.ts';
import { columns, receipt, wrap } from '../../../electron/studio/ticket/receipt.ts';
import { sendToDevice, sendToNetwork } from '../../../electron/studio/ticket/send.ts';
import { type TicketPrinter, ticketPrinter } from '../../../shared/contract/printing.ts';
import { languages } from '../../../shared/domain/language.ts';
import type { TicketContent } from '../../../shared/domain/ticket.ts';
import { openFakePrinter, readPaper } from '../../fixtures/fake-printer.ts';

const content: TicketContent = {
  language: 'fr',
  event: { name: 'Hauts les Coop', town: 'Saint-Pol-sur-Mer', day: '2026-05-01' },
  code: 'KM4-7QX',
  url: 'https://example.org/retrait#KM4-7QX',
  contact: 'bonjour@example.org',
  until: '2031-05-01',
};
const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

function printerWith(setting: TicketPrinter) {
  const said: string[] = [];
  return { said, ...createTicketPrinter({ setting: () => setting, log: (what) => said.push(what) }) };
}

test('a ticket says what it opens, where, and until when, and is cut', () => {
  const paper = readPaper(receipt(content));
  const text = paper.lines.join(' ').replace(/ +/g, ' ');
  expect(text).toContain('Votre code KM4-7QX');
  expect(text).toContain('Hauts les Coop, Saint-Pol-sur-Mer, 1er mai');
  expect(text).toContain("- à la cabine, « J'ai un code » ;");
  expect(text).toContain('- auprès de bonjour@example.org.');
  expect(text).toContain("Autorisé jusqu'au 1er mai 2031 au plus tard.");
  expect(paper.qr).toEqual(['https://example.org/retrait#KM4-7QX']);
  expect(paper.cut).toBe(true);
});

test('without an address there is no QR code, and the way is said in words', () => {
  const paper = readPaper(receipt({ ...content, url: null, contact: '', until: null }));
  expect(paper.qr).toEqual([]);
  const text = paper.lines.join(' ');
  expect(text).toContain("auprès de l'équipe");
  expect(text).not.toContain('null');
});

test.each(languages)('every word in %s is on the paper, on lines no longer than it', (language) => {
  const name = 'Rencontre des coopératrices et coopérateurs « Œuvrons à Noël… » — Flandre';
  const { lines } = readPaper(receipt({ ...content, language, event: { ...content.event, name } }));
  for (const line of lines) expect(line.length).toBeLessThanOrEqual(columns);
  expect(lines.join(' ')).not.toContain('?');
});

test('a line is broken between words, an address where it must', () => {
  expect(wrap('un deux trois', 8)).toEqual(['un deux', 'trois']);
  expect(wrap('https://example.org/une/longue', 12).every((line) => line.length <= 12)).toBe(true);
  expect(wrap('un code\u202f; fin', 8)).toEqual(['un', 'code ;', 'fin']);
});

test('tickets go to the printer on the network, one after the other', async () => {
  const paper = await openFakePrinter();
  closing.push(paper.close);
  const { print } = printerWith({ kind: 'network', host: paper.host, port: paper.port });
  const both = await Promise.all([print(content), print({ ...content, code: 'AAA-333' })]);
  expect(both).toEqual([
    { ok: true, by: 'studio' },
    { ok: true, by: 'studio' },
  ]);
  const papers = paper.papers();
  expect(papers.map(({ lines }) => lines.find((line) => /^[A-Z0-9]{3}-/.test(line)))).toEqual(['KM4-7QX', 'AAA-333']);
});

test('no printer, one that is not there and one that breaks off are told apart, without what was on the ticket', async () => {
  expect(await printerWith({ kind: 'none' }).print(content)).toEqual({ ok: false, code: 'NO_PRINTER' });
  expect(await printerWith({ kind: 'system' }).print(content)).toEqual({ ok: true, by: 'page' });
  const gone = await openFakePrinter();
  await gone.close();
  const absent = printerWith({ kind: 'network', host: gone.host, port: gone.port });
  expect(await absent.print(content)).toEqual({ ok: false, code: 'NO_PRINTER' });
  const broken = await openFakePrinter('resets');
  closing.push(broken.close);
  const failing = printerWith({ kind: 'network', host: broken.host, port: broken.port });
  expect(await failing.print(content)).toEqual({ ok: false, code: 'PRINTER_FAILED' });
  expect([...absent.said, ...failing.said].join(' ')).not.toMatch(/KM4|example/);
});

test('a printer that takes nothing is given up, and the next ticket is tried', async () => {
  const stuck = await openFakePrinter('neverReads');
  closing.push(stuck.close);
  expect(await sendToNetwork(stuck.host, stuck.port, new Uint8Array(64 * 1024 * 1024), 300)).toBe('failed');
});

test('a device gets every byte, and is given up when it takes no more', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'phonomaton-printer-'));
  closing.push(() => rmSync(dir, { recursive: true }));
  const path = join(dir, 'lp0');
  // A pipe stands for the printer: what may be opened at all has tests of its own (cables.test.ts).
  execFileSync('mkfifo', [path]);
  const opened = () => open(path, constants.O_WRONLY | constants.O_NONBLOCK);
  const reading = await open(path, 'r+');
  closing.push(() => reading.close());
  const bytes = receipt(content);
  expect(await sendToDevice(await opened(), bytes)).toBe('sent');
  const { buffer } = await reading.read(Buffer.alloc(bytes.length), 0, bytes.length);
  expect(readPaper(buffer).lines).toContain('KM4-7QX');
  // Nobody reads any more: the pipe is full, and the booth does not wait for ever.
  expect(await sendToDevice(await opened(), new Uint8Array(1024 * 1024), 300)).toBe('failed');
});

test.each([
  ['a file', { kind: 'device', path: '/etc/passwd' }],
  ['a way out of /dev', { kind: 'device', path: '/dev/../etc/passwd' }],
  ['an address with a path', { kind: 'network', host: 'http://printer/x', port: 9100 }],
  ['no address', { kind: 'network', host: '', port: 9100 }],
])('%s is no printer', (_, setting) => {
  expect(ticketPrinter.safeParse(setting).success).toBe(false);
});
