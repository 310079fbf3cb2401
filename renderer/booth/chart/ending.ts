import { assign } from 'xstate';
import { chart, set, visited } from './setup.ts';
import { choicesOf } from './visit.ts';

/** Listening back, and the choice: keep, again, or erase. */
export const review = chart.createStateConfig({
  id: 'review',
  initial: 'playing',
  invoke: [
    { src: 'awaitVerdict', input: ({ context }) => context.services },
    { src: 'followPlaying', input: ({ context }) => context.services },
  ],
  on: {
    VERDICT: {
      actions: assign(
        visited((visit, event) => ({
          finished: visit.finished === null ? null : { ...visit.finished, warnings: event.warnings },
        })),
      ),
    },
    KEEP: 'choices',
    AGAIN: [{ guard: ({ context }) => context.visit.microphone, target: 'question' }, { target: 'microphone' }],
    ERASE: '.erase',
  },
  exit: ({ context }) => context.services.pause(),
  states: {
    playing: {
      id: 'playing',
      entry: ({ context }) => context.services.play(),
      on: {
        LISTEN: 'paused',
        PLAYING: { guard: ({ event }) => event.playing.ended, target: 'paused' },
      },
    },
    paused: {
      entry: ({ context }) => context.services.pause(),
      on: {
        LISTEN: 'playing',
        // Touching the waveform plays from there.
        PLAYING: { guard: ({ event }) => event.playing.playing, target: 'playing' },
      },
    },
    /** « Tout effacer ? » */
    erase: {
      entry: ({ context }) => context.services.pause(),
      on: { CONFIRM: '#erasing', CANCEL: 'paused', BACK: 'paused', ERASE: {} },
    },
  },
});

export const keeping = chart.createStateConfig({
  id: 'keeping',
  entry: assign(set({ kept: true })),
  invoke: {
    src: 'keep',
    input: ({ context }) => ({ services: context.services, choices: choicesOf(context) }),
    onDone: {
      target: 'thanks',
      actions: assign(({ context, event }) => ({
        visit: {
          ...context.visit,
          code: event.output === 'later' ? null : event.output.code,
          ticketUrl: event.output === 'later' ? null : event.output.url,
        },
      })),
    },
    onError: 'thanks',
  },
});

/** The code to take home, on the screen and, where there is a printer, on paper. A printer that fails is in nobody's way. */
export const thanks = chart.createStateConfig({
  id: 'thanks',
  on: { NEXT: 'attract' },
  after: { thanks: 'attract' },
  initial: 'shown',
  states: {
    shown: { on: { PRINT: { guard: ({ context }) => context.visit.code !== null, target: 'printing' } } },
    printing: {
      invoke: {
        src: 'print',
        input: ({ context: { services, visit } }) => ({ services, code: visit.code, language: visit.language }),
        onDone: {
          target: 'shown',
          actions: assign(({ context, event }) => ({ visit: { ...context.visit, printing: event.output } })),
        },
        onError: { target: 'shown', actions: assign(set({ printing: 'failed' as const })) },
      },
    },
  },
});

export const erasing = chart.createStateConfig({
  id: 'erasing',
  invoke: {
    src: 'erase',
    input: ({ context }) => ({ services: context.services, portrait: context.visit.portrait }),
    onDone: [{ guard: ({ event }) => event.output === 'erased', target: 'erased' }, { target: 'erasedSoon' }],
    onError: 'erasedSoon',
  },
  exit: assign(set({ portrait: null, finished: null })),
});

export const erased = chart.createStateConfig({
  id: 'erased',
  on: { NEXT: 'attract' },
  after: { farewell: 'attract' },
});

/** The studio does not answer: it will be erased as soon as it does, and the screen says so. */
export const erasedSoon = chart.createStateConfig({
  id: 'erasedSoon',
  on: { NEXT: 'attract' },
  after: { farewell: 'attract' },
});
