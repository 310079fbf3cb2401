import { stat } from 'node:fs/promises';

/**
 * Bytes of the disk that only recordings may use. A take of 90 s at 48 kHz, mono and 24 bits, has 13 MB (26 MB at
 * 96 kHz): an evening of eighty visitors with two takes each fills 2.1 GB.
 */
export const reserveBytes = 2 * 1024 ** 3;
/** Bytes beside the reserve that are left as well: what work may write between two looks at the disk. */
const slackBytes = 64 * 1024 ** 2;
/** Milliseconds between two looks while something is written. */
const lookMs = 100;

/** There is no room but for recordings. It bears the code of a full disk: to whoever writes, that is what it is. */
export class NoRoom extends Error {
  override readonly name = 'NoRoom';
  readonly code = 'ENOSPC';
  constructor() {
    super('what is left of the disk is kept for recordings: no space left');
  }
}

export interface RoomParts {
  dataDir: string;
  /** Bytes that may still be written in a folder. */
  free: (folder: string) => Promise<number>;
  reserve?: number | undefined;
}

/**
 * The one answer to “may this work still write so many bytes?”. Imports, renders, exports, copies, covers and
 * transcripts ask it before and while they write; a recording never does.
 */
export function createRoom({ dataDir, free, reserve = reserveBytes }: RoomParts) {
  const kept = reserve === 0 ? 0 : reserve + slackBytes;

  /** Whether a folder lies on the disk that is recorded to. */
  async function ours(folder: string): Promise<boolean> {
    if (folder === dataDir) return true;
    const [one, other] = await Promise.all([stat(folder), stat(dataDir)]);
    return one.dev === other.dev;
  }

  /** Bytes that work other than recording may write there; never below zero. */
  async function left(folder: string = dataDir): Promise<number> {
    const bytes = await free(folder);
    return Math.max(0, (await ours(folder)) ? bytes - kept : bytes);
  }

  async function ask(bytes: number, folder?: string): Promise<void> {
    const room = await left(folder);
    if (room < bytes || room === 0) throw new NoRoom();
  }

  return {
    left,
    /** Rejects with `NoRoom` where so much does not fit. */
    ask,
    /**
     * Asks, then has the work done and looks at the disk meanwhile: when there is no room any more its signal aborts with
     * `NoRoom`, and that is what it then fails with.
     */
    async use<T>(
      bytes: number,
      signal: AbortSignal | undefined,
      work: (signal: AbortSignal) => Promise<T>,
      folder?: string,
    ): Promise<T> {
      await ask(bytes, folder);
      const full = new AbortController();
      const look = () => ask(0, folder).catch((error: unknown) => full.abort(error));
      const timer = setInterval(look, lookMs);
      try {
        return await work(signal ? AbortSignal.any([signal, full.signal]) : full.signal);
      } catch (error) {
        if (full.signal.aborted && !signal?.aborted) throw full.signal.reason;
        throw error;
      } finally {
        clearInterval(timer);
      }
    },
    /** Bytes that are kept, the slack included. */
    kept,
  };
}
export type Room = ReturnType<typeof createRoom>;
