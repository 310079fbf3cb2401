import { useEffect, useMemo, useRef } from 'react';
import type { EditorOpening } from '../../../shared/contract/editor.ts';
import type { PortraitDetail } from '../../../shared/contract/library.ts';
import { moveCut, setFades, setIn, setOut } from '../../../shared/domain/edit/moves.ts';
import { editDuration, plainEdit } from '../../../shared/domain/edit.ts';
import { unpackPeaks } from '../../../shared/domain/peaks.ts';
import type { Edit } from '../../../shared/domain/sound.ts';
import { useTheme } from '../../ui/theme.ts';
import { useDesk, useKey } from '../desk-context.ts';
import { duration } from '../format.ts';
import { useSingleOff } from '../portraits/use-aim.ts';
import { CleanUpRow } from './clean-up-row.tsx';
import { CutsList } from './cuts-list.tsx';
import { EditConflict } from './edit-conflict.tsx';
import { EditFields } from './edit-fields.tsx';
import { MarkersList } from './markers-list.tsx';
import { stretchesOf } from './stretches.ts';
import { timeText } from './time-text.ts';
import { Tools } from './tools.tsx';
import { trackOf } from './track.ts';
import { Transport } from './transport.tsx';
import { type Actions, differs, useActions } from './use-actions.ts';
import { useChange } from './use-change.ts';
import { useEditSession, useSessionState } from './use-editing.ts';
import type { Side } from './wave/edges.tsx';
import type { Phase } from './wave/handle.tsx';
import { Wave, type WaveHandle } from './wave/wave.tsx';

export interface EditorProps {
  portrait: PortraitDetail;
  take: NonNullable<PortraitDetail['take']>;
  /** Comes a moment after the portrait; the wave does not wait for it. */
  opening: EditorOpening | undefined;
}

/** A hand at work on an edge or a cut: reckoned from the edit it began with. */
interface Hand {
  gesture: string;
  base: Edit;
}
let hands = 0;

