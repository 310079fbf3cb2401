import { assign } from 'xstate';
import { chart, quiet, set, visited } from './setup.ts';

/** Opens the microphone, says how the visitor is heard, and never ends in a dead end. */
export const microphone = chart.createStateConfig({
  id: 'microphone',
  initial: 'opening',
  on: { BACK: '#cooperative' },
  states: {
    opening: {
      invoke: {
        src: 'openMicrophone',
        input: ({ context }) => context.services,
        onDone: [
          {
            guard: ({ event }) => event.output === 'open',
            target: 'listening',
            actions: [
              assign(set({ microphone: true, microphoneFailure: null, heard: null, ...quiet(null) })),
              ({ context }) => context.services.report('working', ''),
            ],
          },
          {
            target: 'failed',
            actions: assign(({ context, event }) => ({
              visit: { ...context.visit, microphoneFailure: event.output === 'open' ? null : event.output },
            })),
          },
        ],
        onError: { target: 'failed', actions: assign(set({ microphoneFailure: 'busy' as const })) },
      },
    },
    listening: {
      id: 'listening',
      invoke: [
        {
          src: 'checkMicrophone',
          input: ({ context }) => ({ services: context.services, language: context.visit.language }),
        },
        { src: 'watchMicrophone', input: ({ context }) => context.services },
      ],
      on: {
        HEARD: [
          {
            guard: ({ event }) => event.heard === 'nothingHeard',
            actions: [
              assign(visited((_, event) => ({ heard: event.heard }))),
              ({ context }) => context.services.report('silent', 'nothing heard at the microphone check'),
            ],
          },
          { actions: assign(visited((_, event) => ({ heard: event.heard }))) },
        ],
        MICROPHONE_QUIET: { actions: assign(visited((_, event) => quiet(event.trouble))) },
        MICROPHONE_LOST: {
          target: 'failed',
          actions: assign(set({ microphoneFailure: 'lost' as const })),
        },
        NEXT: '#question',
        CALL: 'calling',
      },
    },
    /** « On arrive »: the hosts see the report, and the screen can be seen from the next table. */
    calling: {
      id: 'calling',
      entry: ({ context }) => context.services.report('silent', 'a visitor asks for help with the microphone'),
      on: { NEXT: '#question', RETRY: 'opening' },
    },
    failed: {
      id: 'microphoneFailed',
      entry: [
        assign(set({ microphone: false })),
        ({ context }) => context.services.report(context.visit.microphoneFailure ?? 'lost', ''),
      ],
      initial: 'waiting',
      on: { RETRY: '#microphone' },
      states: {
        waiting: { after: { retry: 'trying' } },
        /** Plugged in again, it is found without anybody touching anything. */
        trying: {
          invoke: {
            src: 'openMicrophone',
            input: ({ context }) => context.services,
            onDone: [
              {
                guard: ({ event }) => event.output === 'open',
                target: '#listening',
                actions: [
                  assign(set({ microphone: true, microphoneFailure: null, heard: null, ...quiet(null) })),
                  ({ context }) => context.services.report('working', ''),
                ],
              },
              { target: 'waiting' },
            ],
            onError: 'waiting',
          },
        },
      },
    },
  },
});

export const question = chart.createStateConfig({
  id: 'question',
  invoke: { src: 'watchMicrophone', input: ({ context }) => context.services },
  on: {
    OTHER_QUESTION: {
      actions: assign(
        set((context) => ({ question: (context.visit.question + 1) % (context.config?.event.questions.length ?? 1) })),
      ),
    },
    GO: 'take',
    BACK: [{ guard: ({ context }) => context.visit.finished !== null, target: 'review' }, { target: 'microphone' }],
    MICROPHONE_LOST: {
      target: '#microphoneFailed',
      actions: assign(set({ microphoneFailure: 'lost' as const })),
    },
  },
});
