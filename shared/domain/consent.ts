/** What a visitor may allow, one by one; nothing is allowed that was not asked for. */
export const purposes = ['site', 'podcast', 'social', 'transcript', 'promotion', 'archive'] as const;
export type Purpose = (typeof purposes)[number];

/** Asked because a child's voice needs a parent's or guardian's word; nobody's birthday is. */
export const ageBands = ['adult', 'minor'] as const;
export type AgeBand = (typeof ageBands)[number];

/** How the visitor wants to be called where the portrait is heard. */
export const nameChoices = ['name', 'pseudonym', 'anonymous'] as const;
export type NameChoice = (typeof nameChoices)[number];

export const guardianRoles = ['parent', 'guardian'] as const;
export type GuardianRole = (typeof guardianRoles)[number];

/** Why a portrait may not be used for a purpose now; the interface has a sentence for each. */
export const gateRefusals = [
  'unknownPortrait',
  'notAsked',
  'notConfirmed',
  'guardianMissing',
  'notThisPurpose',
  'expired',
  'withdrawn',
  'notApproved',
] as const;
export type GateRefusal = (typeof gateRefusals)[number];

/** The answer to the one question every way out of the house asks: may this portrait be used for this purpose now? */
export type GateAnswer = { allowed: true } | { allowed: false; why: GateRefusal };

/** Who stood by when a guardian signed. */
export interface StoodBy {
  staffId: string;
  name: string;
}

/** How a host came to know what a person allows, when it was not told to the booth. */
export const hearsayMethods = ['paper', 'spoken', 'form'] as const;
export type HearsayMethod = (typeof hearsayMethods)[number];

/** What is allowed of a portrait now, in short; `null` purposes: the visitor has not said, so nothing is. */
export interface ConsentScope {
  ageBand: AgeBand;
  guardians: number;
  guardiansNeeded: number;
  purposes: Purpose[] | null;
  /** Once allowed, then taken back. */
  withdrawn: Purpose[];
  nameShown: NameChoice | null;
  pseudonym: string;
  /** Last local day of any use, YYYY-MM-DD. */
  until: string | null;
}

/** Years of use where the event says nothing else. */
const yearsOfUse = 5;

/** The event's last day of any use. */
export function lastDayOfUse(event: { day: string; consent: { until: string | null } }): string {
  if (event.consent.until !== null) return event.consent.until;
  const date = new Date(`${event.day}T00:00:00Z`);
  date.setUTCFullYear(date.getUTCFullYear() + yearsOfUse);
  return date.toISOString().slice(0, 10);
}

/** The name under which a portrait may leave the house; null for none, and for as long as its person has not said. */
export function publicName(
  scope: Pick<ConsentScope, 'nameShown' | 'pseudonym'> | undefined,
  firstName: string,
): string | null {
  if (scope?.nameShown === 'name') return firstName.trim();
  if (scope?.nameShown === 'pseudonym') return scope.pseudonym.trim() || null;
  return null;
}

/** The name under which the house itself speaks of somebody; empty for none. */
export function nameShown(scope: Pick<ConsentScope, 'nameShown' | 'pseudonym'> | undefined, firstName: string): string {
  if (scope?.nameShown === 'anonymous') return '';
  if (scope?.nameShown === 'pseudonym') return scope.pseudonym;
  return firstName;
}
