import type { GuardianRole, HearsayMethod, NameChoice, Purpose } from '../../../shared/domain/consent.ts';
import type { ChainFault, ErasureReason, Resolution } from '../../../shared/domain/evidence.ts';
import type { PortraitState } from '../../../shared/domain/portrait.ts';

// The words of the papers: evidence, a person's own dossier, the summary of a batch. They are in French, for whoever may
// have to read them one day.

export const purposeWords: Record<Purpose, string> = {
  site: 'site',
  podcast: 'podcast',
  social: 'réseaux sociaux',
  transcript: 'transcription écrite',
  promotion: 'promotion du projet',
  archive: 'archives',
};
export const nameWords: Record<NameChoice, string> = {
  name: 'avec son prénom',
  pseudonym: 'sous un autre nom',
  anonymous: 'sans nom',
};
export const guardianWords: Record<GuardianRole, string> = { parent: 'parent', guardian: 'responsable légal·e' };
export const methodWords: Record<HearsayMethod, string> = {
  paper: 'sur papier',
  spoken: 'de vive voix',
  form: 'par formulaire ou message',
};
export const languageWords: Record<string, string> = { fr: 'français', en: 'anglais', nl: 'néerlandais' };
export const roleWords: Record<string, string> = {
  visitor: 'la personne elle-même, avec son code',
  host: 'un·e hôte',
  organiser: 'un·e responsable',
  studio: 'la cabine',
};
export const stateWords: Record<PortraitState, string> = {
  recording: 'en cours d’enregistrement',
  toReview: 'à écouter',
  approved: 'approuvé',
  published: 'publié',
  rejected: 'écarté',
  withdrawn: 'retiré',
  erased: 'effacé',
};
export const erasureWords: Record<ErasureReason, string> = {
  discarded: 'la personne n’a pas gardé son portrait',
  withdrawn: 'l’autorisation a été retirée',
  unpublished: 'le portrait n’a pas été publié dans le délai annoncé',
  expired: 'la durée autorisée est passée',
};
export const resolutionWords: Record<Resolution, string> = {
  undone: 'le retrait a été annulé',
  confirmed: 'le retrait a été confirmé',
  ended: 'le délai est passé',
};
export const faultWords: Record<ChainFault, string> = {
  changed: 'une preuve a été modifiée',
  missing: 'une preuve manque',
  head: 'la fin de la chaîne ne correspond pas',
  payloadChanged: 'le contenu d’une preuve a été modifié',
  payloadMissing: 'le contenu d’une preuve manque',
  payloadLeft: 'le contenu d’une preuve effacée est encore là',
  text: 'un texte montré a été modifié',
  scope: 'ce qui est appliqué ne correspond pas aux preuves',
};

export const purposeList = (purposes: readonly Purpose[]): string =>
  purposes.length === 0 ? 'aucun usage' : purposes.map((purpose) => purposeWords[purpose]).join(', ');
