import { useSortable } from '@dnd-kit/sortable';
import { CSS } from '@dnd-kit/utilities';
import type { BatchItem } from '../../../shared/contract/batches.ts';
import { Ring } from '../../ui/Ring.tsx';
import { useDesk } from '../desk-context.ts';
import { duration } from '../format.ts';
import { placeHash } from '../place.ts';
import { Blockers } from './blockers.tsx';

export interface BatchItemRowProps {
  item: BatchItem;
  /** From 1. */
  place: number;
  last: boolean;
  onMove(by: 1 | -1): void;
  onTakeOut(): void;
  onAcknowledge(): void;
}

/** One portrait of a batch, with what still blocks it and the way to mend it. */
export function BatchItemRow({ item, place, last, onMove, onTakeOut, onAcknowledge }: BatchItemRowProps) {
  const { say } = useDesk();
  const { attributes, listeners, setNodeRef, setActivatorNodeRef, transform, transition, isDragging } = useSortable({
    id: item.portraitId,
  });
  const title = item.title || item.name || say('noName');
  const few = item.ring.filter((_, bar) => bar % 2 === 0);
  return (
    <li
      ref={setNodeRef}
      className={`batch-item state-${item.state}${isDragging ? ' batch-item-lifted' : ''}`}
      style={{ transform: CSS.Translate.toString(transform), transition: transition ?? '' }}
    >
      <button
        ref={setActivatorNodeRef}
        type="button"
        className="batch-handle"
        {...attributes}
        {...listeners}
        aria-label={say('batchDrag', { title })}
      >
        <span aria-hidden="true">⠿</span>
      </button>
      <span className="batch-place tabular">{place}</span>
      <div className="row-ring" aria-hidden="true">
        <Ring values={few} scale={127} />
      </div>
      <div className="batch-item-words">
        <a className="batch-item-title" href={placeHash({ screen: 'portraits', view: 'all', id: item.portraitId })}>
          {title}
        </a>
        {item.name !== '' && !title.startsWith(item.name) && <span className="soft">{item.name}</span>}
        <Blockers item={item} onAcknowledge={onAcknowledge} />
      </div>
      <span className="batch-item-length tabular">{duration(item.duration)}</span>
      <div className="batch-item-acts">
        <button type="button" aria-label={say('batchUp', { title })} disabled={place === 1} onClick={() => onMove(-1)}>
          ↑
        </button>
        <button type="button" aria-label={say('batchDown', { title })} disabled={last} onClick={() => onMove(1)}>
          ↓
        </button>
        <button type="button" aria-label={say('batchTakeOut', { title })} onClick={onTakeOut}>
          ×
        </button>
      </div>
    </li>
  );
}
