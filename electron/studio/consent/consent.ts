import type { ConsentDetail } from '../../../shared/contract/authorisation.ts';
import type { Choices } from '../../../shared/contract/consent.ts';
import type { TicketState } from '../../../shared/contract/ticket.ts';
import { actorColumns, type StaffActor } from '../../../shared/domain/actor.ts';
import { readCode } from '../../../shared/domain/code.ts';
import type { HearsayMethod, Purpose } from '../../../shared/domain/consent.ts';
import type { ChainState, ConsentActor, Due } from '../../../shared/domain/evidence.ts';
import { actsOf } from './acts.ts';
import { dossier } from './dossier.ts';
import { createErasing } from './erasing.ts';
import { evidencePage } from './evidence.ts';
import { followUps } from './followUps.ts';
import { createContacts, createSigner, type KeyShelf } from './keys.ts';
import type {
  ConsentStore,
  CopiesOut,
  Erasers,
  ErasureStore,
  HandedOverOf,
  PortraitFacts,
  RetentionClock,
  RetentionStore,
  TicketStore,
} from './ports.ts';
import { createRetention } from './retention.ts';
import { type ConsentSummary, consentSummary } from './summary.ts';
import { createTickets, type Found, ticketState } from './tickets.ts';

export interface ConsentParts {
  store: ConsentStore;
  tickets: TicketStore;
  retention: RetentionStore;
  erasures: ErasureStore;
  erasers: Erasers;
  keys: KeyShelf;
  knownText: (version: string, language: string, sha256: string) => boolean;
  /** What the booth shows now in a language. */
  shownNow: (language: string) => ConsentDetail['text'] | undefined;
  /** Copies that left as files. */
  handedOver: HandedOverOf;
  /** Portraits still in use of which some copy is with somebody. */
  copiesOut: CopiesOut;
  /** Deliveries that a withdrawal ended or turned round: their runs have lost their lease. */
  cutOff: (deliveryIds: string[]) => void;
  /**
   * Ends what is being made of a portrait's words, when nobody may write them down any more; settles when nothing of it
   * lies on the disk. Never rejects.
   */
  stopWriting: (portraitId: string) => Promise<void>;
  /** What is known of a portrait; undefined once it is erased. */
  facts: (portraitId: string) => PortraitFacts | undefined;
  soundPath: (takeId: string) => string;
  /** Makes a whole copy of the library, before copies are dropped. Never rejects. */
  backUp: () => Promise<void>;
  onChange: () => void;
  log: (what: string, error?: unknown) => void;
  now: () => Date;
  clock: RetentionClock;
}

/** What a host writes down of what somebody told them. */
export interface Hearsay {
  choices: Choices;
  method: HearsayMethod;
  note: string;
  /** The person is 18 or over; asked of a sound that came from elsewhere. */
  adult: boolean;
}
type Refused<Code extends string> = { ok: false; code: Code };

/** How often it is looked whether something has ended. */
const lookMs = 60 * 60 * 1000;
/** For so long a check of the chain counts; the hosts' panel asks more often. */
const chainFreshMs = 60_000;
const goneShown = 200;

