import type { Language } from '../../domain/language.ts';
import { typeset } from '../typography.ts';
import type { Words } from '../words.ts';

/**
 * A sentence for every action of the audit trail. `{who}` did it; `{about}` is the member of the staff it was about.
 * A test looks through the code for actions that have none.
 */
const french = {
  started: '{who} a commencé un enregistrement.',
  kept: '{who} a gardé le portrait.',
  discarded: '{who} a jeté l’enregistrement.',
  'take-closed': '{who} a rangé la prise.',
  'take-recovered': '{who} a récupéré une prise interrompue.',
  recording: '{who} a remis le portrait en enregistrement.',
  toReview: '{who} a remis le portrait à écouter.',
  approved: '{who} a approuvé le portrait.',
  rejected: '{who} a écarté le portrait.',
  published: '{who} a publié le portrait.',
  withdrawn: '{who} a retiré le portrait.',
  erased: '{who} a effacé le portrait.',
  described: '{who} a changé les mots du portrait.',
  'delivery-queued': '{who} a demandé un envoi.',
  'delivery-retried': '{who} a relancé un envoi.',
  'delivery-cancelled': '{who} a annulé un envoi.',
  'delivery-done': '{who} a terminé un envoi.',
  'delivery-failed': '{who} n’a pas pu faire un envoi.',
  'destination-saved': '{who} a enregistré une destination.',
  'destination-removed': '{who} a retiré une destination.',
  'destination-resumed': '{who} a repris une destination.',
  'destination-paused': '{who} a mis une destination en pause.',
  'event-created': '{who} a commencé une nouvelle édition.',
  'event-saved': '{who} a changé l’édition.',
  'settings-saved': '{who} a changé les réglages.',
  'pin-set': '{who} a choisi le premier code de la régie.',
  'pin-changed': '{who} a changé le code de {about}.',
  'pin-wrong': 'Un code faux a été essayé.',
  'signed-in': '{who} a ouvert la régie.',
  vouched: '{who} a accompagné une visite.',
  'staff-added': '{who} a ajouté {about} à l’équipe.',
  'staff-changed': '{who} a changé le nom ou le rôle de {about}.',
  'staff-disabled': '{who} a désactivé {about}.',
  'staff-enabled': '{who} a réactivé {about}.',
  'network-opened': '{who} a ouvert la régie sur le réseau.',
  'network-closed': '{who} a fermé la régie sur le réseau.',
  'network-day-over': 'La journée est finie : la régie sur le réseau s’est fermée.',
  'network-locked': 'Trop de codes faux : la régie sur le réseau s’est verrouillée.',
  'network-unlocked': '{who} a déverrouillé la régie sur le réseau.',
  'desk-disconnected': '{who} a déconnecté la régie de {about}.',
};
export type JournalAction = keyof typeof french;
type Sentences = Words<typeof french>;

const english: Sentences = {
  started: '{who} began a recording.',
  kept: '{who} kept the portrait.',
  discarded: '{who} threw the recording away.',
  'take-closed': '{who} put the take away.',
  'take-recovered': '{who} recovered an interrupted take.',
  recording: '{who} put the portrait back to recording.',
  toReview: '{who} put the portrait back to be listened to.',
  approved: '{who} approved the portrait.',
  rejected: '{who} set the portrait aside.',
  published: '{who} published the portrait.',
  withdrawn: '{who} withdrew the portrait.',
  erased: '{who} erased the portrait.',
  described: '{who} changed the portrait’s words.',
  'delivery-queued': '{who} asked for a delivery.',
  'delivery-retried': '{who} tried a delivery again.',
  'delivery-cancelled': '{who} cancelled a delivery.',
  'delivery-done': '{who} finished a delivery.',
  'delivery-failed': '{who} could not make a delivery.',
  'destination-saved': '{who} saved a destination.',
  'destination-removed': '{who} removed a destination.',
  'destination-resumed': '{who} resumed a destination.',
  'destination-paused': '{who} paused a destination.',
  'event-created': '{who} began a new event.',
  'event-saved': '{who} changed the event.',
  'settings-saved': '{who} changed the settings.',
  'pin-set': '{who} chose the desk’s first code.',
  'pin-changed': '{who} changed the code of {about}.',
  'pin-wrong': 'A wrong code was tried.',
  'signed-in': '{who} opened the desk.',
  vouched: '{who} stood by a visit.',
  'staff-added': '{who} added {about} to the team.',
  'staff-changed': '{who} changed the name or role of {about}.',
  'staff-disabled': '{who} disabled {about}.',
  'staff-enabled': '{who} enabled {about} again.',
  'network-opened': '{who} opened the desk on the network.',
  'network-closed': '{who} closed the desk on the network.',
  'network-day-over': 'The day is over: the desk on the network closed.',
  'network-locked': 'Too many wrong codes: the desk on the network locked itself.',
  'network-unlocked': '{who} unlocked the desk on the network.',
  'desk-disconnected': '{who} disconnected the desk of {about}.',
};

