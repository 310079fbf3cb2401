import { newId } from '../../shared/domain/ids.ts';
import { spokenPath } from '../../shared/i18n/booth/spoken.ts';
import type { Api } from '../api.ts';
import { createCues } from '../audio/cues.ts';
import { openMicrophone } from '../audio/microphone.ts';
import { newToken } from '../audio/token.ts';
import type { Cues, Microphone } from '../audio/types.ts';
import type { BoothTime } from '../booth-time.ts';
import { erasePortrait, startTake, within } from './calls.ts';
import { createErasures } from './erasures.ts';
import { createFinder } from './find-hearing.ts';
import type { BoothServices, BoothSound, BoothWaiting, MicrophoneFailure, Playing, Stop } from './ports.ts';
import { readAloud } from './read-aloud.ts';
import { createStranded } from './stranded.ts';
import { createTakeSound, type TakeSound } from './take-sound.ts';
import { visitorCalls } from './visitor-calls.ts';

/** Milliseconds a visitor waits for « garder » and « effacer »; after that it goes on without them. */
const patience = 6000;
const checkEvery = 200;

type ReportState = 'working' | 'silent' | MicrophoneFailure;
/** The studio's words for what became of the microphone. */
const reported = { busy: 'missing', noData: 'silent' } as const;

/** The statechart's services as they are in the real booth: the studio behind the door, and the page's own sound. */
export function createServices(
  api: Api,
  time: Pick<BoothTime, 'now'>,
  storage: Storage = localStorage,
): BoothServices & BoothSound & BoothWaiting {
  let microphone: Microphone | null = null;
  let cues: Cues | null = null;
  let countdownOff: Stop = () => undefined;
  /** The one being recorded, and the last that can be heard: a retake does not cost the take before it. */
  let current: TakeSound | null = null;
  let take: TakeSound | null = null;
  const levels = new Set<(level: { rmsDb: number; peakDb: number }) => void>();
  const erasures = createErasures((portrait) => erasePortrait(api, portrait), storage);
  erasures.resume();
  const stranded = createStranded();
  const calls = visitorCalls(api);
  const newPortrait = () => ({ portraitId: newId(), token: newToken() });

  function closeMicrophone(): void {
    microphone?.close();
    microphone = null;
  }

  return {
    now: () => performance.now(),
    clock: () => time.now().toISOString(),
    newPortrait,
    newId,
    config: () => api.booth.config({}, { signal: AbortSignal.timeout(patience) }),
    async readiness() {
      const { ready, reason } = await api.booth.readiness({}, { signal: AbortSignal.timeout(patience) });
      return ready ? 'ready' : (reason ?? 'unreachable');
    },

    async openMicrophone() {
      if (microphone !== null && microphone.trouble === undefined) return 'open';
      closeMicrophone();
      const opening = await openMicrophone();
      if (!opening.ok) return opening.reason;
      microphone = opening.microphone;
      microphone.onLevel((level) => {
        for (const tell of levels) tell(level);
      });
      cues ??= createCues();
      return 'open';
    },
    checkMicrophone(language, tell) {
      const open = microphone;
      if (open === null) return () => undefined;
      const finder = createFinder();
      let hush: Stop | undefined;
      const listenAnew = () => {
        hush = undefined;
        open.resetHearing();
        finder.restart(performance.now());
      };
      listenAnew();
      const timer = setInterval(() => {
        if (hush !== undefined) return;
        const found = finder.hear(open.hearing(), performance.now());
        if (found === undefined) return;
        tell(found);
        hush = readAloud([spokenPath(language, found)], listenAnew);
      }, checkEvery);
      return () => {
        clearInterval(timer);
        hush?.();
      };
    },
    watchMicrophone(tell) {
      if (microphone === null) return () => undefined;
      if (microphone.trouble !== undefined) tell(microphone.trouble);
      return microphone.onTrouble(tell);
    },
    report(state: ReportState, detail) {
      const device = microphone?.device ?? '';
      const fallback = state === 'working' && microphone?.method === 'worklet';
      const said = fallback ? 'fallback' : state === 'busy' || state === 'noData' ? reported[state] : state;
      const text = [said === state ? '' : state, detail, ...(microphone?.effects ?? [])].filter(Boolean).join(' ');
      api.booth.reportMicrophone({ state: said, device, detail: text.slice(0, 80) }).catch(() => undefined);
    },

    async begin(order) {
      if (microphone === null) return 'unreachable';
      const { sampleRate, device, method } = microphone;
      return startTake(api, order, { sampleRate, device, method });
    },
    record(order, goAt) {
      if (microphone === null) return;
      countdownOff = cues?.countdown(goAt) ?? countdownOff;
      current = createTakeSound(
        api,
        microphone,
        order,
        goAt,
        () => ({ ...newPortrait(), takeId: newId() }),
        (signal) => {
          this.report('working', 'a recording of somebody under 18 waits for a host');
          return stranded.ask(signal);
        },
      );
    },
    callOff() {
      countdownOff();
      current?.callOff();
      current = null;
    },
    async finish() {
      const ending = current;
      const finished = (await ending?.finish(() => void cues?.play('end'))) ?? 'nothing';
      // Nobody is there any more: the sound is delivered, and not heard.
      if (current !== ending) {
        ending?.letGo();
        return 'nothing';
      }
      current = null;
      if (finished === 'nothing') return finished;
      take?.letGo();
      take = ending;
      return finished;
    },
    awaitVerdict(tell) {
      let wanted = true;
      void take?.verdict.then((warnings) => {
        if (wanted && warnings !== null) tell(warnings);
      });
      return () => {
        wanted = false;
      };
    },

    play: () => void take?.listenBack?.play().catch(() => undefined),
    pause: () => take?.listenBack?.pause(),
    onPlaying(tell: (playing: Playing) => void) {
      return take?.listenBack?.onPosition(tell) ?? (() => undefined);
    },

    async keep(choices) {
      const kept = take === null ? null : await within(patience, take.keep(choices));
      return kept === null || kept === 'late' ? 'later' : kept;
    },
    async erase(portrait) {
      for (const made of [take, current]) {
        if (made === null) continue;
        made.abandon();
        if (made.order.portraitId !== portrait.portraitId) void erasures.ask(made.order);
      }
      return (await within(patience, erasures.ask(portrait))) === 'late' ? 'later' : 'erased';
    },
    ...calls,
    onWaiting: stranded.onWaiting,
    async settleWaiting(pin, how) {
      const answer = await calls.vouch(pin);
      if (!('vouch' in answer)) return answer;
      stranded.settle(how === 'send' ? answer.vouch : null);
      return 'settled';
    },
    forget() {
      countdownOff();
      countdownOff = () => undefined;
      for (const made of [take, current]) made?.letGo();
      take = null;
      current = null;
      closeMicrophone();
      cues?.close();
      cues = null;
    },

    onLevel(tell) {
      levels.add(tell);
      return () => levels.delete(tell);
    },
    listenBack: () => take?.listenBack ?? null,
    readAloud,
  };
}