/** Everything about authorisations: evidence, tickets, withdrawal, erasure, retention and the papers. */
export function createConsent(parts: ConsentParts) {
  const { store, now, log } = parts;
  const contacts = createContacts(parts.keys);
  const signer = createSigner(parts.keys);
  const tickets = createTickets(parts.tickets, now);
  const erasing = createErasing(parts.erasures, parts.erasers, log);
  const given = (portraitId: string): boolean =>
    parts.handedOver(portraitId).some(({ settledAt }) => settledAt === null);
  const ends = { handedOver: given };
  const retention = createRetention({ store: parts.retention, handedOver: given, erase, clock: parts.clock });
  let timer: NodeJS.Timeout | undefined;
  let checked: { at: number; state: ChainState } | undefined;

  function erase({ portraitId, reason, dueOn }: Due): boolean {
    const cut = store.eraseDue(portraitId, reason, dueOn, ends);
    if (cut !== undefined) parts.cutOff(cut);
    return cut !== undefined;
  }

  /** Takes off the disk what was let go. A copy without it is made first, so that those that hold it can all go. */
  async function clear(): Promise<void> {
    if (parts.erasures.pending().some(({ kind }) => kind === 'copies')) await parts.backUp();
    await erasing.finish();
  }

  async function withdraw(
    portraitId: string,
    wanted: 'all' | readonly Purpose[],
    by: ConsentActor,
  ): Promise<{ ok: true; whole: boolean; purposes: Purpose[] } | Refused<'NOT_FOUND'>> {
    const done = store.withdraw(portraitId, wanted, by, ends);
    if (!done.ok) return done;
    parts.cutOff(done.cut);
    const stopped = done.purposes.includes('transcript') ? undefined : parts.stopWriting(portraitId);
    parts.onChange();
    await stopped;
    await clear();
    return { ok: true, whole: done.whole, purposes: done.purposes };
  }

  /**
   * What a site told is on the disk when this answers; what follows on the disk (copies, prepared exports) is done after.
   * False for what that site has no say in.
   */
  function hearSite(told: { portraitId: string; destinationId: string; ref: string }): boolean {
    const heard = store.heard(told);
    if (heard.outcome !== 'noted') return heard.outcome === 'known';
    parts.cutOff(heard.cut);
    parts.onChange();
    const follow = async () => {
      await parts.stopWriting(told.portraitId);
      await clear();
    };
    follow().catch((error: unknown) => log('a withdrawal could not be followed yet; it is tried again', error));
    return true;
  }

  /** Reminds, erases what is due, and finishes what a crash left; never rejects. */
  async function tend(): Promise<void> {
    try {
      const { reminded, gone } = retention.run();
      if (reminded.length + gone.length > 0) parts.onChange();
      await Promise.all(gone.map(({ portraitId }) => parts.stopWriting(portraitId)));
      await clear();
    } catch (error) {
      log('authorisations could not be tended', error);
    }
  }

  const papers = {
    /** The page that proves a portrait's authorisation; undefined when there is no record of it. */
    evidence(portraitId: string): string | undefined {
      const records = store.records(portraitId);
      if (records.length === 0) return undefined;
      const code = parts.facts(portraitId)?.code ?? null;
      const { textOf } = store;
      return evidencePage({ portraitId, code, records, chain: store.verify(), textOf, printedAt: now().toISOString() });
    },
    /** Everything kept about a person; undefined when nothing is. */
    dossier(portraitId: string): AsyncGenerator<string> | undefined {
      const about = parts.facts(portraitId);
      if (about === undefined) return undefined;
      const soundPath = about.takeId === null ? null : parts.soundPath(about.takeId);
      const { handedOver } = parts;
      return dossier({ facts: about, store, contacts, handedOver, soundPath, madeAt: now().toISOString() });
    },
  };

  return {
    seal: contacts.seal,
    papers,
    withdraw,
    hearSite,
    /** A withdrawal that came from a site was nobody's wish. */
    undoWithdrawal(portraitId: string, by: ConsentActor): boolean {
      const undone = store.undo(portraitId, by);
      if (undone) parts.onChange();
      return undone;
    },
    /** It was the person's wish: erased now. False where there is none to confirm. */
    async confirmWithdrawal(portraitId: string, by: ConsentActor): Promise<boolean> {
      return store.pending(portraitId) !== undefined && (await withdraw(portraitId, 'all', by)).ok;
    },

    look(code: string): Found<TicketState> {
      const found = tickets.find(code);
      return found.ok ? { ok: true, value: ticketState(found.value) } : found;
    },
    async withdrawByCode(code: string, wanted: 'all' | readonly Purpose[]): Promise<Found<TicketState>> {
      const found = tickets.find(code);
      if (!found.ok) return found;
      // Already gone: the answer is the same, and asking again is harmless.
      await withdraw(found.value.portraitId, wanted, { actor: 'visitor', name: null });
      const after = parts.tickets.byCode(readCode(code) ?? '') ?? found.value;
      return { ok: true, value: ticketState(after) };
    },

    /** A host writes down what the person allows. */
    async recordFor(
      portraitId: string,
      { choices, method, note, adult }: Hearsay,
      by: { actor: StaffActor; name: string | null },
    ): Promise<{ ok: true } | Refused<'NOT_FOUND' | 'UNKNOWN_TEXT' | 'AGE_NEEDED'>> {
      const { textVersion, textSha256, language, contact } = choices;
      if (!parts.knownText(textVersion, language, textSha256)) return { ok: false, code: 'UNKNOWN_TEXT' };
      const sealed = { ...choices, contact: contacts.seal(contact) };
      const before = store.scope(portraitId);
      const done = store.recordFor(
        portraitId,
        sealed,
        { who: 'staff', role: actorColumns(by.actor).actor, name: by.name, method, note },
        by.actor,
        adult,
      );
      if (!done.ok) return done;
      parts.cutOff(done.cut);
      // What was prepared for others and waits to be fetched says the name of before.
      const renamed = before?.nameShown !== choices.nameShown || before.pseudonym !== choices.pseudonym;
      if (renamed) await parts.erasers.export(portraitId);
      parts.onChange();
      return { ok: true };
    },

    /** What is allowed, and how it came to be; undefined for a portrait nobody knows. */
    detail(portraitId: string): Omit<ConsentDetail, 'evidenceUrl'> | undefined {
      const event = store.eventOf(portraitId);
      if (event === undefined) return undefined;
      return {
        scope: store.scope(portraitId) ?? null,
        offered: event.offered,
        lastDay: event.lastDay,
        text: parts.shownNow(parts.facts(portraitId)?.language ?? 'fr') ?? null,
        pending: store.pending(portraitId) ?? null,
        acts: actsOf(store.records(portraitId)),
        handedOver: parts.handedOver(portraitId),
      };
    },

    /** Signed, for a batch: without contacts or signatures. */
    summary: (portraitIds: readonly string[]): ConsentSummary => consentSummary(store, signer, portraitIds, now),

    /** What ends soon, what went, and withdrawals that somebody still has to follow. */
    overview() {
      return { coming: retention.coming(), gone: retention.gone(goneShown), followUps: followUps(parts) };
    },
    /** Closes withdrawals that nobody holds a copy of any more; to be called when one of those has changed. */
    settle(portraitId: string): void {
      if (!given(portraitId) && store.settle(portraitId)) parts.onChange();
    },

    /** Whether the evidence is whole; looked at anew once a minute. */
    chain(): ChainState {
      const at = now().getTime();
      if (checked === undefined || Math.abs(at - checked.at) >= chainFreshMs) checked = { at, state: store.verify() };
      return checked.state;
    },

    tend,
    /** How many wait for a host to say what day it is before they go. */
    unsure: retention.unsure,
    /** Looks at the chain and at what is due, now and every hour. */
    async start(): Promise<void> {
      const state = this.chain();
      if (!state.ok) log(`the evidence of consent is damaged: ${state.fault} at ${state.seq}`);
      await tend();
      timer = setInterval(() => void tend(), lookMs);
      timer.unref();
    },
    stop(): void {
      clearInterval(timer);
    },
  };
}
export type Consent = ReturnType<typeof createConsent>;