const dutch: Sentences = {
  started: '{who} begon een opname.',
  kept: '{who} bewaarde het portret.',
  discarded: '{who} gooide de opname weg.',
  'take-closed': '{who} borg de opname op.',
  'take-recovered': '{who} herstelde een onderbroken opname.',
  recording: '{who} zette het portret terug op opname.',
  toReview: '{who} zette het portret terug bij de te beluisteren.',
  approved: '{who} keurde het portret goed.',
  rejected: '{who} legde het portret opzij.',
  published: '{who} publiceerde het portret.',
  withdrawn: '{who} trok het portret in.',
  erased: '{who} wiste het portret.',
  described: '{who} veranderde de woorden van het portret.',
  'delivery-queued': '{who} vroeg een verzending.',
  'delivery-retried': '{who} probeerde een verzending opnieuw.',
  'delivery-cancelled': '{who} annuleerde een verzending.',
  'delivery-done': '{who} voltooide een verzending.',
  'delivery-failed': '{who} kon een verzending niet doen.',
  'destination-saved': '{who} bewaarde een bestemming.',
  'destination-removed': '{who} verwijderde een bestemming.',
  'destination-resumed': '{who} hervatte een bestemming.',
  'destination-paused': '{who} pauzeerde een bestemming.',
  'event-created': '{who} begon een nieuwe editie.',
  'event-saved': '{who} veranderde de editie.',
  'settings-saved': '{who} veranderde de instellingen.',
  'pin-set': '{who} koos de eerste code van de regie.',
  'pin-changed': '{who} veranderde de code van {about}.',
  'pin-wrong': 'Er werd een foute code geprobeerd.',
  'signed-in': '{who} opende de regie.',
  vouched: '{who} begeleidde een bezoek.',
  'staff-added': '{who} voegde {about} aan het team toe.',
  'staff-changed': '{who} veranderde de naam of rol van {about}.',
  'staff-disabled': '{who} schakelde {about} uit.',
  'staff-enabled': '{who} schakelde {about} weer in.',
  'network-opened': '{who} opende de regie op het netwerk.',
  'network-closed': '{who} sloot de regie op het netwerk.',
  'network-day-over': 'De dag is voorbij: de regie op het netwerk ging dicht.',
  'network-locked': 'Te veel foute codes: de regie op het netwerk ging op slot.',
  'network-unlocked': '{who} ontgrendelde de regie op het netwerk.',
  'desk-disconnected': '{who} verbrak de regie van {about}.',
};

const sentences: Record<Language, Sentences> = { fr: french, en: english, nl: dutch };
const people = {
  fr: { visitor: 'Une personne en visite', studio: 'Le studio', host: 'Un·e hôte', organiser: 'L’organisation' },
  en: { visitor: 'A visitor', studio: 'The studio', host: 'A host', organiser: 'The organiser' },
  nl: { visitor: 'Een bezoeker', studio: 'De studio', host: 'Een gastheer of -vrouw', organiser: 'De organisatie' },
} as const;
const somebody = { fr: 'quelqu’un de l’équipe', en: 'somebody of the team', nl: 'iemand van het team' } as const;
/** An action this version has no sentence for, of an older or newer one. */
const unknown = { fr: '{who} : {action}.', en: '{who}: {action}.', nl: '{who}: {action}.' } as const;

export interface Act {
  actor: 'visitor' | 'studio' | 'host' | 'organiser';
  /** Who it was, where the trail knows. */
  name: string | null;
  action: string;
  about: string | null;
}

const isKnown = (action: string): action is JournalAction => Object.hasOwn(french, action);
export const journalActions: readonly string[] = Object.keys(french);

