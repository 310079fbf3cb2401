import type { Destination } from '../../../shared/contract/delivery.ts';
import { destination as destinationSchema } from '../../../shared/contract/delivery.ts';
import type { Purpose } from '../../../shared/domain/consent.ts';
import type { DestinationRecord } from '../../../shared/domain/delivery.ts';
import { reachOf } from '../../../shared/domain/plain.ts';
import type { CheckOutcome, DestinationKind, Site } from './kind.ts';
import type { Actor, DestinationStore } from './ports.ts';
import type { Secrets } from './secrets.ts';

/** What the organiser writes of a destination; with `id` an existing one is meant. */
export interface DestinationInput {
  id?: string | undefined;
  kind: Destination['kind'];
  name: string;
  url: string;
  user: string;
  /** What a portrait has to allow to go there; the site, where nothing else is said. */
  purpose?: Purpose | undefined;
  /** Without it the stored one is used, as long as it is the same account on the same site. */
  password?: string | undefined;
  /** The password may travel in clear text, on the network one stands in. */
  plainAccepted?: boolean | undefined;
}

export type Plain = { ok: false; code: 'PLAIN'; why: 'unsaid' | 'public' };

export type NotFound = { ok: false; code: 'NOT_FOUND' };
export type Done<T> = { ok: true; value: T };
const notFound: NotFound = { ok: false, code: 'NOT_FOUND' };

export interface DestinationParts {
  destinations: DestinationStore;
  kind: (name: string) => DestinationKind | undefined;
  secrets: Secrets;
  newId: () => string;
}

/** The calls about destinations; passwords go in, and never come out. */
export function destinationCalls(parts: DestinationParts) {
  const { destinations, secrets } = parts;

  function shown(record: DestinationRecord): Destination {
    const hold = record.hold ?? undefined;
    return destinationSchema.parse({ ...record, hold, hasPassword: secrets.get(record.id) !== undefined });
  }

  function addressed(input: DestinationInput): DestinationInput {
    return { ...input, url: parts.kind(input.kind)?.address(input.url) ?? input.url };
  }

  return {
    list: (): { destinations: Destination[] } => ({ destinations: destinations.list().map(shown) }),

    save(raw: DestinationInput, actor: Actor): Done<Destination> | NotFound | Plain {
      const { id = parts.newId(), password, plainAccepted: said, ...fields } = addressed(raw);
      const before = raw.id === undefined ? undefined : destinations.get(raw.id);
      if (raw.id !== undefined && before === undefined) return notFound;
      const plainAccepted = accepted(said, fields.url, before);
      const refused = plain(fields.url, plainAccepted);
      if (refused !== undefined) return refused;
      const otherSite = before !== undefined && !sameAccount(before, fields);
      // The password first: a crash in between leaves a spare secret, not a destination that cannot sign in.
      if (password !== undefined) secrets.set(id, password);
      else if (otherSite) secrets.delete(id);
      const mended = password !== undefined || otherSite || before?.url !== fields.url;
      const paused = mended && before?.paused !== 'host' ? null : (before?.paused ?? null);
      const hold = mended ? null : (before?.hold ?? null);
      const record = {
        id,
        ...fields,
        purpose: fields.purpose ?? before?.purpose ?? 'site',
        paused,
        plainAccepted,
        hold,
      };
      destinations.save(record, { actor, otherSite });
      return { ok: true, value: shown(record) };
    },

    remove(id: string, actor: Actor): Done<object> | NotFound | { ok: false; code: 'IN_USE'; waiting: number } {
      if (destinations.get(id) === undefined) return notFound;
      const { waiting } = destinations.remove(id, actor);
      if (waiting > 0) return { ok: false, code: 'IN_USE', waiting };
      secrets.delete(id);
      return { ok: true, value: {} };
    },

    async test(raw: DestinationInput, signal?: AbortSignal): Promise<Done<CheckOutcome> | NotFound | Plain> {
      const input = addressed(raw);
      const before = input.id === undefined ? undefined : destinations.get(input.id);
      if (input.id !== undefined && before === undefined) return notFound;
      const plainAccepted = accepted(input.plainAccepted, input.url, before);
      const refused = plain(input.url, plainAccepted);
      if (refused !== undefined) return refused;
      // A stored password is only ever shown to the site and account it was given for.
      const stored = before !== undefined && sameAccount(before, input) ? secrets.get(before.id) : undefined;
      const password = input.password ?? stored;
      const kind = parts.kind(input.kind);
      if (password === undefined || kind === undefined) {
        return { ok: true, value: { ok: false, reason: 'login', detail: '' } };
      }
      return {
        ok: true,
        value: await kind.check({ url: input.url, user: input.user, password, plainAccepted }, signal),
      };
    },

    resume(id: string, actor: Actor): Done<Destination> | NotFound {
      if (destinations.get(id) === undefined) return notFound;
      destinations.resume(id, actor);
      const record = destinations.get(id);
      return record === undefined ? notFound : { ok: true, value: shown(record) };
    },

    /** What the queue needs to go there. */
    site(id: string): Site | 'noPassword' | undefined {
      const record = destinations.get(id);
      if (record === undefined) return undefined;
      const password = secrets.get(id);
      const { url, user, plainAccepted = false } = record;
      return password === undefined ? 'noPassword' : { url, user, password, plainAccepted };
    },
  };
}

/** What was said of clear text holds for the address it was said of. */
function accepted(said: boolean | undefined, url: string, before: DestinationRecord | undefined): boolean {
  return said ?? (before?.url === url && before.plainAccepted === true);
}

/** Why a password may not go to this address as it is. */
function plain(url: string, plainAccepted: boolean): Plain | undefined {
  const reach = reachOf(url);
  if (reach === 'public') return { ok: false, code: 'PLAIN', why: 'public' };
  return reach === 'near' && !plainAccepted ? { ok: false, code: 'PLAIN', why: 'unsaid' } : undefined;
}

interface Account {
  kind: string;
  url: string;
  user: string;
}

/** Same site and account; going from http to https, or to and from `www.`, does not make another one. */
function sameAccount(before: Account, after: Account): boolean {
  if (before.kind !== after.kind || before.user !== after.user) return false;
  const [old, fresh] = [new URL(before.url), new URL(after.url)];
  if (old.protocol === 'https:' && fresh.protocol !== 'https:') return false;
  const place = (url: URL) => `${url.host.replace(/^www\./, '')}${url.pathname}`;
  return place(old) === place(fresh);
}
