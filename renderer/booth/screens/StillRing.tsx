import type { ReactNode } from 'react';
import { stillness } from '../view.ts';
import { voiceShape } from '../voice-shape.ts';
import { LiveRing } from './LiveRing.tsx';

const bars = 240;
const shape = voiceShape(bars);

/** The ring breathes by itself: no microphone is open for it. */
export function BreathingRing({ className, children }: { className?: string; children?: ReactNode }) {
  const draw = (values: Float32Array, elapsed: number) => {
    const breath = 0.78 + 0.22 * Math.sin(elapsed / 1400);
    for (let bar = 0; bar < bars; bar++) {
      const ripple = 0.88 + 0.12 * Math.sin(elapsed / 900 + (bar / bars) * 12 * Math.PI);
      values[bar] = (shape[bar] ?? 0) * breath * ripple;
    }
    return bars;
  };
  return (
    <LiveRing bars={bars} draw={draw} still={stillness()} {...(className !== undefined && { className })}>
      {children}
    </LiveRing>
  );
}

/** A ring without a voice: nothing is there, or nothing is left. */
export function SilentRing() {
  return <LiveRing bars={bars / 2} draw={() => bars / 2} still className="ring-silent" />;
}
