import { assign } from 'xstate';
import { nameLimit } from '../../../shared/domain/portrait.ts';
import { chart, set, visited } from './setup.ts';
import type { BoothContext, Visit } from './visit.ts';

/** Everybody has signed who has to. */
const complete = ({ context }: { context: BoothContext }) =>
  context.visit.guardians.length >= (context.config?.consent.guardians ?? 1);

/** The answer with those who stand for it. */
function authorised({ visit }: BoothContext): Partial<Visit> {
  const { answer, vouch, guardians } = visit;
  return answer === null ? {} : { answer: { ...answer, guardians, vouch: vouch?.vouch ?? '' } };
}

/**
 * Somebody under 18: a host comes and says so by their PIN, then each guardian gives name, role and signature. Until the
 * last has signed nothing is recorded; every step has a way back.
 */
export const minor = chart.createStateConfig({
  id: 'minor',
  initial: 'calling',
  on: { NO: '#declined' },
  // Whoever comes back here starts anew: a signature stands for one visit and one text.
  entry: assign(set({ vouch: null, guardians: [], guardian: { name: '', role: 'parent' }, refusal: null })),
  states: {
    /** « Appelez l’équipe »: to be seen from the next table. */
    calling: {
      entry: ({ context }) => context.services.report('working', 'a visitor under 18 asks for a host'),
      on: { HOST: 'pin', BACK: '#notice' },
    },
    pin: {
      on: { PIN: 'vouching', BACK: 'calling' },
      initial: 'entering',
      states: { entering: {} },
    },
    vouching: {
      invoke: {
        src: 'vouch',
        input: ({ context, event }) => ({
          services: context.services,
          pin: event.type === 'PIN' ? event.pin : '',
        }),
        onDone: [
          {
            guard: ({ event }) => 'vouch' in event.output,
            target: 'guardian',
            actions: assign(({ context, event }) => ({
              visit: { ...context.visit, refusal: null, vouch: 'vouch' in event.output ? event.output : null },
            })),
          },
          {
            target: 'pin',
            actions: assign(({ context, event }) => ({
              visit: { ...context.visit, refusal: 'refused' in event.output ? event.output : null },
            })),
          },
        ],
        onError: { target: 'pin', actions: assign(set({ refusal: { refused: 'silent' } })) },
      },
      on: { BACK: 'calling' },
    },
    guardian: {
      on: {
        GUARDIAN: {
          actions: assign(
            visited((visit, { change }) => ({
              guardian: {
                ...visit.guardian,
                ...change,
                name: (change.name ?? visit.guardian.name).slice(0, nameLimit),
              },
            })),
          ),
        },
        NEXT: { guard: ({ context }) => context.visit.guardian.name.trim() !== '', target: 'signing' },
        BACK: 'calling',
      },
    },
    signing: {
      on: {
        SIGN: {
          target: 'signed',
          actions: assign(({ context, event }) => ({
            visit: {
              ...context.visit,
              guardians: [
                ...context.visit.guardians,
                {
                  name: context.visit.guardian.name.trim(),
                  role: context.visit.guardian.role,
                  signature: event.signature,
                  signedAt: context.services.clock(),
                },
              ],
              guardian: { name: '', role: 'parent' as const },
            },
          })),
        },
        BACK: 'guardian',
      },
    },
    signed: {
      always: [{ guard: complete, target: '#who', actions: assign(set(authorised)) }, { target: 'guardian' }],
    },
  },
});
