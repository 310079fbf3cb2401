import { assign } from 'xstate';
import { chart, set, visited } from './setup.ts';

/**
 * « J’ai un code »: what became of a portrait, and taking back what was allowed. Nothing but the code says whose it is,
 * so a wrong one is told calmly, and guessing is slowed in the studio.
 */
export const code = chart.createStateConfig({
  id: 'code',
  initial: 'entering',
  entry: assign(set({ code: null, ticket: null, refusal: null })),
  states: {
    entering: {
      on: {
        LOOK: { target: 'looking', actions: assign(visited((_, event) => ({ code: event.code }))) },
        BACK: '#attract',
      },
    },
    looking: {
      invoke: {
        src: 'lookUp',
        input: ({ context }) => ({ services: context.services, code: context.visit.code ?? '' }),
        onDone: [
          {
            guard: ({ event }) => 'refused' in event.output,
            target: 'entering',
            actions: assign(({ context, event }) => ({
              visit: { ...context.visit, refusal: 'refused' in event.output ? event.output : null },
            })),
          },
          {
            target: 'found',
            actions: assign(({ context, event }) => ({
              visit: { ...context.visit, refusal: null, ticket: 'refused' in event.output ? null : event.output },
            })),
          },
        ],
        onError: { target: 'entering', actions: assign(set({ refusal: { refused: 'silent' } })) },
      },
      on: { BACK: 'entering' },
    },
    found: {
      on: {
        WITHDRAW: { target: 'sure', actions: assign(visited((_, event) => ({ withdrawing: event.purposes }))) },
        NEXT: '#attract',
        BACK: '#attract',
      },
    },
    /** « Vraiment retirer ? »: asked once. */
    sure: { on: { CONFIRM: 'withdrawing', CANCEL: 'found', BACK: 'found' } },
    withdrawing: {
      invoke: {
        src: 'withdraw',
        input: ({ context }) => ({
          services: context.services,
          code: context.visit.code ?? '',
          purposes: context.visit.withdrawing,
        }),
        onDone: [
          {
            guard: ({ event }) => 'refused' in event.output,
            target: 'found',
            actions: assign(({ context, event }) => ({
              visit: { ...context.visit, refusal: 'refused' in event.output ? event.output : null },
            })),
          },
          {
            target: 'withdrawn',
            actions: assign(({ context, event }) => ({
              visit: { ...context.visit, refusal: null, ticket: 'refused' in event.output ? null : event.output },
            })),
          },
        ],
        onError: { target: 'found', actions: assign(set({ refusal: { refused: 'silent' } })) },
      },
    },
    /** « C’est retiré. » */
    withdrawn: { on: { NEXT: '#attract', BACK: 'found' }, after: { farewell: '#attract' } },
  },
});
