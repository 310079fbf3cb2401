import { assign, fromCallback, fromPromise, or, setup, stateIn } from 'xstate';
import type { BoothConfig } from '../../../shared/contract/booth.ts';
import type { Choices } from '../../../shared/contract/consent.ts';
import type { TicketState } from '../../../shared/contract/ticket.ts';
import type { Purpose } from '../../../shared/domain/consent.ts';
import type { Language } from '../../../shared/domain/language.ts';
import type {
  BeginFailure,
  BoothServices,
  FinishedTake,
  Kept,
  MicrophoneFailure,
  PortraitKey,
  Printing,
  Readiness,
  Refusal,
  TakeOrder,
  Vouch,
} from '../ports.ts';
import { type BoothContext, type BoothEvent, blankVisit, firstLanguage, type Visit } from './visit.ts';

/** Milliseconds. */
export const times = {
  retry: 4000,
  refresh: 30_000,
  countdown: 3000,
  /** « Merci », « effacé » and « pas cette fois » go by themselves. */
  farewell: 8000,
  /** Long enough to write the code down. */
  thanks: 30_000,
} as const;

/** Types, services, guards and timers that every part of the chart is made with. */
export const chart = setup({
  types: {
    context: {} as BoothContext,
    events: {} as BoothEvent,
    input: {} as { services: BoothServices },
  },
  actors: {
    loadConfig: fromPromise<BoothConfig, BoothServices>(({ input }) => input.config()),
    askReadiness: fromPromise<Readiness, BoothServices>(({ input }) => input.readiness()),
    openMicrophone: fromPromise<'open' | MicrophoneFailure, BoothServices>(({ input }) => input.openMicrophone()),
    checkMicrophone: fromCallback<BoothEvent, { services: BoothServices; language: Language }>(({ input, sendBack }) =>
      input.services.checkMicrophone(input.language, (heard) => sendBack({ type: 'HEARD', heard })),
    ),
    watchMicrophone: fromCallback<BoothEvent, BoothServices>(({ input, sendBack }) =>
      input.watchMicrophone((trouble) => {
        const quiet = trouble === 'zeros' || trouble === 'stalled' || trouble === undefined;
        sendBack(quiet ? { type: 'MICROPHONE_QUIET', trouble: trouble ?? null } : { type: 'MICROPHONE_LOST' });
      }),
    ),
    begin: fromPromise<'begun' | BeginFailure, { services: BoothServices; order: TakeOrder | null }>(({ input }) =>
      input.order === null ? Promise.resolve('unreachable') : input.services.begin(input.order),
    ),
    finish: fromPromise<FinishedTake | 'nothing', BoothServices>(({ input }) => input.finish()),
    awaitVerdict: fromCallback<BoothEvent, BoothServices>(({ input, sendBack }) =>
      input.awaitVerdict((warnings) => sendBack({ type: 'VERDICT', warnings })),
    ),
    followPlaying: fromCallback<BoothEvent, BoothServices>(({ input, sendBack }) =>
      input.onPlaying((playing) => sendBack({ type: 'PLAYING', playing })),
    ),
    keep: fromPromise<Kept | 'later', { services: BoothServices; choices: Choices | null }>(({ input }) =>
      input.choices === null ? Promise.resolve('later') : input.services.keep(input.choices),
    ),
    vouch: fromPromise<Vouch | Refusal, { services: BoothServices; pin: string }>(({ input }) =>
      input.services.vouch(input.pin),
    ),
    lookUp: fromPromise<TicketState | Refusal, { services: BoothServices; code: string }>(({ input }) =>
      input.services.lookUp(input.code),
    ),
    withdraw: fromPromise<
      TicketState | Refusal,
      { services: BoothServices; code: string; purposes: 'all' | Purpose[] }
    >(({ input }) => input.services.withdraw(input.code, input.purposes)),
    print: fromPromise<Printing, { services: BoothServices; code: string | null; language: Language }>(({ input }) =>
      input.code === null ? Promise.resolve('failed') : input.services.print(input.code, input.language),
    ),
    erase: fromPromise<'erased' | 'later', { services: BoothServices; portrait: PortraitKey | null }>(({ input }) =>
      input.portrait === null ? Promise.resolve('erased') : input.services.erase(input.portrait),
    ),
  },
  actions: {
    /** The visitor's screen forgets. A portrait without one finished take is nobody's: it goes from the studio too. */
    forget: assign(({ context }) => {
      const { portrait, finished } = context.visit;
      context.services.forget();
      if (portrait !== null && finished === null) context.services.erase(portrait).catch(() => undefined);
      return { visit: blankVisit(firstLanguage(context.config)) };
    }),
    eraseAll: ({ context }) => {
      const { portrait, finished } = context.visit;
      if (portrait !== null && finished !== null) context.services.erase(portrait).catch(() => undefined);
    },
  },
  guards: {
    /** Leaving now would lose a recording, so it is asked first. */
    losesSomething: or([
      stateIn('#recording'),
      stateIn('#stopping'),
      ({ context }) => context.visit.finished !== null && !context.visit.kept,
    ]),
  },
  delays: {
    idle: ({ context }) => (context.config?.idleSeconds ?? 45) * 1000,
    grace: ({ context }) => (context.config?.idleGraceSeconds ?? 15) * 1000,
    limit: ({ context }) => (context.config?.event.limitSeconds ?? 90) * 1000,
    ...times,
  },
});

/** Changes some of the visit, by what the event says, and leaves the rest. */
export function visited<Event>(change: (visit: Visit, event: Event) => Partial<Visit>) {
  return ({ context, event }: { context: BoothContext; event: Event }) => ({
    visit: { ...context.visit, ...change(context.visit, event) },
  });
}

/** What the microphone does just now is shown, and changes nothing else. */
export function quiet(trouble: 'zeros' | 'stalled' | null): Partial<Visit> {
  return { silent: trouble === 'zeros', stalled: trouble === 'stalled' };
}

/** The same, whatever the event. */
export function set(change: Partial<Visit> | ((context: BoothContext) => Partial<Visit>)) {
  return ({ context }: { context: BoothContext }) => ({
    visit: { ...context.visit, ...(typeof change === 'function' ? change(context) : change) },
  });
}
