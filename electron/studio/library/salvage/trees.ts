import type { Pages } from './pages.ts';

// Reads b-trees from their pages, as SQLite's file format describes them (https://www.sqlite.org/fileformat2.html), and
// goes on where SQLite stops: a page that is broken costs itself, and what hangs below it is found by looking for it.

export type Value = null | number | bigint | string | Buffer;
export interface Cell {
  /** Undefined in a table without rowid. */
  rowid: number | bigint | undefined;
  values: Value[];
}

const kinds = { indexInside: 2, tableInside: 5, indexLeaf: 10, tableLeaf: 13 } as const;
/** Deeper than any library can grow; a circle of pages ends here. */
const deepest = 20;

class Broken extends Error {}

function varint(bytes: Buffer, at: number): [value: bigint, next: number] {
  let value = 0n;
  for (let index = 0; index < 9; index++) {
    const byte = bytes[at + index];
    if (byte === undefined) throw new Broken('a number runs over the end');
    if (index === 8) return [(value << 8n) | BigInt(byte), at + 9];
    value = (value << 7n) | BigInt(byte & 0x7f);
    if (byte < 0x80) return [value, at + index + 1];
  }
  throw new Broken('no number');
}
const small = (value: bigint): number | bigint => {
  const signed = BigInt.asIntN(64, value);
  return signed >= Number.MIN_SAFE_INTEGER && signed <= Number.MAX_SAFE_INTEGER ? Number(signed) : signed;
};

/** Cells of a record; throws where it cannot be one. Texts that hold what no text of ours can are broken. */
export function decode(record: Buffer, isText: (bytes: Buffer) => boolean): Value[] {
  let [length, at] = varint(record, 0);
  if (length > record.length) throw new Broken('a head longer than its record');
  const types: number[] = [];
  while (at < Number(length)) {
    const [type, next] = varint(record, at);
    types.push(Number(type));
    at = next;
  }
  const values = types.map((type): Value => {
    const from = at;
    const bytes = type >= 12 ? (type - 12 - (type % 2)) / 2 : ([0, 1, 2, 3, 4, 6, 8, 8, 0, 0][type] ?? Number.NaN);
    at += bytes;
    if (!(at <= record.length)) throw new Broken('a value runs over the end');
    if (type === 0) return null;
    if (type === 8 || type === 9) return type - 8;
    if (type === 7) return record.readDoubleBE(from);
    if (type === 6) return small(record.readBigUInt64BE(from));
    if (type < 6) return record.readIntBE(from, bytes);
    const content = record.subarray(from, at);
    if (type % 2 === 0) return content;
    if (!isText(content)) throw new Broken('no text');
    return content.toString('utf8');
  });
  if (at !== record.length) throw new Broken('more than its head says');
  return values;
}

interface Node {
  kind: number;
  cells: number[];
  bytes: Buffer;
  right: number;
}

function nodeOf(pages: Pages, number: number): Node {
  const bytes = pages.read(number);
  if (bytes === undefined) throw new Broken('no such page');
  const head = number === 1 ? 100 : 0;
  const kind = bytes[head] ?? 0;
  if (!(Object.values(kinds) as number[]).includes(kind)) throw new Broken('no page of a tree');
  const inside = kind === kinds.indexInside || kind === kinds.tableInside;
  const count = bytes.readUInt16BE(head + 3);
  const begin = head + (inside ? 12 : 8);
  if (begin + count * 2 > pages.size) throw new Broken('more cells than fit');
  const cells = Array.from({ length: count }, (_, index) => bytes.readUInt16BE(begin + index * 2));
  return { kind, cells, bytes, right: inside ? bytes.readUInt32BE(head + 8) : 0 };
}

