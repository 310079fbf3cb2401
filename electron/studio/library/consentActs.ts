import type { TakeStart } from '../../../shared/contract/capture.ts';
import type { Choices } from '../../../shared/contract/consent.ts';
import { eventConsent } from '../../../shared/contract/event.ts';
import {
  type ChoicesPayload,
  type ChosenBy,
  type CorrectionPayload,
  choicesPayload,
  type RecordPayload,
  type ResolutionPayload,
  type WithdrawalPayload,
} from '../../../shared/contract/evidence.ts';
import { actorColumns } from '../../../shared/domain/actor.ts';
import { type ConsentScope, lastDayOfUse, type Purpose } from '../../../shared/domain/consent.ts';
import type { ConsentActor, ErasureReason, Resolution } from '../../../shared/domain/evidence.ts';
import { appendConsent, consentRecords } from './consentChain.ts';
import { scopeOf } from './consentScope.ts';
import type { Db } from './database.ts';
import { forgetChoices } from './drafts.ts';

// The acts of consent, each to be called inside the transaction of what it is about. Every act adds a link to the chain
// and then lets `consent_now` say what the chain says.

/** What of an event its authorisations need. */
export interface ConsentEvent {
  id: string;
  name: string;
  town: string;
  day: string;
  consent: ReturnType<typeof eventConsent.parse>;
}

interface EventRow {
  id: string;
  name: string;
  town: string;
  day: string;
  consent: string;
}

/** The event a portrait belongs to, or the current one. */
export function consentEvent(db: Db, portraitId: string | null): ConsentEvent {
  const row = db
    .prepare<{ portraitId: string | null }, EventRow>(
      `SELECT id, name, town, day, consent FROM events
       WHERE id = coalesce((SELECT event_id FROM portraits WHERE id = @portraitId),
                           (SELECT id FROM events WHERE current = 1))`,
    )
    .get({ portraitId });
  if (row === undefined) throw new Error('there is no such event');
  return { ...row, consent: eventConsent.parse(JSON.parse(row.consent)) };
}

const asJson = (value: unknown) => (value === null ? null : JSON.stringify(value));

/** Writes down in short what the portrait's records say. */
export function refreshScope(db: Db, portraitId: string): void {
  const scope = scopeOf(consentRecords(db, portraitId));
  if (scope === undefined) {
    db.prepare('DELETE FROM consent_now WHERE portrait_id = ?').run(portraitId);
    return;
  }
  const { purposes, withdrawn, ...rest } = scope;
  db.prepare(
    `INSERT INTO consent_now (portrait_id, age_band, guardians, guardians_needed, purposes, withdrawn, name_shown,
       pseudonym, until)
     VALUES (@portraitId, @ageBand, @guardians, @guardiansNeeded, @purposes, @withdrawn, @nameShown, @pseudonym, @until)
     ON CONFLICT (portrait_id) DO UPDATE SET age_band = excluded.age_band, guardians = excluded.guardians,
       guardians_needed = excluded.guardians_needed, purposes = excluded.purposes, withdrawn = excluded.withdrawn,
       name_shown = excluded.name_shown, pseudonym = excluded.pseudonym, until = excluded.until`,
  ).run({ portraitId, ...rest, purposes: asJson(purposes), withdrawn: JSON.stringify(withdrawn) });
}

interface ScopeRow {
  ageBand: ConsentScope['ageBand'];
  guardians: number;
  guardiansNeeded: number;
  purposes: string | null;
  withdrawn: string;
  nameShown: ConsentScope['nameShown'];
  pseudonym: string;
  until: string | null;
}

/** What is allowed of a portrait now, as written down. */
export function storedScope(db: Db, portraitId: string): ConsentScope | undefined {
  const row = db
    .prepare<[string], ScopeRow>(
      `SELECT age_band AS ageBand, guardians, guardians_needed AS guardiansNeeded, purposes, withdrawn,
       name_shown AS nameShown, pseudonym, until FROM consent_now WHERE portrait_id = ?`,
    )
    .get(portraitId);
  if (row === undefined) return undefined;
  const purposes = row.purposes === null ? null : JSON.parse(row.purposes);
  return { ...row, purposes, withdrawn: JSON.parse(row.withdrawn) };
}

const textFacts = (text: RecordPayload['text']) => ({ ...text });

/** The yes to being recorded, with all it was given under. */
export function putYes(db: Db, start: TakeStart, at: string): void {
  const { portraitId, takeId, consent } = start;
  const { textVersion, textSha256, language, answeredAt, ageBand, guardians } = consent;
  const text = { textVersion, textSha256, language };
  const stoodBy = consent.stoodBy ?? null;
  appendYes(db, portraitId, { text, answeredAt, ageBand, guardians, stoodBy, takeId, by: { who: 'visitor' } }, at);
}

