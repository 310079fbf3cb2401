import { longestFade } from '../../../../shared/domain/edit.ts';
import type { Edit } from '../../../../shared/domain/sound.ts';
import { useDesk } from '../../desk-context.ts';
import { steppedTime } from '../time-text.ts';
import { Handle, type Phase } from './handle.tsx';

export type Side = 'in' | 'out';

export interface EdgesProps {
  edit: Edit;
  whole: number;
  /** Seconds of the master under a pointer. */
  secondsAt(clientX: number): number;
  onEdge(side: Side, seconds: number, phase: Phase): void;
  /** The fade at a side is to last so many seconds. */
  onFade(side: Side, seconds: number, phase: Phase): void;
}

const percent = (seconds: number, whole: number) => `${(Math.max(0, Math.min(1, seconds / whole)) * 100).toFixed(4)}%`;
/** ← and → move a fade's end as it is seen; of the one at the end, to the left is longer. */
const mirrored: Record<string, string> = { ArrowLeft: 'ArrowRight', ArrowRight: 'ArrowLeft' };

/** The kept part over the wave: its frame, its fades, what falls away, and handles at either end. */
export function Edges({ edit, whole, secondsAt, onEdge, onFade }: EdgesProps) {
  const { say } = useDesk();
  const at = (seconds: number) => percent(seconds, whole);
  return (
    <>
      <div className="out" style={{ left: 0, width: at(edit.in) }} />
      <div className="out" style={{ left: at(edit.out), right: 0 }} />
      <div className="kept" style={{ left: at(edit.in), width: at(edit.out - edit.in) }} />
      {edit.fadeIn > 0 && (
        <svg
          className="fade"
          style={{ left: at(edit.in), width: at(edit.fadeIn) }}
          viewBox="0 0 100 100"
          preserveAspectRatio="none"
          aria-hidden="true"
        >
          <path d="M0 0V100C50 100 50 0 100 0Z" vectorEffect="non-scaling-stroke" />
        </svg>
      )}
      {edit.fadeOut > 0 && (
        <svg
          className="fade"
          style={{ left: at(edit.out - edit.fadeOut), width: at(edit.fadeOut) }}
          viewBox="0 0 100 100"
          preserveAspectRatio="none"
          aria-hidden="true"
        >
          <path d="M100 0V100C50 100 50 0 0 0Z" vectorEffect="non-scaling-stroke" />
        </svg>
      )}
      <Handle
        className="fade-handle fade-handle-in"
        label={say('editFadeIn')}
        value={edit.fadeIn}
        max={longestFade}
        left={at(edit.in + edit.fadeIn)}
        valueAt={(clientX) => secondsAt(clientX) - edit.in}
        stepped={(key, shift) => steppedTime(edit.fadeIn, key, shift)}
        onMove={(seconds, phase) => onFade('in', seconds, phase)}
      />
      <Handle
        className="fade-handle fade-handle-out"
        label={say('editFadeOut')}
        value={edit.fadeOut}
        max={longestFade}
        left={at(edit.out - edit.fadeOut)}
        valueAt={(clientX) => edit.out - secondsAt(clientX)}
        stepped={(key, shift) => steppedTime(edit.fadeOut, mirrored[key] ?? key, shift)}
        onMove={(seconds, phase) => onFade('out', seconds, phase)}
      />
      {(['in', 'out'] as const).map((side) => (
        <Handle
          key={side}
          className={`handle handle-${side}`}
          label={say(side === 'in' ? 'editIn' : 'editOut')}
          value={edit[side]}
          max={whole}
          left={at(edit[side])}
          valueAt={secondsAt}
          stepped={(key, shift) => steppedTime(edit[side], key, shift)}
          onMove={(seconds, phase) => onEdge(side, seconds, phase)}
        />
      ))}
    </>
  );
}
