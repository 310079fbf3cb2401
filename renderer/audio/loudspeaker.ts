import type { ChosenDevice } from '../../shared/domain/devices.ts';
import { listDevices, type PageDevices, sinkFor } from './devices.ts';

/** The part of `setSinkId` that TypeScript's DOM library may lack on an AudioContext. */
interface Sinkable {
  setSinkId?: (id: string) => Promise<void>;
}

/**
 * Where the page plays. One that was chosen and is not there, or will not be played on, leaves the sound where the
 * system puts it: a visitor who hears the countdown elsewhere is better off than one who does not hear it.
 */
export function createLoudspeaker(list: () => Promise<PageDevices> = listDevices) {
  let sinkId = '';
  return {
    /** Looks for the chosen one; to be called at every change of devices and of choice. */
    async choose(chosen: ChosenDevice | null): Promise<void> {
      sinkId = chosen === null ? '' : sinkFor(chosen, await list()).sinkId;
    },
    /** Leads this element or context to the chosen one; never rejects. */
    async lead(player: object): Promise<void> {
      const sink = player as Sinkable;
      try {
        await sink.setSinkId?.(sinkId);
      } catch {
        await sink.setSinkId?.('').catch(() => undefined);
      }
    },
  };
}
export type Loudspeaker = ReturnType<typeof createLoudspeaker>;
