import { useState } from 'react';
import type { ListedRow } from '../../../shared/contract/inbox.ts';
import { largestAct } from '../../../shared/domain/inbox.ts';
import { mayMove } from '../../../shared/domain/portrait.ts';
import { Button } from '../../ui/Button.tsx';
import { AddToBatch } from '../batches/add-to-batch.tsx';
import { useDesk, useKey } from '../desk-context.ts';
import type { Aim } from './aim.ts';
import { BulkTags } from './bulk-tags.tsx';
import { type BulkTarget, type Left, useBulk } from './use-bulk.ts';

export interface BulkBarProps {
  /** What the acts are for now. */
  aim: Aim;
  /** All that are ticked, those included that the list no longer shows. */
  picked: BulkTarget[];
  /** Those of them that are here with all that is known of them. */
  rows: ListedRow[];
  /** There were more than one act can change. */
  capped: boolean;
  onDone(changed: string[], leave: boolean): void;
  onAll(): void;
  onClear(): void;
}

/** What can be done with all that are chosen, each with its key. The keys mean all of them while the bar is there. */
export function BulkBar({ aim, picked, rows, capped, onDone, onAll, onClear }: BulkBarProps) {
  const { say, format } = useDesk();
  // No act ever touches what the list no longer shows.
  const targets = targetsOf(aim, picked);
  const left = aim.kind === 'many' ? aim.left : aim.kind === 'none' && aim.why === 'left' ? picked.length : 0;
  const shown = picked.length - left;
  const bulk = useBulk(onDone);
  const [open, setOpen] = useState<'tags' | 'batch' | null>(null);
  // Of those not loaded yet nothing is known; the studio then says who cannot.
  const unknown = rows.length < shown;
  const may = (to: 'approved' | 'rejected' | 'toReview') => unknown || rows.some((row) => mayMove(row.state, to));
  const act = (action: 'approve' | 'reject' | 'restore') => () => {
    if (!bulk.busy && targets.length > 0) bulk.run({ action, targets });
  };
  const on = targets.length > 0;
  useKey('approve', on ? act('approve') : undefined, 1);
  useKey('reject', on ? act('reject') : undefined, 1);
  // A dialog may open while the studio is still asked who is in the list: by the time it is sent that is known.
  const mayOpen = on || (shown > 0 && !(aim.kind === 'none' && aim.why === 'left'));
  useKey('addToBatch', mayOpen ? () => setOpen('batch') : undefined, 1);
  return (
    <section className="bulk" aria-label={say('bulkActions')}>
      {bulk.left.map((group) => (
        <LeftOut key={group.why} left={group} busy={bulk.busy} onRun={bulk.run} onClose={bulk.forget} />
      ))}
      <div className="bulk-head">
        <strong role="status">{shown === 1 ? say('pickedOne') : say('picked', { n: format.whole(shown) })}</strong>
        <Button onClick={onAll}>{say('pickAll')}</Button>
        <button
          type="button"
          className="bulk-close"
          aria-label={say('pickNone')}
          title={say('pickNone')}
          onClick={onClear}
        >
          ✕
        </button>
      </div>
      {left > 0 && (
        <p className="bulk-gone" role="status">
          {left === 1 ? say('pickedLeftOne') : say('pickedLeft', { n: format.whole(left) })}
        </p>
      )}
      {capped && <p className="soft">{say('pickedMany', { n: format.whole(largestAct) })}</p>}
      <fieldset className="bulk-buttons" disabled={bulk.busy || (aim.kind === 'none' && aim.why === 'left')}>
        <legend className="visually-hidden">{say('bulkActions')}</legend>
        {may('approved') && (
          <Button look="main" className="button-good" keyName="A" onClick={act('approve')}>
            {say('bulkApprove')}
          </Button>
        )}
        {may('rejected') && (
          <Button keyName="R" onClick={act('reject')}>
            {say('bulkReject')}
          </Button>
        )}
        {may('toReview') && <Button onClick={act('restore')}>{say('bulkRestore')}</Button>}
        <Button onClick={() => on && setOpen('tags')}>{say('bulkTag')}</Button>
        <Button keyName="B" onClick={() => mayOpen && setOpen('batch')}>
          {say('bulkBatch')}
        </Button>
      </fieldset>
      {open === 'tags' && (
        <BulkTags
          portraitIds={targets.map(({ id }) => id)}
          worn={[...new Set(rows.flatMap((row) => row.tags))]}
          onRun={(action, tags) => bulk.run({ action, targets, tags })}
          onClose={() => setOpen(null)}
        />
      )}
      {open === 'batch' && <AddToBatch portraitIds={targets.map(({ id }) => id)} onClose={() => setOpen(null)} />}
    </section>
  );
}

/** Of the ticked ones those an act is for. */
function targetsOf(aim: Aim, picked: BulkTarget[]): BulkTarget[] {
  if (aim.kind !== 'many') return [];
  const wanted = new Set(aim.ids);
  return picked.filter(({ id }) => wanted.has(id));
}

interface LeftOutProps {
  left: Left;
  busy: boolean;
  onRun(request: Left['request']): void;
  onClose(): void;
}

/** Those an act could not change, why, and what can be done about it. */
function LeftOut({ left, busy, onRun, onClose }: LeftOutProps) {
  const { say, format } = useDesk();
  return (
    <div className="bulk-left" role="alert">
      <p>{say(`left_${left.why}`, { n: format.whole(left.targets.length) })}</p>
      {left.why === 'stale' && (
        <Button disabled={busy} onClick={() => onRun(left.request)}>
          {say('leftAgain')}
        </Button>
      )}
      <Button onClick={onClose}>{say('leftClose')}</Button>
    </div>
  );
}
