/** How the visitor works the booth; `null` until they have touched anything. */
export type Mode = 'touch' | 'keyboard' | 'button' | null;
