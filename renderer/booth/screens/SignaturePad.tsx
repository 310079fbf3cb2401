import { useEffect, useLayoutEffect, useRef, useState } from 'react';
import Drawing from 'signature_pad';
import type { Signature } from '../../../shared/contract/consent.ts';
import { useBooth } from '../view.ts';
import { letHandsRest } from './resting-hand.ts';
import { box, movePen, normalise, type Pen, penKeys, restingPen, spread } from './strokes.ts';

export interface SignaturePadProps {
  strokes: Signature;
  onChange: (strokes: Signature) => void;
}

/**
 * Draws what the hand does, by finger, mouse or pen; with keys the same field has a pen that arrows move. What it tells
 * are the strokes themselves, never a picture.
 */
export function SignaturePad({ strokes, onChange }: SignaturePadProps) {
  const { act, say } = useBooth();
  const canvas = useRef<HTMLCanvasElement>(null);
  const drawing = useRef<Drawing>(null);
  const told = useRef(onChange);
  told.current = onChange;
  const [pen, setPen] = useState<Pen | null>(null);
  const [size, setSize] = useState({ width: 0, height: 0 });

  useEffect(() => {
    const field = canvas.current;
    if (field === null) return;
    const pad = new Drawing(field, { minDistance: 2, throttle: 0 });
    drawing.current = pad;
    const signOfLife = () => act({ type: 'ACTIVITY' });
    const rest = letHandsRest(field, pad);
    const over = () => {
      if (rest.givingWay()) return;
      const points = pad.toData().map((group) => group.points);
      told.current(normalise(points, field.clientWidth, field.clientHeight));
      setPen(null);
    };
    pad.addEventListener('beginStroke', signOfLife);
    pad.addEventListener('endStroke', over);
    const watch = new ResizeObserver(() => setSize({ width: field.clientWidth, height: field.clientHeight }));
    watch.observe(field);
    return () => {
      watch.disconnect();
      rest.stop();
      pad.off();
      drawing.current = null;
    };
  }, [act]);

  // What is stored is what is shown: the strokes are drawn from the same numbers the evidence is drawn from.
  useLayoutEffect(() => {
    const field = canvas.current;
    const pad = drawing.current;
    if (field === null || pad === null || size.width === 0) return;
    const ratio = Math.max(1, window.devicePixelRatio);
    const width = Math.round(size.width * ratio);
    const height = Math.round(size.height * ratio);
    if (field.width !== width || field.height !== height) {
      field.width = width;
      field.height = height;
      field.getContext('2d')?.scale(ratio, ratio);
    }
    pad.penColor = getComputedStyle(field).color;
    pad.minWidth = size.width / 300;
    pad.maxWidth = size.width / 120;
    pad.dotSize = size.width / 150;
    const { penColor, dotSize, minWidth, maxWidth, velocityFilterWeight, compositeOperation } = pad;
    const pens = { penColor, dotSize, minWidth, maxWidth, velocityFilterWeight, compositeOperation };
    pad.fromData(
      spread(strokes, size.width, size.height).map((points) => ({
        ...pens,
        points: points.map((point, index) => ({ ...point, pressure: 0.5, time: index * 16 })),
      })),
    );
  }, [strokes, size]);

  const n = strokes.length;
  return (
    <div className="signature" style={{ aspectRatio: `${box.width} / ${box.height}` }}>
      {/* biome-ignore lint/a11y/noNoninteractiveElementInteractions: the keys have a pen of their own here */}
      <div
        className="signature-field"
        role="application"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: the keys have a pen of their own here
        tabIndex={0}
        aria-label={say('signature.pad')}
        aria-describedby="signature-drawn"
        data-own-keys={penKeys.join(' ')}
        onFocus={(event) => {
          if (event.currentTarget.matches(':focus-visible')) setPen((before) => before ?? restingPen);
        }}
        onBlur={() => setPen(null)}
        onKeyDown={(event) => {
          if (!penKeys.includes(event.code)) return;
          event.preventDefault();
          const moved = movePen(pen ?? restingPen, strokes, event.code);
          setPen(moved.pen);
          if (moved.strokes !== strokes) onChange(moved.strokes);
        }}
      >
        <canvas ref={canvas} />
        {n === 0 && <span className="signature-here">{say('signature.here')}</span>}
        {pen !== null && (
          <span
            className="signature-pen"
            data-down={pen.down}
            style={{ left: `${(pen.at[0] / box.width) * 100}%`, top: `${(pen.at[1] / box.height) * 100}%` }}
          />
        )}
      </div>
      <p id="signature-drawn" className="visually-hidden" aria-live="polite">
        {n === 1 ? say('signature.drawn.one', { n }) : say('signature.drawn.other', { n })}
      </p>
    </div>
  );
}
