import WaveSurfer from 'wavesurfer.js';
import MinimapPlugin from 'wavesurfer.js/plugins/minimap';
import RegionsPlugin from 'wavesurfer.js/plugins/regions';
import ZoomPlugin from 'wavesurfer.js/plugins/zoom';
import shadowCss from './shadow.css?inline';

/** Pixels a second at the closest: a bin of the finest peaks (2.5 ms) is then as wide as a bar is drawn. */
export const closest = 2000;
/** One press of a key or button. */
export const zoomStep = 1.6;

const bars = { barWidth: 3, barGap: 2, barRadius: 2, barMinHeight: 2 } as const;

export interface SurferPlaces {
  wave: HTMLElement;
  map: HTMLElement;
}

/**
 * The drawing of a take: wave, overview and stretches, from stored peaks alone. It has no sound of its own; who plays
 * tells it where the playhead is. The scale of time is not wavesurfer's: that one measures every label of the whole
 * sound, which for half an hour takes longer than all the rest.
 */
export function createSurfer({ wave, map }: SurferPlaces, heights: Float32Array, seconds: number) {
  const regions = RegionsPlugin.create();
  const overview = MinimapPlugin.create({
    container: map,
    height: map.clientHeight,
    ...bars,
    barWidth: 2,
    barGap: 1,
    cursorWidth: 0,
    overlayColor: 'transparent',
    dragToSeek: true,
    ...colours(wave),
  });
  const surfer = WaveSurfer.create({
    container: wave,
    peaks: [heights],
    duration: seconds,
    height: room(wave),
    ...bars,
    cursorWidth: 0,
    ...colours(wave),
    plugins: [regions, overview, ZoomPlugin.create({ maxZoom: closest, exponentialZooming: true, iterations: 16 })],
  });
  const shadow = surfer.getWrapper().getRootNode();
  if (shadow instanceof ShadowRoot) {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(shadowCss);
    shadow.adoptedStyleSheets = [sheet];
  }

  // A wheel scrolls the page; with Ctrl, or two fingers on a touch pad, it zooms.
  const gate = (event: WheelEvent) => {
    if (!event.ctrlKey && Math.abs(event.deltaY) > Math.abs(event.deltaX)) event.stopPropagation();
  };
  wave.addEventListener('wheel', gate, { capture: true });

  const refit = new ResizeObserver(() => {
    if (room(wave) !== surfer.options.height) surfer.setOptions({ height: room(wave) });
  });
  refit.observe(wave);

  const widest = () => surfer.getWidth() / seconds;
  const perSecond = () => Math.max(widest(), surfer.options.minPxPerSec);

  return {
    surfer,
    regions,
    /** Small, of the whole; pressing or dragging on it goes there. */
    overview,
    /** Everything drawn over the wave stands in here and scrolls with it. */
    layer(): HTMLElement {
      const layer = document.createElement('div');
      layer.className = 'layer';
      surfer.getWrapper().append(layer);
      return layer;
    },
    perSecond,
    /**
     * Runs once the drawing knows how long its sound is, at once if it does already: before that it takes every stretch
     * for one at the very beginning. The function returned calls it off.
     */
    whenReady(run: () => void): () => void {
      if (surfer.getDuration() > 0) {
        run();
        return () => undefined;
      }
      return surfer.once('ready', run);
    },
    /** Zooms about a moment, which stays where it is on the screen. */
    zoom(factor: number, about: number): void {
      const before = about * perSecond() - surfer.getScroll();
      const wanted = Math.min(closest, perSecond() * factor);
      surfer.zoom(wanted <= widest() ? 0 : wanted);
      surfer.setScroll(about * perSecond() - before);
    },
    /** Whether any of it is out of sight. */
    zoomed: () => surfer.options.minPxPerSec > widest() + 0.01,
    /** The drawing after its heights are known better. */
    draw(next: Float32Array): void {
      surfer.setOptions({ peaks: [next], duration: seconds });
    },
    close(): void {
      refit.disconnect();
      wave.removeEventListener('wheel', gate, { capture: true });
      surfer.destroy();
    },
  };
}
export type Surfer = ReturnType<typeof createSurfer>;

const room = (wave: HTMLElement) => Math.max(40, wave.clientHeight);

/** The wave's colours from the tokens; a canvas cannot read them itself. */
function colours(element: Element) {
  const style = getComputedStyle(element);
  const token = (name: string) => style.getPropertyValue(name).trim();
  return { waveColor: token('--wave'), progressColor: token('--wave-played') };
}
