import { type RefObject, useMemo, useRef, useState } from 'react';
import { acceptTrim, addCut, addMarker, removeCut, setIn, setOut } from '../../../shared/domain/edit/moves.ts';
import { loudnesses, snapToSilence } from '../../../shared/domain/edit/snap.ts';
import { mostCuts, mostMarkers } from '../../../shared/domain/edit.ts';
import type { UnpackedPeaks } from '../../../shared/domain/peaks.ts';
import type { Edit } from '../../../shared/domain/sound.ts';
import { useDesk } from '../desk-context.ts';
import { cutAt, joinSide, type Selection } from './selection.ts';
import type { EditSession } from './session.ts';
import { fineStep } from './time-text.ts';
import { type ChangeEdit, stepWord } from './use-change.ts';
import type { WaveHandle } from './wave/wave.tsx';

export interface ActionParts {
  edit: Edit;
  whole: number;
  peaks: UnpackedPeaks;
  suggested: Edit | null;
  session: EditSession | undefined;
  change: ChangeEdit;
  wave: RefObject<WaveHandle | null>;
}

/** Whether the suggested beginning and end are not what the edit has. */
export function differs(edit: Edit, suggested: Edit | null): suggested is Edit {
  return suggested !== null && (Math.abs(suggested.in - edit.in) > 0.005 || Math.abs(suggested.out - edit.out) > 0.005);
}

/** What a key or a button does in the editor. One act, many triggers. */
export function useActions(parts: ActionParts) {
  const { player, tell, say } = useDesk();
  const [selection, setSelection] = useState<Selection | null>(null);
  const [fresh, setFresh] = useState<number>();
  /** What , and . move: the edge touched last, or the playhead. */
  const touched = useRef<'in' | 'out' | undefined>(undefined);
  const latest = useRef({ ...parts, selection });
  latest.current = { ...parts, selection };

  const actions = useMemo(() => {
    const now = () => latest.current;
    const quiet = (at: number) => snapToSilence(loudnesses(now().peaks), at);
    const bad = (key: 'cutNeedsSelection' | 'cutTooMuch' | 'cutMost' | 'cleanOff' | 'markerMost') =>
      tell({ text: say(key), tone: 'bad' });

    function select(next: Selection | null): void {
      touched.current = undefined;
      setSelection(next);
      if (next !== null && !player.state().playing) player.seek(next.start);
    }
    function mark(side: 'in' | 'out'): void {
      touched.current = side;
      const { whole, change } = now();
      const at = player.position();
      if (side === 'in') change((edit) => setIn(edit, at, whole), { label: 'stepIn' });
      else change((edit) => setOut(edit, at, whole), { label: 'stepOut' });
    }
    function nudge(direction: -1 | 1): void {
      const { edit, whole, change } = now();
      const by = direction * fineStep;
      const gesture = `nudge-${touched.current}`;
      if (touched.current === 'in') {
        change((before) => setIn(before, edit.in + by, whole), { label: 'stepIn', gesture, more: true });
      } else if (touched.current === 'out') {
        change((before) => setOut(before, edit.out + by, whole), { label: 'stepOut', gesture, more: true });
      } else player.seek(player.position() + by);
    }
    function cut() {
      const { edit, whole, change, selection: wanted } = now();
      if (wanted === null) {
        const index = cutAt(edit.cuts, player.position());
        if (index < 0) return bad('cutNeedsSelection');
        return restore(index);
      }
      if (edit.cuts.length >= mostCuts) return bad('cutMost');
      if (!change((before) => addCut(before, wanted.start, wanted.end, whole), { label: 'stepCut' })) {
        return bad('cutTooMuch');
      }
      setSelection(null);
      // The next press of Space judges the join.
      if (!player.state().playing) player.seek(Math.max(edit.in, wanted.start - joinSide));
    }
    function restore(index: number) {
      const { change, session } = now();
      if (!change((before) => removeCut(before, index), { label: 'stepRestore' })) return;
      tell({ text: say('cutRestored'), undo: () => void session?.undo() });
    }
    /** S: the suggestion, when it says something else; else what is selected, or both ends, go to the nearest silence. */
    function snap() {
      const { edit, whole, change, suggested, selection: wanted } = now();
      if (wanted !== null) {
        const [start, end] = [quiet(wanted.start), quiet(wanted.end)];
        if (end > start) setSelection({ start, end });
        return tell({ text: say('snapped') });
      }
      if (differs(edit, suggested)) {
        const trim = { start: suggested.in, end: suggested.out };
        if (!change((before) => acceptTrim(before, trim, whole), { label: 'stepTrim' })) return;
        if (!player.state().playing) player.seek(trim.start);
        return tell({ text: say('trimAccepted') });
      }
      const snapped = change((before) => setOut(setIn(before, quiet(before.in), whole), quiet(before.out), whole), {
        label: 'stepSnap',
      });
      tell({ text: say(snapped ? 'snapped' : 'snapNothing') });
    }
    function marker() {
      const { edit, whole, change } = now();
      if (edit.markers.length >= mostMarkers) return bad('markerMost');
      const at = Math.round(player.position() * 1000) / 1000;
      const word = say('markerNew', { n: edit.markers.length + 1 });
      if (!change((before) => addMarker(before, at, word, whole), { label: 'stepMarker' })) return;
      setFresh(edit.markers.filter((one) => one.at <= at).length);
    }
    function compareCleanUp() {
      const { cleanUp } = now().edit;
      if (!cleanUp.highPass && !cleanUp.hum && !cleanUp.noise) return bad('cleanOff');
      const as = player.state().as === 'bare' ? 'result' : 'bare';
      player.hear(as);
      tell({ text: say(as === 'bare' ? 'hearingBare' : 'hearingResult') });
    }
    function compareOriginal(): void {
      const as = player.state().as === 'original' ? 'result' : 'original';
      player.hear(as);
      tell({ text: say(as === 'original' ? 'hearingOriginal' : 'hearingResult') });
    }
    function toggle() {
      if (player.state().playing) return player.pause();
      const { selection: wanted } = now();
      void player.play(wanted === null ? {} : { from: wanted.start, until: wanted.end });
    }
    async function step(direction: 'undo' | 'redo'): Promise<void> {
      const { session } = now();
      if (session === undefined) return;
      const done = await (direction === 'undo' ? session.undo() : session.redo());
      if (done === undefined) return tell({ text: say(direction === 'undo' ? 'undoNothing' : 'redoNothing') });
      const what = stepWord(done.label, say);
      tell({ text: say(direction === 'undo' ? 'undidStep' : 'redidStep', { what }) });
    }
    return {
      toggle,
      select,
      mark,
      nudge,
      cut,
      restore,
      snap,
      marker,
      compareCleanUp,
      compareOriginal,
      undo: () => void step('undo'),
      redo: () => void step('redo'),
      touch(side: 'in' | 'out' | undefined) {
        touched.current = side;
      },
      zoomIn: () => now().wave.current?.zoomIn(),
      zoomOut: () => now().wave.current?.zoomOut(),
      freshSeen: () => setFresh(undefined),
    };
  }, [player, tell, say]);
  return { selection, fresh, actions };
}
export type Actions = ReturnType<typeof useActions>['actions'];
