/** A picture without anything but its pixels, and its size. */
export interface BarePicture {
  kind: 'jpeg' | 'png';
  width: number;
  height: number;
  bytes: Buffer;
}

const pngMark = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
/** Pixels, their colours and what shines through. A profile or a text may unpack to a thousand times its size. */
const pngKept = new Set(['IHDR', 'PLTE', 'tRNS', 'IDAT', 'IEND']);

/** Baseline, extended and progressive: what cameras and programs write. */
const jpegFrames = new Set([0xc0, 0xc1, 0xc2]);
/** Tables and intervals; JFIF, Exif (which way is up) and Adobe's word for the colours. */
const jpegKept = new Set([0xc4, 0xdb, 0xdd, 0xe0, 0xe1, 0xee]);
const startOfScan = 0xda;
const endOfImage = 0xd9;
/** Passes over all pixels: programs write about ten. */
const mostScans = 100;

/**
 * Takes a JPEG or PNG apart and puts together what its pixels need. It has one size, told once, and whoever decodes it
 * finds no other; undefined for anything else, whatever it is called, and for what does not come to its end.
 */
export function barePicture(given: Uint8Array): BarePicture | undefined {
  const bytes = Buffer.from(given.buffer, given.byteOffset, given.byteLength);
  if (bytes.length >= 8 && bytes.subarray(0, 8).equals(pngMark)) return barePng(bytes);
  if (bytes.length >= 4 && bytes.readUInt16BE(0) === 0xffd8) return bareJpeg(bytes);
  return undefined;
}

function barePng(bytes: Buffer): BarePicture | undefined {
  const parts: Buffer[] = [pngMark];
  let size: { width: number; height: number } | undefined;
  for (let at = 8; at + 12 <= bytes.length; ) {
    const length = bytes.readUInt32BE(at);
    const name = bytes.toString('latin1', at + 4, at + 8);
    const end = at + 12 + length;
    if (end > bytes.length) return undefined;
    // The size comes first, and once.
    if ((name === 'IHDR') !== (size === undefined) || (name === 'IHDR' && length !== 13)) return undefined;
    size ??= { width: bytes.readUInt32BE(at + 8), height: bytes.readUInt32BE(at + 12) };
    if (pngKept.has(name)) parts.push(bytes.subarray(at, end));
    if (name === 'IEND') return { kind: 'png', ...size, bytes: Buffer.concat(parts) };
    at = end;
  }
  return undefined;
}

function bareJpeg(bytes: Buffer): BarePicture | undefined {
  const parts: Buffer[] = [bytes.subarray(0, 2)];
  let size: { width: number; height: number } | undefined;
  let scans = 0;
  for (let at = 2; at + 2 <= bytes.length; ) {
    if (bytes[at] !== 0xff) return undefined;
    const marker = bytes[at + 1] as number;
    if (marker === 0xff) {
      at += 1;
      continue;
    }
    if (marker === endOfImage) {
      parts.push(bytes.subarray(at, at + 2));
      return size && scans > 0 ? { kind: 'jpeg', ...size, bytes: Buffer.concat(parts) } : undefined;
    }
    if (at + 4 > bytes.length) return undefined;
    const end = at + 2 + bytes.readUInt16BE(at + 2);
    if (end > bytes.length || end < at + 4) return undefined;
    const segment = bytes.subarray(at, end);
    if (jpegFrames.has(marker)) {
      // A second one would be decoded in the place of the first.
      if (size !== undefined || segment.length < 9) return undefined;
      size = { width: segment.readUInt16BE(7), height: segment.readUInt16BE(5) };
      parts.push(segment);
      at = end;
    } else if (marker === startOfScan) {
      if (size === undefined || ++scans > mostScans) return undefined;
      const over = scanEnd(bytes, end);
      if (over === undefined) return undefined;
      parts.push(bytes.subarray(at, over));
      at = over;
    } else {
      const beside = (marker >= 0xe0 && marker <= 0xef) || marker === 0xfe;
      if (jpegKept.has(marker)) parts.push(segment);
      else if (!beside) return undefined;
      at = end;
    }
  }
  return undefined;
}

/** Where a scan's data ends: at the next marker that is neither stuffing nor a place to begin again. */
function scanEnd(bytes: Buffer, from: number): number | undefined {
  for (let at = bytes.indexOf(0xff, from); at >= 0 && at + 1 < bytes.length; at = bytes.indexOf(0xff, at + 1)) {
    const next = bytes[at + 1] as number;
    if (next === 0x00 || next === 0xff || (next >= 0xd0 && next <= 0xd7)) {
      if (next !== 0xff) at += 1;
      continue;
    }
    return at;
  }
  return undefined;
}
