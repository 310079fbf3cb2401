/** A portrait's life. `recording → toReview → approved → published`, with ways out. */
export const portraitStates = [
  'recording',
  'toReview',
  'approved',
  'published',
  'rejected',
  'withdrawn',
  'erased',
] as const;
export type PortraitState = (typeof portraitStates)[number];

/** A take is `open` while it is written, then `closed`, or `recovered` when a crash ended it. */
export const takeStates = ['open', 'closed', 'recovered'] as const;
export type TakeState = (typeof takeStates)[number];

/** Every allowed change of a portrait's state; anything else is refused by the library. */
const transitions: Record<PortraitState, readonly PortraitState[]> = {
  recording: ['toReview', 'erased'],
  toReview: ['approved', 'rejected', 'withdrawn', 'erased'],
  approved: ['toReview', 'published', 'rejected', 'withdrawn', 'erased'],
  published: ['approved', 'withdrawn', 'erased'],
  rejected: ['toReview', 'withdrawn', 'erased'],
  withdrawn: ['erased'],
  erased: [],
};

export function mayMove(from: PortraitState, to: PortraitState): boolean {
  return transitions[from].includes(to);
}

/** What the visitor said of themself; every field but the cooperative may be empty. */
export interface Speaker {
  firstName: string;
  trade: string;
  /** Id of a cooperative, or `null` for « je découvre ». */
  cooperativeId: string | null;
}

/** Longest first name, trade or title accepted, in characters (UTF-16 units). */
export const nameLimit = 80;