/** The same of a sound that came from elsewhere, as an adult told a host. A minor's guardian signs in the booth alone. */
export function putYesHeard(db: Db, portraitId: string, choices: Choices, by: ChosenBy, at: string): void {
  const { textVersion, textSha256, language, answeredAt } = choices;
  const takeId = db.prepare<[string], string | null>('SELECT take_id FROM portraits WHERE id = ?').pluck();
  const yes = {
    text: { textVersion, textSha256, language },
    answeredAt,
    ageBand: 'adult' as const,
    guardians: [],
    stoodBy: null,
    takeId: takeId.get(portraitId) ?? portraitId,
    by,
  };
  appendYes(db, portraitId, yes, at);
}

type Yes = Omit<RecordPayload, 'guardiansNeeded' | 'event' | 'controller'>;

function appendYes(db: Db, portraitId: string, yes: Yes, at: string): void {
  const event = consentEvent(db, portraitId);
  const payload: RecordPayload = {
    ...yes,
    guardiansNeeded: yes.ageBand === 'minor' ? event.consent.guardians : 0,
    event: { id: event.id, name: event.name, town: event.town, day: event.day },
    controller: event.consent.controller || event.name,
  };
  appendConsent(db, { portraitId, kind: 'record', at, facts: textFacts(yes.text), payload });
  refreshScope(db, portraitId);
}

/** What is allowed, said by the visitor or written down by a host for them; the newest choices stand. */
export function putChoices(db: Db, portraitId: string, choices: Choices, by: ChosenBy, at: string): void {
  const event = consentEvent(db, portraitId);
  const last = lastDayOfUse(event);
  const take = db
    .prepare<[string], { id: string; sha256: string | null }>(
      'SELECT t.id, t.sha256 FROM portraits p JOIN takes t ON t.id = p.take_id WHERE p.id = ?',
    )
    .get(portraitId);
  const { textVersion, textSha256, language, nameShown } = choices;
  const text = { textVersion, textSha256, language };
  const payload: ChoicesPayload = choicesPayload.parse({
    text,
    answeredAt: choices.answeredAt,
    offered: event.consent.purposes,
    purposes: [...new Set(choices.purposes)],
    nameShown,
    pseudonym: nameShown === 'pseudonym' ? choices.pseudonym : '',
    until: choices.until !== null && choices.until < last ? choices.until : last,
    contact: choices.contact,
    takeId: take?.id ?? null,
    takeSha256: take?.sha256 ?? null,
    by,
  });
  appendConsent(db, { portraitId, kind: 'choices', at, facts: textFacts(text), payload });
  refreshScope(db, portraitId);
}

export function putWithdrawal(db: Db, portraitId: string, what: WithdrawalPayload, at: string): void {
  const facts = { all: what.all, ...(what.by.role === 'site' && { from: 'site' }) };
  appendConsent(db, { portraitId, kind: 'withdrawal', at, facts, payload: what });
  forgetChoices(db, portraitId);
  refreshScope(db, portraitId);
}

/** How a withdrawal that came from a site ended; where it was undone, what it took is allowed again. */
export function putResolution(
  db: Db,
  portraitId: string,
  { how, restored, by }: { how: Resolution; restored: Purpose[]; by: ConsentActor },
  at: string,
): void {
  const payload: ResolutionPayload = { how, restored, by: { role: actorColumns(by.actor).actor, name: by.name } };
  appendConsent(db, { portraitId, kind: 'resolution', at, facts: { how }, payload });
  refreshScope(db, portraitId);
}

/** Times the chain gives were a wrong clock's; the rows stay as they were hashed, and this says what is right. */
export function putCorrection(db: Db, portraitId: string, what: CorrectionPayload, at: string): void {
  appendConsent(db, { portraitId, kind: 'correction', at, facts: { acts: what.times.length }, payload: what });
  refreshScope(db, portraitId);
}

/** The minimal proof of an erasure; then everything personal goes. */
export function putErasure(db: Db, portraitId: string, reason: ErasureReason, at: string): void {
  appendConsent(db, { portraitId, kind: 'erasure', at, facts: { reason }, payload: null });
  db.prepare('DELETE FROM consent_payloads WHERE seq IN (SELECT seq FROM consent_records WHERE portrait_id = ?)').run(
    portraitId,
  );
  refreshScope(db, portraitId);
}

/** Why a portrait was erased, if it was. */
export function erasureOf(db: Db, portraitId: string): ErasureReason | undefined {
  const facts = db
    .prepare<[string], string>(
      "SELECT facts FROM consent_records WHERE portrait_id = ? AND kind = 'erasure' ORDER BY seq DESC LIMIT 1",
    )
    .pluck()
    .get(portraitId);
  return facts === undefined ? undefined : (JSON.parse(facts) as { reason: ErasureReason }).reason;
}

/** The purposes that stay allowed when these are taken back. */
export function leftOf(scope: ConsentScope | undefined, gone: readonly Purpose[]): Purpose[] {
  return scope?.purposes?.filter((purpose) => !gone.includes(purpose)) ?? [];
}
