import type { TicketState } from '../../../shared/contract/ticket.ts';
import { readCode } from '../../../shared/domain/code.ts';
import { localDay } from '../../../shared/domain/day.ts';
import type { Guesses, Ticket } from '../../../shared/domain/evidence.ts';
import type { TicketStore } from './ports.ts';

/** Wrong codes before a wait begins; people misread, and help one another. */
const freeGuesses = 5;
/** The longest wait in seconds: even of the older codes, of 28 bits, a patient guesser at the booth finds none. */
const longestWait = 300;
/** One wrong code is forgiven after so long. */
const forgivenMs = 10 * 60_000;

export type Found<T> = { ok: true; value: T } | { ok: false; code: 'UNKNOWN_CODE' } | Wait;
interface Wait {
  ok: false;
  code: 'WAIT';
  waitSeconds: number;
}

/** Seconds to wait after that many wrong codes: none for the first five, then 2, 4, 8 … up to five minutes. */
export function waitAfterGuesses(failures: number): number {
  return failures <= freeGuesses ? 0 : Math.min(longestWait, 2 ** (failures - freeGuesses));
}

function remembered(guesses: Guesses, now: Date): number {
  const since = now.getTime() - Date.parse(guesses.lastAt);
  return Math.max(0, guesses.failures - Math.max(0, Math.floor(since / forgivenMs)));
}

/** Codes as tickets carry them: what they lead to, and how guessing is slowed. A right code forgives no wrong ones. */
export function createTickets(store: TicketStore, now: () => Date) {
  function find(typed: string): Found<Ticket> {
    const at = now();
    const guesses = store.guesses();
    const left = guesses.waitUntil === null ? 0 : (Date.parse(guesses.waitUntil) - at.getTime()) / 1000;
    // A clock set back must not close the door for longer than the longest wait.
    if (left > 0 && left <= longestWait) return { ok: false, code: 'WAIT', waitSeconds: Math.ceil(left) };
    const code = readCode(typed);
    const ticket = code === undefined ? undefined : store.byCode(code);
    if (ticket !== undefined) return { ok: true, value: ticket };
    const failures = remembered(guesses, at) + 1;
    const wait = waitAfterGuesses(failures);
    const waitUntil = wait === 0 ? null : new Date(at.getTime() + wait * 1000).toISOString();
    store.saveGuesses({ failures, lastAt: at.toISOString(), waitUntil });
    return { ok: false, code: 'UNKNOWN_CODE' };
  }

  return { find };
}

const states = {
  toReview: 'underReview',
  approved: 'approved',
  published: 'published',
  rejected: 'notKept',
  withdrawn: 'withdrawn',
  erased: 'withdrawn',
  recording: 'underReview',
} as const satisfies Record<Ticket['state'], TicketState['state']>;

/** What the ticket's holder is told. */
export function ticketState(ticket: Ticket): TicketState {
  const { erased, scope } = ticket;
  const gone = ticket.state === 'withdrawn' || ticket.state === 'erased';
  return {
    state: gone && erased !== undefined && erased !== 'withdrawn' ? 'notKept' : states[ticket.state],
    title: ticket.title,
    recordedOn: localDay(new Date(ticket.createdAt)),
    urls: gone ? [] : ticket.urls,
    purposes: gone ? [] : (scope?.purposes ?? []),
    nameShown: ticket.name,
  };
}
