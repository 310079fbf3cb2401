import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { FormEvent } from 'react';
import type { Event } from '../../../shared/contract/event.ts';
import { Button } from '../../ui/Button.tsx';
import { useDesk } from '../desk-context.ts';
import { FoundDraft } from '../drafts/found-draft.tsx';
import { useFormDraft } from '../drafts/use-form-draft.tsx';
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
  const { fields, write, drop } = useFormDraft('new-event', {
    name: current.name,
    town: '',
    day: format.dayKey(format.now()),
  });
  const { name, town, day } = fields;
  const create = useMutation({
    mutationFn: (fields: Omit<Event, 'id'>) => api.event.create(fields),
    onSuccess(made) {
      queries.setQueryData(['event'], made);
      drop();
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
        <FoundDraft names={['new-event']} />
        <p>{say('eventNewWhy')}</p>
        <Field label={say('eventName')} value={name} maxLength={80} onChange={(text) => write({ name: text })} />
        <Field label={say('eventTown')} value={town} maxLength={80} onChange={(text) => write({ town: text })} />
        <Field label={say('eventDay')} type="date" value={day} onChange={(text) => write({ day: text })} />
        <div className="dialog-foot">
          <Button
            onClick={() => {
              drop();
              onClose();
            }}
          >
            {say('cancel')}
          </Button>
          <Button look="main" type="submit" disabled={!whole || create.isPending}>
            {say('eventNewGo')}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
