/** What a page can ask of Electron itself, because it has no web form. In a plain browser there is no bridge. */
export interface Bridge {
  /** Gives the screen back to the staff. Needs a staff session. */
  leaveKiosk(sessionToken: string): Promise<BridgeAnswer<null>>;
  /** Prints the page: silently on the standard printer from the booth, by dialogue from the desk. One at a time. */
  print(): Promise<BridgeAnswer<{ printed: boolean }>>;
  /** Lets the staff choose a folder; null when they changed their mind. Needs a staff session. */
  chooseFolder(sessionToken: string): Promise<BridgeAnswer<{ folder: string | null }>>;
}

/**
 * `NOT_ALLOWED`: not one of our pages, or no staff session; `INVALID`: arguments of another form; `BUSY`: the same is
 * under way; `FAILED`: it went wrong, and the log says how.
 */
export type BridgeAnswer<Value> =
  | { ok: true; value: Value }
  | { ok: false; code: 'NOT_ALLOWED' | 'INVALID' | 'BUSY' | 'FAILED' };

/** Name under which the preload puts the bridge on `window`. */
export const bridgeName = 'phonomaton';

/** Channel of each call; written here and nowhere else. */
export const bridgeChannels = {
  leaveKiosk: 'phonomaton:leave-kiosk',
  print: 'phonomaton:print',
  chooseFolder: 'phonomaton:choose-folder',
} as const satisfies Record<keyof Bridge, string>;

declare global {
  interface Window {
    [bridgeName]?: Bridge;
  }
}
