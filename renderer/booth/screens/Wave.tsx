import { useEffect, useRef } from 'react';
import WaveSurfer from 'wavesurfer.js';
import { useBooth } from '../view.ts';

/** The take as a line of sound; touching it plays from there. */
export function Wave({ peaks, seconds, label }: { peaks: number[]; seconds: number; label: string }) {
  const { sound } = useBooth();
  const box = useRef<HTMLDivElement>(null);

  useEffect(() => {
    const container = box.current;
    const heard = sound.listenBack();
    if (container === null || heard === null) return;
    const colour = (token: string) => getComputedStyle(container).getPropertyValue(token).trim();
    const rem = Number.parseFloat(getComputedStyle(document.documentElement).fontSize);
    const wave = WaveSurfer.create({
      container,
      media: heard.element,
      // Given its peaks, it decodes nothing.
      peaks: [peaks],
      duration: seconds,
      height: 'auto',
      normalize: true,
      waveColor: colour('--line'),
      progressColor: colour('--voice'),
      cursorColor: colour('--ink'),
      cursorWidth: 0.2 * rem,
      barWidth: 0.35 * rem,
      barGap: 0.25 * rem,
      barRadius: 0.2 * rem,
      barMinHeight: 0.25 * rem,
      dragToSeek: true,
    });
    const stop = wave.on('interaction', () => void heard.play().catch(() => undefined));
    return () => {
      stop();
      // `destroy` would empty the sound that the booth goes on holding.
      wave.setMediaElement(document.createElement('audio'));
      wave.destroy();
    };
  }, [sound, peaks, seconds]);

  return <div ref={box} className="wave" role="img" aria-label={label} />;
}
