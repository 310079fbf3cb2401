import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import type { Event } from '../../../shared/contract/event.ts';
import { Button } from '../../ui/Button.tsx';
import { useDesk } from '../desk-context.ts';
import { Dialog } from '../parts/dialog.tsx';
import { Field } from '../parts/field.tsx';

export interface NewEventProps {
  current: Event;
  onClose(): void;
  onCreated(): void;
}

/** Another day, another town: name, town and day are asked, the rest is taken over. */
export function NewEvent({ current, onClose, onCreated }: NewEventProps) {
  const { api, say, tell, tellProblem, format } = useDesk();
  const queries = useQueryClient();
  const { id: _, ...rest } = current;
  const [name, setName] = useState(current.name);
  const [town, setTown] = useState('');
  const [day, setDay] = useState(() => format.dayKey(format.now()));
  const create = useMutation({
    mutationFn: (fields: Omit<Event, 'id'>) => api.event.create(fields),
    onSuccess(made) {
      queries.setQueryData(['event'], made);
      onCreated();
      tell({ text: say('eventCreated') });
      onClose();
    },
    onError: tellProblem,
  });
  const whole = name.trim() !== '' && day !== '';

  function submit(event: FormEvent) {
    event.preventDefault();
    if (whole) create.mutate({ ...rest, name: name.trim(), town: town.trim(), day });
  }

  return (
    <Dialog title={say('eventNewTitle')} onClose={onClose}>
      <form className="form" onSubmit={submit} noValidate>
        <p>{say('eventNewWhy')}</p>
        <Field label={say('eventName')} value={name} maxLength={80} onChange={setName} />
        <Field label={say('eventTown')} value={town} maxLength={80} onChange={setTown} />
        <Field label={say('eventDay')} type="date" value={day} onChange={setDay} />
        <div className="dialog-foot">
          <Button onClick={onClose}>{say('cancel')}</Button>
          <Button look="main" type="submit" disabled={!whole || create.isPending}>
            {say('eventNewGo')}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
