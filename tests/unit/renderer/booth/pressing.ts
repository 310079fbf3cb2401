import type { BoothEvent } from '../../../../renderer/booth/chart/visit.ts';
import { createKeyPresses, createPresses, type Kind } from '../../../../renderer/booth/input/press.ts';
import { FakeServices, openFakeBooth } from './fake-services.ts';

/** Something on a screen that can be pressed, and what it tells the chart. */
export interface Control {
  name: string;
  kind: Kind;
  event: BoothEvent;
  /** Its middle; controls are 200 px wide, 96 px high, and 20 px apart. */
  x: number;
  y: number;
}
export const size = { width: 200, height: 96 } as const;

const plain = (type: BoothEvent['type']): [string, BoothEvent] => [type, { type } as BoothEvent];
const letters = (): [string, BoothEvent][] =>
  [...'abl'].map((letter) => [letter, { type: 'TELL', field: 'firstName', value: letter }]);
const ticks = (): [string, BoothEvent][] =>
  (['site', 'podcast', 'archive'] as const).map((purpose) => [`tick ${purpose}`, { type: 'TICK', purpose }]);

/** What each state of a visit shows, as its screen does. */
const shown: Record<string, () => [string, BoothEvent][]> = {
  'attract.resting': () => [plain('START'), plain('CODE')],
  'notice.short': () => [plain('YES'), plain('MINOR'), plain('NO'), plain('READ'), plain('BACK')],
  'notice.full': () => [plain('BACK')],
  'who.name': () => [...letters(), plain('NEXT'), plain('BACK')],
  'who.cooperative': () => [
    ['tilt', { type: 'COOPERATIVE', id: 'tilt' }],
    ['none', { type: 'COOPERATIVE', id: null }],
    plain('BACK'),
  ],
  'microphone.listening': () => [plain('CALL'), plain('NEXT'), plain('BACK')],
  question: () => [plain('OTHER_QUESTION'), plain('GO'), plain('BACK')],
  'take.recording': () => [plain('STOP')],
  'review.playing': () => [plain('LISTEN'), plain('KEEP'), plain('AGAIN'), plain('ERASE')],
  'review.paused': () => [plain('LISTEN'), plain('KEEP'), plain('AGAIN'), plain('ERASE')],
  'choices.choosing': () => [...ticks(), plain('NAME'), plain('REFUSE'), plain('ALLOW'), plain('BACK')],
  'choices.nothing': () => [plain('CONFIRM'), plain('CANCEL')],
  'thanks.shown': () => [plain('PRINT'), plain('NEXT')],
};

/**
 * A booth without a page: the statechart, the presses, and controls that stand where fingers find them. What counts is
 * sent to the chart, and written down.
 */
export async function openGlass() {
  const booth = openFakeBooth(new FakeServices());
  await booth.settle();
  const presses = createPresses<Control>();
  const keys = createKeyPresses();
  const acts: string[] = [];
  let at = 0;
  let scene = '';
  let controls: Control[] = [];

  /** Draws what the chart shows now: other controls where the scene is another, the same where it is not. */
  function draw(): void {
    const now = `${booth.visit().replace(/^review\.(playing|paused)$/, 'review')} ${booth.attention() === 'confirming'}`;
    if (now === scene) return;
    scene = now;
    presses.scene(at);
    keys.scene(at);
    controls = (shown[booth.visit()]?.() ?? []).map(([name, event], place) => ({
      name,
      event,
      kind: event.type === 'TELL' ? 'type' : 'act',
      x: 120 + 220 * (place % 4),
      y: 60 + 116 * Math.floor(place / 4),
    }));
  }
  draw();

  async function act(counted: readonly Control[]): Promise<void> {
    for (const control of counted) {
      // What is not there any more cannot be clicked.
      if (!controls.includes(control)) continue;
      acts.push(control.name);
      await booth.send(control.event);
      draw();
    }
  }

  const under = (x: number, y: number) =>
    controls.find(
      (control) => Math.abs(x - control.x) <= size.width / 2 && Math.abs(y - control.y) <= size.height / 2,
    ) ?? null;
  const beganOn = new Map<string, Control | null>();

  return {
    booth,
    acts,
    state: booth.visit,
    controls: () => controls,
    find(name: string): Control {
      const found = controls.find((control) => control.name === name);
      if (found === undefined) throw new Error(`no « ${name} » in ${booth.visit()}`);
      return found;
    },
    async pass(ms: number): Promise<void> {
      at += ms;
      booth.services.time = at;
      await booth.pass(ms);
      draw();
    },
    down(id: string, x: number, y: number): void {
      const control = under(x, y);
      beganOn.set(id, control);
      presses.down(id, { at, control, kind: control?.kind ?? 'act', x, y });
    },
    move(id: string, x: number, y: number): void {
      presses.moved(id, under(x, y) === beganOn.get(id));
    },
    async up(id: string, x: number, y: number): Promise<void> {
      const control = beganOn.get(id) ?? null;
      const inside =
        control !== null && Math.abs(x - control.x) <= size.width / 2 && Math.abs(y - control.y) <= size.height / 2;
      await act(presses.up(id, { at, x, y, inside }));
    },
    lost: (id: string) => presses.lost(id, at),
    async keyDown(source: string, control: Control | null, repeat = false): Promise<void> {
      if (keys.down(source, at, repeat) && control !== null) await act([control]);
    },
    keyUp: (source: string) => keys.up(source, at),
  };
}

export type Glass = Awaited<ReturnType<typeof openGlass>>;
