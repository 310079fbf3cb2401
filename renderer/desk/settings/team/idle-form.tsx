import type { FormEvent } from 'react';
import { useDesk } from '../../desk-context.ts';
import { FoundDraft } from '../../drafts/found-draft.tsx';
import { FormClash, useStoredForm } from '../../drafts/use-form-draft.tsx';
import { Field } from '../../parts/field.tsx';
import { SaveBar } from '../../parts/save-bar.tsx';
import { figureWithin } from '../figures.ts';
import { useSaveSettings, useSettings } from '../use-settings.ts';

interface Fields {
  minutes: string;
}

/** After how many minutes without a touch a desk is signed out. */
export function IdleForm() {
  const { say } = useDesk();
  const settings = useSettings();
  const {
    draft,
    set: setDraft,
    drop: dropDraft,
    clash,
  } = useStoredForm<Fields>('settings-idle', settings.data && { minutes: String(settings.data.signOutMinutes) });
  const save = useSaveSettings(dropDraft);
  if (settings.data === undefined) return <p>{say('loading')}</p>;
  const text = draft?.minutes ?? String(settings.data.signOutMinutes);
  const minutes = figureWithin(text, 2, 480, true);

  function submit(event: FormEvent) {
    event.preventDefault();
    if (minutes !== undefined) save.mutate({ signOutMinutes: minutes });
  }
  return (
    <form className="form" onSubmit={submit} noValidate>
      {clash !== undefined && <FormClash clash={clash} />}
      <FoundDraft names={['settings-idle']} />
      <Field
        label={say('teamIdleMinutes')}
        inputMode="numeric"
        value={text}
        problem={minutes === undefined ? say('numberBad', { min: 2, max: 480 }) : undefined}
        onChange={(minutes) => setDraft({ minutes })}
      />
      <SaveBar dirty={draft !== undefined && clash === undefined} busy={save.isPending} onRevert={dropDraft} />
    </form>
  );
}
