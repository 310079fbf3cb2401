import { type ClipboardEvent, type KeyboardEvent, memo, useEffect, useRef } from 'react';
import { longestCue } from '../../../shared/domain/captions.ts';
import { useDesk } from '../desk-context.ts';
import type { Row } from './cue-rows.ts';

/** What can be done in a passage; the same for all of them, so that only what changed is drawn again. */
export interface CueActs {
  write(key: number, text: string): void;
  remove(key: number): void;
  play(seconds: number): void;
  press(key: number, event: KeyboardEvent<HTMLTextAreaElement>): void;
  paste(key: number, event: ClipboardEvent<HTMLTextAreaElement>): void;
  /** The passage and the place in it the cursor was last at. */
  visit(key: number, caret: number): void;
}

export interface CueRowProps {
  row: Row;
  /** It is heard at this moment. */
  now: boolean;
  /** Where the cursor belongs, when it belongs here. */
  caret: number | null;
  language: string;
  acts: CueActs;
}

/** One passage: its time, which plays from there, and its text. */
export const CueRow = memo(function CueRow({ row, now, caret, language, acts }: CueRowProps) {
  const { say, format } = useDesk();
  const text = useRef<HTMLTextAreaElement>(null);
  const line = useRef<HTMLLIElement>(null);
  const at = format.position(row.start);

  useEffect(() => {
    if (caret === null || text.current === null) return;
    text.current.focus();
    text.current.setSelectionRange(caret, caret);
  }, [caret]);
  useEffect(() => {
    // Whoever writes decides what is in sight.
    if (now && !line.current?.parentElement?.contains(document.activeElement)) {
      line.current?.scrollIntoView({ block: 'nearest' });
    }
  }, [now]);

  const visit = () => text.current && acts.visit(row.key, text.current.selectionStart);
  return (
    <li ref={line} className="cue" data-now={now} aria-current={now ? 'true' : undefined}>
      <button
        type="button"
        className="cue-time tabular"
        aria-label={say('cuePlay', { at })}
        onClick={() => acts.play(row.start)}
      >
        {at}
      </button>
      <textarea
        ref={text}
        rows={1}
        lang={language}
        value={row.text}
        maxLength={longestCue}
        aria-label={say('cueText', { at })}
        onChange={(event) => acts.write(row.key, event.target.value)}
        onKeyDown={(event) => acts.press(row.key, event)}
        onPaste={(event) => acts.paste(row.key, event)}
        onFocus={visit}
        onSelect={visit}
      />
      <button
        type="button"
        className="cue-remove"
        aria-label={say('cueRemove', { at })}
        onClick={() => acts.remove(row.key)}
      >
        ✕
      </button>
    </li>
  );
});
