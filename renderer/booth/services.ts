import { newId } from '../../shared/domain/ids.ts';
import { spokenPath } from '../../shared/i18n/booth/spoken.ts';
import type { Api } from '../api.ts';
import { createCues } from '../audio/cues.ts';
import { openMicrophone } from '../audio/microphone.ts';
import { newToken } from '../audio/token.ts';
import type { Cues, Microphone } from '../audio/types.ts';
import type { BoothTime } from '../booth-time.ts';
import { erasePortrait, startTake, within } from './calls.ts';
import { createEars } from './ears.ts';
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

type ReportState = 'working' | 'silent' | 'stalled' | MicrophoneFailure;
/** The studio's words for what became of the microphone. */
const reported = { busy: 'missing', noData: 'silent' } as const;
/** What the hosts are told of a trouble that the microphone has, or no longer has. */
const toldOf = { stalled: 'stalled', zeros: 'silent', noData: 'lost', ended: 'lost', moved: 'lost' } as const;

/** The statechart's services as they are in the real booth: the studio behind the door, and the page's own sound. */
export function createServices(
  api: Api,
  time: Pick<BoothTime, 'now'>,
  storage: Storage = localStorage,
): BoothServices & BoothSound & BoothWaiting {
  let microphone: Microphone | null = null;
  let cues: Cues | null = null;
  /** The device that is missed, or that is no microphone; for the screen and the hosts. */
  let lacking = '';
  const ears = createEars(api, storage);
  ears.begin();
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
    async config() {
      const config = await api.booth.config({}, { signal: AbortSignal.timeout(patience) });
      ears.hope(config.chosen);
      return config;
    },
    async readiness() {
      const { ready, reason } = await api.booth.readiness({}, { signal: AbortSignal.timeout(patience) });
      return ready ? 'ready' : (reason ?? 'unreachable');
    },

    async openMicrophone() {
      if (microphone !== null && microphone.trouble === undefined) return 'open';
      closeMicrophone();
      ears.endTests();
      const opening = await openMicrophone(ears.wanted());
      lacking = opening.ok ? '' : (opening.name ?? '');
      if (!opening.ok) return opening.reason;
      microphone = opening.microphone;
      void ears.took(microphone.seen).catch(() => undefined);
      microphone.onLevel((level) => {
        for (const tell of levels) tell(level);
      });
      microphone.onTrouble((trouble) =>
        this.report(trouble === undefined ? 'working' : toldOf[trouble], trouble ?? ''),
      );
      cues ??= createCues(location.origin, ears.lead);
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
        hush = readAloud([spokenPath(language, found)], listenAnew, ears.lead);
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
      const device = microphone?.device ?? lacking;
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

    play() {
      const heard = take?.listenBack;
      if (heard === undefined || heard === null) return;
      void ears.lead(heard.element).then(() => heard.play().catch(() => undefined));
    },
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
    readAloud: (addresses, over) => readAloud(addresses, over, ears.lead),
    missingMicrophone: () => lacking,
    between: ears.between,
    onTest: ears.onTest,
  };
}
