import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import type { ClockAnswer } from '../../../shared/contract/clock.ts';
import { Button } from '../../ui/Button.tsx';
import { useDesk } from '../desk-context.ts';
import { Dialog } from '../parts/dialog.tsx';
import { Field } from '../parts/field.tsx';
import { codeOf } from '../problems.ts';

/** What a day and a time of this machine's zone are, ISO 8601; undefined while they are not whole. */
export function instantOf(day: string, time: string): string | undefined {
  const date = new Date(`${day}T${time}`);
  return Number.isNaN(date.getTime()) ? undefined : date.toISOString();
}

/**
 * A host gives the date and time from a watch. The fields begin with what the booth goes by, and empty where that is only
 * a makeshift: a wrong date must not be confirmed by a hasty Enter.
 */
export function ClockDialog({ state, onClose }: { state: ClockAnswer; onClose(): void }) {
  const { api, say, format, tell, tellProblem } = useDesk();
  const queries = useQueryClient();
  const known = state.trusted || state.reason === 'jumped' || state.reason === 'sites';
  const [day, setDay] = useState(() => (known ? format.dayKey(state.now) : ''));
  const [time, setTime] = useState(() => (known ? format.clock(state.now) : ''));
  const [impossible, setImpossible] = useState(false);
  const at = instantOf(day, time);
  const correct = useMutation({
    mutationFn: (given: string) => api.clock.correct({ at: given }),
    onSuccess(done) {
      queries.setQueryData(['clock'], done.state);
      void queries.invalidateQueries({ queryKey: ['health'] });
      tell({ text: say('clockCorrected', { n: format.whole(done.portraits) }) });
      onClose();
    },
    onError(error) {
      if (codeOf(error) === 'IMPOSSIBLE') setImpossible(true);
      else tellProblem(error);
    },
  });

  function submit(event: FormEvent) {
    event.preventDefault();
    if (at !== undefined) correct.mutate(at);
  }

  return (
    <Dialog title={say('clockTitle')} onClose={onClose}>
      <form className="form" onSubmit={submit} noValidate>
        <p>{say('clockWhy')}</p>
        <Field
          label={say('clockDay')}
          type="date"
          value={day}
          problem={impossible ? say('clockImpossible') : undefined}
          onChange={(next) => {
            setImpossible(false);
            setDay(next);
          }}
        />
        <Field label={say('clockTime')} hint={say('clockTimeHint')} type="time" value={time} onChange={setTime} />
        <div className="dialog-foot">
          <Button onClick={onClose}>{say('cancel')}</Button>
          <Button look="main" type="submit" disabled={at === undefined || correct.isPending}>
            {say('clockSet')}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
