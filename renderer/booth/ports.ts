import type { BoothConfig } from '../../shared/contract/booth.ts';
import type { Choices, Guardian } from '../../shared/contract/consent.ts';
import type { TicketState } from '../../shared/contract/ticket.ts';
import type { AgeBand, Purpose } from '../../shared/domain/consent.ts';
import type { Language } from '../../shared/domain/language.ts';
import type { Speaker } from '../../shared/domain/portrait.ts';
import type { Warning } from '../../shared/domain/sound.ts';
import type { Hearing, Level, ListenBack, OpeningFailure, Trouble } from '../audio/types.ts';

/** The visitor's yes, with the words it was given to. */
export interface Answer {
  textVersion: string;
  textSha256: string;
  language: Language;
  answeredAt: string;
  ageBand: AgeBand;
  /** Who authorises it for somebody under 18, and the host's word that they stood there; empty for adults. */
  guardians: Guardian[];
  vouch: string;
}

/** One visitor's portrait, as the studio will know it. */
export interface PortraitKey {
  portraitId: string;
  token: string;
}

/** Everything the studio needs to know before the first sound. */
export interface TakeOrder extends PortraitKey {
  takeId: string;
  questionId: string;
  answer: Answer;
  speaker: Speaker;
  /** The portrait this one takes the place of: its guardians' word stands. */
  continues?: PortraitKey;
}

export type Readiness = 'ready' | 'disk' | 'database' | 'closing' | 'unreachable';
/**
 * Why a take could not begin; `closed`: the portrait is already with the hosts, a further take needs a new one;
 * `guardian`: the host's word is too old, or a guardian is missing.
 */
export type BeginFailure = 'disk' | 'unknownText' | 'closed' | 'guardian' | 'unreachable';
/** Why there is no microphone, or no more. */
export type MicrophoneFailure = OpeningFailure | 'lost';

/** A take that can be listened to. */
export interface FinishedTake {
  takeId: string;
  /** Length of what is played, in seconds. */
  seconds: number;
  /** Largest magnitude of each of some equal parts of it, 0 to 1. */
  peaks: number[];
  /** What is wrong with the sound; null while the studio has not said. */
  warnings: Warning[] | null;
}

export interface Playing {
  seconds: number;
  playing: boolean;
  ended: boolean;
}

/** A code or a PIN that did not open anything; `wait`: only after so many seconds is a next try heard. */
export type Refusal = { refused: 'wrong' | 'wait'; seconds: number } | { refused: 'silent' };
/** A host stands by, for one visit. */
export interface Vouch {
  vouch: string;
  name: string;
}
/** What became of the ticket on paper. */
export type Printing = 'printed' | 'noPrinter' | 'failed';
/** What the visitor takes home. */
export interface Kept {
  code: string;
  /** Where the code may be used away from the booth. */
  url: string | null;
}

export type Stop = () => void;

/**
 * All the statechart asks of the world. What can be expected to go wrong is a value; a promise that rejects is treated
 * as a studio out of reach. Only one take at a time.
 */
export interface BoothServices {
  /** Milliseconds of a monotonic clock, the one `record` takes its `goAt` from. */
  now(): number;
  /** UTC, ISO 8601. */
  clock(): string;
  newPortrait(): PortraitKey;
  newId(): string;

  config(): Promise<BoothConfig>;
  readiness(): Promise<Readiness>;

  openMicrophone(): Promise<'open' | MicrophoneFailure>;
  /** The microphone check: tells each new finding, and says it aloud, until it is stopped. */
  checkMicrophone(language: Language, tell: (heard: Hearing) => void): Stop;
  watchMicrophone(tell: (trouble: Trouble | undefined) => void): Stop;
  /** Tells the hosts how the microphone fares; never fails. */
  report(state: 'working' | 'silent' | 'stalled' | MicrophoneFailure, detail: string): void;

  /** Makes portrait and take durable in the studio. Repeating it with the same order is harmless. */
  begin(order: TakeOrder): Promise<'begun' | BeginFailure>;
  /** Plays the countdown's cues and records from `goAt` on (and the moment before it). */
  record(order: TakeOrder, goAt: number): void;
  /** Forgets a take whose recording has not begun in earnest. */
  callOff(): void;
  /** Ends the recording; answers as soon as it can be heard, `nothing` when there is not one usable moment. */
  finish(): Promise<FinishedTake | 'nothing'>;
  /** Tells the verdict of the finished take, when it comes. */
  awaitVerdict(tell: (warnings: Warning[]) => void): Stop;

  play(): void;
  pause(): void;
  onPlaying(tell: (playing: Playing) => void): Stop;

  /**
   * Keeps the finished take with what the visitor allows; `later` when the studio does not answer in time: it is then
   * done as soon as it does.
   */
  keep(choices: Choices): Promise<Kept | 'later'>;
  /** Erases the portrait; `later` as above. */
  erase(portrait: PortraitKey): Promise<'erased' | 'later'>;
  /** The host's word that they stand by, by their PIN. */
  vouch(pin: string): Promise<Vouch | Refusal>;
  lookUp(code: string): Promise<TicketState | Refusal>;
  /** Takes back what was allowed, for good. */
  withdraw(code: string, purposes: 'all' | Purpose[]): Promise<TicketState | Refusal>;
  /** The ticket on paper: by the studio, or by the page that shows it. */
  print(code: string, language: Language): Promise<Printing>;

  /** Lets microphone, sound and everything of the visitor go. What is still to be delivered is delivered. */
  forget(): void;
}

/** Recordings that wait in the page for a host's word; the visit they are of may be over. */
export interface BoothWaiting {
  /** Tells how many wait, now and at every change. */
  onWaiting(tell: (count: number) => void): Stop;
  /** By a host's PIN: sends them on with their word, or erases them. */
  settleWaiting(pin: string, how: 'send' | 'erase'): Promise<'settled' | Refusal>;
}

/** What the screens draw from directly, thirty times a second and more: too quick to go through the statechart. */
export interface BoothSound {
  now(): number;
  onLevel(tell: (level: Level) => void): Stop;
  /** The sound being listened back to. */
  listenBack(): ListenBack | null;
  /** Says texts aloud, one after the other; `over` is called once, unless it is stopped before. */
  readAloud(addresses: readonly string[], over: () => void): Stop;
  /** Name of the microphone that is missed, or of the input that is none; empty when nothing is known. */
  missingMicrophone(): string;
  /** Told whether nobody is there: only then may hosts test the booth's sound from elsewhere. */
  between(now: boolean): void;
  /** Tells whether a host listens to the microphone from elsewhere just now. */
  onTest(tell: (listening: boolean) => void): Stop;
}
