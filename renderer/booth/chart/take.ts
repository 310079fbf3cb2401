import { assign } from 'xstate';
import type { TakeOrder } from '../ports.ts';
import { chart, quiet, set, times, visited } from './setup.ts';
import { type BoothContext, questionOf, type Visit } from './visit.ts';

/** A take of the portrait under way, or of a new one. */
function order(context: BoothContext): Partial<Visit> {
  const { visit } = context;
  const question = questionOf(context);
  if (visit.answer === null || question === undefined) return { order: null };
  const portrait = visit.portrait ?? context.services.newPortrait();
  const made: TakeOrder = {
    ...portrait,
    takeId: context.services.newId(),
    questionId: question.id,
    answer: visit.answer,
    speaker: visit.speaker,
  };
  return { portrait, order: made, ...quiet(null) };
}

/** From « c'est parti » to a recording that can be heard. */
export const take = chart.createStateConfig({
  id: 'take',
  initial: 'preparing',
  states: {
    /** The studio makes room for the take before any sound. */
    preparing: {
      entry: assign(set(order)),
      invoke: {
        src: 'begin',
        input: ({ context }) => ({ services: context.services, order: context.visit.order }),
        onDone: [
          { guard: ({ event }) => event.output === 'begun', target: 'countdown' },
          {
            guard: ({ event, context }) => event.output === 'closed' && context.visit.beginFailure !== 'closed',
            target: 'preparing',
            reenter: true,
            actions: assign(set({ portrait: null, beginFailure: 'closed' })),
          },
          {
            target: 'refused',
            actions: assign(({ context, event }) => ({
              visit: { ...context.visit, beginFailure: event.output === 'begun' ? null : event.output },
            })),
          },
        ],
        onError: {
          target: 'refused',
          actions: assign(set({ beginFailure: 'unreachable' as const })),
        },
      },
      on: { BACK: '#question' },
    },
    /** The studio cannot take a recording just now. */
    refused: {
      on: {
        RETRY: [
          { guard: ({ context }) => context.visit.beginFailure === 'guardian', target: '#minor' },
          { target: 'preparing' },
        ],
        BACK: '#question',
      },
      after: {
        retry: {
          guard: ({ context }) => context.visit.beginFailure === 'unreachable',
          target: 'preparing',
        },
      },
    },
    countdown: {
      entry: [
        assign(set((context) => ({ goAt: context.services.now() + times.countdown, beginFailure: null }))),
        ({ context }) => {
          const { order: made, goAt } = context.visit;
          if (made !== null) context.services.record(made, goAt);
        },
      ],
      invoke: { src: 'watchMicrophone', input: ({ context }) => context.services },
      after: { countdown: 'recording' },
      on: {
        BACK: { target: '#question', actions: ({ context }) => context.services.callOff() },
        ABORT: {
          // A retake called off still has the first take to decide about.
          guard: 'losesSomething',
          target: '#question',
          actions: ({ context }) => context.services.callOff(),
        },
        MICROPHONE_LOST: {
          target: '#microphoneFailed',
          actions: [({ context }) => context.services.callOff(), assign(set({ microphoneFailure: 'lost' as const }))],
        },
      },
    },
    recording: {
      id: 'recording',
      entry: assign(set(quiet(null))),
      invoke: { src: 'watchMicrophone', input: ({ context }) => context.services },
      after: { limit: { target: 'stopping', actions: assign(set({ cutShort: false })) } },
      on: {
        STOP: { target: 'stopping', actions: assign(set({ cutShort: false })) },
        MICROPHONE_QUIET: { actions: assign(visited((_, event) => quiet(event.trouble))) },
        // What was recorded is kept and offered.
        MICROPHONE_LOST: {
          target: 'stopping',
          actions: [
            assign(set({ cutShort: true, microphone: false, microphoneFailure: 'lost' as const })),
            ({ context }) => context.services.report('lost', 'while recording'),
          ],
        },
      },
    },
    stopping: {
      id: 'stopping',
      invoke: {
        src: 'finish',
        input: ({ context }) => context.services,
        onDone: [
          {
            guard: ({ event }) => event.output !== 'nothing',
            target: '#review',
            actions: assign(({ context, event }) => ({
              visit: { ...context.visit, finished: event.output === 'nothing' ? null : event.output },
            })),
          },
          { guard: ({ context }) => context.visit.microphone, target: '#unheard' },
          { target: '#microphoneFailed' },
        ],
        onError: '#unheard',
      },
    },
  },
});

/** Nothing usable was recorded. */
export const unheard = chart.createStateConfig({
  id: 'unheard',
  on: {
    AGAIN: [{ guard: ({ context }) => context.visit.microphone, target: 'question' }, { target: 'microphone' }],
    BACK: 'microphone',
    CALL: '#calling',
  },
});