/** Who did it, as the journal says it. */
export function actorName(act: Pick<Act, 'actor' | 'name'>, language: Language): string {
  return act.name ?? people[language][act.actor];
}

/** What was done, as one sentence. */
export function tellAct(act: Act, language: Language): string {
  const text = isKnown(act.action) ? sentences[language][act.action] : unknown[language];
  const blanks: Record<string, string> = {
    who: actorName(act, language),
    about: act.about ?? somebody[language],
    action: act.action,
  };
  return typeset(
    text.replace(/\{(\w+)\}/g, (_, name: string) => blanks[name] ?? ''),
    language,
  );
}

const fr = {
  journal: 'Journal',
  journalWhy: 'Qui a fait quoi, du plus récent au plus ancien. Rien ne s’efface d’ici.',
  journalWho: 'Personne',
  journalEverybody: 'Tout le monde',
  journalKind: 'Sujet',
  journalAll: 'Tout',
  journalPortraits: 'Portraits',
  journalSends: 'Envois',
  journalStaff: 'Équipe et accès',
  journalSettings: 'Réglages et édition',
  journalOther: 'Autre',
  journalDay: 'Jour',
  journalAnyDay: 'Tous les jours',
  journalOnePortrait: 'Un seul portrait',
  journalThisPortrait: 'Seulement ce portrait',
  journalGone: 'portrait effacé',
  journalNone: 'Rien ici',
  journalNoneWhy: 'Aucune ligne du journal ne répond à ces choix.',
  journalMore: 'Voir plus ancien',
  journalSave: 'Enregistrer en tableau (CSV)',
  journalSaving: 'On rassemble les lignes…',
  journalSaved: 'Le journal est enregistré : {n} lignes.',
  journalWhen: 'Quand',
  journalWhat: 'Ce qui s’est passé',
  journalPortrait: 'Portrait',
} as const;
const en: Words<typeof fr> = {
  journal: 'Journal',
  journalWhy: 'Who did what, newest first. Nothing is ever erased from here.',
  journalWho: 'Person',
  journalEverybody: 'Everybody',
  journalKind: 'Subject',
  journalAll: 'Everything',
  journalPortraits: 'Portraits',
  journalSends: 'Deliveries',
  journalStaff: 'Team and access',
  journalSettings: 'Settings and event',
  journalOther: 'Other',
  journalDay: 'Day',
  journalAnyDay: 'Any day',
  journalOnePortrait: 'One portrait only',
  journalThisPortrait: 'This portrait only',
  journalGone: 'erased portrait',
  journalNone: 'Nothing here',
  journalNoneWhy: 'No line of the journal answers these choices.',
  journalMore: 'Show older',
  journalSave: 'Save as a table (CSV)',
  journalSaving: 'Gathering the lines…',
  journalSaved: 'The journal is saved: {n} lines.',
  journalWhen: 'When',
  journalWhat: 'What happened',
  journalPortrait: 'Portrait',
};
const nl: Words<typeof fr> = {
  journal: 'Logboek',
  journalWhy: 'Wie wat deed, het nieuwste eerst. Hier wordt nooit iets gewist.',
  journalWho: 'Persoon',
  journalEverybody: 'Iedereen',
  journalKind: 'Onderwerp',
  journalAll: 'Alles',
  journalPortraits: 'Portretten',
  journalSends: 'Verzendingen',
  journalStaff: 'Team en toegang',
  journalSettings: 'Instellingen en editie',
  journalOther: 'Andere',
  journalDay: 'Dag',
  journalAnyDay: 'Alle dagen',
  journalOnePortrait: 'Eén portret',
  journalThisPortrait: 'Alleen dit portret',
  journalGone: 'gewist portret',
  journalNone: 'Niets hier',
  journalNoneWhy: 'Geen regel van het logboek beantwoordt deze keuzes.',
  journalMore: 'Oudere tonen',
  journalSave: 'Bewaren als tabel (CSV)',
  journalSaving: 'De regels worden verzameld…',
  journalSaved: 'Het logboek is bewaard: {n} regels.',
  journalWhen: 'Wanneer',
  journalWhat: 'Wat er gebeurde',
  journalPortrait: 'Portret',
};
export const journalWords = { fr, en, nl };
