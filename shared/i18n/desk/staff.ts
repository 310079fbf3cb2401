import type { Words } from '../words.ts';

/** The staff: first set-up, the page « Équipe », one's own code. */
const fr = {
  setUpName: 'Votre prénom',
  setUpNameHint: 'Chaque personne de l’équipe a son code ; le journal dit qui a fait quoi.',
  pinAdvice: 'Six chiffres ou plus se devinent bien moins que quatre.',
  pinLocked:
    'Trop de codes faux : la régie sur le réseau est fermée. Rouvrez-la à la cabine, page « Régie sur le réseau ».',
  pinShortHere: 'Sur le réseau, il faut un code d’au moins {n} chiffres. Changez le vôtre à la cabine.',
};

const en: Words<typeof fr> = {
  setUpName: 'Your first name',
  setUpNameHint: 'Everybody on the team has a code of their own; the journal says who did what.',
  pinAdvice: 'Six digits or more are far harder to guess than four.',
  pinLocked:
    'Too many wrong codes: the desk on the network is closed. Open it again at the booth, page “Desk on the network”.',
  pinShortHere: 'On the network a code needs at least {n} digits. Change yours at the booth.',
};

const nl: Words<typeof fr> = {
  setUpName: 'Uw voornaam',
  setUpNameHint: 'Iedereen van het team heeft een eigen code; het logboek zegt wie wat deed.',
  pinAdvice: 'Zes cijfers of meer zijn veel moeilijker te raden dan vier.',
  pinLocked:
    'Te veel foute codes: de regie op het netwerk is dicht. Open ze weer aan de cabine, pagina ‘Regie op het netwerk’.',
  pinShortHere: 'Op het netwerk heeft een code minstens {n} cijfers. Verander de uwe aan de cabine.',
};

export const staffWords = { fr, en, nl };
