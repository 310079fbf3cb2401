import { closeSync, existsSync, openSync, readSync, statSync } from 'node:fs';

/** The pages of a database file as its log leaves them, whatever is broken in either. Numbers begin at 1. */
export interface Pages {
  size: number;
  count: number;
  /** The page's bytes; undefined past the end of the file. */
  read(number: number): Buffer | undefined;
  /** A piece of the log in the middle could not be read: what was committed after it is taken as far as it is there. */
  logDamaged: boolean;
  close(): void;
}

const sizes = [512, 1024, 2048, 4096, 8192, 16384, 32768, 65536];
const usualSize = 4096;
const walHeaderBytes = 32;
const frameHeaderBytes = 24;
const walMagic = 0x377f0682;

/** SQLite's checksum over pairs of 32-bit words (file format, 4.2); `big` says how the words lie. */
function checksum(bytes: Buffer, big: boolean, [first, second]: readonly [number, number]): [number, number] {
  let [s0, s1] = [first, second];
  for (let at = 0; at + 8 <= bytes.length; at += 8) {
    const [x0, x1] = big
      ? [bytes.readUInt32BE(at), bytes.readUInt32BE(at + 4)]
      : [bytes.readUInt32LE(at), bytes.readUInt32LE(at + 4)];
    s0 = (s0 + x0 + s1) >>> 0;
    s1 = (s1 + x1 + s0) >>> 0;
  }
  return [s0, s1];
}

function readAt(file: number, at: number, length: number): Buffer {
  const bytes = Buffer.alloc(length);
  return bytes.subarray(0, readSync(file, bytes, 0, length, at));
}

export interface Log {
  /** Where in the log the newest committed version of a page lies. */
  places: Map<number, number>;
  pageSize: number;
  damaged: boolean;
}

/**
 * Reads the log's index as SQLite does, and then further: frames of the same generation behind a damaged one are taken as
 * well, each proven by the sum in the frame before it. Two commits behind it mean damage, since each is synced before the
 * next begins; a single one may be a write that the power cut short, and is not taken.
 */
export function readLog(path: string): Log | undefined {
  if (!existsSync(path)) return undefined;
  const file = openSync(path, 'r');
  try {
    const header = readAt(file, 0, walHeaderBytes);
    const first = readAt(file, walHeaderBytes, frameHeaderBytes);
    if (header.length < walHeaderBytes || first.length < frameHeaderBytes) return undefined;
    const big = header.readUInt32BE(0) === walMagic + 1;
    let sum = checksum(header.subarray(0, 24), big, [0, 0]);
    const whole = sum[0] === header.readUInt32BE(24) && sum[1] === header.readUInt32BE(28);
    // Without its head SQLite takes the log for empty. What it holds is of the same generation as its first frame.
    const pageSize = whole ? header.readUInt32BE(8) : usualSize;
    if (!sizes.includes(pageSize)) return undefined;
    const salts = whole ? header.subarray(16, 24) : first.subarray(8, 16);
    const places = new Map<number, number>();
    let pending = new Map<number, number>();
    const behind: Map<number, number>[] = [];
    let damaged = !whole;
    const end = statSync(path).size;
    for (let at = walHeaderBytes; at + frameHeaderBytes + pageSize <= end; at += frameHeaderBytes + pageSize) {
      const frame = readAt(file, at, frameHeaderBytes + pageSize);
      const sameLife = frame.subarray(8, 16).equals(salts);
      const own = checksum(frame.subarray(frameHeaderBytes), big, checksum(frame.subarray(0, 8), big, sum));
      const said: [number, number] = [frame.readUInt32BE(16), frame.readUInt32BE(20)];
      sum = said;
      if (!sameLife || own[0] !== said[0] || own[1] !== said[1]) {
        // The end of what was written in this life, or damage: what follows tells.
        damaged = true;
        pending = new Map();
        continue;
      }
      pending.set(frame.readUInt32BE(0), at + frameHeaderBytes);
      if (frame.readUInt32BE(4) === 0) continue;
      if (damaged) behind.push(pending);
      else for (const [page, place] of pending) places.set(page, place);
      pending = new Map();
    }
    const lost = behind.length >= 2;
    if (lost) for (const commit of behind) for (const [page, place] of commit) places.set(page, place);
    return { places, pageSize, damaged: lost };
  } finally {
    closeSync(file);
  }
}

/** Opens a database file and its log to be read page by page. Throws what the disk throws. */
export function openPages(path: string): Pages {
  const log = readLog(`${path}-wal`);
  const file = openSync(path, 'r');
  const logFile = log === undefined ? undefined : openSync(`${path}-wal`, 'r');
  const header = readAt(file, 0, 100);
  const stated = header.length < 18 ? 0 : header.readUInt16BE(16);
  const own = stated === 1 ? 65536 : stated;
  const size = log?.pageSize ?? (sizes.includes(own) ? own : usualSize);
  const inFile = Math.ceil(statSync(path).size / size);
  const count = Math.max(inFile, ...(log?.places.keys() ?? []));
  return {
    size,
    count,
    logDamaged: log?.damaged ?? false,
    read(number) {
      const place = log?.places.get(number);
      const bytes =
        place !== undefined && logFile !== undefined
          ? readAt(logFile, place, size)
          : number >= 1 && number <= inFile
            ? readAt(file, (number - 1) * size, size)
            : undefined;
      return bytes?.length === size ? bytes : undefined;
    },
    close() {
      closeSync(file);
      if (logFile !== undefined) closeSync(logFile);
    },
  };
}
