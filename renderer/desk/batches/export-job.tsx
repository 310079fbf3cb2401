import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useEffectEvent, useRef } from 'react';
import type { ExportJob } from '../../../shared/contract/batches.ts';
import { Button } from '../../ui/Button.tsx';
import { useDesk } from '../desk-context.ts';
import { codeOf } from '../problems.ts';
import { LeftOutList } from './left-out.tsx';
import { underWay } from './queries.ts';

const titles = {
  waiting: 'exportWaiting',
  running: 'exportRunning',
  ready: 'exportReady',
  done: 'exportDone',
  failed: 'exportFailed',
  cancelled: 'exportCancelled',
  interrupted: 'exportInterrupted',
} as const;

/** One export: how far it is, what became of it, and what can be done about it. */
export function ExportJobView({ job }: { job: ExportJob }) {
  const { api, say, format, tell, tellProblem } = useDesk();
  const queries = useQueryClient();
  const refresh = () => queries.invalidateQueries({ queryKey: ['batches', 'exports', job.batchId] });

  async function act(call: () => Promise<unknown>): Promise<void> {
    try {
      await call();
    } catch (error) {
      if (codeOf(error) === 'CLOCK') tell({ text: say('exportClock'), tone: 'bad' });
      else tellProblem(error);
    } finally {
      await refresh();
    }
  }
  const download = () =>
    act(async () => {
      const { url } = await api.batches.download({ jobId: job.id });
      const link = document.createElement('a');
      link.href = url;
      link.download = job.place;
      link.click();
      tell({ text: say('exportDownloading') });
    });

  // Who waited for a ZIP on this page gets it without asking again.
  const seen = useRef(job.state);
  const fetchIt = useEffectEvent(() => void download());
  useEffect(() => {
    const waited = seen.current === 'waiting' || seen.current === 'running';
    seen.current = job.state;
    if (waited && job.state === 'ready') fetchIt();
  }, [job.state]);

  const busy = underWay(job);
  const resumable = job.state === 'failed' || job.state === 'cancelled' || job.state === 'interrupted';
  const figures = say('exportBytes', { done: format.size(job.bytesDone), total: format.size(job.bytesTotal) });
  const left = job.secondsLeft === null ? '' : ` · ${say('exportLeft', { time: format.wait(job.secondsLeft) })}`;
  return (
    <div className={`export-job export-${job.state}`}>
      <p className="export-title" role="status">
        <strong>{say(titles[job.state])}</strong> <span className="soft">{format.moment(job.createdAt)}</span>
      </p>
      {busy && (
        <>
          <progress
            aria-label={say('exportProgress')}
            aria-valuetext={figures + left}
            value={job.bytesDone}
            max={Math.max(1, job.bytesTotal)}
          />
          <p className="tabular">
            {figures}
            {left}
          </p>
          {job.now !== null && <p className="soft">{say('exportNow', { title: job.now })}</p>}
        </>
      )}
      {job.state === 'interrupted' && <p>{say('exportInterruptedWhy')}</p>}
      {job.reason !== null && <p className="export-reason">{say(`reasonExport_${job.reason}`)}</p>}
      {job.kind === 'folder' && <p className="export-place">{say('exportPlace', { place: job.place })}</p>}
      <LeftOutList leftOut={job.leftOut} />
      {job.files.length > 0 && !busy && (
        <details>
          <summary>
            {say('exportFiles', { n: job.files.length })} · {format.size(job.bytesDone)}
          </summary>
          <ul className="export-files">
            {job.files.map((file) => (
              <li key={file.name}>
                <span>{file.name}</span> <span className="soft tabular">{format.size(file.bytes)}</span>
              </li>
            ))}
          </ul>
        </details>
      )}
      <div className="export-acts">
        {busy && (
          <Button onClick={() => void act(() => api.batches.cancelExport({ jobId: job.id }))}>
            {say('exportCancel')}
          </Button>
        )}
        {resumable && (
          <Button onClick={() => void act(() => api.batches.resumeExport({ jobId: job.id }))}>
            {say('exportResume')}
          </Button>
        )}
        {job.state === 'ready' && (
          <Button look="main" onClick={() => void download()}>
            {say('exportDownload')}
          </Button>
        )}
      </div>
    </div>
  );
}
