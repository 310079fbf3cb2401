import { useEffect, useRef, useState } from 'react';
import WaveSurfer from 'wavesurfer.js';
import type { Peaks } from '../../../shared/domain/sound.ts';
import { useDesk } from '../desk-context.ts';
import { duration } from '../format.ts';
import { ticks } from './ticks.ts';
import { usePosition } from './use-position.ts';
import { wavePeaks } from './wave-peaks.ts';

export interface WaveProps {
  takeId: string;
  peaks: Peaks;
  /** Seconds: the whole master, and the part that is kept. */
  whole: number;
  from: number;
  to: number;
}

/** Bars handed to the drawing; it joins them to what fits the width. */
const bars = 1600;
/** Least width of a label of the time scale, in pixels. */
const labelWidth = 64;

/**
 * The waveform with its kept part and a scale of time. It is drawn from the stored peaks; a slider lies over it, so
 * that pointer, finger and keyboard seek alike.
 */
export function Wave({ takeId, peaks, whole, from, to }: WaveProps) {
  const { say, player } = useDesk();
  const place = useRef<HTMLDivElement>(null);
  const surfer = useRef<WaveSurfer>(undefined);
  const width = useWidth(place);
  const position = usePosition();
  const parts = useRef({ peaks, whole });
  parts.current = { peaks, whole };

  // A take's peaks never change, so its id stands for them; an object of equal content must not draw anew.
  useEffect(() => {
    const container = place.current;
    if (container === null || takeId === '') return;
    const made = WaveSurfer.create({
      container,
      peaks: [wavePeaks(parts.current.peaks, bars)],
      duration: parts.current.whole,
      height: 'auto',
      barWidth: 3,
      barGap: 2,
      barRadius: 2,
      barMinHeight: 2,
      cursorWidth: 2,
      interact: false,
      hideScrollbar: true,
      ...colours(container),
    });
    surfer.current = made;
    // Drawing for the first time puts the playhead back to the beginning.
    made.on('ready', () => made.setTime(player.element.currentTime));
    const refit = new ResizeObserver(() => made.setOptions({ height: 'auto' }));
    refit.observe(container);
    return () => {
      surfer.current = undefined;
      refit.disconnect();
      made.destroy();
    };
    // It never gets the player's element: given one, it chooses the source by itself, and may choose the last one.
  }, [takeId, player]);
  useEffect(() => {
    surfer.current?.setTime(position);
  }, [position]);

  useEffect(() => {
    const paint = () => place.current && surfer.current?.setOptions(colours(place.current));
    paint();
    // Following the system, the tokens change under our feet.
    const watch = new MutationObserver(paint);
    watch.observe(document.documentElement, { attributeFilter: ['data-theme'] });
    return () => watch.disconnect();
  }, []);

  const percent = (seconds: number) => `${(Math.max(0, Math.min(1, seconds / whole)) * 100).toFixed(3)}%`;
  const trimmed = from > 0.01 || to < whole - 0.01;
  const label = trimmed
    ? say('waveLabel', { whole: duration(whole), from: duration(from), to: duration(to) })
    : say('waveLabelWhole', { whole: duration(whole) });

  return (
    <figure className="wave" aria-label={label}>
      <div className="wave-box">
        <div className="wave-drawing" ref={place} aria-hidden="true" />
        {trimmed && (
          <div aria-hidden="true">
            <div className="wave-out" style={{ left: 0, width: percent(from) }} />
            <div className="wave-out" style={{ left: percent(to), right: 0 }} />
            <div className="wave-kept" style={{ left: percent(from), width: percent(to - from) }} />
          </div>
        )}
        <Slider whole={whole} position={position} />
      </div>
      <div className="wave-scale tabular" aria-hidden="true">
        {ticks(whole, width, labelWidth).map((mark) => (
          <span key={mark} style={{ left: percent(mark) }}>
            {duration(mark)}
          </span>
        ))}
      </div>
    </figure>
  );
}

function Slider({ whole, position }: { whole: number; position: number }) {
  const { say, player, format } = useDesk();
  return (
    <input
      className="wave-slider"
      type="range"
      min={0}
      max={whole}
      step={0.01}
      value={Math.min(position, whole)}
      aria-label={say('position')}
      aria-valuetext={say('positionOf', { at: format.position(position), whole: duration(whole) })}
      onChange={(event) => player.seek(Number(event.target.value))}
      onKeyDown={(event) => {
        const by = { ArrowLeft: -1, ArrowRight: 1, PageDown: -10, PageUp: 10 }[event.key];
        if (by === undefined) return;
        event.preventDefault();
        player.seek(Math.max(0, Math.min(whole, player.element.currentTime + by)));
      }}
    />
  );
}

/** The wave's colours from the tokens; a canvas cannot read them itself. */
function colours(element: Element) {
  const style = getComputedStyle(element);
  const token = (name: string) => style.getPropertyValue(name).trim();
  return { waveColor: token('--wave'), progressColor: token('--wave-played'), cursorColor: token('--wave-cursor') };
}

function useWidth(ref: React.RefObject<HTMLElement | null>): number {
  const [width, setWidth] = useState(0);
  useEffect(() => {
    const element = ref.current;
    if (element === null) return;
    const watch = new ResizeObserver(([entry]) => setWidth(entry?.contentRect.width ?? 0));
    watch.observe(element);
    return () => watch.disconnect();
  }, [ref]);
  return width;
}
