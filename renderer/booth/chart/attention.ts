import { not, or, raise, stateIn } from 'xstate';
import { chart } from './setup.ts';

/** Where nobody is expected to touch anything, or where the screen goes on by itself. */
const unattended = or(
  [
    'loading',
    'unavailable',
    'attract',
    'checking',
    'resting',
    'declined',
    'recording',
    'stopping',
    'playing',
    'keeping',
    'thanks',
    'erasing',
    'erased',
    'erasedSoon',
  ].map((id) => stateIn(`#${id}`)),
);

/**
 * Whether somebody is still there. Runs beside the visit: warns, then lets go; suspended while recording. It also holds
 * the one question before a way out that would lose something.
 */
export const attention = chart.createStateConfig({
  initial: 'suspended',
  states: {
    suspended: {
      always: { guard: not(unattended), target: 'watching' },
      on: { ABORT: { guard: 'losesSomething', target: 'confirming' } },
    },
    watching: {
      always: { guard: unattended, target: 'suspended' },
      after: { idle: 'warning' },
      on: {
        ABORT: { guard: 'losesSomething', target: 'confirming' },
        '*': { target: 'watching', reenter: true },
      },
    },
    warning: {
      always: { guard: unattended, target: 'suspended' },
      on: { ACTIVITY: 'watching', ABORT: { guard: 'losesSomething', target: 'confirming' } },
      after: { grace: { target: 'suspended', actions: raise({ type: 'GONE' }) } },
    },
    confirming: {
      always: { guard: or([stateIn('#attract'), stateIn('#keeping')]), target: 'suspended' },
      on: {
        CONFIRM: { target: 'suspended', actions: raise({ type: 'LEAVE' }) },
        CANCEL: 'suspended',
        ABORT: {},
      },
      // Nobody answers: go on as if nothing had been asked, and let the idle warning do its work.
      after: { idle: 'suspended' },
    },
  },
});
