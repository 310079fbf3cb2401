import type { BoothConfig } from '../../shared/contract/booth.ts';
import { type ChosenDevice, choiceOf, type SeenDevice } from '../../shared/domain/devices.ts';
import type { Api } from '../api.ts';
import { describeDevices, listDevices, namesKnown, type Wish } from '../audio/devices.ts';
import { createLoudspeaker } from '../audio/loudspeaker.ts';
import type { Wanted } from '../audio/microphone.ts';
import { createSoundTests } from './sound-tests.ts';

/** `devicechange` does not fire everywhere, so the list is looked at again this often, in ms. */
const lookEvery = 5000;
/** A studio that was restarted has forgotten the list: it is told again this often, changed or not. */
const tellEvery = 30_000;
const patience = 5000;
/** The longest the studio keeps a question open; and how long the page waits where it does not answer at all. */
const waitMs = 20_000;
const retryMs = 4000;
const usualKey = 'phonomaton.microphone';

/** The microphone taken where the hosts have not chosen one: by name, beyond restarts of the page. */
function recall(storage: Storage): ChosenDevice | null {
  try {
    const kept: unknown = JSON.parse(storage.getItem(usualKey) ?? 'null');
    return typeof kept === 'object' && kept !== null && 'name' in kept && 'companions' in kept
      ? (kept as ChosenDevice)
      : null;
  } catch {
    return null;
  }
}

/** The booth's ears and mouth: which devices the hosts chose, which of them are there, and what the studio is told. */
export function createEars(api: Api, storage: Storage) {
  const loudspeaker = createLoudspeaker();
  const tests = createSoundTests(api);
  let wish: Wish = { microphone: null, loudspeaker: null };
  let told = '';
  let toldAt = Number.NEGATIVE_INFINITY;

  async function look(): Promise<void> {
    const devices = await listDevices();
    if (!namesKnown(devices)) return;
    await loudspeaker.choose(wish.loudspeaker);
    const described = describeDevices(devices, wish, recall(storage));
    const text = JSON.stringify(described);
    if (text === told && performance.now() - toldAt < tellEvery) return;
    await api.booth.reportDevices(described, { signal: AbortSignal.timeout(patience) });
    told = text;
    toldAt = performance.now();
  }
  const lookAgain = () => void look().catch(() => undefined);

  function hope(chosen: BoothConfig['chosen']): void {
    wish = { microphone: chosen?.microphone ?? null, loudspeaker: chosen?.loudspeaker ?? null };
    lookAgain();
  }

  /** Waits on the studio for what the hosts want of the booth's sound, for as long as the page lives. */
  async function obey(): Promise<never> {
    for (let after = 0; ; ) {
      try {
        const signal = AbortSignal.timeout(waitMs + patience);
        const { seq, test, reread } = await api.booth.orders({ after, waitMs }, { signal });
        after = seq;
        if (reread) hope((await api.booth.config({}, { signal: AbortSignal.timeout(patience) })).chosen);
        tests.want(test);
      } catch {
        await new Promise((resolve) => setTimeout(resolve, retryMs));
      }
    }
  }

  return {
    /** To be called once: from here on it looks, tells and obeys by itself. */
    begin(): void {
      navigator.mediaDevices?.addEventListener('devicechange', lookAgain);
      setInterval(lookAgain, lookEvery);
      void obey();
    },
    hope,
    wanted: (): Wanted => ({ chosen: wish.microphone, usual: recall(storage) }),
    /** A device was taken; where none is chosen it stays the usual one. */
    async took(device: SeenDevice): Promise<void> {
      if (wish.microphone === null) {
        const { inputs, all } = await listDevices();
        const same = inputs.find(({ id }) => id === device.id) ?? device;
        storage.setItem(usualKey, JSON.stringify(choiceOf(same, inputs, all)));
      }
      lookAgain();
    },
    lead: loudspeaker.lead,
    /** Whether nobody is there; a test that runs ends when somebody comes. */
    between: tests.between,
    endTests: tests.end,
    onTest: tests.onTest,
  };
}
export type Ears = ReturnType<typeof createEars>;
