import type { Words } from '../words.ts';

/** The booth's microphone and loudspeaker, on the desk. */
const fr = {
  devicesTitle: 'Micro et haut-parleur',
  devicesIntro:
    'Choisis par leur nom, ils sont retrouvés après un débranchement, sur une autre prise ou après un redémarrage. La cabine n’enregistre jamais avec un autre micro que celui-ci.',
  devicesAsleep: 'La page de la cabine ne répond pas : ouvrez-la pour voir et essayer ses appareils.',
  devicesUnnamed:
    'La cabine n’a pas encore le droit de voir les noms de ses appareils. Ils paraissent ici dès qu’un micro y a été autorisé une fois.',
  devicesMicrophone: 'Micro de la cabine',
  devicesLoudspeaker: 'Haut-parleur de la cabine',
  devicesNone: 'Aucun choix : le vrai micro du système',
  devicesSystem: 'Celui du système',
  devicesMissing: '{name} (absent)',
  devicesNoMicrophone: '{name} (ce n’est pas un micro)',
  devicesMissingMicrophone:
    '« {name} » n’est pas branché : la cabine l’attend et n’enregistre pas. Rebranchez-le, ou choisissez-en un autre.',
  devicesMissingLoudspeaker:
    '« {name} » n’est pas branché : la cabine joue sur le haut-parleur du système en attendant.',
  devicesDoubtful: 'Plusieurs micros portent ce nom et rien d’autre ne les distingue : essayez-le pour être sûr·e.',
  devicesTaken: 'En ce moment : {name}.',
  devicesListen: 'Essayer le micro',
  devicesTone: 'Jouer un son d’essai',
  devicesStop: 'Arrêter l’essai',
  devicesLevel: 'Niveau du micro',
  devicesWaiting: 'La cabine ouvre l’appareil…',
  devicesVisit: 'Quelqu’un est dans la cabine : on essaiera après.',
  devicesGone: 'L’appareil n’est pas branché.',
  devicesFailed: 'L’essai n’a pas abouti. Vérifiez que la page de la cabine est ouverte.',
  devicesHeard: 'Le son d’essai a été joué.',
} as const;

const en: Words<typeof fr> = {
  devicesTitle: 'Microphone and loudspeaker',
  devicesIntro:
    'Chosen by name, they are found again after unplugging, on another socket or after a restart. The booth never records with any other microphone.',
  devicesAsleep: 'The booth’s page does not answer: open it to see and try its devices.',
  devicesUnnamed:
    'The booth may not see its devices’ names yet. They appear here once a microphone has been allowed there.',
  devicesMicrophone: 'The booth’s microphone',
  devicesLoudspeaker: 'The booth’s loudspeaker',
  devicesNone: 'No choice: the system’s real microphone',
  devicesSystem: 'The system’s own',
  devicesMissing: '{name} (missing)',
  devicesNoMicrophone: '{name} (not a microphone)',
  devicesMissingMicrophone:
    '“{name}” is not plugged in: the booth waits for it and does not record. Plug it back in, or choose another.',
  devicesMissingLoudspeaker: '“{name}” is not plugged in: the booth plays on the system’s loudspeaker meanwhile.',
  devicesDoubtful: 'Several microphones have this name and nothing else tells them apart: try it to be sure.',
  devicesTaken: 'At the moment: {name}.',
  devicesListen: 'Try the microphone',
  devicesTone: 'Play a test tone',
  devicesStop: 'Stop the test',
  devicesLevel: 'Microphone level',
  devicesWaiting: 'The booth is opening the device…',
  devicesVisit: 'Somebody is in the booth: we will try afterwards.',
  devicesGone: 'The device is not plugged in.',
  devicesFailed: 'The test did not work. Check that the booth’s page is open.',
  devicesHeard: 'The test tone was played.',
};

const nl: Words<typeof fr> = {
  devicesTitle: 'Microfoon en luidspreker',
  devicesIntro:
    'Ze worden bij naam gekozen en teruggevonden na loskoppelen, op een andere poort of na een herstart. De cabine neemt nooit met een andere microfoon op.',
  devicesAsleep: 'De pagina van de cabine antwoordt niet: open ze om de apparaten te zien en te testen.',
  devicesUnnamed:
    'De cabine mag de namen van haar apparaten nog niet zien. Ze verschijnen hier zodra daar een microfoon is toegestaan.',
  devicesMicrophone: 'Microfoon van de cabine',
  devicesLoudspeaker: 'Luidspreker van de cabine',
  devicesNone: 'Geen keuze: de echte microfoon van het systeem',
  devicesSystem: 'Die van het systeem',
  devicesMissing: '{name} (ontbreekt)',
  devicesNoMicrophone: '{name} (geen microfoon)',
  devicesMissingMicrophone:
    '“{name}” is niet aangesloten: de cabine wacht erop en neemt niet op. Sluit hem weer aan, of kies een andere.',
  devicesMissingLoudspeaker:
    '“{name}” is niet aangesloten: de cabine speelt intussen op de luidspreker van het systeem.',
  devicesDoubtful: 'Meerdere microfoons dragen deze naam en verder onderscheidt niets ze: test hem om zeker te zijn.',
  devicesTaken: 'Op dit moment: {name}.',
  devicesListen: 'Microfoon testen',
  devicesTone: 'Testgeluid afspelen',
  devicesStop: 'Test stoppen',
  devicesLevel: 'Niveau van de microfoon',
  devicesWaiting: 'De cabine opent het apparaat…',
  devicesVisit: 'Er is iemand in de cabine: we testen daarna.',
  devicesGone: 'Het apparaat is niet aangesloten.',
  devicesFailed: 'De test is niet gelukt. Controleer of de pagina van de cabine open is.',
  devicesHeard: 'Het testgeluid is afgespeeld.',
};

export const devicesWords = { fr, en, nl };
