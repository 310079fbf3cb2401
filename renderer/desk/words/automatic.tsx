import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { PortraitDetail } from '../../../shared/contract/library.ts';
import type { EngineAbsence } from '../../../shared/contract/transcript.ts';
import { Button } from '../../ui/Button.tsx';
import { useDesk } from '../desk-context.ts';
import { Dialog } from '../parts/dialog.tsx';
import { codeOf, dataOf } from '../problems.ts';

/** What the local engine is at, and whether there is one. */
export function useEngine() {
  const { api } = useDesk();
  return useQuery({ queryKey: ['transcript'], queryFn: () => api.transcript.engine({}) });
}

/** A first transcript by the machine on this computer; nothing of it is to be seen where none was set up. */
export function AutomaticTranscript({ portrait, written }: { portrait: PortraitDetail; written: boolean }) {
  const { api, say, tell, tellProblem } = useDesk();
  const engine = useEngine().data;
  const [asking, setAsking] = useState(false);
  const start = useMutation({
    mutationFn: (replace: boolean) => api.transcript.start({ id: portrait.id, replace }),
    onError(error) {
      const code = codeOf(error);
      if (code === 'HAS_TRANSCRIPT') setAsking(true);
      else if (code === 'NO_SOUND') tell({ text: say('transcript_noSound'), tone: 'bad' });
      else if (code === 'NO_ENGINE')
        tell({ text: say(`engine_${dataOf(error, 'why') as EngineAbsence}`), tone: 'bad' });
      else tellProblem(error);
    },
  });
  const stop = useMutation({ mutationFn: () => api.transcript.cancel({ id: portrait.id }), onError: tellProblem });
  const job = engine?.jobs.find((one) => one.portraitId === portrait.id);
  if (engine === undefined || (engine.why === 'off' && job === undefined)) return null;
  if (job?.state === 'waiting' || job?.state === 'running') {
    const percent = Math.round(job.progress * 100);
    return (
      <div className="automatic">
        <progress max={100} value={percent} aria-label={say('engineStart')} />
        <span>{job.state === 'waiting' ? say('engineWaiting') : say('engineRunning', { percent })}</span>
        <Button disabled={stop.isPending} onClick={() => stop.mutate()}>
          {say('engineStop')}
        </Button>
      </div>
    );
  }
  return (
    <>
      {engine.available && (
        <Button disabled={start.isPending} onClick={() => (written ? setAsking(true) : start.mutate(false))}>
          {say(written ? 'engineStartAgain' : 'engineStart')}
        </Button>
      )}
      {!engine.available && engine.why !== null && <p className="soft">{say(`engine_${engine.why}`)}</p>}
      {job?.failure != null && (
        <p className="problem" role="alert">
          {say(`transcript_${job.failure}`)}
        </p>
      )}
      {asking && (
        <Dialog title={say('engineStart')} onClose={() => setAsking(false)}>
          <p>{say('engineReplace')}</p>
          <div className="dialog-foot">
            <Button onClick={() => setAsking(false)}>{say('cancel')}</Button>
            <Button
              look="main"
              onClick={() => {
                setAsking(false);
                start.mutate(true);
              }}
            >
              {say('engineReplaceYes')}
            </Button>
          </div>
        </Dialog>
      )}
    </>
  );
}
