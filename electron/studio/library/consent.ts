import type { Choices } from '../../../shared/contract/consent.ts';
import type { ChosenBy } from '../../../shared/contract/evidence.ts';
import { actorColumns } from '../../../shared/domain/actor.ts';
import { canonical } from '../../../shared/domain/canonical.ts';
import { type ConsentScope, lastDayOfUse, type Purpose } from '../../../shared/domain/consent.ts';
import type {
  ChainState,
  ConsentActor,
  ConsentRecord,
  DueReason,
  ErasureReason,
  PendingWithdrawal,
  SiteTold,
  Withdrawn,
} from '../../../shared/domain/evidence.ts';
import { mayMove, type PortraitState } from '../../../shared/domain/portrait.ts';
import { type Actor, audit } from './audit.ts';
import { consentEvent, erasureOf, leftOf, putChoices, putWithdrawal, putYesHeard, storedScope } from './consentActs.ts';
import { boothIdOf, chainHead, consentRecords, verifyLinks, verifyTexts } from './consentChain.ts';
import { consentGate } from './consentGate.ts';
import { adoptOlderConsents } from './consentOlder.ts';
import { scopeOf } from './consentScope.ts';
import { type Db, transaction } from './database.ts';
import { takeDownDeliveries } from './deliveries.ts';
import { erasePerson } from './erasure.ts';
import { hearSite, narrowOpen, openWithdrawal, resolveOpen, type Told, touch } from './siteWithdrawals.ts';

/** `cut`: deliveries whose run should end. */
export type Recorded = { ok: true; cut: string[] } | { ok: false; code: 'NOT_FOUND' | 'AGE_NEEDED' };

/** States in which a portrait is the hosts', and its person may be heard about it. */
const withHosts: readonly PortraitState[] = ['toReview', 'approved', 'published', 'rejected'];

