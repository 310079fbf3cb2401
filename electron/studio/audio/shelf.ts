import { createHash, randomUUID } from 'node:crypto';
import { mkdir, open, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Format } from '../../../shared/domain/sound.ts';
import { making } from './formats.ts';

/** One file of a rendition. */
export interface RenditionFile {
  format: Format;
  path: string;
  bytes: number;
  /** SHA-256 of the file, hex. */
  sha256: string;
  mime: string;
  /** Integrated loudness in LUFS (dual-mono) and true peak in dBTP, of the file decoded again. */
  lufs: number | null;
  truePeak: number;
}

export interface Rendition {
  /** `renditionId` of master, edit and recipe; also the files' name. */
  id: string;
  /** Seconds heard. */
  duration: number;
  files: RenditionFile[];
}

async function digest(path: string): Promise<{ bytes: number; sha256: string }> {
  const content = await readFile(path);
  return { bytes: content.length, sha256: createHash('sha256').update(content).digest('hex') };
}

async function sync(path: string): Promise<void> {
  const handle = await open(path, 'r+');
  await handle.sync();
  await handle.close();
}

/** Folders cannot be synced everywhere; where they cannot, the file system has its own way to keep a rename. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r').catch(() => undefined);
  await handle?.sync().catch(() => undefined);
  await handle?.close();
}

/** A folder of finished renditions. A small note `<id>.json` is written last and says that all of one is there. */
export function shelf(folder: string) {
  const place = (id: string, format: Format) => join(folder, `${id}.${making[format].extension}`);
  const note = (id: string) => join(folder, `${id}.json`);

  return {
    /** A rendition that is there whole and undamaged, or `null`. */
    async find(id: string): Promise<Rendition | null> {
      try {
        const { duration, files } = JSON.parse(await readFile(note(id), 'utf8')) as Omit<Rendition, 'id'>;
        const found: RenditionFile[] = [];
        for (const file of files) {
          const path = place(id, file.format);
          const { sha256 } = await digest(path);
          if (sha256 !== file.sha256) return null;
          found.push({ ...file, path });
        }
        return { id, duration, files: found };
      } catch {
        return null;
      }
    },

    /** Names to write to before anything counts as there. */
    async drafts(id: string, formats: readonly Format[]): Promise<{ format: Format; path: string }[]> {
      await mkdir(folder, { recursive: true });
      return formats.map((format) => ({ format, path: join(folder, `.${id}.${format}.${randomUUID()}.part`) }));
    },

    async discard(drafts: readonly { path: string }[]): Promise<void> {
      for (const { path } of drafts) await rm(path, { force: true });
    },

    /** Puts measured drafts in their place: sync, rename, sync the folder, and the note in the same way. */
    async keep(
      id: string,
      duration: number,
      drafts: readonly { format: Format; path: string; lufs: number | null; truePeak: number }[],
    ): Promise<Rendition> {
      const files: RenditionFile[] = [];
      for (const { format, path, lufs, truePeak } of drafts) {
        await sync(path);
        const about = await digest(path);
        await rename(path, place(id, format));
        files.push({ format, path: place(id, format), ...about, mime: making[format].mime, lufs, truePeak });
      }
      const draft = `${note(id)}.${randomUUID()}.part`;
      await writeFile(draft, JSON.stringify({ duration, files: files.map(({ path: _, ...file }) => file) }), {
        flush: true,
      });
      await rename(draft, note(id));
      await syncFolder(folder);
      return { id, duration, files };
    },

    /** Removes drafts that a crash left behind, older than `age` milliseconds at `now`. */
    async sweep(now: number, age = 3_600_000): Promise<void> {
      for (const name of await readdir(folder).catch(() => [])) {
        if (!name.endsWith('.part')) continue;
        const { mtimeMs } = await stat(join(folder, name)).catch(() => ({ mtimeMs: now }));
        if (now - mtimeMs > age) await rm(join(folder, name), { force: true });
      }
    },

    /** Removes a rendition (erasure); harmless where there is none. */
    async remove(id: string): Promise<void> {
      for (const name of await readdir(folder).catch(() => [])) {
        if (name.startsWith(id) || name.startsWith(`.${id}`)) await rm(join(folder, name), { force: true });
      }
    },
  };
}
