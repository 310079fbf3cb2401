import { useCallback, useEffect, useImperativeHandle, useMemo, useRef, useState } from 'react';
import { createPortal } from 'react-dom';
import type { Region } from 'wavesurfer.js/plugins/regions';
import type { PeaksFile } from '../../../../shared/contract/editor.ts';
import type { UnpackedPeaks } from '../../../../shared/domain/peaks.ts';
import type { Cut, Edit } from '../../../../shared/domain/sound.ts';
import { useDesk } from '../../desk-context.ts';
import { type Selection, selectionOf } from '../selection.ts';
import { IconTool } from '../tool.tsx';
import { Edges, type Side } from './edges.tsx';
import type { Phase } from './handle.tsx';
import { Overview } from './overview.tsx';
import { Playhead } from './playhead.tsx';
import { nameOf, type Stretch, showStretches } from './regions.ts';
import { Scale } from './scale.tsx';
import { createSurfer, type Surfer, zoomStep } from './surfer.ts';
import { useFineHeights } from './use-fine-heights.ts';
import { waveHeights } from './wave-heights.ts';

export interface WaveHandle {
  zoomIn(): void;
  zoomOut(): void;
}

export interface WaveProps {
  takeId: string;
  peaks: UnpackedPeaks;
  /** Where finer ones are, for when somebody comes close. */
  finer: PeaksFile | undefined;
  /** Seconds of the whole master. */
  whole: number;
  edit: Edit;
  /** Cuts, the selection, the suggestion and markers, as they are to be seen. */
  stretches: readonly Stretch[];
  label: string;
  onEdge(side: Side, seconds: number, phase: Phase): void;
  onFade(side: Side, seconds: number, phase: Phase): void;
  onSelect(selection: Selection | null): void;
  onCut(index: number, cut: Cut, phase: Phase): void;
  onCutClick(index: number): void;
  handle: React.Ref<WaveHandle>;
}

/** The sound, drawn from stored peaks: the largest thing on the screen. Pointer, finger and keyboard work alike on it. */
export function Wave(props: WaveProps) {
  const { takeId, peaks, finer, whole, edit, stretches, label, onEdge, onFade, handle } = props;
  const { player, say } = useDesk();
  const place = useRef<HTMLDivElement>(null);
  const map = useRef<HTMLDivElement>(null);
  const [surfer, setSurfer] = useState<Surfer>();
  const [layer, setLayer] = useState<HTMLElement>();
  const coarse = useMemo(() => waveHeights(peaks), [peaks]);
  const heights = useFineHeights(surfer, finer, peaks.rate) ?? coarse;
  const latest = useRef(props);
  latest.current = props;
  const drawn = useRef(heights);

  // A take's length never changes, and its id stands for it: an object of equal content must not draw anew.
  useEffect(() => {
    if (place.current === null || map.current === null || takeId === '') return;
    const made = createSurfer({ wave: place.current, map: map.current }, drawn.current, latest.current.whole);
    setSurfer(made);
    setLayer(made.layer());
    listen(made, latest);
    return () => {
      setSurfer(undefined);
      setLayer(undefined);
      made.close();
    };
  }, [takeId]);
  useEffect(() => {
    if (surfer === undefined || drawn.current === heights) return;
    drawn.current = heights;
    surfer.draw(heights);
  }, [surfer, heights]);
  useEffect(() => {
    return surfer?.whenReady(() => showStretches(surfer.regions, stretches));
  }, [surfer, stretches]);
  useEffect(() => {
    if (surfer === undefined) return;
    const stops = [
      surfer.surfer.on('interaction', (seconds) => player.seek(seconds)),
      surfer.overview.on('click', (share) => player.seek(share * whole)),
      surfer.overview.on('drag', (share) => player.seek(share * whole)),
    ];
    return () => {
      for (const stop of stops) stop();
    };
  }, [surfer, player, whole]);

  useImperativeHandle(
    handle,
    () => ({
      zoomIn: () => surfer?.zoom(zoomStep, player.position()),
      zoomOut: () => surfer?.zoom(1 / zoomStep, player.position()),
    }),
    [surfer, player],
  );
  const onPlace = useCallback((seconds: number) => surfer?.surfer.setTime(seconds), [surfer]);
  const secondsAt = useCallback(
    (clientX: number) => {
      if (surfer === undefined) return 0;
      const box = surfer.surfer.getWrapper().getBoundingClientRect();
      return ((clientX - box.left) / box.width) * whole;
    },
    [surfer, whole],
  );

  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for forms; this is a drawing with handles
    <div className="wave" role="group" aria-label={label}>
      <div className="wave-top">
        <div className="wave-map" ref={map} aria-hidden="true">
          {surfer !== undefined && <Overview surfer={surfer} edit={edit} whole={whole} />}
        </div>
        <IconTool sign="−" name={say('zoomOut')} onClick={() => surfer?.zoom(1 / zoomStep, player.position())} />
        <IconTool sign="+" name={say('zoomIn')} onClick={() => surfer?.zoom(zoomStep, player.position())} />
      </div>
      <div className="wave-box">
        <div className="wave-drawing" ref={place} />
        {layer !== undefined &&
          createPortal(
            <>
              <Edges edit={edit} whole={whole} secondsAt={secondsAt} onEdge={onEdge} onFade={onFade} />
              <Playhead whole={whole} secondsAt={secondsAt} onPlace={onPlace} />
            </>,
            layer,
          )}
      </div>
      {surfer === undefined ? <div className="wave-scale" /> : <Scale surfer={surfer} whole={whole} />}
    </div>
  );
}

/** What a hand does to the stretches. */
function listen({ regions, surfer, perSecond }: Surfer, latest: React.RefObject<WaveProps>): void {
  const cutOf = (region: Region) => {
    const match = /^cut-(\d+)$/.exec(nameOf(region));
    return match === null ? undefined : Number(match[1]);
  };
  const report = (region: Region, phase: Phase) => {
    const index = cutOf(region);
    const stretch = { start: region.start, end: region.end };
    if (index !== undefined) latest.current.onCut(index, stretch, phase);
    else if (nameOf(region) === 'selection-0' && phase === 'end') latest.current.onSelect(stretch);
  };
  regions.on('region-update', (region) => report(region, 'move'));
  regions.on('region-updated', (region) => report(region, 'end'));
  regions.on('region-clicked', (region, event) => {
    const index = cutOf(region);
    if (index === undefined) return;
    event.stopPropagation();
    latest.current.onCutClick(index);
  });
  // What a hand draws becomes the selection; the stretch it was drawn with goes, so that one thing says what there is.
  regions.on('region-created', (region) => {
    if (!region.id.includes('drawn')) return;
    // wavesurfer begins with five pixels more than the hand drew.
    const extra = region.updatingSide === 'end' ? 5 / perSecond() : 0;
    const { start } = region;
    const end = region.end - extra;
    queueMicrotask(() => region.remove());
    latest.current.onSelect(selectionOf(start, end, latest.current.whole));
  });
  regions.enableDragSelection({ id: 'region-selection drawn', color: 'transparent' }, 4);
  surfer.on('click', () => latest.current.onSelect(null));
}
