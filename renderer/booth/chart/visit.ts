import type { BoothConfig, Notice } from '../../../shared/contract/booth.ts';
import type { Language } from '../../../shared/domain/language.ts';
import { nameLimit, type Speaker } from '../../../shared/domain/portrait.ts';
import type { Hearing } from '../../audio/types.ts';
import type {
  Answer,
  BeginFailure,
  BoothServices,
  FinishedTake,
  MicrophoneFailure,
  Playing,
  PortraitKey,
  Readiness,
  TakeOrder,
} from '../ports.ts';

/** What the booth knows of the visitor in front of it; a new one for each. */
export interface Visit {
  language: Language;
  answer: Answer | null;
  speaker: Speaker;
  /** Index into the event's questions. */
  question: number;
  heard: Hearing | null;
  /** The microphone is open and well. */
  microphone: boolean;
  /** Set once the studio may know of the portrait. */
  portrait: PortraitKey | null;
  /** The take being made. */
  order: TakeOrder | null;
  /** Service clock at which the countdown ends. */
  goAt: number;
  /** Digital silence while recording. */
  silent: boolean;
  /** The last take that can be heard, and how it ended. */
  finished: FinishedTake | null;
  cutShort: boolean;
  /** The visitor has said « garder ». */
  kept: boolean;
  code: string | null;
  microphoneFailure: MicrophoneFailure | null;
  beginFailure: BeginFailure | null;
}

export interface BoothContext {
  services: BoothServices;
  config: BoothConfig | null;
  readiness: Readiness;
  visit: Visit;
}

export type BoothEvent =
  | { type: 'START' | 'YES' | 'NO' | 'NEXT' | 'CALL' | 'RETRY' | 'OTHER_QUESTION' | 'GO' | 'STOP' }
  | { type: 'LISTEN' | 'KEEP' | 'AGAIN' | 'ERASE' | 'BACK' }
  /** The way out, asked for; CONFIRM and CANCEL answer « tout effacer ? ». */
  | { type: 'ABORT' | 'CONFIRM' | 'CANCEL' }
  /** Somebody is there. */
  | { type: 'ACTIVITY' }
  /** Raised by the chart itself: the visitor confirmed to leave; nobody is there any more. */
  | { type: 'LEAVE' | 'GONE' }
  | { type: 'LANGUAGE'; language: Language }
  | { type: 'TELL'; field: 'firstName' | 'trade'; value: string }
  | { type: 'COOPERATIVE'; id: string | null }
  | { type: 'HEARD'; heard: Hearing }
  | { type: 'MICROPHONE_LOST' }
  | { type: 'MICROPHONE_SILENT'; silent: boolean }
  | { type: 'VERDICT'; warnings: NonNullable<FinishedTake['warnings']> }
  | { type: 'PLAYING'; playing: Playing };

export function blankVisit(language: Language): Visit {
  return {
    language,
    answer: null,
    speaker: { firstName: '', trade: '', cooperativeId: null },
    question: 0,
    heard: null,
    microphone: false,
    portrait: null,
    order: null,
    goAt: 0,
    silent: false,
    finished: null,
    cutShort: false,
    kept: false,
    code: null,
    microphoneFailure: null,
    beginFailure: null,
  };
}

/** The language a visit starts in: French where the event has it, else its first. */
export function firstLanguage(config: BoothConfig | null): Language {
  const languages = config?.event.languages ?? ['fr'];
  return languages.includes('fr') ? 'fr' : (languages[0] ?? 'fr');
}

/** The notice in the visitor's language, or in French, or the first there is. */
export function noticeFor(config: BoothConfig | null, language: Language): Notice | undefined {
  const notices = config?.notices ?? [];
  return notices.find((n) => n.language === language) ?? notices.find((n) => n.language === 'fr') ?? notices[0];
}

export function questionOf(
  context: Pick<BoothContext, 'config' | 'visit'>,
): BoothConfig['event']['questions'][number] | undefined {
  const questions = context.config?.event.questions ?? [];
  return questions[context.visit.question % Math.max(1, questions.length)];
}

/** A field as it may be stored: no longer than allowed. Trimming is for the studio, or no space could be typed. */
export function tell(speaker: Speaker, field: 'firstName' | 'trade', value: string): Speaker {
  return { ...speaker, [field]: value.slice(0, nameLimit) };
}
