import { mkdirSync } from 'node:fs';
import { createBatches } from './batches.ts';
import { createCovers } from './covers.ts';
import { createExports } from './exports.ts';
import type { PublicationParts } from './ports.ts';
import { createZips } from './zip.ts';

/** Batches: portraits that leave the house together, and the ways they leave it. */
export function createPublication(parts: PublicationParts) {
  for (const folder of Object.values(parts.folders)) mkdirSync(folder, { recursive: true });
  const exports = createExports(parts);
  const covers = createCovers(parts);
  return {
    batches: createBatches(parts),
    exports,
    covers,
    zip: createZips(parts, exports),
    /** What was chosen last. */
    lastChoice: parts.exports.last,
    /** Takes a portrait's files out of every ZIP being prepared, for a withdrawal or an erasure. */
    forget: exports.forget,
    /** After a start: what was under way waits for somebody's word, and leftovers go. */
    async open(): Promise<void> {
      await exports.open();
      await covers.prune();
    },
    close: () => exports.close(),
  };
}
export type Publication = ReturnType<typeof createPublication>;
