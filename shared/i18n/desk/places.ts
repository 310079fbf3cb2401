import type { Words } from '../words.ts';

/** What names a program, a folder or a device of the booth's machine. */
const fr = {
  hereOnly: 'À régler à la cabine elle-même.',
  place_notAbsolute: 'Écrivez le chemin complet, depuis la racine du disque.',
  place_notThatProgram:
    'Ce n’est pas ce programme. Il faut le fichier du programme lui-même, ni un dossier ni un script.',
  place_openToOthers: 'D’autres que vous peuvent modifier ce fichier ou son dossier : nous ne le lançons pas.',
  place_noAnswer: 'Ce programme ne répond pas.',
  place_notAModel: 'Ce n’est pas un modèle de whisper.cpp (un fichier ggml).',
  place_notAPrinter: 'Ce n’est pas une imprimante que l’ordinateur nous montre. Choisissez-la dans la liste.',
} as const;

const en: Words<typeof fr> = {
  hereOnly: 'To be set at the booth itself.',
  place_notAbsolute: 'Write the full path, from the root of the disk.',
  place_notThatProgram:
    'This is not that program. It has to be the file of the program itself, no folder and no script.',
  place_openToOthers: 'Others than you can change this file or its folder: we do not run it.',
  place_noAnswer: 'This program does not answer.',
  place_notAModel: 'This is not a model of whisper.cpp (a ggml file).',
  place_notAPrinter: 'This is not a printer the computer shows us. Choose it from the list.',
};

const nl: Words<typeof fr> = {
  hereOnly: 'In te stellen aan de cabine zelf.',
  place_notAbsolute: 'Schrijf het volledige pad, vanaf de hoofdmap van de schijf.',
  place_notThatProgram:
    'Dit is niet dat programma. We hebben het programmabestand zelf nodig, geen map en geen script.',
  place_openToOthers: 'Anderen dan u kunnen dit bestand of zijn map wijzigen: we starten het niet.',
  place_noAnswer: 'Dit programma antwoordt niet.',
  place_notAModel: 'Dit is geen model van whisper.cpp (een ggml-bestand).',
  place_notAPrinter: 'Dit is geen printer die de computer ons toont. Kies hem in de lijst.',
};

export const placesWords = { fr, en, nl };
