import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import type { Event } from '../../../shared/contract/event.ts';
import { newId } from '../../../shared/domain/ids.ts';
import { languages } from '../../../shared/domain/language.ts';
import { Button } from '../../ui/Button.tsx';
import { useDesk } from '../desk-context.ts';
import { FoundDraft } from '../drafts/found-draft.tsx';
import { FormClash, useStoredForm } from '../drafts/use-form-draft.tsx';
import { Field } from '../parts/field.tsx';
import { SaveBar } from '../parts/save-bar.tsx';
import { Trouble } from '../parts/trouble.tsx';
import { EventConsent } from './event-consent.tsx';
import { type EventFields, eventOf, fieldsOf } from './event-fields.ts';
import { figureWithin } from './figures.ts';
import { NewEvent } from './new-event.tsx';
import { QuestionList } from './question-list.tsx';
import { languageKeys, TextsField } from './texts-field.tsx';

/** The day the booth records for: what it shows and what it asks. */
export function EventForm() {
  const { api, say, tell, tellProblem } = useDesk();
  const queries = useQueryClient();
  const event = useQuery({ queryKey: ['event'], queryFn: () => api.event.current({}) });
  const {
    draft,
    set: setDraft,
    drop: dropDraft,
    clash,
  } = useStoredForm<EventFields>('settings-event', event.data && fieldsOf(event.data));
  const [asked, setAsked] = useState(false);
  const [starting, setStarting] = useState(false);
  const save = useMutation({
    mutationFn: (fields: Omit<Event, 'id'>) => api.event.save(fields),
    onSuccess(saved) {
      queries.setQueryData(['event'], saved);
      dropDraft();
      tell({ text: say('saved') });
    },
    onError: tellProblem,
  });
  if (event.data === undefined) {
    if (event.isError) return <Trouble error={event.error} onRetry={() => void event.refetch()} />;
    return <p>{say('loading')}</p>;
  }
  const fields = draft ?? fieldsOf(event.data);
  const change = (part: Partial<EventFields>) => setDraft({ ...fields, ...part });
  const limit = figureWithin(fields.limit, 20, 300, true);
  const needed = (text: string) => (asked && text.trim() === '' ? say('fieldNeeded') : undefined);

  function submit(submission: FormEvent) {
    submission.preventDefault();
    setAsked(true);
    const whole = eventOf(fields, limit);
    if (whole !== undefined) save.mutate(whole);
  }
  return (
    <>
      <form className="form" onSubmit={submit} noValidate>
        {clash !== undefined && <FormClash clash={clash} />}
        <FoundDraft names={['settings-event']} />
        <p className="soft">{say('eventIntro')}</p>
        <div className="form-row">
          <Field
            label={say('eventName')}
            value={fields.name}
            maxLength={80}
            problem={needed(fields.name)}
            onChange={(name) => change({ name })}
          />
          <Field label={say('eventTown')} value={fields.town} maxLength={80} onChange={(town) => change({ town })} />
          <Field
            label={say('eventDay')}
            type="date"
            value={fields.day}
            problem={needed(fields.day)}
            onChange={(day) => change({ day })}
          />
        </div>
        <TextsField
          legend={say('eventTheme')}
          texts={fields.theme}
          problem={needed(fields.theme.fr)}
          onChange={(theme) => change({ theme })}
        />
        <div className="form-row">
          <fieldset className="checks">
            <legend>{say('eventLanguages')}</legend>
            {languages.map((one) => (
              <label key={one}>
                <input
                  type="checkbox"
                  checked={fields.languages.includes(one)}
                  onChange={(box) =>
                    change({
                      languages: box.target.checked
                        ? [...fields.languages, one]
                        : fields.languages.filter((other) => other !== one),
                    })
                  }
                />
                {say(languageKeys[one])}
              </label>
            ))}
            <p className="problem" aria-live="polite">
              {fields.languages.length === 0 ? say('eventLanguagesNeeded') : ''}
            </p>
          </fieldset>
          <Field
            label={say('eventLimit')}
            hint={say('eventLimitHint')}
            inputMode="numeric"
            value={fields.limit}
            problem={limit === undefined ? say('numberBad', { min: 20, max: 300 }) : undefined}
            onChange={(text) => change({ limit: text })}
          />
        </div>
        <QuestionList
          questions={fields.questions}
          asked={asked}
          newQuestionId={() => `q-${newId()}`}
          onChange={(questions) => change({ questions })}
        />
        <EventConsent
          fields={fields.consent}
          onChange={(part) => change({ consent: { ...fields.consent, ...part } })}
        />
        <SaveBar dirty={draft !== undefined && clash === undefined} busy={save.isPending} onRevert={dropDraft} />
        <div className="remove">
          <Button onClick={() => setStarting(true)}>{say('eventNew')}</Button>
        </div>
      </form>
      {starting && <NewEvent current={event.data} onClose={() => setStarting(false)} onCreated={dropDraft} />}
    </>
  );
}
