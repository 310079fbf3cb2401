import { type Language, languages } from '../domain/language.ts';
import { typeset } from './typography.ts';
import type { Words } from './words.ts';

/**
 * Why a booth does not start. `readOnly`: the data folder may not be written to; `notAFolder`: a file stands where it
 * or a folder above it should be; `cannotMake`: it cannot be made; `full`: its disk is; `inUse`: another copy works in
 * it; `tooNew`: a newer Phonomaton wrote it; `portTaken`: another program listens there; `resources`: files that came
 * with the program are missing or damaged; `unknown`: none of these.
 */
export type StartProblem =
  | { kind: 'readOnly' | 'full' | 'inUse' | 'tooNew'; folder: string }
  | { kind: 'notAFolder'; folder: string; obstacle: string }
  | { kind: 'cannotMake' | 'unknown'; folder: string; detail: string }
  | { kind: 'portTaken'; folder: string; port: number }
  /** `folder` is the one of the resources. */
  | { kind: 'resources'; folder: string };

const fr = {
  title: 'Phonomaton ne peut pas démarrer',
  readOnly:
    'Phonomaton ne peut pas écrire dans le dossier {folder} : rendez-le accessible en écriture (droits du dossier, verrou de la clé ou de la carte), puis relancez.',
  notAFolder:
    'Phonomaton garde ses données dans le dossier {folder}, mais {obstacle} est un fichier : déplacez ou renommez ce fichier, puis relancez.',
  cannotMake:
    'Phonomaton ne peut pas créer le dossier {folder} ({detail}) : vérifiez que son disque est branché et que l’adresse du dossier est juste, puis relancez.',
  full: 'Le disque du dossier {folder} est plein : libérez de la place (1 Go ou plus), puis relancez.',
  inUse: 'Un autre Phonomaton est déjà ouvert sur le dossier {folder} : servez-vous de celui-là, ou fermez-le avant.',
  tooNew:
    'Le dossier {folder} vient d’un Phonomaton plus récent : installez la dernière version, rien n’y a été changé.',
  portTaken:
    'Le port {port} est pris par un autre programme : fermez ce programme, ou choisissez un autre port avec --port ; le dossier {folder} n’a pas changé.',
  resources:
    'Des fichiers de Phonomaton manquent ou sont abîmés dans le dossier {folder} : réinstallez Phonomaton, les enregistrements ne sont pas touchés.',
  unknown:
    'Phonomaton n’a pas pu ouvrir le dossier {folder} ({detail}) : relancez, et si cela revient, montrez cette phrase à la personne qui l’a installé.',
} as const;
const en: Words<typeof fr> = {
  title: 'Phonomaton cannot start',
  readOnly:
    'Phonomaton may not write in the folder {folder}: make it writable (rights of the folder, lock of the stick or card), then start again.',
  notAFolder:
    'Phonomaton keeps its data in the folder {folder}, but {obstacle} is a file: move or rename that file, then start again.',
  cannotMake:
    'Phonomaton cannot make the folder {folder} ({detail}): check that its disk is plugged in and that the path is right, then start again.',
  full: 'The disk of the folder {folder} is full: free some space (1 GB or more), then start again.',
  inUse: 'Another Phonomaton is already open on the folder {folder}: use that one, or close it first.',
  tooNew: 'The folder {folder} comes from a newer Phonomaton: install the latest version; nothing in it was changed.',
  portTaken:
    'Port {port} is taken by another program: close that program, or choose another port with --port; the folder {folder} is as it was.',
  resources:
    'Files of Phonomaton are missing or damaged in the folder {folder}: install Phonomaton again; the recordings are not touched.',
  unknown:
    'Phonomaton could not open the folder {folder} ({detail}): start again, and if it comes back, show this sentence to the person who installed it.',
};
const nl: Words<typeof fr> = {
  title: 'Phonomaton kan niet starten',
  readOnly:
    'Phonomaton mag niet schrijven in de map {folder}: maak ze beschrijfbaar (rechten van de map, slotje van de stick of kaart) en start opnieuw.',
  notAFolder:
    'Phonomaton bewaart zijn gegevens in de map {folder}, maar {obstacle} is een bestand: verplaats of hernoem dat bestand en start opnieuw.',
  cannotMake:
    'Phonomaton kan de map {folder} niet maken ({detail}): kijk of de schijf is aangesloten en of het pad klopt, en start opnieuw.',
  full: 'De schijf van de map {folder} is vol: maak plaats vrij (1 GB of meer) en start opnieuw.',
  inUse: 'Een andere Phonomaton is al open op de map {folder}: gebruik die, of sluit hem eerst.',
  tooNew: 'De map {folder} komt van een nieuwere Phonomaton: installeer de laatste versie; er is niets in veranderd.',
  portTaken:
    'Poort {port} is bezet door een ander programma: sluit dat programma, of kies een andere poort met --port; de map {folder} is niet veranderd.',
  resources:
    'Bestanden van Phonomaton ontbreken of zijn beschadigd in de map {folder}: installeer Phonomaton opnieuw; de opnames blijven onaangeroerd.',
  unknown:
    'Phonomaton kon de map {folder} niet openen ({detail}): start opnieuw, en als het terugkomt, toon deze zin aan wie het installeerde.',
};
export const startWords = { fr, en, nl };

/** A title and one sentence: what is the matter, with which folder, and what to do. */
export function sayStartProblem(problem: StartProblem, language: Language): { title: string; text: string } {
  const { kind, ...blanks } = problem;
  const words = startWords[language];
  // Set as print before it is filled: the name of a folder stays as it is written.
  const text = typeset(words[kind], language).replace(/\{(\w+)\}/g, (_, name: string) =>
    String((blanks as Record<string, string | number>)[name] ?? ''),
  );
  return { title: typeset(words.title, language), text };
}

/**
 * The interface's language for a system whose languages are `tags`, best first (`nl-BE`, `en_GB.UTF-8`): the first that
 * the interface speaks, else French.
 */
export function systemLanguage(tags: readonly string[]): Language {
  for (const tag of tags) {
    const code = tag.toLowerCase().split(/[-_.@:]/)[0];
    const known = languages.find((language) => language === code);
    if (known !== undefined) return known;
  }
  return 'fr';
}
