import { z } from 'zod';
import { empty, language, shortText, visitorCall } from './base.ts';
import { purpose } from './consent.ts';
import { printedBy, printerErrors } from './printing.ts';

/** A code as somebody types or says it: case, spaces and dashes do not matter. */
const code = z.string().min(1).max(40);

/** What a ticket's holder may know of their portrait. */
export const ticketState = z.object({
  state: z.enum(['underReview', 'approved', 'published', 'notKept', 'withdrawn']),
  title: z.string(),
  /** The booth's own local date (YYYY-MM-DD). */
  recordedOn: z.iso.date(),
  /** Where it can be heard. */
  urls: z.array(z.string()),
  /** What is allowed now. */
  purposes: z.array(purpose),
  /** The name under which it is heard; empty for none. */
  nameShown: shortText,
});
export type TicketState = z.infer<typeof ticketState>;

/** Guessing is slowed, for everybody together and across restarts. */
const guessing = {
  UNKNOWN_CODE: { status: 404, data: empty },
  WAIT: { status: 429, data: z.object({ waitSeconds: z.number() }) },
} as const;

/** What somebody can do with the code they were given, without any session. */
export const ticketContract = {
  look: visitorCall.errors(guessing).input(z.object({ code })).output(ticketState),
  /** Takes back everything, or some purposes; with none left, everything. At once, and for good. */
  withdraw: visitorCall
    .errors(guessing)
    .input(z.object({ code, purposes: z.union([z.literal('all'), z.array(purpose).min(1)]) }))
    .output(ticketState),
  /** The ticket on paper, in the visitor's language. */
  print: visitorCall
    .errors({ ...guessing, ...printerErrors })
    .input(z.object({ code, language }))
    .output(printedBy),
};
