import type { GateRefusal, HearsayMethod, NameChoice, Purpose } from '../../../shared/domain/consent.ts';
import type { DeskKey } from '../../../shared/i18n/desk/words.ts';

export const purposeKeys = {
  site: 'purposeSite',
  podcast: 'purposePodcast',
  social: 'purposeSocial',
  transcript: 'purposeTranscript',
  promotion: 'purposePromotion',
  archive: 'purposeArchive',
} as const satisfies Record<Purpose, DeskKey>;

export const nameKeys = {
  name: 'nameShownName',
  pseudonym: 'nameShownPseudonym',
  anonymous: 'nameShownAnonymous',
} as const satisfies Record<NameChoice, DeskKey>;

export const methodKeys = {
  paper: 'methodPaper',
  spoken: 'methodSpoken',
  form: 'methodForm',
} as const satisfies Record<HearsayMethod, DeskKey>;

/** Why a portrait may not go somewhere, in one sentence each. */
export const refusalKeys = {
  unknownPortrait: 'refusalUnknown',
  notAsked: 'refusalNotAsked',
  notConfirmed: 'refusalNotConfirmed',
  guardianMissing: 'refusalGuardian',
  notThisPurpose: 'refusalPurpose',
  expired: 'refusalExpired',
  withdrawn: 'refusalWithdrawn',
  notApproved: 'refusalNotApproved',
} as const satisfies Record<GateRefusal, DeskKey>;