/** Authorisations: the evidence, what it says now, the gate, and the ways out. Every change is one transaction. */
export function consentRepository(db: Db, now: () => Date) {
  const stamp = () => now().toISOString();
  const stateOf = db.prepare<[string], PortraitState>('SELECT state FROM portraits WHERE id = ?').pluck();
  const mayUse = consentGate(db, now);

  /** Copies, or beginnings of copies, on sites that have to be taken down yet. */
  const standsOn = db.prepare(
    `SELECT 1 FROM deliveries WHERE portrait_id = ? AND
       CASE direction WHEN 'send' THEN state = 'done' OR memo <> '{}' ELSE state <> 'done' END LIMIT 1`,
  );
  const standing = (portraitId: string): boolean => standsOn.get(portraitId) !== undefined;

  function setState(portraitId: string, state: PortraitState, at: string, actor: Actor): void {
    const before = stateOf.get(portraitId);
    if (before === undefined || before === state || !mayMove(before, state)) return;
    db.prepare('UPDATE portraits SET state = ?, revision = revision + 1, updated_at = ? WHERE id = ?').run(
      state,
      at,
      portraitId,
    );
    audit(db, { at, actor, action: state, portraitId });
  }

  /** Erases the person; the row waits as `withdrawn` while sites or people still hold a copy. */
  function end(portraitId: string, reason: ErasureReason, by: ConsentActor, at: string, handedOver: boolean): string[] {
    const { actor } = by;
    resolveOpen(db, portraitId, actor === 'studio' ? 'ended' : 'confirmed', by, at);
    setState(portraitId, 'withdrawn', at, actor);
    const cut = erasePerson(db, portraitId, reason, at);
    if (!standing(portraitId) && !handedOver) setState(portraitId, 'erased', at, actor);
    return cut;
  }

  function scopeFault(): { seq: number } | undefined {
    const ids = db.prepare<[], string>('SELECT DISTINCT portrait_id FROM consent_records').pluck().all();
    for (const id of ids) {
      const records = consentRecords(db, id);
      const said = scopeOf(records);
      const written = storedScope(db, id);
      const known = stateOf.get(id) !== undefined;
      if (known && canonical(said ?? null) !== canonical(written ?? null)) return { seq: records.at(-1)?.seq ?? 0 };
    }
    const strays = db
      .prepare('SELECT 1 FROM consent_now WHERE portrait_id NOT IN (SELECT portrait_id FROM consent_records)')
      .get();
    return strays === undefined ? undefined : { seq: 0 };
  }

  return {
    mayUse,
    boothId: (): string => boothIdOf(db),
    head: () => chainHead(db),
    /** What a portrait's event offers, its last day of any use, who is responsible there and how they are reached. */
    eventOf(
      portraitId: string,
    ): { offered: Purpose[]; lastDay: string; controller: string; contact: string } | undefined {
      if (stateOf.get(portraitId) === undefined) return undefined;
      const event = consentEvent(db, portraitId);
      const { purposes, controller, contact } = event.consent;
      return { offered: purposes, lastDay: lastDayOfUse(event), controller: controller || event.name, contact };
    },
    scope: (portraitId: string): ConsentScope | undefined => storedScope(db, portraitId),
    /** For the hosts' list: what is allowed of each, in short. */
    scopes(portraitIds: readonly string[]): Map<string, ConsentScope> {
      return new Map(
        portraitIds.flatMap((id) => {
          const scope = storedScope(db, id);
          return scope === undefined ? [] : [[id, scope] as const];
        }),
      );
    },
    records: (portraitId: string): ConsentRecord[] => consentRecords(db, portraitId),
    erasureOf: (portraitId: string): ErasureReason | undefined => erasureOf(db, portraitId),
    /** The words an answer was given to, as they were shown. */
    textOf(version: string, language: string, sha256: string): string | undefined {
      return db
        .prepare<[string, string, string], string>(
          'SELECT text FROM consent_texts WHERE version = ? AND language = ? AND sha256 = ?',
        )
        .pluck()
        .get(version, language, sha256);
    },

    /**
     * A host writes down what the person told them; it counts as the person's own word, and says how it was known. Of a
     * sound that came from elsewhere nobody knows the age: only what an `adult` said is written down.
     */
    recordFor(
      portraitId: string,
      choices: Choices,
      by: Extract<ChosenBy, { who: 'staff' }>,
      actor: Actor,
      adult = false,
    ): Recorded {
      return transaction(db, () => {
        const state = stateOf.get(portraitId);
        if (state === undefined || !withHosts.includes(state)) return { ok: false, code: 'NOT_FOUND' };
        const at = stamp();
        const before = storedScope(db, portraitId);
        if (before === undefined) {
          if (!adult) return { ok: false, code: 'AGE_NEEDED' };
          putYesHeard(db, portraitId, choices, by, at);
        }
        // What the person says now goes before what a site said of them.
        resolveOpen(db, portraitId, 'undone', { actor, name: by.name }, at);
        putChoices(db, portraitId, choices, by, at);
        // What the new choices leave out must not go on.
        const gone = (before?.purposes ?? []).filter((purpose) => !choices.purposes.includes(purpose));
        const cut = gone.length === 0 ? [] : takeDownDeliveries(db, { portraitId, purposes: gone, actor }, at);
        db.prepare('UPDATE portraits SET confirmed = 1, revision = revision + 1, updated_at = ? WHERE id = ?').run(
          at,
          portraitId,
        );
        const detail = { method: by.method, purposes: choices.purposes.length };
        audit(db, { at, actor, action: 'consent-recorded', portraitId, detail });
        return { ok: true, cut };
      });
    },

    /**
     * Takes back everything or some purposes; with none left, everything. `handedOver`: files of it are with somebody,
     * whom the hosts have to tell.
     */
    withdraw(
      portraitId: string,
      wanted: 'all' | readonly Purpose[],
      by: ConsentActor,
      ports: { handedOver: (portraitId: string) => boolean },
    ): Withdrawn {
      return transaction(db, (): Withdrawn => {
        const state = stateOf.get(portraitId);
        if (state === undefined || !withHosts.includes(state)) return { ok: false, code: 'NOT_FOUND' };
        const at = stamp();
        const scope = storedScope(db, portraitId);
        const open = openWithdrawal(db, portraitId);
        // What a site took can come back; what is taken back here, at the person's wish, cannot.
        const allowed = [...(scope?.purposes ?? []), ...(open?.purposes ?? [])];
        const gone = wanted === 'all' ? allowed : allowed.filter((purpose) => wanted.includes(purpose));
        const left = allowed.filter((purpose) => !gone.includes(purpose));
        const whole = wanted === 'all' || left.length === 0;
        const stillAllowed = leftOf(scope, gone);
        if (!whole && gone.length === 0) return { ok: true, whole: false, purposes: stillAllowed, cut: [] };
        const { actor } = by;
        const role = actorColumns(actor).actor;
        putWithdrawal(db, portraitId, { purposes: gone, all: whole, by: { role, name: by.name } }, at);
        const detail = { all: whole, purposes: gone.length };
        audit(db, { at, actor, action: 'consent-withdrawn', portraitId, detail });
        if (whole) {
          const cut = end(portraitId, 'withdrawn', by, at, ports.handedOver(portraitId));
          return { ok: true, whole, purposes: [], cut };
        }
        narrowOpen(db, portraitId, gone);
        const cut = takeDownDeliveries(db, { portraitId, purposes: gone, actor }, at);
        db.prepare('UPDATE portraits SET revision = revision + 1, updated_at = ? WHERE id = ?').run(at, portraitId);
        // An older copy of the library would allow again what was taken back.
        db.prepare("INSERT OR IGNORE INTO to_erase (kind, name) VALUES ('copies', ?)").run(portraitId);
        return { ok: true, whole, purposes: stillAllowed, cut };
      });
    },

    /** Erases who is due; see retention. Undefined when there is nothing of them any more. */
    eraseDue(
      portraitId: string,
      reason: DueReason,
      dueOn: string,
      ports: { handedOver: (portraitId: string) => boolean },
    ): string[] | undefined {
      return transaction(db, () => {
        const state = stateOf.get(portraitId);
        if (state === undefined || !withHosts.includes(state)) return undefined;
        const at = stamp();
        audit(db, { at, actor: 'studio', action: 'retention-due', portraitId, detail: { reason, dueOn } });
        return end(portraitId, reason, { actor: 'studio', name: null }, at, ports.handedOver(portraitId));
      });
    },

    /** A site told that a portrait was withdrawn there: what became of it, and deliveries whose run should end. */
    heard: (told: Told): SiteTold => transaction(db, () => hearSite(db, told, withHosts, stamp())),

    /** The withdrawal that came from a site and has not ended. */
    pending(portraitId: string): PendingWithdrawal | undefined {
      const open = openWithdrawal(db, portraitId);
      return open && { site: open.site, heardAt: open.heardAt, eraseOn: open.eraseOn };
    },

    /** A host says that it was nobody's wish; false where there is none to undo. */
    undo(portraitId: string, by: ConsentActor): boolean {
      return transaction(db, () => {
        const at = stamp();
        const state = stateOf.get(portraitId);
        if (state === undefined || !withHosts.includes(state)) return false;
        if (resolveOpen(db, portraitId, 'undone', by, at) === undefined) return false;
        touch(db, portraitId, at);
        return true;
      });
    },

    /** Everything that held a copy has let go of it: the row is closed. False while a site still has one. */
    settle(portraitId: string): boolean {
      return transaction(db, () => {
        if (stateOf.get(portraitId) !== 'withdrawn' || standing(portraitId)) return false;
        setState(portraitId, 'erased', stamp(), 'studio');
        return true;
      });
    },

    /** Withdrawn portraits that somebody or some site still holds a copy of. */
    unsettled(): { id: string; code: string | null; since: string; urls: string[] }[] {
      const rows = db
        .prepare<[], { id: string; code: string | null; since: string }>(
          "SELECT id, code, updated_at AS since FROM portraits WHERE state = 'withdrawn' ORDER BY updated_at",
        )
        .all();
      const urls = db
        .prepare<[string], string>(
          "SELECT url FROM deliveries WHERE portrait_id = ? AND state = 'done' AND url IS NOT NULL",
        )
        .pluck();
      return rows.map((row) => ({ ...row, urls: urls.all(row.id) }));
    },

    /**
     * Writes down that a rendition is about to be made, so that it can be erased with its person. False once there is
     * nobody any more it could be made of.
     */
    noteRendition(portraitId: string, renditionId: string): boolean {
      return transaction(db, () => {
        const state = stateOf.get(portraitId);
        if (state === undefined || state === 'withdrawn' || state === 'erased') return false;
        db.prepare('INSERT OR IGNORE INTO portrait_renditions (portrait_id, rendition_id) VALUES (?, ?)').run(
          portraitId,
          renditionId,
        );
        return true;
      });
    },

    /** Looks at the whole chain, the texts it names, and whether what is written down in short is what it says. */
    verify(): ChainState {
      const links = verifyLinks(db);
      if (!links.ok) return links;
      const { records } = links;
      const text = verifyTexts(db);
      if (text !== undefined) return { ok: false, records, fault: 'text', seq: text };
      const fault = scopeFault();
      return fault === undefined ? links : { ok: false, records, fault: 'scope', seq: fault.seq };
    },

    /** Answers from before the chain become links of it; at every start, and nothing the second time. */
    adoptOlder: (): number => adoptOlderConsents(db, now),

    /** Lines of the audit trail about a portrait, oldest first. */
    auditOf(portraitId: string): { at: string; actor: string; action: string; detail: string }[] {
      return db
        .prepare<[string], { at: string; actor: string; action: string; detail: string }>(
          'SELECT at, actor, action, detail FROM audit WHERE portrait_id = ? ORDER BY id',
        )
        .all(portraitId);
    },

    /** Somebody was given everything kept about this person. */
    noteDossier(portraitId: string, actor: Actor): void {
      audit(db, { at: stamp(), actor, action: 'dossier-made', portraitId });
    },

    byCode(code: string): { id: string; state: PortraitState } | undefined {
      return db
        .prepare<[string], { id: string; state: PortraitState }>('SELECT id, state FROM portraits WHERE code = ?')
        .get(code);
    },
  };
}
export type ConsentRepository = ReturnType<typeof consentRepository>;
