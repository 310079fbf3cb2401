import type { Words } from '../words.ts';

/** What an act is for, and why there is none now. */
const fr = {
  aimLeft: 'Ce portrait n’est plus dans la liste.',
  aimLeftHow: 'Rien ne peut lui arriver d’ici. Choisissez-en un dans la liste pour continuer.',
  aimLeftAll: 'Le voir dans « Tous »',
  aimTicked: 'Approuver, écarter et ajouter à un lot valent pour les {n} portraits cochés dans la liste.',
  pickedLeftOne: '1 autre portrait coché n’est plus dans la liste : rien ne lui sera fait.',
  pickedLeft: '{n} autres portraits cochés ne sont plus dans la liste : rien ne leur sera fait.',
} as const;

const en: Words<typeof fr> = {
  aimLeft: 'This portrait is no longer in the list.',
  aimLeftHow: 'Nothing can happen to it from here. Choose one in the list to go on.',
  aimLeftAll: 'See it under “All”',
  aimTicked: 'Approve, set aside and add to a batch are for the {n} portraits ticked in the list.',
  pickedLeftOne: '1 more ticked portrait is no longer in the list: nothing will be done to it.',
  pickedLeft: '{n} more ticked portraits are no longer in the list: nothing will be done to them.',
};

const nl: Words<typeof fr> = {
  aimLeft: 'Dit portret staat niet meer in de lijst.',
  aimLeftHow: 'Er kan van hieruit niets mee gebeuren. Kies er een in de lijst om verder te gaan.',
  aimLeftAll: 'Bekijken onder ‘Alle’',
  aimTicked:
    'Goedkeuren, opzijzetten en aan een reeks toevoegen gelden voor de {n} aangevinkte portretten in de lijst.',
  pickedLeftOne: '1 ander aangevinkt portret staat niet meer in de lijst: er gebeurt niets mee.',
  pickedLeft: '{n} andere aangevinkte portretten staan niet meer in de lijst: er gebeurt niets mee.',
};

export const aimingWords = { fr, en, nl };
