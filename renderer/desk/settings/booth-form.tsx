import type { FormEvent } from 'react';
import { useDesk } from '../desk-context.ts';
import { FoundDraft } from '../drafts/found-draft.tsx';
import { FormClash, useStoredForm } from '../drafts/use-form-draft.tsx';
import { Field } from '../parts/field.tsx';
import { SaveBar } from '../parts/save-bar.tsx';
import { Trouble } from '../parts/trouble.tsx';
import { BigButtonField } from './big-button-field.tsx';
import { figureWithin } from './figures.ts';
import { type Settings, useSaveSettings, useSettings } from './use-settings.ts';

interface Fields {
  keys: string[];
  idle: string;
  grace: string;
}

const fieldsOf = ({ bigButtonKeys, idleSeconds, idleGraceSeconds }: Settings): Fields => ({
  keys: bigButtonKeys,
  idle: String(idleSeconds),
  grace: String(idleGraceSeconds),
});

/** The big button, and how long the booth waits for a visitor who has gone. */
export function BoothForm() {
  const { say } = useDesk();
  const settings = useSettings();
  const {
    draft,
    set: setDraft,
    drop: dropDraft,
    clash,
  } = useStoredForm<Fields>('settings-booth', settings.data && fieldsOf(settings.data));
  const save = useSaveSettings(dropDraft);
  if (settings.data === undefined) {
    if (settings.isError) return <Trouble error={settings.error} onRetry={() => void settings.refetch()} />;
    return <p>{say('loading')}</p>;
  }
  const fields = draft ?? fieldsOf(settings.data);
  const change = (part: Partial<Fields>) => setDraft({ ...fields, ...part });
  const idle = figureWithin(fields.idle, 10, 600, true);
  const grace = figureWithin(fields.grace, 5, 120, true);

  function submit(event: FormEvent) {
    event.preventDefault();
    if (idle === undefined || grace === undefined) return;
    save.mutate({ bigButtonKeys: fields.keys, idleSeconds: idle, idleGraceSeconds: grace });
  }
  return (
    <form className="form" onSubmit={submit} noValidate>
      {clash !== undefined && <FormClash clash={clash} />}
      <FoundDraft names={['settings-booth']} />
      <BigButtonField keys={fields.keys} onChange={(keys) => change({ keys })} />
      <Field
        label={say('boothIdle')}
        inputMode="numeric"
        value={fields.idle}
        problem={idle === undefined ? say('numberBad', { min: 10, max: 600 }) : undefined}
        onChange={(text) => change({ idle: text })}
      />
      <Field
        label={say('boothGrace')}
        inputMode="numeric"
        value={fields.grace}
        problem={grace === undefined ? say('numberBad', { min: 5, max: 120 }) : undefined}
        onChange={(text) => change({ grace: text })}
      />
      <SaveBar dirty={draft !== undefined && clash === undefined} busy={save.isPending} onRevert={dropDraft} />
    </form>
  );
}
