import { useEffect, useRef, useState } from 'react';
import { Button } from '../../ui/Button.tsx';
import { type Note, useDesk, useKey } from '../desk-context.ts';
import { placeHash } from '../place.ts';

/** How long a note stays, in milliseconds; the clock stands still while it is pointed at or has the focus. */
const stayMs = 12_000;

/** What just happened, with a way to undo it; read aloud, and never in the way. */
export function NoteBar({ note, onGone }: { note: (Note & { id: number }) | null; onGone(): void }) {
  const { say } = useDesk();
  const [held, setHeld] = useState(false);
  const gone = useRef(onGone);
  useEffect(() => {
    gone.current = onGone;
  });
  const undo = note?.undo;
  const undoNow =
    undo === undefined
      ? undefined
      : () => {
          undo();
          onGone();
        };
  // What was just done is undone before anything else.
  useKey('undo', undoNow, 1);
  const id = note?.id;
  useEffect(() => {
    if (id === undefined || held) return;
    const timer = setTimeout(() => gone.current(), stayMs);
    return () => clearTimeout(timer);
  }, [id, held]);
  return (
    <div className="note-place" role="status">
      {note !== null && (
        // biome-ignore lint/a11y/noNoninteractiveElementInteractions: pointing at a note only keeps it from leaving
        // biome-ignore lint/a11y/noStaticElementInteractions: as above
        <div
          key={note.id}
          className={`note ${note.tone === 'bad' ? 'note-bad' : ''}`}
          onPointerEnter={() => setHeld(true)}
          onPointerLeave={() => setHeld(false)}
          onFocus={() => setHeld(true)}
          onBlur={() => setHeld(false)}
        >
          <span className="note-text">{note.text}</span>
          {note.link !== undefined && (
            <a className="note-link" href={placeHash(note.link.place)}>
              {note.link.text}
            </a>
          )}
          {undoNow !== undefined && (
            <Button keyName="U" onClick={undoNow}>
              {say('undo')}
            </Button>
          )}
          <button type="button" className="note-close" aria-label={say('close')} onClick={onGone}>
            ✕
          </button>
        </div>
      )}
    </div>
  );
}
