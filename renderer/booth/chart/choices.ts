import { assign } from 'xstate';
import type { Purpose } from '../../../shared/domain/consent.ts';
import { nameLimit } from '../../../shared/domain/portrait.ts';
import { chart, set, visited } from './setup.ts';
import type { BoothContext, Visit } from './visit.ts';

/** Longest contact the contract takes. */
export const contactLimit = 200;

/** Ticks or unticks; in the order the event offers them, whichever way they were ticked. */
function tick({ config, visit }: BoothContext, purpose: Purpose): Partial<Visit> {
  const { purposes } = visit.allowed;
  const wanted = purposes.includes(purpose) ? purposes.filter((other) => other !== purpose) : [...purposes, purpose];
  const offered = config?.consent.purposes ?? [];
  return { allowed: { ...visit.allowed, purposes: offered.filter((other) => wanted.includes(other)) } };
}

/** Who introduced themself is called so, until they say otherwise. */
function introduced({ visit }: BoothContext): Partial<Visit> {
  const named = visit.speaker.firstName.trim() !== '';
  return { allowed: { ...visit.allowed, nameShown: named ? 'name' : 'anonymous' } };
}

const leastOne = ({ context }: { context: BoothContext }) => context.visit.allowed.purposes.length > 0;

/**
 * What may be done with it, asked only now that they have heard it. Walking away here leaves the portrait unconfirmed,
 * as walking away before does: a tick that was not confirmed is no consent.
 */
export const choices = chart.createStateConfig({
  id: 'choices',
  initial: 'choosing',
  entry: assign(
    set((context) =>
      context.visit.allowed.nameShown === 'anonymous' && context.visit.allowed.purposes.length === 0
        ? introduced(context)
        : {},
    ),
  ),
  on: {
    CHOOSE: {
      actions: assign(
        visited((visit, { change }) => ({
          allowed: {
            ...visit.allowed,
            ...change,
            pseudonym: (change.pseudonym ?? visit.allowed.pseudonym).slice(0, nameLimit),
            contact: (change.contact ?? visit.allowed.contact).slice(0, contactLimit),
          },
        })),
      ),
    },
  },
  states: {
    choosing: {
      on: {
        TICK: {
          actions: assign(({ context, event }) => ({ visit: { ...context.visit, ...tick(context, event.purpose) } })),
        },
        ALLOW: { guard: leastOne, target: '#keeping' },
        REFUSE: 'nothing',
        NAME: 'name',
        CONTACT: { guard: ({ context }) => context.config?.consent.askContact === true, target: 'contact' },
        BACK: '#review',
      },
    },
    name: { on: { NEXT: 'choosing', BACK: 'choosing' } },
    contact: { on: { NEXT: 'choosing', BACK: 'choosing' } },
    /** « On ne garde rien ? »: asked once, and both answers weigh the same. */
    nothing: { on: { CONFIRM: '#erasing', CANCEL: 'choosing', BACK: 'choosing', REFUSE: {} } },
  },
});
