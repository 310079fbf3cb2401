import { useQueryClient } from '@tanstack/react-query';
import type { BatchDetail } from '../../../shared/contract/batches.ts';
import { Button } from '../../ui/Button.tsx';
import { useDesk } from '../desk-context.ts';
import { duration } from '../format.ts';
import { Empty } from '../parts/empty.tsx';
import { Trouble } from '../parts/trouble.tsx';
import { placeHash } from '../place.ts';
import { codeOf } from '../problems.ts';
import { BatchForm } from './batch-form.tsx';
import { BatchItems } from './batch-items.tsx';
import { BatchPublish } from './batch-publish.tsx';
import { Cover } from './cover.tsx';
import { CoverField } from './cover-field.tsx';
import { ExportPanel } from './export-panel.tsx';
import { useBatch } from './queries.ts';

/** One batch: what it is, who is in it and what still blocks it, and its ways out. */
export function BatchScreen({ id }: { id: string }) {
  const { say } = useDesk();
  const { data: batch, error, isPending, refetch } = useBatch(id);
  return (
    <div className="work">
      <a className="batch-back" href={placeHash({ screen: 'batches', id: null })}>
        ← {say('batchBack')}
      </a>
      {batch !== undefined ? (
        <Batch batch={batch} />
      ) : isPending ? (
        <p>{say('loading')}</p>
      ) : codeOf(error) === 'NOT_FOUND' ? (
        <Empty title={say('batchGone')} />
      ) : (
        <Trouble error={error} onRetry={() => void refetch()} />
      )}
    </div>
  );
}

function Batch({ batch }: { batch: BatchDetail }) {
  const { say } = useDesk();
  const blocked = batch.items.filter((item) => item.blockers.length > 0).length;
  return (
    <>
      <header className="work-head batch-title">
        <Cover batch={batch} label={say('batchCover')} />
        <div>
          <h1>{batch.name}</h1>
          <p className="soft">
            {batch.portraits === 1 ? say('batchPortraitOne') : say('batchPortraits', { n: batch.portraits })} ·{' '}
            <span className="tabular">{say('batchLength', { time: duration(batch.duration) })}</span> ·{' '}
            {say(`batchPurpose_${batch.purpose}`)}
          </p>
          {batch.items.length > 0 && (
            <p className={blocked > 0 ? 'batch-blocked' : 'batch-free'} role="status">
              {blocked === 0
                ? say('batchAllReady')
                : blocked === 1
                  ? say('batchBlockedOne')
                  : say('batchBlocked', { n: blocked })}
            </p>
          )}
        </div>
      </header>
      <div className="batch-columns">
        <section aria-labelledby="batch-items">
          <h2 id="batch-items">{say('batchItems')}</h2>
          {batch.items.length === 0 ? (
            <Empty title={say('batchItemsEmpty')}>
              <p>{say('batchItemsEmptyWhy')}</p>
            </Empty>
          ) : (
            <BatchItems batch={batch} />
          )}
        </section>
        <div className="batch-side">
          <ExportPanel batch={batch} />
          <BatchPublish batch={batch} />
          <section className="batch-card" aria-labelledby="batch-details">
            <h2 id="batch-details">{say('batchDetails')}</h2>
            <BatchForm batch={batch} />
            <CoverField batch={batch} />
            <Remove batch={batch} />
          </section>
        </div>
      </div>
    </>
  );
}

function Remove({ batch }: { batch: BatchDetail }) {
  const { api, say, go, tell, tellProblem } = useDesk();
  const queries = useQueryClient();
  const refresh = () => queries.invalidateQueries({ queryKey: ['batches'] });

  async function undo() {
    try {
      await api.batches.restore({ id: batch.id });
      await refresh();
      tell({ text: say('undone') });
      go({ screen: 'batches', id: batch.id });
    } catch (error) {
      tellProblem(error);
    }
  }
  async function remove() {
    try {
      await api.batches.remove({ id: batch.id });
      go({ screen: 'batches', id: null });
      await refresh();
      tell({ text: say('batchRemoved', { name: batch.name }), undo: () => void undo() });
    } catch (error) {
      tellProblem(error);
    }
  }
  return <Button onClick={() => void remove()}>{say('batchRemove')}</Button>;
}
