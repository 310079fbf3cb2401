import type { IpcMain, IpcMainInvokeEvent } from 'electron';
import { z } from 'zod';
import { type Bridge, type BridgeAnswer, bridgeChannels } from '../../shared/bridge.ts';
import type { Log } from './log.ts';
import { isPage } from './scheme.ts';

/** Which of our windows asks; null for any other sender. */
export type Asking = 'booth' | 'desk';

export interface BridgeOptions {
  windowOf: (event: IpcMainInvokeEvent) => Asking | null;
  /** Whether a token is a live session of a host or an organiser. */
  isStaff: (sessionToken: string) => boolean;
  leaveKiosk: () => void;
  print: (asking: Asking, event: IpcMainInvokeEvent) => Promise<boolean>;
  chooseFolder: (asking: Asking) => Promise<string | null>;
  log: Log;
}

const session = z.tuple([z.string().min(20).max(200)]);
const nothing = z.tuple([]);

interface Call<Args extends z.ZodType> {
  args: Args;
  /** Whether the first argument has to be a staff session. */
  staff: boolean;
  answer: (asking: Asking, event: IpcMainInvokeEvent) => unknown;
}
const call = <Args extends z.ZodType>(described: Call<Args>) => described;

/** Registers every call of the bridge; there is no other way from a page to the main process. */
export function registerBridge(ipcMain: Pick<IpcMain, 'handle'>, options: BridgeOptions): void {
  const calls: Record<keyof Bridge, Call<z.ZodType>> = {
    leaveKiosk: call({
      args: session,
      staff: true,
      answer: () => {
        options.leaveKiosk();
        return null;
      },
    }),
    print: call({
      args: nothing,
      staff: false,
      answer: async (asking, event) => ({ printed: await options.print(asking, event) }),
    }),
    chooseFolder: call({
      args: session,
      staff: true,
      answer: async (asking) => ({ folder: await options.chooseFolder(asking) }),
    }),
  };
  for (const name of Object.keys(calls) as (keyof Bridge)[]) {
    ipcMain.handle(bridgeChannels[name], guarded(name, calls[name], options));
  }
}

/** The one wrapper: who asks, with what, with which right, one at a time; and no error crosses over. */
function guarded(name: string, { args, staff, answer }: Call<z.ZodType>, { windowOf, isStaff, log }: BridgeOptions) {
  let busy = false;
  return async (event: IpcMainInvokeEvent, ...given: unknown[]): Promise<BridgeAnswer<unknown>> => {
    const frame = event.senderFrame;
    const asking = windowOf(event);
    if (!asking || !frame || frame.parent !== null || !isPage(frame.url)) {
      log('bridge refused a sender', { name, url: frame?.url });
      return { ok: false, code: 'NOT_ALLOWED' };
    }
    const parsed = args.safeParse(given);
    if (!parsed.success) return { ok: false, code: 'INVALID' };
    if (staff && !isStaff(String(given[0]))) return { ok: false, code: 'NOT_ALLOWED' };
    if (busy) return { ok: false, code: 'BUSY' };
    busy = true;
    try {
      return { ok: true, value: await answer(asking, event) };
    } catch (error) {
      log(`bridge call ${name} failed`, error);
      return { ok: false, code: 'FAILED' };
    } finally {
      busy = false;
    }
  };
}
