import { z } from 'zod';
import { count, empty, hostCall, id, instant, organiserCall, roles, shortText, visitorCall } from './base.ts';

/** Four to twelve digits. Six are asked for in words; on the network, fewer are not heard. */
export const pin = z.string().regex(/^\d{4,12}$/);
export const staffRole = z.enum(['host', 'organiser']);
const session = z.object({
  token: z.string(),
  id: z.string(),
  role: z.enum(roles),
  name: z.string(),
  expiresAt: instant,
});
export type Session = z.infer<typeof session>;

export const member = z.object({
  id,
  name: z.string(),
  role: staffRole,
  createdAt: instant,
  disabledAt: instant.nullable(),
});
export type Member = z.infer<typeof member>;
const memberName = shortText.min(1);

const wait = z.object({ waitSeconds: z.number() });
/** `WRONG_PIN` and `WAIT` say after how many seconds a next try is heard. */
const pinErrors = {
  WRONG_PIN: { status: 401, data: wait },
  WAIT: { status: 429, data: wait },
} as const;
const notSetUp = { NOT_SET_UP: { status: 409, data: empty } } as const;
/** The network heard too many wrong PINs; it opens again at the booth. */
const locked = { LOCKED: { status: 423, data: empty } } as const;
const notFound = { NOT_FOUND: { status: 404, data: empty } } as const;
/** Somebody of the staff has this PIN already; counted as a guess. */
const taken = { TAKEN: { status: 409, data: empty } } as const;
/** Somebody has to be left who can let the others in. */
const lastOrganiser = { LAST_ORGANISER: { status: 409, data: empty } } as const;

export const auditEntry = z.object({
  id: count,
  at: instant,
  actor: z.enum(['visitor', 'host', 'organiser', 'studio']),
  /** Who it was, where the trail knows; names are those of today. */
  staffId: z.string().nullable(),
  name: z.string().nullable(),
  action: z.string(),
  portraitId: z.string().nullable(),
  /** What the portrait is called now; null when it is no more. */
  portrait: z.string().nullable(),
  detail: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
  /** Name of the member the act was about, where it was about one. */
  about: z.string().nullable(),
});
export type AuditEntry = z.infer<typeof auditEntry>;

export const auditKinds = ['portraits', 'sends', 'staff', 'settings', 'other'] as const;
export type AuditKind = (typeof auditKinds)[number];

export const staffContract = {
  status: visitorCall
    .meta({ role: 'visitor', network: true })
    .route({ method: 'GET' })
    .input(empty)
    .output(
      z.object({
        setUp: z.boolean(),
        /** Whether this desk stands on the network, and how many digits a PIN needs here. */
        network: z.boolean(),
        shortestPin: z.int(),
      }),
    ),
  /** Sets the first PIN; only while there is none. */
  setUp: visitorCall
    .errors({ ALREADY_SET_UP: { status: 409, data: empty } })
    .input(z.object({ name: memberName.default('Organisation'), pin }))
    .output(session),
  signIn: visitorCall
    .meta({ role: 'visitor', network: true })
    .errors({ ...pinErrors, ...notSetUp, ...locked, TOO_SHORT: { status: 422, data: z.object({ least: z.int() }) } })
    .input(z.object({ pin }))
    .output(session),
  /** A member of the staff stands by the visitor at the booth: a token for this one visit, which opens nothing. */
  vouch: visitorCall
    .errors({ ...pinErrors, ...notSetUp })
    .input(z.object({ pin }))
    .output(z.object({ vouch: z.string(), name: z.string(), expiresAt: instant })),
  me: hostCall
    .route({ method: 'GET' })
    .input(empty)
    .output(z.object({ id: z.string(), name: z.string(), role: z.enum(roles), expiresAt: instant })),
  signOut: hostCall.input(empty).output(empty),
  changePin: hostCall
    .errors({ ...pinErrors, ...locked, ...taken, ...notFound })
    .input(z.object({ current: pin, next: pin }))
    .output(member),

  members: organiserCall.route({ method: 'GET' }).input(empty).output(z.array(member)),
  add: organiserCall
    .errors({ WAIT: pinErrors.WAIT, ...locked, ...taken })
    .input(z.object({ name: memberName, role: staffRole, pin }))
    .output(member),
  change: organiserCall
    .errors({ ...notFound, ...lastOrganiser })
    .input(z.object({ id, name: memberName, role: staffRole }))
    .output(member),
  /** Another PIN for somebody who forgot theirs; their sessions end. */
  resetPin: organiserCall
    .errors({ WAIT: pinErrors.WAIT, ...locked, ...taken, ...notFound })
    .input(z.object({ id, pin }))
    .output(member),
  /** A disabled member's sessions end at once. */
  setDisabled: organiserCall
    .errors({ ...notFound, ...lastOrganiser })
    .input(z.object({ id, disabled: z.boolean() }))
    .output(member),

  /** The audit trail, newest first. */
  audit: organiserCall
    .route({ method: 'GET' })
    .input(
      z.object({
        /** Goes on below this entry. */
        before: z.coerce.number().int().min(0).optional(),
        limit: z.coerce.number().int().min(1).max(500).default(100),
        staffId: z.string().max(60).optional(),
        portraitId: id.optional(),
        kind: z.enum(auditKinds).optional(),
        /** From the first instant of a day to that of the next, by the desk's own calendar. */
        from: instant.optional(),
        until: instant.optional(),
      }),
    )
    .output(z.object({ entries: z.array(auditEntry), more: z.boolean() })),
};
/** Header that carries the staff session: cookies do not reach a custom scheme. */
export const sessionHeader = 'authorization';
/** Header in which a desk says for how many seconds nobody has touched it. */
export const idleHeader = 'x-desk-idle';
