import { useEffect, useMemo, useRef, useState } from 'react';
import type { PortraitDetail } from '../../../shared/contract/library.ts';
import { cueAt } from '../../../shared/domain/captions.ts';
import { Button } from '../../ui/Button.tsx';
import { useDesk } from '../desk-context.ts';
import { FoundDraft } from '../drafts/found-draft.tsx';
import { AutomaticTranscript } from './automatic.tsx';
import { Sides } from './conflict.tsx';
import { CueRow } from './cue-row.tsx';
import { type Acted, addRow, joinRow, pasteInto, type Row, stampRow, wholeOf } from './cue-rows.ts';
import { ExportCaptions } from './export-captions.tsx';
import { ImportCaptions } from './import-captions.tsx';
import { transcriptName } from './saving.ts';
import { usePlayhead, usePlayheadPosition } from './use-playhead.ts';
import { useTranscriptDraft } from './use-transcript-draft.ts';

/** How far one steps back to hear something again, in seconds. */
const stepBack = 3;
/** A pasted text longer than this becomes several passages, as does one of several lines. */
const longPaste = 160;

export interface TranscriptEditorProps {
  portrait: PortraitDetail;
  /** A key asked for it, once. */
  wanted: boolean;
  onThere(): void;
}

/** The transcript beside the sound: written, pasted or imported, timed by one key while it plays, followed as it is heard. */
export function TranscriptEditor({ portrait, wanted, onThere }: TranscriptEditorProps) {
  const { say, tell } = useDesk();
  const playhead = usePlayhead();
  const { draft, mine, state, change, keepMine, takeTheirs } = useTranscriptDraft(portrait);
  const { rows } = draft;
  const [focus, setFocus] = useState<Acted['focus'] | null>(null);
  const [now, setNow] = useState(-1);
  const visited = useRef<Acted['focus'] | null>(null);
  const whole = wholeOf(portrait);
  const until = portrait.edit?.out ?? whole;

  const put = (acted: Acted | undefined) => {
    if (acted === undefined) return;
    change({ rows: acted.rows });
    setFocus({ ...acted.focus });
  };
  const begin = () => put(addRow(rows, rows.length === 0 ? (portrait.edit?.in ?? 0) : playhead.now(), until));
  const stamp = () => {
    const { key = -1, caret = 0 } = visited.current ?? {};
    put(
      stampRow(
        rows,
        rows.findIndex((row) => row.key === key),
        caret,
        playhead.now(),
        until,
      ),
    );
  };

  // The acts never change, so that a row is drawn anew only when it is another; they look up what is current.
  const current = useRef({ rows, change, put, stamp, playhead });
  current.current = { rows, change, put, stamp, playhead };
  const acts = useMemo(() => {
    const indexOf = (key: number) => current.current.rows.findIndex((row) => row.key === key);
    return {
      write(key: number, text: string) {
        current.current.change({ rows: current.current.rows.map((row) => (row.key === key ? { ...row, text } : row)) });
      },
      remove(key: number) {
        current.current.change({ rows: current.current.rows.filter((row) => row.key !== key) });
      },
      play: (seconds: number) => current.current.playhead.playFrom(seconds),
      visit(key: number, caret: number) {
        visited.current = { key, caret };
      },
      press(key: number, event: React.KeyboardEvent<HTMLTextAreaElement>) {
        const { rows, put, stamp, playhead } = current.current;
        const { selectionStart: caret, selectionEnd: end, value } = event.currentTarget;
        const index = indexOf(key);
        const take = (act: () => void) => {
          event.preventDefault();
          act();
        };
        const step = (by: number) => {
          const next = rows[index + by];
          if (next !== undefined) take(() => setFocus({ key: next.key, caret: by < 0 ? next.text.length : 0 }));
        };
        visited.current = { key, caret };
        if (event.key === 'Escape') event.currentTarget.blur();
        else if (event.key === 'F9') take(() => (event.shiftKey ? playhead.back(stepBack) : playhead.toggle()));
        else if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) take(stamp);
        else if (event.key === 'Backspace' && caret === 0 && end === 0 && index > 0)
          take(() => put(joinRow(rows, index)));
        else if (event.key === 'ArrowUp' && caret === 0 && end === 0) step(-1);
        else if (event.key === 'ArrowDown' && caret === value.length) step(1);
      },
      paste(key: number, event: React.ClipboardEvent<HTMLTextAreaElement>) {
        const pasted = event.clipboardData.getData('text/plain').trim();
        if (pasted.length <= longPaste && !pasted.includes('\n')) return;
        const { selectionStart, selectionEnd, value } = event.currentTarget;
        const acted = pasteInto(
          current.current.rows,
          indexOf(key),
          `${value.slice(0, selectionStart)} ${pasted} ${value.slice(selectionEnd)}`,
        );
        if (acted === undefined) return;
        event.preventDefault();
        current.current.put(acted);
        tell({ text: say('cueSpread', { key: say('keyStamp') }) });
      },
    };
  }, [say, tell]);

  const latestBegin = useRef(begin);
  latestBegin.current = begin;
  useEffect(() => {
    if (!wanted) return;
    const [first] = current.current.rows;
    if (first === undefined) latestBegin.current();
    else setFocus({ key: first.key, caret: 0 });
    onThere();
  }, [wanted, onThere]);

  if (portrait.take === null) return <p className="no-sound">{say('noSound')}</p>;
  const clash = state === 'conflict' && (
    <Sides
      why={say('cueConflict')}
      mine={<Version cues={mine?.cues ?? null} />}
      theirs={<Version cues={portrait.transcript?.cues ?? null} />}
      busy={false}
      onMine={keepMine}
      onTheirs={takeTheirs}
    />
  );
  const files = (
    <>
      <ImportCaptions portrait={portrait} />
      {mine !== null && <ExportCaptions portrait={portrait} transcript={mine} />}
      <AutomaticTranscript portrait={portrait} written={rows.length > 0} />
    </>
  );
  const stay = { onPointerDown: (event: React.PointerEvent) => event.preventDefault() };
  return (
    <div className="transcript">
      {clash}
      <FoundDraft names={[transcriptName(portrait.id)]} />
      {rows.length > 0 && (
        <div className="transcript-bar">
          <Button keyName={say('keyStamp')} title={say('cueStampWhy')} onClick={stamp} {...stay}>
            {say('cueStamp')}
          </Button>
          <Button
            keyName={`${say('keyShift')} F9`}
            title={say('keysTypeBack')}
            onClick={() => playhead.back(stepBack)}
            {...stay}
          >
            {say('cueBack')}
          </Button>
          <TypingPlay stay={stay} toggle={playhead.toggle} />
        </div>
      )}
      {rows.length === 0 ? (
        <div className="transcript-none">
          <p>
            <strong>{say('cueNone')}</strong>
          </p>
          <p className="soft">{say('cueNoneWhy')}</p>
          <div className="transcript-bar">
            <Button look="equal" keyName="W" onClick={begin}>
              {say('cueWrite')}
            </Button>
            {files}
          </div>
        </div>
      ) : (
        <>
          <Follower rows={rows} onNow={setNow} />
          <ol className="cues" aria-label={say('cueList')}>
            {rows.map((row, index) => (
              <CueRow
                key={row.key}
                row={row}
                now={index === now}
                caret={focus?.key === row.key ? focus.caret : null}
                language={portrait.language}
                acts={acts}
              />
            ))}
          </ol>
          <div className="transcript-foot">
            <Button onClick={begin}>{say('cueAdd')}</Button>
            {files}
          </div>
          <div className="transcript-foot">
            <Checked on={draft.checked} onChange={(checked) => change({ checked })} />
            {draft.origin === 'engine' && !draft.checked && (
              <span className="mark mark-warn">{say('cueByEngine')}</span>
            )}
            <span className="transcript-state soft" role="status">
              {say(state === 'clean' ? 'cueSaved' : state === 'saving' ? 'cueSaving' : 'cueUnsaved')}
            </span>
          </div>
        </>
      )}
    </div>
  );
}

