import {
  type Announcements,
  closestCenter,
  DndContext,
  type DragEndEvent,
  KeyboardSensor,
  PointerSensor,
  useSensor,
  useSensors,
} from '@dnd-kit/core';
import {
  arrayMove,
  SortableContext,
  sortableKeyboardCoordinates,
  verticalListSortingStrategy,
} from '@dnd-kit/sortable';
import { useQueryClient } from '@tanstack/react-query';
import { useRef } from 'react';
import type { BatchDetail, BatchItem } from '../../../shared/contract/batches.ts';
import { useDesk } from '../desk-context.ts';
import { BatchItemRow } from './batch-item.tsx';
import { useBatchChange } from './queries.ts';

/** The portraits of a batch in their order: by dragging, by the handle's keys, or by the two arrows. */
export function BatchItems({ batch }: { batch: BatchDetail }) {
  const { api, say, tell, tellProblem } = useDesk();
  const queries = useQueryClient();
  const change = useBatchChange(batch.id);
  const sensors = useSensors(
    // A finger that scrolls or a hand that trembles lifts nothing.
    useSensor(PointerSensor, { activationConstraint: { distance: 6 } }),
    useSensor(KeyboardSensor, { coordinateGetter: sortableKeyboardCoordinates }),
  );
  const justLifted = useRef(false);
  const ids = batch.items.map((item) => item.portraitId);

  function move(from: number, to: number): void {
    if (to < 0 || to >= ids.length || from === to) return;
    const order = arrayMove(ids, from, to);
    // At once on the screen; what the studio answers takes its place.
    queries.setQueryData<BatchDetail>(['batches', 'one', batch.id], {
      ...batch,
      items: arrayMove(batch.items, from, to),
    });
    change.mutate(({ revision }) => api.batches.order({ id: batch.id, revision, portraitIds: order }));
  }
  function takeOut(item: BatchItem, place: number): void {
    const portraitIds = [item.portraitId];
    change.mutate(({ revision }) => api.batches.takeOut({ id: batch.id, revision, portraitIds }), {
      onSuccess: () => tell({ text: say('batchTakenOut', { title: titleOf(item) }), undo: () => putBack(item, place) }),
    });
  }
  function putBack(item: BatchItem, at: number): void {
    const portraitIds = [item.portraitId];
    change.mutate(async ({ revision }) => (await api.batches.add({ id: batch.id, revision, portraitIds, at })).batch, {
      onSuccess: () => tell({ text: say('undone') }),
    });
  }
  async function acknowledge(item: BatchItem): Promise<void> {
    const portraitId = item.portraitId;
    const set = async (acknowledged: boolean) => {
      try {
        await api.batches.acknowledge({ portraitId, acknowledged });
        await queries.invalidateQueries({ queryKey: ['batches'] });
        return true;
      } catch (error) {
        tellProblem(error);
        return false;
      }
    };
    if (!(await set(true))) return;
    const undo = () => void set(false).then((done) => done && tell({ text: say('undone') }));
    tell({ text: say('acknowledged', { title: titleOf(item) }), undo });
  }

  const titleOf = (item: BatchItem | undefined) => item?.title || item?.name || say('noName');
  const told = (id: string | number) => titleOf(batch.items.find((item) => item.portraitId === id));
  const place = (id: string | number) => ids.indexOf(String(id)) + 1;
  const n = ids.length;
  const announcements: Announcements = {
    onDragStart({ active }) {
      justLifted.current = true;
      return say('batchDragLifted', { title: told(active.id), place: place(active.id), n });
    },
    onDragOver({ active, over }) {
      // The first word is of its own place, and would hush that it was lifted.
      const first = justLifted.current;
      justLifted.current = false;
      if (over === null || (first && over.id === active.id)) return undefined;
      return say('batchDragMoved', { title: told(active.id), place: place(over.id), n });
    },
    onDragEnd: ({ active, over }) =>
      say('batchDragDropped', { title: told(active.id), place: place(over?.id ?? active.id), n }),
    onDragCancel: ({ active }) => say('batchDragCancelled', { title: told(active.id) }),
  };
  function dropped({ active, over }: DragEndEvent): void {
    if (over !== null) move(ids.indexOf(String(active.id)), ids.indexOf(String(over.id)));
  }

  return (
    <DndContext
      sensors={sensors}
      collisionDetection={closestCenter}
      accessibility={{ announcements, screenReaderInstructions: { draggable: say('batchDragHow') } }}
      onDragEnd={dropped}
    >
      <SortableContext items={ids} strategy={verticalListSortingStrategy}>
        <ol className="batch-items">
          {batch.items.map((item, index) => (
            <BatchItemRow
              key={item.portraitId}
              item={item}
              place={index + 1}
              last={index === n - 1}
              onMove={(by) => move(index, index + by)}
              onTakeOut={() => takeOut(item, index)}
              onAcknowledge={() => void acknowledge(item)}
            />
          ))}
        </ol>
      </SortableContext>
    </DndContext>
  );
}
