/**
 * The booth's words, French first. Short, in the first person plural when something goes wrong, fitting any gender.
 * Plain spaces before « ? ! ; : » are set as they should be when the words are used (see typography.ts).
 */
export const fr = {
  'language.name': 'Français',
  'language.choice': 'Langue',

  'nav.back': 'Retour',
  'nav.abort': 'Abandonner',
  'nav.home': 'Retour à l’accueil',
  'nav.next': 'Continuer',
  'nav.skip': 'Passer',
  'nav.retry': 'Réessayer',
  'nav.help': 'Demander de l’aide',

  'loading.title': 'On prépare la cabine.',
  'loading.text': 'Encore un instant.',
  'unavailable.title': 'La cabine se réveille.',
  'unavailable.text': 'La cabine réessaie toute seule. Si cela dure, faites signe à l’équipe.',
  'elsewhere.title': 'La cabine est ouverte ailleurs.',
  'elsewhere.text': 'Une autre fenêtre s’en sert déjà. Fermez-la et celle-ci prendra le relais.',

  'attract.title': 'Votre voix, {n} secondes.',
  'attract.text': 'Racontez votre métier, votre coopérative, ou ce qui vous amène ici.',
  'attract.start': 'Commencer',
  'attract.button': 'ou appuyez sur le gros bouton',

  'resting.title': 'On fait une petite pause.',
  'resting.disk': 'Il n’y a plus de place pour enregistrer. L’équipe s’en occupe.',
  'resting.other': 'On ne peut pas enregistrer pour le moment. La cabine rouvre toute seule.',

  'notice.yes': 'Oui',
  'notice.no': 'Non merci',

  'declined.title': 'Merci quand même !',
  'declined.text': 'Rien n’a été enregistré, rien n’est gardé.',

  'name.title': 'Comment vous présenter ?',
  'name.text': 'Facultatif : vous pouvez passer.',
  'name.first': 'Votre prénom',
  'name.trade': 'Votre métier',
  'name.keyboard': 'Clavier à l’écran',
  'name.space': 'Espace',
  'name.capitals': 'Majuscules',
  'name.delete': 'Effacer une lettre',

  'cooperative.title': 'Votre coopérative ?',
  'cooperative.none': 'Je découvre',

  'check.title': 'Dites votre prénom.',
  'check.opening': 'On ouvre le micro…',
  'check.listening': 'On vérifie que le micro vous entend.',
  'check.good': 'On vous entend très bien.',
  'check.tooQuiet': 'On vous entend à peine. Approchez-vous du micro.',
  'check.tooLoud': 'C’est un peu fort. Reculez-vous un peu.',
  'check.nothingHeard': 'On n’entend rien. Parlez tout près du micro.',
  'check.anyway': 'Continuer quand même',
  'check.meter': 'Niveau du micro',

  'help.title': 'Un coup de main ?',
  'help.text': 'L’équipe est prévenue. Faites-lui signe, elle est tout près.',
  'help.here': 'Par ici !',
  'help.retry': 'Réessayer le micro',

  'microphone.refused': 'On n’a pas accès au micro.',
  'microphone.missing': 'On ne trouve pas le micro.',
  'microphone.busy': 'Le micro est occupé ailleurs.',
  'microphone.noData': 'Le micro ne répond pas.',
  'microphone.lost': 'On a perdu le micro.',
  'microphone.text': 'La cabine réessaie toute seule. Si cela dure, faites signe à l’équipe.',

  'question.label': 'Votre question',
  'question.text': '{n} secondes au plus. Vous réécoutez avant de décider.',
  'question.go': 'C’est parti',
  'question.other': 'Une autre question',

  'refused.disk': 'Il n’y a plus de place.',
  'refused.diskText': 'On ne peut pas enregistrer maintenant. Faites signe à l’équipe.',
  'refused.studio': 'On a perdu le fil.',
  'refused.studioText': 'Rien n’a encore été enregistré. La cabine réessaie toute seule.',
  'refused.text': 'On reprend du début.',
  'refused.textText': 'L’équipe vient de changer le texte d’accueil. Rien n’a été enregistré.',

  'countdown.title': 'Prenez votre souffle.',

  'recording.title': 'On vous enregistre',
  'recording.left.one': 'seconde restante',
  'recording.left.other': 'secondes restantes',
  'recording.soon': 'On arrive au bout, prenez le temps de finir.',
  'recording.silent': 'On n’entend plus le micro. Continuez, ou appelez l’équipe.',
  'recording.after': 'Vous pourrez réécouter, recommencer ou tout effacer.',
  'recording.stop': 'J’ai fini',
  'recording.announce': 'Il reste {n} secondes.',

  'stopping.title': 'C’est dans la boîte.',
  'stopping.text': 'On prépare l’écoute…',

  'unheard.title': 'On n’a rien entendu.',
  'unheard.text': 'Approchez-vous du micro, et on recommence.',

  'review.title': 'Ça vous va ?',
  'review.play': 'Écouter',
  'review.pause': 'Pause',
  'review.keep': 'Garder',
  'review.again': 'Recommencer',
  'review.erase': 'Effacer',
  'review.wave': 'Forme de votre voix',
  'review.good': 'Le son est bon.',
  'review.clipped': 'Le son sature par moments. Vous pouvez recommencer en reculant un peu.',
  'review.tooQuiet': 'Votre voix est lointaine. Vous pouvez recommencer plus près du micro.',
  'review.noisy': 'La salle est bruyante. Vous pouvez recommencer plus près du micro.',
  'review.silent': 'On n’entend presque rien. On vous conseille de recommencer.',
  'review.tooShort': 'C’est très court. Vous pouvez recommencer et en dire un peu plus.',
  'review.cut': 'Le micro s’est arrêté, mais on a gardé le début.',

  'erase.title': 'Tout effacer ?',
  'erase.text': 'Votre voix sera supprimée pour de bon.',
  'erase.yes': 'Oui, effacer',
  'erase.no': 'Non, revenir',

  'keeping.title': 'On met votre voix à l’abri.',
  'keeping.text': 'Encore un instant.',

  'thanks.title': 'Merci !',
  'thanks.named': 'Merci, {name} !',
  'thanks.code': 'Votre code',
  'thanks.text': 'Notez-le ou prenez-le en photo : avec lui, vous pouvez changer d’avis quand vous voulez.',
  'thanks.later': 'Votre portrait est à l’abri dans la cabine. Demandez votre code à l’équipe.',
  'thanks.cover': 'La pochette de votre portrait : votre voix, dessinée en cercle.',
  'thanks.done': 'Terminer',

  'erasing.title': 'On efface.',
  'erasing.text': 'Encore un instant.',
  'erased.title': 'C’est effacé.',
  'erased.text': 'Il ne reste rien de votre passage. Merci de votre visite !',
  'erasedSoon.title': 'Ce sera effacé.',
  'erasedSoon.text': 'La cabine termine toute seule dès que possible. Personne ne publiera votre voix.',

  'leave.title': 'On arrête là ?',
  'leave.text': 'Votre enregistrement sera effacé.',
  'leave.yes': 'Effacer et quitter',
  'leave.no': 'Continuer',

  'idle.title': 'Vous êtes toujours là ?',
  'idle.text': 'Retour à l’accueil dans {n} s.',
  'idle.kept': 'Votre enregistrement restera entre les mains de l’équipe.',
  'idle.here': 'Oui, je suis là',
} as const;