/** A record's bytes, with what of it lies on pages of its own. */
function payload(pages: Pages, bytes: Buffer, at: number, length: number, table: boolean): Buffer {
  const usable = pages.size;
  const most = table ? usable - 35 : Math.floor(((usable - 12) * 64) / 255) - 23;
  const least = Math.floor(((usable - 12) * 32) / 255) - 23;
  if (length <= most) {
    if (at + length > usable) throw new Broken('a record runs over its page');
    return bytes.subarray(at, at + length);
  }
  if (length > pages.count * usable) throw new Broken('a record longer than its file');
  const spill = least + ((length - least) % (usable - 4));
  const here = spill <= most ? spill : least;
  if (at + here + 4 > usable) throw new Broken('a record runs over its page');
  const parts = [bytes.subarray(at, at + here)];
  let left = length - here;
  let next = bytes.readUInt32BE(at + here);
  while (left > 0) {
    const page = pages.read(next);
    if (page === undefined) throw new Broken('a record’s page is not there');
    const piece = page.subarray(4, 4 + Math.min(left, usable - 4));
    parts.push(piece);
    left -= piece.length;
    next = page.readUInt32BE(0);
    if (left > 0 && next === 0) throw new Broken('a record ends too early');
  }
  // Its last page names none after it; another one there shows that this is not the page that was written.
  if (next !== 0) throw new Broken('a record does not end');
  return Buffer.concat(parts);
}

export interface TreeWalk {
  /** Pages seen, with those of long records left out. */
  seen: Set<number>;
  /** Whether something could not be read. */
  broken: boolean;
}

/** Walks a tree from its root; `walk` says afterwards what was seen, and whether anything was broken. */
export function* walkTree(
  pages: Pages,
  root: number,
  walk: TreeWalk,
  isText: (bytes: Buffer) => boolean,
  depth = 0,
): Generator<Cell> {
  if (walk.seen.has(root) || depth > deepest) {
    walk.broken = true;
    return;
  }
  walk.seen.add(root);
  let node: Node;
  try {
    node = nodeOf(pages, root);
  } catch (error) {
    if (!(error instanceof Broken) && !(error instanceof RangeError)) throw error;
    walk.broken = true;
    return;
  }
  const { kind, cells, bytes, right } = node;
  const inside = kind === kinds.tableInside || kind === kinds.indexInside;
  for (const cell of cells) {
    try {
      if (inside) yield* walkTree(pages, bytes.readUInt32BE(cell), walk, isText, depth + 1);
      if (kind !== kinds.tableInside) yield cellOf(pages, node, cell + (inside ? 4 : 0), isText);
    } catch (error) {
      if (!(error instanceof Broken) && !(error instanceof RangeError)) throw error;
      walk.broken = true;
    }
  }
  if (inside) yield* walkTree(pages, right, walk, isText, depth + 1);
}

function cellOf(pages: Pages, { kind, bytes }: Node, at: number, isText: (bytes: Buffer) => boolean): Cell {
  const table = kind === kinds.tableLeaf;
  const [length, next] = varint(bytes, at);
  const [rowid, begin] = table ? varint(bytes, next) : [undefined, next];
  const record = payload(pages, bytes, begin, Number(length), table);
  return { rowid: rowid === undefined ? undefined : small(rowid), values: decode(record, isText) };
}

/** Leaves that no tree led to, because a page above them is broken: each as the cells that can be read of it. */
export function* strayLeaves(
  pages: Pages,
  seen: ReadonlySet<number>,
  isText: (bytes: Buffer) => boolean,
): Generator<{ table: boolean; cells: Cell[] }> {
  for (let number = 2; number <= pages.count; number++) {
    if (seen.has(number)) continue;
    let node: Node;
    try {
      node = nodeOf(pages, number);
    } catch {
      continue;
    }
    if (node.kind === kinds.tableInside) continue;
    const cells: Cell[] = [];
    for (const cell of node.cells) {
      try {
        cells.push(cellOf(pages, node, cell + (node.kind === kinds.indexInside ? 4 : 0), isText));
      } catch {
        // The cells beside it may be whole.
      }
    }
    if (cells.length > 0) yield { table: node.kind === kinds.tableLeaf, cells };
  }
}
