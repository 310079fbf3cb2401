import { useEffect, useRef, useState } from 'react';
import { nameMarker, removeMarker } from '../../../shared/domain/edit/moves.ts';
import { nameLimit } from '../../../shared/domain/portrait.ts';
import type { Edit, Marker } from '../../../shared/domain/sound.ts';
import { useDesk } from '../desk-context.ts';
import { timeText } from './time-text.ts';
import { Tool } from './tool.tsx';
import type { ChangeEdit } from './use-change.ts';

export interface MarkersListProps {
  edit: Edit;
  disabled: boolean;
  change: ChangeEdit;
  /** A marker just set, whose word is to be written. */
  fresh: number | undefined;
  onFreshSeen(): void;
}

/** The markers in words, each to be named, gone to, taken away. */
export function MarkersList({ edit, disabled, change, fresh, onFreshSeen }: MarkersListProps) {
  const { say } = useDesk();
  if (edit.markers.length === 0) return null;
  return (
    <section className="edit-list">
      <h3>
        {say('markers')} <span className="soft">{say('markersWhy')}</span>
      </h3>
      <ol>
        {edit.markers.map((marker, index) => (
          <MarkerItem
            key={`${marker.at}-${marker.word}`}
            marker={marker}
            disabled={disabled}
            fresh={fresh === index}
            onFreshSeen={onFreshSeen}
            onName={(word) => change((now) => nameMarker(now, index, word), { label: 'stepMarker' })}
            onRemove={() => change((now) => removeMarker(now, index), { label: 'stepMarker' })}
          />
        ))}
      </ol>
    </section>
  );
}

interface MarkerItemProps {
  marker: Marker;
  disabled: boolean;
  fresh: boolean;
  onFreshSeen(): void;
  onName(word: string): void;
  onRemove(): void;
}

function MarkerItem({ marker, disabled, fresh, onFreshSeen, onName, onRemove }: MarkerItemProps) {
  const { say, player, language } = useDesk();
  const [typed, setTyped] = useState<string>();
  const field = useRef<HTMLInputElement>(null);
  const escaped = useRef(false);
  const at = timeText(marker.at, language);
  useEffect(() => {
    if (!fresh) return;
    field.current?.focus();
    onFreshSeen();
  }, [fresh, onFreshSeen]);
  const take = () => {
    const word = escaped.current ? '' : (typed?.trim() ?? '');
    escaped.current = false;
    setTyped(undefined);
    if (word !== '' && word !== marker.word) onName(word);
  };
  return (
    <li>
      <Tool className="tabular" aria-label={say('markerGo', { at })} onClick={() => player.seek(marker.at)}>
        {at}
      </Tool>
      <input
        ref={field}
        className="edit-list-word"
        value={typed ?? marker.word}
        maxLength={nameLimit}
        disabled={disabled}
        aria-label={say('markerWord', { at })}
        onFocus={(event) => event.target.select()}
        onChange={(event) => setTyped(event.target.value)}
        onBlur={take}
        onKeyDown={(event) => {
          escaped.current = event.key === 'Escape';
          if (event.key === 'Escape' || event.key === 'Enter') {
            event.preventDefault();
            event.currentTarget.blur();
          }
        }}
      />
      <Tool disabled={disabled} aria-label={say('markerRemove', { word: marker.word })} onClick={onRemove}>
        ✕
      </Tool>
    </li>
  );
}
