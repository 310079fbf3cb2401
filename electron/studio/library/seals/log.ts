import { createHmac, timingSafeEqual } from 'node:crypto';
import { closeSync, existsSync, fsyncSync, openSync, readFileSync, writeSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import type { ChainHead } from '../../../../shared/domain/evidence.ts';
import { syncFolderNow } from '../disk.ts';

/** `link`: about to be added; `at`: where the chain stands; `anew`: where it was taken up again, and what was behind is gone. */
const line = z.object({
  k: z.enum(['link', 'at', 'anew']),
  seq: z.number().int(),
  hash: z.string(),
  m: z.string(),
});
type Kind = z.infer<typeof line>['k'];

/** What was sealed of the chain, as the file beside the library tells. */
export interface SealLog {
  /** A line bears no seal of this booth's key: it was changed, or the key is another one. */
  readonly foreign: boolean;
  readonly empty: boolean;
  /** Where the chain stood last. */
  readonly at: ChainHead | undefined;
  /** From here on every link was sealed. */
  readonly from: number;
  sealed(seq: number, hash: string): boolean;
  note(kind: Kind, head: ChainHead, durable: boolean): void;
}

export const sealFile = 'consent-seals.log';

/**
 * Reads the seals of a data folder, or begins them. Every line carries a keyed sum (HMAC-SHA-256) over itself and the sum of the
 * line before; the key lies with the other secrets. Whoever can write the library, and not this, cannot make them.
 */
export function openSealLog(dir: string, key: string): SealLog {
  const path = join(dir, sealFile);
  const links = new Map<number, Set<string>>();
  let at: ChainHead | undefined;
  let from = 0;
  let foreign = false;
  let last = '';
  const sumOf = (kind: Kind, { seq, hash }: ChainHead) =>
    createHmac('sha256', Buffer.from(key, 'base64')).update(`${last}\n${kind}\n${seq}\n${hash}`).digest('hex');

  function take(kind: Kind, { seq, hash }: ChainHead): void {
    if (kind === 'anew') for (const known of [...links.keys()]) if (known > seq) links.delete(known);
    if (kind === 'anew' && at === undefined) from = seq;
    const known = links.get(seq) ?? new Set();
    links.set(seq, known.add(hash));
    if (kind !== 'link') at = { seq, hash };
  }
  const parse = (text: string) => {
    try {
      return line.safeParse(JSON.parse(text)).data;
    } catch {
      return undefined;
    }
  };
  const texts = existsSync(path) ? readFileSync(path, 'utf8').split('\n') : [];
  for (const text of texts) {
    // A line cut short by a power cut is none; the next one stands on the last whole one.
    const read = text === '' ? undefined : parse(text);
    if (read === undefined) continue;
    const right = Buffer.from(sumOf(read.k, read));
    const given = Buffer.from(read.m);
    if (right.length !== given.length || !timingSafeEqual(right, given)) foreign = true;
    last = read.m;
    take(read.k, read);
  }

  return {
    get foreign() {
      return foreign;
    },
    get empty() {
      return at === undefined;
    },
    get at() {
      return at;
    },
    get from() {
      return from;
    },
    sealed: (seq, hash) => links.get(seq)?.has(hash) === true,
    note(kind, head, durable) {
      const m = sumOf(kind, head);
      const born = !existsSync(path);
      const file = openSync(path, 'a', 0o600);
      try {
        writeSync(file, `\n${JSON.stringify({ k: kind, seq: head.seq, hash: head.hash, m })}\n`);
        if (durable) fsyncSync(file);
      } finally {
        closeSync(file);
      }
      if (born) syncFolderNow(dirname(path));
      last = m;
      take(kind, head);
    },
  };
}
