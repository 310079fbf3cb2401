import { randomUUID } from 'node:crypto';
import { closeSync, fsyncSync, mkdirSync, openSync, readFileSync, renameSync, rmSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { z } from 'zod';

/** Passwords by the id of what they open. Nothing else of the studio holds one for longer than a request. */
export interface Secrets {
  /** Undefined when there is none, or when this computer's key store can no longer open it. */
  get(id: string): string | undefined;
  /** Whether there is one, openable or not. */
  has(id: string): boolean;
  set(id: string, secret: string): void;
  delete(id: string): void;
}

/** The operating system's key store; Electron's safeStorage fits. May throw, e.g. for another user's data. */
export interface KeyStore {
  encrypt(text: string): Uint8Array;
  decrypt(bytes: Uint8Array): string;
}

/** `sealed` by a key store, or `plain` where there is none: then only the file's mode protects it. */
const stored = z.record(z.string(), z.object({ kind: z.enum(['sealed', 'plain']), value: z.base64() }));
type Stored = z.infer<typeof stored>;

/**
 * Secrets in one JSON file that only its owner can read (mode 0600), replaced as a whole by write, sync and rename. A
 * file that cannot be read as such is set aside, never deleted. Throws what the disk throws.
 */
export function fileSecrets(path: string, keyStore?: KeyStore): Secrets {
  function read(): Stored {
    let text: string;
    try {
      text = readFileSync(path, 'utf8');
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return {};
      throw error;
    }
    try {
      return stored.parse(JSON.parse(text));
    } catch {
      renameSync(path, `${path}.unreadable-${randomUUID()}`);
      return {};
    }
  }

  function write(all: Stored): void {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    const draft = `${path}.part`;
    // A file that is there already would keep its own mode.
    rmSync(draft, { force: true });
    const file = openSync(draft, 'wx', 0o600);
    try {
      writeSync(file, JSON.stringify(all));
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    renameSync(draft, path);
    syncFolder(dirname(path));
  }

  return {
    get(id) {
      const entry = read()[id];
      if (entry === undefined) return undefined;
      const bytes = Buffer.from(entry.value, 'base64');
      if (entry.kind === 'plain') return bytes.toString('utf8');
      try {
        return keyStore?.decrypt(bytes);
      } catch {
        return undefined;
      }
    },
    has: (id) => read()[id] !== undefined,
    set(id, secret) {
      const sealed = keyStore?.encrypt(secret);
      const kind = sealed === undefined ? 'plain' : 'sealed';
      write({ ...read(), [id]: { kind, value: Buffer.from(sealed ?? Buffer.from(secret)).toString('base64') } });
    },
    delete(id) {
      const { [id]: gone, ...rest } = read();
      if (gone !== undefined) write(rest);
    },
  };
}

/** Makes the rename itself durable; Windows cannot open folders, and needs no such thing. */
function syncFolder(folder: string): void {
  if (process.platform === 'win32') return;
  const handle = openSync(folder, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}