/** The sound of a portrait and all that is done to it. */
export function Editor({ portrait, take, opening }: EditorProps) {
  const { say, language, format, player } = useDesk();
  const whole = take.frames / take.sampleRate;
  const peaks = useMemo(() => unpackPeaks(take.peaks), [take.peaks]);
  const session = useEditSession(portrait, opening);
  const state = useSessionState(session);
  const locked = portrait.state === 'rejected' || portrait.state === 'withdrawn' || portrait.state === 'recording';
  const asStored = useMemo(
    () => portrait.edit ?? plainEdit({ in: 0, out: whole, fadeIn: 0, fadeOut: 0 }),
    [portrait.edit, whole],
  );
  const edit = state?.edit ?? asStored;
  const suggested = opening?.suggested ?? null;
  const change = useChange(session, locked);
  const wave = useRef<WaveHandle>(null);
  // Wave and overview take their colours when they are made.
  const theme = useTheme();
  const { selection, fresh, actions } = useActions({
    edit,
    whole,
    peaks,
    suggested,
    session,
    change,
    wave,
  });
  const off = useSingleOff();
  useEditorKeys(actions);
  usePlayerTrack(take.id, opening, edit);

  const hand = useRef<Hand | undefined>(undefined);
  function byHand(
    phase: Phase,
    make: (base: Edit) => Edit,
    label: 'stepIn' | 'stepOut' | 'stepFade' | 'stepMoveCut',
  ): void {
    if (off) return;
    hand.current ??= { gesture: `hand-${++hands}`, base: edit };
    const { gesture, base } = hand.current;
    change(() => make(base), { label, gesture, more: phase === 'move' });
    if (phase === 'end') hand.current = undefined;
  }
  function onEdge(side: Side, seconds: number, phase: Phase): void {
    actions.touch(side);
    if (side === 'in') byHand(phase, (base) => setIn(base, seconds, whole), 'stepIn');
    else byHand(phase, (base) => setOut(base, seconds, whole), 'stepOut');
  }

  function onFade(side: Side, seconds: number, phase: Phase): void {
    // The other fade stays as it is: this one goes as far as there is sound left.
    const fades = (base: Edit) => {
      const left = editDuration(base) - (side === 'in' ? base.fadeOut : base.fadeIn);
      const wanted = Math.max(0, Math.min(left, seconds));
      return side === 'in' ? { fadeIn: wanted } : { fadeOut: wanted };
    };
    byHand(phase, (base) => setFades(base, fades(base), whole), 'stepFade');
  }

  const suggests = differs(edit, suggested);
  const stretches = useMemo(
    () =>
      stretchesOf({
        edit,
        selection,
        suggested: suggests ? suggested : null,
        locked,
        say,
        time: (seconds) => timeText(seconds, language),
        decimal: format.decimal,
      }),
    [edit, selection, suggests, suggested, locked, say, language, format],
  );
  // Another screen, another portrait without sound, the lock: nothing goes on playing unseen.
  useEffect(() => () => player.pause(), [player]);

  const disabled = locked || off || session === undefined || state?.theirs !== undefined;
  return (
    <section className="editor" aria-label={say('editor')}>
      <Wave
        key={theme}
        takeId={take.id}
        peaks={peaks}
        finer={opening?.take.peaks}
        whole={whole}
        edit={edit}
        stretches={stretches}
        handle={wave}
        label={say('editorLabel', {
          whole: duration(whole),
          from: timeText(edit.in, language),
          to: timeText(edit.out, language),
          cuts: edit.cuts.length,
          kept: timeText(editDuration(edit), language),
        })}
        onEdge={onEdge}
        onFade={onFade}
        onSelect={actions.select}
        onCut={(index, cut, phase) => byHand(phase, (base) => moveCut(base, index, cut, whole), 'stepMoveCut')}
        onCutClick={actions.restore}
      />
      <Transport edit={edit} whole={whole} actions={actions} />
      <Tools actions={actions} state={state} disabled={disabled} suggests={suggests} />
      {state?.saving === 'waiting' && (
        <p className="banner banner-warn" role="status">
          {say('editWaiting')}
        </p>
      )}
      {session !== undefined && state?.theirs !== undefined && (
        <EditConflict mine={state.edit} theirs={state.theirs} session={session} />
      )}
      {locked && <p className="soft">{say('editLocked')}</p>}
      {opening?.outdated && <p className="banner banner-warn">{say('outdated')}</p>}
      <EditFields edit={edit} whole={whole} disabled={disabled} change={change} />
      <CleanUpRow edit={edit} disabled={disabled} change={change} actions={actions} />
      <div className="edit-lists">
        <CutsList edit={edit} disabled={disabled} change={change} />
        <MarkersList edit={edit} disabled={disabled} change={change} fresh={fresh} onFreshSeen={actions.freshSeen} />
      </div>
    </section>
  );
}

/** The player hears the edit as it is on the screen, stored or not. */
function usePlayerTrack(takeId: string, opening: EditorOpening | undefined, edit: Edit): void {
  const { player } = useDesk();
  const start = useRef(edit.in);
  start.current = edit.in;
  useEffect(() => player.expect(takeId, start.current), [player, takeId]);
  const take = opening?.take;
  const target = opening?.target;
  useEffect(() => {
    if (take === undefined || target === undefined) return;
    player.load(trackOf({ take, target }, edit));
  }, [player, take, target, edit]);
}

function useEditorKeys(actions: Actions): void {
  const { player } = useDesk();
  useKey('play', actions.toggle);
  useKey('markIn', () => actions.mark('in'));
  useKey('markOut', () => actions.mark('out'));
  useKey('back', () => player.shuttle(-1));
  useKey('stop', player.pause);
  useKey('forward', () => player.shuttle(1));
  useKey('half', player.halve);
  useKey('snap', actions.snap);
  useKey('cut', actions.cut);
  useKey('marker', actions.marker);
  useKey('compareCleanUp', actions.compareCleanUp);
  useKey('compareOriginal', actions.compareOriginal);
  useKey('nudgeBack', () => actions.nudge(-1));
  useKey('nudgeForward', () => actions.nudge(1));
  useKey('zoomIn', actions.zoomIn);
  useKey('zoomOut', actions.zoomOut);
  useKey('undoEdit', actions.undo);
  useKey('redoEdit', actions.redo);
}