/** The one part that moves with the sound; it speaks only when another passage begins. */
function Follower({ rows, onNow }: { rows: readonly Row[]; onNow(index: number): void }) {
  const { position, playing } = usePlayheadPosition();
  const index = playing ? cueAt(rows, position) : -1;
  useEffect(() => onNow(index), [index, onNow]);
  return null;
}

function TypingPlay({ stay, toggle }: { stay: object; toggle(): void }) {
  const { say } = useDesk();
  const { playing } = usePlayheadPosition();
  return (
    <Button keyName="F9" onClick={toggle} {...stay}>
      {say(playing ? 'pause' : 'play')}
    </Button>
  );
}

function Checked({ on, onChange }: { on: boolean; onChange(on: boolean): void }) {
  const { say } = useDesk();
  return (
    <label className="switch" title={say('cueCheckedWhy')}>
      <input
        type="checkbox"
        role="switch"
        aria-checked={on}
        checked={on}
        onChange={(event) => onChange(event.target.checked)}
      />
      {say('cueChecked')}
      <span className="soft switch-why">{say('cueCheckedWhy')}</span>
    </label>
  );
}

function Version({ cues }: { cues: readonly { start: number; text: string }[] | null }) {
  const { say, format } = useDesk();
  if (cues === null) return <p className="soft">{say('cueGone')}</p>;
  return (
    <ol className="conflict-text">
      {cues.map((cue) => (
        <li key={cue.start}>
          <span className="soft tabular">{format.position(cue.start)}</span> {cue.text}
        </li>
      ))}
    </ol>
  );
}
