import type { FormEvent } from 'react';
import { useDesk } from '../../desk-context.ts';
import { useDraft } from '../../drafts.ts';
import { Field } from '../../parts/field.tsx';
import { SaveBar } from '../../parts/save-bar.tsx';
import { figureWithin } from '../figures.ts';
import { useSaveSettings, useSettings } from '../use-settings.ts';

/** After how many minutes without a touch a desk is signed out. */
export function IdleForm() {
  const { say, drafts } = useDesk();
  const settings = useSettings();
  const [draft, setDraft, dropDraft] = useDraft<string>(drafts, 'settings-idle');
  const save = useSaveSettings(dropDraft);
  if (settings.data === undefined) return <p>{say('loading')}</p>;
  const text = draft ?? String(settings.data.signOutMinutes);
  const minutes = figureWithin(text, 2, 480, true);

  function submit(event: FormEvent) {
    event.preventDefault();
    if (minutes !== undefined) save.mutate({ signOutMinutes: minutes });
  }

  return (
    <form className="form" onSubmit={submit} noValidate>
      <Field
        label={say('teamIdleMinutes')}
        inputMode="numeric"
        value={text}
        problem={minutes === undefined ? say('numberBad', { min: 2, max: 480 }) : undefined}
        onChange={setDraft}
      />
      <SaveBar dirty={draft !== undefined} busy={save.isPending} onRevert={dropDraft} />
    </form>
  );
}
