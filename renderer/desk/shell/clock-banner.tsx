import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { ClockAnswer } from '../../../shared/contract/clock.ts';
import { Button } from '../../ui/Button.tsx';
import { useDesk } from '../desk-context.ts';
import { codeOf } from '../problems.ts';
import { ClockDialog } from './clock-dialog.tsx';

/** The time that is asked about moves on; it is asked for again this often, in milliseconds. */
const everyMs = 30_000;

function useClock(open: boolean) {
  const { api } = useDesk();
  return useQuery({
    queryKey: ['clock'],
    queryFn: () => api.clock.state({}),
    refetchInterval: (query) => (query.state.data === undefined || asks(query.state.data) ? everyMs : false),
    enabled: open,
  });
}
const asks = (state: ClockAnswer) => !state.trusted || state.due > 0;

/** What day is it? Asked at the top of every screen while the booth does not know; one tap answers. */
export function ClockBanner({ open }: { open: boolean }) {
  const { api, say, format, tell, tellProblem } = useDesk();
  const queries = useQueryClient();
  const { data: state } = useClock(open);
  const [fixing, setFixing] = useState(false);

  const answered = {
    onError(error: unknown) {
      if (codeOf(error) !== 'CHANGED') return tellProblem(error);
      tell({ text: say('clockChanged'), tone: 'bad' });
      void queries.invalidateQueries({ queryKey: ['clock'] });
    },
  };
  const confirm = useMutation({
    mutationFn: (shown: string) => api.clock.confirm({ shown }),
    onSuccess(done) {
      queries.setQueryData(['clock'], done.state);
      tell({ text: say('clockConfirmed') });
    },
    ...answered,
  });
  const letGo = useMutation({
    mutationFn: (shown: string) => api.clock.letGo({ shown }),
    onSuccess(done) {
      queries.setQueryData(['clock'], done.state);
      tell({ text: say('clockLetGo') });
    },
    ...answered,
  });
  if (state === undefined || (!asks(state) && !fixing)) return null;
  const { asked, due, system } = state;

  function question(): string {
    if (state?.trusted) {
      const day = format.wholeDay(state.now);
      if (due === 1) return say('clockDueOne', { day });
      return say('clockDue', { day, count: say('clockCount', { n: format.whole(due) }) });
    }
    if (asked === null) return say('clockAskFloor', { day: format.wholeDay(system) });
    return say('clockAsk', { day: format.wholeDay(asked), time: format.time(asked) });
  }

  return (
    <>
      <section className="banner banner-warn clock-banner" aria-label={say('health_clock')}>
        <div className="clock-question" role="status">
          <p>{question()}</p>
          {!state.trusted && <p className="clock-meanwhile">{say('clockMeanwhile')}</p>}
        </div>
        {!state.trusted && asked !== null && (
          <Button look="main" disabled={confirm.isPending} onClick={() => confirm.mutate(asked)}>
            {say('clockYes')}
          </Button>
        )}
        {state.trusted && (
          <Button look="main" disabled={letGo.isPending} onClick={() => letGo.mutate(state.now)}>
            {say('clockDueYes')}
          </Button>
        )}
        <Button onClick={() => setFixing(true)}>
          {say(!state.trusted && asked === null ? 'clockGive' : 'clockNo')}
        </Button>
      </section>
      {fixing && <ClockDialog state={state} onClose={() => setFixing(false)} />}
    </>
  );
}

/** The way to the same dialog while nothing is asked: a host may see that the time is wrong before the booth does. */
export function ClockFix() {
  const { say } = useDesk();
  const { data: state } = useClock(true);
  const [fixing, setFixing] = useState(false);
  if (state === undefined) return null;
  return (
    <>
      <Button look="quiet" onClick={() => setFixing(true)}>
        {say('clockOpen')}
      </Button>
      {fixing && <ClockDialog state={state} onClose={() => setFixing(false)} />}
    </>
  );
}
