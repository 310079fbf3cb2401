import type { Words } from '../words.ts';
import type { fr } from './fr.ts';

export const nl: Words<typeof fr> = {
  'language.name': 'Nederlands',
  'language.choice': 'Taal',

  'nav.back': 'Terug',
  'nav.abort': 'Stoppen',
  'nav.home': 'Terug naar het begin',
  'nav.next': 'Verder',
  'nav.skip': 'Overslaan',
  'nav.retry': 'Opnieuw proberen',
  'nav.help': 'Hulp vragen',

  'loading.title': 'We maken de cabine klaar.',
  'loading.text': 'Een ogenblik.',
  'unavailable.title': 'De cabine wordt wakker.',
  'unavailable.text': 'We blijven het zelf proberen. Duurt het lang, wenk dan het team.',
  'elsewhere.title': 'De cabine is elders open.',
  'elsewhere.text': 'Een ander venster gebruikt ze al. Sluit dat, dan neemt dit venster over.',

  'attract.title': 'Uw stem, {n} seconden.',
  'attract.text': 'Vertel over uw werk, uw coöperatie, of wat u hier brengt.',
  'attract.start': 'Beginnen',
  'attract.button': 'of druk op de grote knop',

  'resting.title': 'We pauzeren even.',
  'resting.disk': 'Er is geen plaats meer om op te nemen. Het team is ermee bezig.',
  'resting.other': 'We kunnen nu niet opnemen. De cabine gaat vanzelf weer open.',

  'notice.yes': 'Ja',
  'notice.no': 'Nee, bedankt',

  'declined.title': 'Toch bedankt!',
  'declined.text': 'Er is niets opgenomen en niets bewaard.',

  'name.title': 'Hoe stellen we u voor?',
  'name.text': 'Niet verplicht: u kunt dit overslaan.',
  'name.first': 'Uw voornaam',
  'name.trade': 'Uw beroep',
  'name.keyboard': 'Schermtoetsenbord',
  'name.space': 'Spatie',
  'name.capitals': 'Hoofdletters',
  'name.delete': 'Letter wissen',

  'cooperative.title': 'Uw coöperatie?',
  'cooperative.none': 'Ik kom kijken',

  'check.title': 'Zeg uw voornaam.',
  'check.opening': 'We openen de microfoon…',
  'check.listening': 'We kijken of de microfoon u hoort.',
  'check.good': 'We horen u heel goed.',
  'check.tooQuiet': 'We horen u amper. Kom dichter bij de microfoon.',
  'check.tooLoud': 'Dat is wat luid. Ga een beetje achteruit.',
  'check.nothingHeard': 'We horen niets. Spreek dicht bij de microfoon.',
  'check.anyway': 'Toch verder',
  'check.meter': 'Niveau van de microfoon',

  'help.title': 'Hulp nodig?',
  'help.text': 'Het team weet het. Wenk hen, ze zijn vlakbij.',
  'help.here': 'Hierheen!',
  'help.retry': 'Microfoon opnieuw proberen',

  'microphone.refused': 'We mogen de microfoon niet gebruiken.',
  'microphone.missing': 'We vinden de microfoon niet.',
  'microphone.busy': 'De microfoon is elders in gebruik.',
  'microphone.noData': 'De microfoon antwoordt niet.',
  'microphone.lost': 'We zijn de microfoon kwijt.',
  'microphone.text': 'We blijven het zelf proberen. Duurt het lang, wenk dan het team.',

  'question.label': 'Uw vraag',
  'question.text': 'Hoogstens {n} seconden. U luistert terug voor u beslist.',
  'question.go': 'We beginnen',
  'question.other': 'Een andere vraag',

  'refused.disk': 'Er is geen plaats meer.',
  'refused.diskText': 'We kunnen nu niet opnemen. Wenk het team.',
  'refused.studio': 'We zijn de draad kwijt.',
  'refused.studioText': 'Er is nog niets opgenomen. We blijven het zelf proberen.',
  'refused.text': 'We beginnen opnieuw.',
  'refused.textText': 'Het team heeft net de welkomsttekst veranderd. Er is niets opgenomen.',

  'countdown.title': 'Haal even adem.',

  'recording.title': 'We nemen u op',
  'recording.left.one': 'seconde over',
  'recording.left.other': 'seconden over',
  'recording.soon': 'We zijn er bijna, rond rustig af.',
  'recording.silent': 'We horen de microfoon niet meer. Ga door, of roep het team.',
  'recording.after': 'U kunt terugluisteren, opnieuw beginnen of alles wissen.',
  'recording.stop': 'Ik ben klaar',
  'recording.announce': 'Nog {n} seconden.',

  'stopping.title': 'Het staat erop.',
  'stopping.text': 'We maken het klaar om te beluisteren…',

  'unheard.title': 'We hebben niets gehoord.',
  'unheard.text': 'Kom dichter bij de microfoon, dan beginnen we opnieuw.',

  'review.title': 'Is het goed zo?',
  'review.play': 'Beluisteren',
  'review.pause': 'Pauze',
  'review.keep': 'Bewaren',
  'review.again': 'Opnieuw',
  'review.erase': 'Wissen',
  'review.wave': 'De vorm van uw stem',
  'review.good': 'Het geluid is goed.',
  'review.clipped': 'Het geluid vervormt soms. U kunt opnieuw beginnen, iets verder van de microfoon.',
  'review.tooQuiet': 'Uw stem klinkt ver. U kunt opnieuw beginnen, dichter bij de microfoon.',
  'review.noisy': 'De zaal is luid. U kunt opnieuw beginnen, dichter bij de microfoon.',
  'review.silent': 'We horen bijna niets. We raden aan opnieuw te beginnen.',
  'review.tooShort': 'Het is heel kort. U kunt opnieuw beginnen en wat meer vertellen.',
  'review.cut': 'De microfoon viel uit, maar we hebben het begin bewaard.',

  'erase.title': 'Alles wissen?',
  'erase.text': 'Uw stem wordt voorgoed verwijderd.',
  'erase.yes': 'Ja, wissen',
  'erase.no': 'Nee, terug',

  'keeping.title': 'We bergen uw stem veilig op.',
  'keeping.text': 'Een ogenblik.',

  'thanks.title': 'Bedankt!',
  'thanks.named': 'Bedankt, {name}!',
  'thanks.code': 'Uw code',
  'thanks.text': 'Schrijf hem op of neem een foto: daarmee kunt u altijd van gedachten veranderen.',
  'thanks.later': 'Uw portret ligt veilig in de cabine. Vraag uw code aan het team.',
  'thanks.cover': 'De hoes van uw portret: uw stem, getekend als een cirkel.',
  'thanks.done': 'Klaar',

  'erasing.title': 'We wissen het.',
  'erasing.text': 'Een ogenblik.',
  'erased.title': 'Het is gewist.',
  'erased.text': 'Er blijft niets van uw bezoek over. Bedankt voor uw komst!',
  'erasedSoon.title': 'Het wordt gewist.',
  'erasedSoon.text': 'De cabine doet het vanzelf zodra het kan. Niemand zal uw stem publiceren.',

  'leave.title': 'Stoppen we hier?',
  'leave.text': 'Uw opname wordt gewist.',
  'leave.yes': 'Wissen en stoppen',
  'leave.no': 'Doorgaan',

  'idle.title': 'Bent u er nog?',
  'idle.text': 'Terug naar het begin over {n} s.',
  'idle.kept': 'Uw opname blijft bij het team.',
  'idle.here': 'Ja, ik ben er',
};
