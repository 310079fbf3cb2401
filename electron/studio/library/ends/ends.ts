import { createHash } from 'node:crypto';
import { closeSync, existsSync, fsyncSync, openSync, readFileSync, writeSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { purpose } from '../../../../shared/contract/consent.ts';
import { type ErasureReason, erasureReasons } from '../../../../shared/domain/evidence.ts';
import { syncFolderNow } from '../disk.ts';

const end = z.object({
  portraitId: z.string(),
  at: z.string(),
  /** Why the person was erased; null where only some uses were taken back. */
  erased: z.enum(erasureReasons).nullable(),
  /** What was still allowed after link `seq` of the chain. */
  allowed: z.array(purpose),
  seq: z.number().int(),
});
export type End = z.infer<typeof end>;

/**
 * What people ended, in a file of its own beside the library: who was erased, and what is left allowed of whom. It is
 * written before the library's transaction is, so that whatever becomes of the library, of its copies and of the power,
 * nobody comes back by an older state of it. Lines are only added; each carries a sum, so that a damaged line costs itself
 * alone. It holds ids, reasons and purposes, as the chain does, and nothing personal.
 */
export interface Ends {
  /** Adds a line and syncs it. Throws what the disk throws: an end that cannot be kept must not seem done. */
  note(end: End): void;
  of(portraitId: string): End | undefined;
  erased(portraitId: string): ErasureReason | undefined;
  all(): End[];
}

const fileName = 'ends.log';
const sumOf = (text: string) => createHash('sha256').update(text, 'utf8').digest('hex').slice(0, 16);

function parsed(line: string): End | undefined {
  const [sum, text] = [line.slice(0, 16), line.slice(17)];
  if (sumOf(text) !== sum) return undefined;
  try {
    return end.parse(JSON.parse(text));
  } catch {
    return undefined;
  }
}

/** Reads `ends.log` of a data folder, or begins it. Throws what the disk throws. */
export function openEnds(dir: string): Ends {
  const path = join(dir, fileName);
  const known = new Map<string, End>();
  const keep = (one: End) => {
    // An erasure is the last word, whatever was written down after it.
    if (known.get(one.portraitId)?.erased == null) known.set(one.portraitId, one);
  };
  if (existsSync(path)) {
    for (const line of readFileSync(path, 'utf8').split('\n')) {
      const one = parsed(line);
      if (one !== undefined) keep(one);
    }
  }
  return {
    note(one) {
      const text = JSON.stringify(end.parse(one));
      const born = !existsSync(path);
      const file = openSync(path, 'a', 0o600);
      try {
        // The line before may have been cut short by a power cut.
        writeSync(file, `\n${sumOf(text)} ${text}\n`);
        fsyncSync(file);
      } finally {
        closeSync(file);
      }
      if (born) syncFolderNow(dirname(path));
      keep(one);
    },
    of: (portraitId) => known.get(portraitId),
    erased: (portraitId) => known.get(portraitId)?.erased ?? undefined,
    all: () => [...known.values()],
  };
}
