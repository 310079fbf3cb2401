import type { BoothSnapshot } from './view.ts';

export const screenNames = [
  'loading',
  'attract',
  'resting',
  'notice',
  'declined',
  'minor',
  'pin',
  'guardian',
  'signature',
  'name',
  'cooperative',
  'check',
  'help',
  'noMicrophone',
  'question',
  'countdown',
  'refused',
  'recording',
  'stopping',
  'unheard',
  'review',
  'choices',
  'nameShown',
  'contact',
  'keeping',
  'thanks',
  'erasing',
  'erased',
  'code',
  'ticket',
  'withdrawing',
  'withdrawn',
] as const;
export type ScreenName = (typeof screenNames)[number];
export type OverlayName = 'idle' | 'leave' | 'erase' | 'nothing' | 'withdraw' | 'full' | null;

/** The screen a state of the visit is shown by. Several states may share one: what changes then is only a line of it. */
export function whichScreen(snapshot: Pick<BoothSnapshot, 'matches'>): ScreenName {
  const matches: BoothSnapshot['matches'] = (state) => snapshot.matches(state);
  if (matches({ visit: 'attract' }) || matches({ visit: 'checking' })) return 'attract';
  if (matches({ visit: 'resting' })) return 'resting';
  if (matches({ visit: 'notice' })) return 'notice';
  if (matches({ visit: 'declined' })) return 'declined';
  if (matches({ visit: { minor: 'calling' } })) return 'minor';
  if (matches({ visit: { minor: 'pin' } }) || matches({ visit: { minor: 'vouching' } })) return 'pin';
  if (matches({ visit: { minor: 'signing' } })) return 'signature';
  if (matches({ visit: 'minor' })) return 'guardian';
  if (matches({ visit: { who: 'name' } })) return 'name';
  if (matches({ visit: { who: 'cooperative' } })) return 'cooperative';
  if (matches({ visit: { microphone: 'calling' } })) return 'help';
  if (matches({ visit: { microphone: 'failed' } })) return 'noMicrophone';
  if (matches({ visit: 'microphone' })) return 'check';
  if (matches({ visit: 'question' })) return 'question';
  if (matches({ visit: { take: 'refused' } })) return 'refused';
  if (matches({ visit: { take: 'recording' } })) return 'recording';
  if (matches({ visit: { take: 'stopping' } })) return 'stopping';
  if (matches({ visit: 'take' })) return 'countdown';
  if (matches({ visit: 'unheard' })) return 'unheard';
  if (matches({ visit: 'review' })) return 'review';
  if (matches({ visit: { choices: 'name' } })) return 'nameShown';
  if (matches({ visit: { choices: 'contact' } })) return 'contact';
  if (matches({ visit: 'choices' })) return 'choices';
  if (matches({ visit: 'keeping' })) return 'keeping';
  if (matches({ visit: 'thanks' })) return 'thanks';
  if (matches({ visit: 'erasing' })) return 'erasing';
  if (matches({ visit: 'erased' }) || matches({ visit: 'erasedSoon' })) return 'erased';
  if (matches({ visit: { code: 'withdrawing' } })) return 'withdrawing';
  if (matches({ visit: { code: 'withdrawn' } })) return 'withdrawn';
  if (matches({ visit: { code: 'found' } }) || matches({ visit: { code: 'sure' } })) return 'ticket';
  if (matches({ visit: 'code' })) return 'code';
  return 'loading';
}

/** The question laid over the screen, if any. */
export function whichOverlay(snapshot: Pick<BoothSnapshot, 'matches'>): OverlayName {
  const matches: BoothSnapshot['matches'] = (state) => snapshot.matches(state);
  if (matches({ attention: 'confirming' })) return 'leave';
  if (matches({ attention: 'warning' })) return 'idle';
  if (matches({ visit: { review: 'erase' } })) return 'erase';
  if (matches({ visit: { choices: 'nothing' } })) return 'nothing';
  if (matches({ visit: { code: 'sure' } })) return 'withdraw';
  if (matches({ visit: { notice: 'full' } })) return 'full';
  return null;
}
