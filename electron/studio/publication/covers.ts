import { createHash, randomUUID } from 'node:crypto';
import { mkdir, open, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { StaffActor } from '../../../shared/domain/actor.ts';
import { type CoverProblem, coverBytes, coverSide } from '../../../shared/domain/batch.ts';
import { barePicture } from './bare-picture.ts';
import type { PublicationParts } from './ports.ts';

export type CoverAnswer = { ok: true; sha256: string } | { ok: false; code: CoverProblem | 'NOT_FOUND' };

/** Bytes a cover made here may have: 1400 pixels squared, at little loss. */
const coverRoom = 4 * 1024 * 1024;
/** Pixels by which a decoder's picture may be wider and higher than what is seen of it. */
const block = 64;

const refusals: Record<string, CoverProblem> = {
  noFfmpeg: 'NO_FFMPEG',
  ffmpegFailed: 'FFMPEG_FAILED',
  diskFull: 'DISK_FULL',
};

/** Covers somebody gave: checked, cut to a square, freed of what a camera wrote beside it, and named by their SHA-256. */
export function createCovers(parts: PublicationParts) {
  const { batches, folders } = parts;

  async function prune(): Promise<void> {
    const used = new Set(batches.covers());
    for (const name of await readdir(folders.covers).catch(() => [])) {
      if (!used.has(name.replace(/\.jpg$/, ''))) await rm(join(folders.covers, name), { force: true });
    }
  }

  async function keep(jpeg: Buffer): Promise<string> {
    const sha256 = createHash('sha256').update(jpeg).digest('hex');
    await mkdir(folders.covers, { recursive: true });
    const draft = join(folders.covers, `.${randomUUID()}.part`);
    const file = await open(draft, 'w');
    try {
      await file.writeFile(jpeg);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(draft, join(folders.covers, `${sha256}.jpg`));
    return sha256;
  }

  return {
    async set(batchId: string, picture: Uint8Array, actor: StaffActor): Promise<CoverAnswer> {
      if (batches.get(batchId) === undefined) return { ok: false, code: 'NOT_FOUND' };
      if ((await parts.freeBytes(parts.dataDir)) < coverRoom) return { ok: false, code: 'DISK_FULL' };
      if (picture.length > coverBytes) return { ok: false, code: 'TOO_LARGE' };
      const bare = barePicture(picture);
      if (bare === undefined) return { ok: false, code: 'NOT_A_PICTURE' };
      if (Math.min(bare.width, bare.height) < coverSide.least) return { ok: false, code: 'TOO_SMALL' };
      if (Math.max(bare.width, bare.height) > coverSide.most) return { ok: false, code: 'TOO_MANY_PIXELS' };
      const { kind, bytes, width, height } = bare;
      // Decoders work in whole blocks.
      const mostPixels = (width + block) * (height + block);
      const made = await parts.audio.squarePicture({ kind, bytes, mostPixels }, coverSide.made);
      if (!made.ok) return { ok: false, code: refusals[made.error] ?? 'NOT_A_PICTURE' };
      const sha256 = await keep(made.value);
      if (!batches.setCover(batchId, sha256, actor)) return { ok: false, code: 'NOT_FOUND' };
      parts.onChange('batches');
      return { ok: true, sha256 };
    },
    /** Takes away the files no batch names any more; at start, when nothing is on its way to a batch. */
    prune,
  };
}
