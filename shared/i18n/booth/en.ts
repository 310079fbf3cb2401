import type { Words } from '../words.ts';
import type { fr } from './fr.ts';

export const en: Words<typeof fr> = {
  'language.name': 'English',
  'language.choice': 'Language',

  'nav.back': 'Back',
  'nav.abort': 'Leave',
  'nav.home': 'Back to the start',
  'nav.next': 'Continue',
  'nav.skip': 'Skip',
  'nav.retry': 'Try again',
  'nav.help': 'Ask for help',

  'loading.title': 'We’re getting the booth ready.',
  'loading.text': 'Just a moment.',
  'unavailable.title': 'The booth is waking up.',
  'unavailable.text': 'We keep trying by ourselves. If it takes long, wave to the team.',
  'elsewhere.title': 'The booth is open elsewhere.',
  'elsewhere.text': 'Another window is using it. Close that one and this one takes over.',

  'attract.title': 'Your voice, {n} seconds.',
  'attract.text': 'Tell us about your work, your cooperative, or what brings you here.',
  'attract.start': 'Start',
  'attract.button': 'or press the big button',

  'resting.title': 'We’re taking a short break.',
  'resting.disk': 'There is no room left to record. The team is seeing to it.',
  'resting.other': 'We cannot record just now. The booth opens again by itself.',

  'notice.yes': 'Yes',
  'notice.no': 'No thanks',

  'declined.title': 'Thanks anyway!',
  'declined.text': 'Nothing was recorded, nothing is kept.',

  'name.title': 'How shall we introduce you?',
  'name.text': 'Optional: you can skip this.',
  'name.first': 'Your first name',
  'name.trade': 'Your trade',
  'name.keyboard': 'On-screen keyboard',
  'name.space': 'Space',
  'name.capitals': 'Capitals',
  'name.delete': 'Delete a letter',

  'cooperative.title': 'Your cooperative?',
  'cooperative.none': 'I’m just discovering',

  'check.title': 'Say your first name.',
  'check.opening': 'We’re opening the microphone…',
  'check.listening': 'We’re checking that the microphone hears you.',
  'check.good': 'We hear you very well.',
  'check.tooQuiet': 'We can hardly hear you. Come closer to the microphone.',
  'check.tooLoud': 'That’s a bit loud. Step back a little.',
  'check.nothingHeard': 'We hear nothing. Speak close to the microphone.',
  'check.anyway': 'Continue anyway',
  'check.meter': 'Microphone level',

  'help.title': 'Need a hand?',
  'help.text': 'The team has been told. Wave to them, they are close by.',
  'help.here': 'Over here!',
  'help.retry': 'Try the microphone again',

  'microphone.refused': 'We have no access to the microphone.',
  'microphone.missing': 'We can’t find the microphone.',
  'microphone.busy': 'The microphone is in use elsewhere.',
  'microphone.noData': 'The microphone doesn’t answer.',
  'microphone.lost': 'We’ve lost the microphone.',
  'microphone.text': 'We keep trying by ourselves. If it takes long, wave to the team.',

  'question.label': 'Your question',
  'question.text': '{n} seconds at most. You listen back before you decide.',
  'question.go': 'Let’s go',
  'question.other': 'Another question',

  'refused.disk': 'There’s no room left.',
  'refused.diskText': 'We cannot record now. Wave to the team.',
  'refused.studio': 'We’ve lost the thread.',
  'refused.studioText': 'Nothing has been recorded yet. We keep trying by ourselves.',
  'refused.text': 'Let’s start over.',
  'refused.textText': 'The team has just changed the welcome text. Nothing was recorded.',

  'countdown.title': 'Take a breath.',

  'recording.title': 'We’re recording you',
  'recording.left.one': 'second left',
  'recording.left.other': 'seconds left',
  'recording.soon': 'We’re nearly there, take your time to finish.',
  'recording.silent': 'We no longer hear the microphone. Go on, or call the team.',
  'recording.after': 'You can listen back, start again or erase everything.',
  'recording.stop': 'I’m done',
  'recording.announce': '{n} seconds left.',

  'stopping.title': 'It’s in the can.',
  'stopping.text': 'We’re getting it ready to play…',

  'unheard.title': 'We heard nothing.',
  'unheard.text': 'Come closer to the microphone, and we’ll start again.',

  'review.title': 'Happy with it?',
  'review.play': 'Listen',
  'review.pause': 'Pause',
  'review.keep': 'Keep',
  'review.again': 'Start again',
  'review.erase': 'Erase',
  'review.wave': 'The shape of your voice',
  'review.good': 'The sound is good.',
  'review.clipped': 'The sound distorts in places. You can start again from a little further back.',
  'review.tooQuiet': 'Your voice is far away. You can start again closer to the microphone.',
  'review.noisy': 'The hall is noisy. You can start again closer to the microphone.',
  'review.silent': 'We hear next to nothing. We suggest you start again.',
  'review.tooShort': 'It’s very short. You can start again and say a little more.',
  'review.cut': 'The microphone stopped, but we kept the beginning.',

  'erase.title': 'Erase everything?',
  'erase.text': 'Your voice will be gone for good.',
  'erase.yes': 'Yes, erase',
  'erase.no': 'No, go back',

  'keeping.title': 'We’re putting your voice in a safe place.',
  'keeping.text': 'Just a moment.',

  'thanks.title': 'Thank you!',
  'thanks.named': 'Thank you, {name}!',
  'thanks.code': 'Your code',
  'thanks.text': 'Write it down or take a picture: with it you can change your mind whenever you like.',
  'thanks.later': 'Your portrait is safe in the booth. Ask the team for your code.',
  'thanks.cover': 'The cover of your portrait: your voice, drawn as a circle.',
  'thanks.done': 'Finish',

  'erasing.title': 'We’re erasing it.',
  'erasing.text': 'Just a moment.',
  'erased.title': 'It’s erased.',
  'erased.text': 'Nothing of your visit remains. Thank you for coming!',
  'erasedSoon.title': 'It will be erased.',
  'erasedSoon.text': 'The booth finishes by itself as soon as it can. Nobody will publish your voice.',

  'leave.title': 'Shall we stop here?',
  'leave.text': 'Your recording will be erased.',
  'leave.yes': 'Erase and leave',
  'leave.no': 'Go on',

  'idle.title': 'Are you still there?',
  'idle.text': 'Back to the start in {n} s.',
  'idle.kept': 'Your recording will stay with the team.',
  'idle.here': 'Yes, I’m here',
};
