import { useActorRef, useSelector } from '@xstate/react';
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { boothWords } from '../../shared/i18n/booth/words.ts';
import { speak } from '../../shared/i18n/words.ts';
import { boothMachine } from './chart/machine.ts';
import type { BoothEvent } from './chart/visit.ts';
import type { Mode } from './input/mode.ts';
import { settling } from './input/press.ts';
import type { BoothServices, BoothSound, BoothWaiting } from './ports.ts';
import { createScanner } from './scan.ts';
import { HostNeeded } from './screens/HostNeeded.tsx';
import { Overlay } from './screens/Overlay.tsx';
import { screens } from './screens/screens.tsx';
import { createTriggers } from './triggers.ts';
import { type BoothView, BoothViewContext } from './view.ts';
import { whichOverlay, whichScreen } from './which-screen.ts';

/** What does not act on the screen, and so is never held back. */
const always: readonly BoothEvent['type'][] = ['ACTIVITY', 'TELL', 'GUARDIAN', 'LANGUAGE'];

/** The whole booth: one statechart, one screen at a time, one question over it at most. */
export function Booth({ services }: { services: BoothServices & BoothSound & BoothWaiting }) {
  const actor = useActorRef(boothMachine, { input: { services } });
  const snapshot = useSelector(actor, (state) => state);
  const [mode, setMode] = useState<Mode>(null);
  const [settled, setSettled] = useState(false);
  const since = useRef(0);
  const { config, readiness, visit } = snapshot.context;
  const screen = whichScreen(snapshot);
  const overlay = whichOverlay(snapshot);
  const [waiting, setWaiting] = useState(0);
  const [later, setLater] = useState(false);
  // Between visits alone, and put off until the next one is over: a visitor is never kept from recording.
  const between = screen === 'attract';
  const hostNeeded = waiting > 0 && between && !later;
  const scene = `${hostNeeded ? 'hostNeeded' : screen} ${overlay}`;
  const scanner = useMemo(() => createScanner(), []);
  const bigButtonKeys = useRef<readonly string[]>([]);
  bigButtonKeys.current = config?.bigButtonKeys ?? [];

  const act = useMemo(
    () => (event: BoothEvent) => {
      if (performance.now() - since.current < settling && !always.includes(event.type)) return;
      actor.send(event);
    },
    [actor],
  );

  const triggers = useRef<ReturnType<typeof createTriggers>>(null);
  useEffect(() => {
    const made = createTriggers({
      bigButtonKeys: () => bigButtonKeys.current,
      send: (event) => {
        const { attention } = actor.getSnapshot().value;
        const asking = attention === 'confirming';
        act(event.type === 'ABORT' && asking ? { type: 'CANCEL' } : event);
      },
      take: () => scanner.take(),
      onMode: setMode,
    });
    triggers.current = made;
    return () => made.close();
  }, [act, actor, scanner]);

  useEffect(() => services.onWaiting(setWaiting), [services]);
  useEffect(() => {
    if (!between) setLater(false);
    services.between(between || screen === 'resting');
  }, [between, screen, services]);

  useLayoutEffect(() => {
    since.current = performance.now();
    triggers.current?.scene(since.current);
    setSettled(false);
    const timer = setTimeout(() => setSettled(true), settling);
    if (scene === 'attract null') triggers.current?.reset();
    return () => clearTimeout(timer);
  }, [scene]);

  useEffect(() => {
    if (mode === 'button' && scene !== '') scanner.restart();
    return () => scanner.stop();
  }, [mode, scene, scanner]);

  useEffect(() => {
    document.documentElement.lang = visit.language;
  }, [visit.language]);

  const view: BoothView = useMemo(
    () => ({
      config,
      readiness,
      visit,
      matches: (state) => snapshot.matches(state),
      act,
      say: speak(boothWords, visit.language),
      sound: services,
      mode,
    }),
    [config, readiness, visit, snapshot, act, services, mode],
  );

  const Shown = screens[screen];
  return (
    <BoothViewContext value={view}>
      <div
        className="layer"
        data-screen={hostNeeded ? 'hostNeeded' : screen}
        data-settled={settled}
        data-mode={mode}
        inert={overlay !== null}
      >
        {hostNeeded ? <HostNeeded waiting={services} onLater={() => setLater(true)} /> : <Shown key={screen} />}
      </div>
      {overlay !== null && <Overlay key={overlay} name={overlay} />}
    </BoothViewContext>
  );
}
