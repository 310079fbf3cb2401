import type { BoothConfig, Notice } from '../../../shared/contract/booth.ts';
import type { Choices, Guardian, Signature } from '../../../shared/contract/consent.ts';
import type { TicketState } from '../../../shared/contract/ticket.ts';
import type { AgeBand, GuardianRole, NameChoice, Purpose } from '../../../shared/domain/consent.ts';
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
  Printing,
  Readiness,
  Refusal,
  TakeOrder,
  Vouch,
} from '../ports.ts';

/** What the visitor allows so far; nothing is ticked for them. */
export interface Allowed {
  purposes: Purpose[];
  /** How they are called where the portrait is heard: as they introduced themselves, unless they say otherwise. */
  nameShown: NameChoice;
  pseudonym: string;
  contact: string;
}

/** What the booth knows of the visitor in front of it; a new one for each. */
export interface Visit {
  language: Language;
  answer: Answer | null;
  /** The host who stands by, for somebody under 18. */
  vouch: Vouch | null;
  /** Those who have signed, and the one who is about to. */
  guardians: Guardian[];
  guardian: { name: string; role: GuardianRole };
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
  /** Digital silence, or nothing for a moment, while recording; neither ends anything. */
  silent: boolean;
  stalled: boolean;
  /** The last take that can be heard, and how it ended. */
  finished: FinishedTake | null;
  cutShort: boolean;
  /** The visitor has said « garder ». */
  kept: boolean;
  allowed: Allowed;
  code: string | null;
  /** Where the code may be used away from the booth. */
  ticketUrl: string | null;
  printing: Printing | null;
  /** The portrait whose code was entered, and what is about to be taken back of it. */
  ticket: TicketState | null;
  withdrawing: 'all' | Purpose[];
  /** Why the last PIN or code opened nothing. */
  refusal: Refusal | null;
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
  /** Under 18; what the visitor wants to read or to write; the code of an earlier visit. */
  | { type: 'MINOR' | 'READ' | 'HOST' | 'NAME' | 'CONTACT' | 'ALLOW' | 'REFUSE' | 'PRINT' | 'CODE' }
  | { type: 'PIN'; pin: string }
  | { type: 'GUARDIAN'; change: Partial<Visit['guardian']> }
  | { type: 'SIGN'; signature: Signature }
  | { type: 'TICK'; purpose: Purpose }
  | { type: 'CHOOSE'; change: Partial<Pick<Allowed, 'nameShown' | 'pseudonym' | 'contact'>> }
  | { type: 'LOOK'; code: string }
  | { type: 'WITHDRAW'; purposes: 'all' | Purpose[] }
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
  | { type: 'MICROPHONE_QUIET'; trouble: 'zeros' | 'stalled' | null }
  | { type: 'VERDICT'; warnings: NonNullable<FinishedTake['warnings']> }
  | { type: 'PLAYING'; playing: Playing };

export function blankVisit(language: Language): Visit {
  return {
    language,
    answer: null,
    vouch: null,
    guardians: [],
    guardian: { name: '', role: 'parent' },
    speaker: { firstName: '', trade: '', cooperativeId: null },
    question: 0,
    heard: null,
    microphone: false,
    portrait: null,
    order: null,
    goAt: 0,
    silent: false,
    stalled: false,
    finished: null,
    cutShort: false,
    kept: false,
    allowed: { purposes: [], nameShown: 'anonymous', pseudonym: '', contact: '' },
    code: null,
    ticketUrl: null,
    printing: null,
    ticket: null,
    withdrawing: 'all',
    refusal: null,
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

/** The visitor's yes to the notice they were shown. */
export function answered(context: BoothContext, ageBand: AgeBand): Partial<Visit> {
  const shown = noticeFor(context.config, context.visit.language);
  if (shown === undefined) return {};
  const { version, sha256, language } = shown;
  const answeredAt = context.services.clock();
  return {
    answer: { textVersion: version, textSha256: sha256, language, answeredAt, ageBand, guardians: [], vouch: '' },
  };
}

/** What the visitor allows, as the studio stores it; null where nothing is allowed. */
export function choicesOf({ config, services, visit }: BoothContext): Choices | null {
  const { answer, allowed } = visit;
  if (answer === null || allowed.purposes.length === 0) return null;
  const { textVersion, textSha256, language } = answer;
  const pseudonym = allowed.nameShown === 'pseudonym' ? allowed.pseudonym.trim() : '';
  const nameShown = allowed.nameShown === 'pseudonym' && pseudonym === '' ? 'anonymous' : allowed.nameShown;
  return {
    textVersion,
    textSha256,
    language,
    purposes: allowed.purposes,
    nameShown,
    pseudonym,
    until: config?.consent.until ?? null,
    contact: allowed.contact.trim(),
    answeredAt: services.clock(),
  };
}

/** A field as it may be stored: no longer than allowed. Trimming is for the studio, or no space could be typed. */
export function tell(speaker: Speaker, field: 'firstName' | 'trade', value: string): Speaker {
  return { ...speaker, [field]: value.slice(0, nameLimit) };
}
