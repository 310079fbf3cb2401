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
