import type { DeliveryReason, DeliveryStep } from '../../../shared/contract/delivery.ts';
import type { BetterAddress } from '../../../shared/domain/delivery.ts';
import type { PortraitText, RenditionOutcome } from './ports.ts';
import type { Effect } from './reasons.ts';

/** A site and who we are there. The password never goes into a log, a detail or an error. */
export interface Site {
  url: string;
  user: string;
  password: string;
  /** Somebody has said that the password may travel in clear text to a site nearby. */
  plainAccepted?: boolean;
}

export interface Failure {
  reason: DeliveryReason;
  /** What the site itself said, shortened, without secrets; may be empty. */
  detail: string;
  /** When it differs from what the reason usually means. */
  effect?: Effect;
  /** The site's own wish, in milliseconds. */
  retryAfterMs?: number;
  /** Met by a request that belongs to no delivery: the trouble is the site's. */
  neutral?: true;
  /** Where the site redirects to, when that is an address of its own. */
  better?: BetterAddress;
}

/** What a delivery has learnt so far; JSON. A kind parses its own. */
export type Memo = Record<string, unknown>;

export interface Job {
  site: Site;
  portraitId: string;
  portrait: PortraitText;
  memo: Memo;
  /** The sound to send; made on first use, at once when it is there already. */
  rendition: () => Promise<RenditionOutcome>;
  /** Makes a memo durable before the site is asked to change something. Throws once the lease is lost. */
  remember: (memo: Memo) => void;
  /** Aborts when the delivery is cancelled, its lease lost or the studio closes. */
  signal: AbortSignal;
}

/** What is needed to take a portrait down from a site: no word and no sound of it. */
export type TakeDownJob = Pick<Job, 'site' | 'portraitId' | 'memo' | 'signal'>;
/** `removed`: how many things were still there. */
export type TakeDownOutcome = { done: true; removed: number } | { done: false; failure: Failure };

/** A withdrawal as a site tells it; `ref` names it there, and only there. */
export interface Told {
  ref: string;
  portraitId: string;
}

/** A portrait that stands on a site, with its speaker's code. */
export interface Standing {
  portraitId: string;
  code: string;
  memo: Memo;
}

export type StepOutcome =
  | { done: true; memo: Memo; url?: string }
  | { done: false; failure: Failure }
  /** What an earlier step made is gone: do that step again. */
  | { done: false; again: SendingStep; memo: Memo; detail: string };

export type CheckOutcome =
  /** `unseen`: the site hides its accounts, also from themselves; sending works all the same. */
  | {
      ok: true;
      site: string;
      account: string;
      maxUploadBytes: number | null;
      unseen?: true;
      /** Of the site's companion, where it has one that does not work with us yet. */
      companion?: 'waits' | 'old';
    }
  | { ok: false; reason: DeliveryReason; detail: string; better?: BetterAddress; retryAfterMs?: number };

/** The steps a kind takes; making the sound comes before them and is not its own. */
export type SendingStep = Exclude<DeliveryStep, 'render' | 'takeDown' | 'confirm'>;

/**
 * A kind of destination: one file in `destinations/`. Its steps follow `render`, in order; each may run any number of
 * times, be cut anywhere and leave no double behind. The last one answers the public address. A step rejects only when
 * its signal aborts.
 */
export interface DestinationKind {
  kind: string;
  steps: readonly SendingStep[];
  /** The address as it is kept: without what people paste along. Undefined when it can be none. */
  address(pasted: string): string | undefined;
  /**
   * Asks the site who we are and whether it lets us send, and changes nothing there: the neutral request that tells a
   * delivery's own trouble from its site's. Rejects only when its signal aborts.
   */
  check(site: Site, signal?: AbortSignal): Promise<CheckOutcome>;
  run(step: SendingStep, job: Job): Promise<StepOutcome>;
  /**
   * Takes everything of the portrait down, for good: found by its name on the site and by the memo, published or not,
   * doubles too. Harmless where nothing is. Rejects only when its signal aborts.
   */
  takeDown(job: TakeDownJob): Promise<TakeDownOutcome>;
  /**
   * Portraits whose speakers took them down on the site itself, where a site can tell; `heard` says that the booth has
   * written it down. A site is believed nothing here: what it names may be another booth's, or nobody's. `declare` tells
   * the site which of its pages are portraits, where it does not know; answers how many.
   */
  withdrawals?: {
    list(site: Site, signal?: AbortSignal): Promise<{ ok: true; value: Told[] } | { ok: false; failure: Failure }>;
    heard(site: Site, ref: string, signal?: AbortSignal): Promise<{ ok: boolean }>;
    declare(site: Site, standing: readonly Standing[], signal?: AbortSignal): Promise<number>;
  };
}
