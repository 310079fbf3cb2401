import { z } from 'zod';
import { gateRefusals } from '../domain/consent.ts';
import { count, empty, hostCall, id, instant, organiserCall, shortText } from './base.ts';
import { purpose } from './consent.ts';

/** Kinds of destination; each has one file in the delivery service. */
export const destinationKinds = ['wordpress'] as const;

/** Address of a site; other schemes (ftp, javascript, file) never are one. */
const siteUrl = z.url({ protocol: /^https?$/ }).max(500);

/** Everything that can be told about a site in plain words; the interface has a sentence for each. */
export const deliveryReasons = [
  'clock',
  'plain',
  'offline',
  'slow',
  'login',
  'role',
  'tooLarge',
  'typeRefused',
  'uploadsNotWritable',
  'notRecognised',
  'headerLost',
  'siteLock',
  'restClosed',
  'passwordsOff',
  'redirected',
  'firewall',
  'maintenance',
  'busy',
  'portal',
  'noRestApi',
  'notWordPress',
  'garbled',
  'siteError',
  'damaged',
  'noConsent',
  'noSound',
  'renderFailed',
  'diskFull',
] as const;
export type DeliveryReason = (typeof deliveryReasons)[number];
export const deliveryReason = z.enum(deliveryReasons);

/** Where a site redirects what it is sent: its address as it is set, and the one it goes by. */
export const betterAddress = z.object({ from: siteUrl, to: siteUrl });

export const hold = z.object({
  reason: deliveryReason,
  /** What the site itself answered, shortened; never a secret. */
  detail: z.string(),
  since: instant,
  /** When the site is asked again; `null` once it was asked often enough, and waits for a person. */
  nextAt: instant.nullable(),
  better: betterAddress.optional(),
});
export type Hold = z.infer<typeof hold>;

export const destination = z.object({
  id,
  kind: z.enum(destinationKinds),
  name: shortText.min(1),
  url: siteUrl,
  user: shortText.min(1),
  /** What a portrait has to allow to go there. */
  purpose,
  /** Whether a password is stored; the password itself never leaves the studio. */
  hasPassword: z.boolean(),
  /** Somebody has read that the password travels in clear text, and wants it so. */
  plainAccepted: z.boolean().default(false),
  /** Why deliveries to it wait, or `null`. */
  paused: z.enum(['login', 'role', 'host']).nullable(),
  /** The site's own trouble, found by a request that is no delivery's; all its deliveries wait meanwhile. */
  hold: hold.optional(),
});
export type Destination = z.infer<typeof destination>;

export const deliverySteps = ['render', 'media', 'post', 'public', 'takeDown', 'confirm'] as const;
export type DeliveryStep = (typeof deliverySteps)[number];

/** To the site, or away from it again: after a withdrawal what is there is taken down. */
export const deliveryDirections = ['send', 'remove'] as const;
export type DeliveryDirection = (typeof deliveryDirections)[number];

export const deliveryState = z.enum(['waiting', 'running', 'done', 'failed', 'cancelled']);
export type DeliveryState = z.infer<typeof deliveryState>;

export const delivery = z.object({
  id,
  portraitId: id,
  destinationId: id,
  destination: z.string(),
  title: z.string(),
  state: deliveryState,
  direction: z.enum(deliveryDirections),
  step: z.enum(deliverySteps),
  stepsDone: count,
  stepsInAll: count,
  attempts: count,
  reason: deliveryReason.nullable(),
  /** What the site itself answered, shortened, for the curious; never a secret. */
  detail: z.string().nullable(),
  nextAt: instant.nullable(),
  url: z.string().nullable(),
  createdAt: instant,
});
export type Delivery = z.infer<typeof delivery>;

const notFound = { NOT_FOUND: { status: 404, data: empty } } as const;
const siteFields = z.object({
  kind: z.enum(destinationKinds),
  name: shortText.min(1),
  url: siteUrl,
  user: shortText.min(1),
  purpose: purpose.default('site'),
  /** The password may travel in clear text, on the network one stands in and no further. */
  plainAccepted: z.boolean().optional(),
});
const plainErrors = {
  /** `unsaid`: nobody has said that the password may travel in clear text; `public`: it would over the internet, and never does. */
  PLAIN: { status: 422, data: z.object({ why: z.enum(['unsaid', 'public']) }) },
} as const;

export const deliveryContract = {
  destinations: hostCall
    .route({ method: 'GET' })
    .input(empty)
    .output(z.object({ destinations: z.array(destination) })),
  /** Makes a destination, or changes one where `id` is given. Without `password` the stored one stays. */
  saveDestination: organiserCall
    .errors({ ...notFound, ...plainErrors })
    .input(siteFields.extend({ id: id.optional(), password: z.string().min(1).max(200).optional() }))
    .output(destination),
  removeDestination: organiserCall
    .errors({ ...notFound, IN_USE: { status: 409, data: z.object({ waiting: count }) } })
    .input(z.object({ id }))
    .output(empty),
  /** Asks the site who we are and what we may do. Without `password` the stored one is used. */
  testDestination: organiserCall
    .errors({ ...notFound, ...plainErrors })
    .input(siteFields.extend({ id: id.optional(), password: z.string().min(1).max(200).optional() }))
    .output(
      z.discriminatedUnion('ok', [
        z.object({
          ok: z.literal(true),
          site: z.string(),
          account: z.string(),
          maxUploadBytes: count.nullable(),
          /** The site's companion does not work with us yet: it waits for an administrator's word, or is too old. */
          companion: z.enum(['waits', 'old']).optional(),
          /** The site hides its accounts; sending works all the same. */
          unseen: z.literal(true).optional(),
        }),
        z.object({
          ok: z.literal(false),
          reason: deliveryReason,
          detail: z.string(),
          better: betterAddress.optional(),
        }),
      ]),
    ),
  /** Lets a paused destination go on. */
  resumeDestination: organiserCall.errors(notFound).input(z.object({ id })).output(destination),
  /** Queues an approved portrait. Repeating it while it is queued or done answers the same delivery. */
  publish: hostCall
    .errors({
      ...notFound,
      WRONG_STATE: { status: 409, data: z.object({ state: z.string() }) },
      /** The person does not allow it, or not any more. */
      NO_CONSENT: { status: 422, data: z.object({ why: z.enum(gateRefusals) }) },
    })
    .input(z.object({ portraitId: id, destinationId: id }))
    .output(delivery),
  queue: hostCall
    .route({ method: 'GET' })
    .input(empty)
    .output(z.object({ deliveries: z.array(delivery) })),
  retry: hostCall.errors(notFound).input(z.object({ id })).output(delivery),
  /** Ends a delivery that is on its way to the site; taking down what somebody withdrew cannot be cancelled. */
  cancel: hostCall.errors(notFound).input(z.object({ id })).output(delivery),
};
