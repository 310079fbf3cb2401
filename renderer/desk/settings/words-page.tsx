import type { FormEvent } from 'react';
import { useDesk } from '../desk-context.ts';
import { FoundDraft } from '../drafts/found-draft.tsx';
import { FormClash, useStoredForm } from '../drafts/use-form-draft.tsx';
import { Field } from '../parts/field.tsx';
import { SaveBar } from '../parts/save-bar.tsx';
import { Trouble } from '../parts/trouble.tsx';
import { useEngine } from '../words/automatic.tsx';
import { TagsManager } from '../words/tags-manager.tsx';
import { useHere } from './use-here.ts';
import { usePlaceProblem, useSaveSettings, useSettings } from './use-settings.ts';

/** The tags of the whole library, and the program that may write a first transcript. */
export function WordsPage() {
  const { say } = useDesk();
  return (
    <>
      <section className="words-settings">
        <h2>{say('tagsManage')}</h2>
        <p className="soft">{say('tagsManageWhy')}</p>
        <TagsManager />
      </section>
      <section className="words-settings">
        <h2>{say('whisperTitle')}</h2>
        <p className="soft">{say('whisperWhy')}</p>
        <WhisperForm />
      </section>
    </>
  );
}

interface Fields {
  whisperModel: string;
  whisperPath: string;
}

const whisperOf = (settings: Fields): Fields => ({
  whisperModel: settings.whisperModel,
  whisperPath: settings.whisperPath,
});

function WhisperForm() {
  const { say } = useDesk();
  const settings = useSettings();
  const engine = useEngine();
  const {
    draft,
    set: setDraft,
    drop: dropDraft,
    clash,
  } = useStoredForm<Fields>('settings-words', settings.data && whisperOf(settings.data));
  const save = useSaveSettings(() => {
    dropDraft();
    void engine.refetch();
  });
  const here = useHere();
  const placeProblem = usePlaceProblem(save.error);
  if (settings.data === undefined) {
    if (settings.isError) return <Trouble error={settings.error} onRetry={() => void settings.refetch()} />;
    return <p>{say('loading')}</p>;
  }
  const fields = draft ?? whisperOf(settings.data);
  const change = (part: Partial<Fields>) => {
    save.reset();
    setDraft({ ...fields, ...part });
  };
  function submit(event: FormEvent) {
    event.preventDefault();
    save.mutate({ whisperModel: fields.whisperModel.trim(), whisperPath: fields.whisperPath.trim() });
  }
  return (
    <form className="form" onSubmit={submit} noValidate>
      {clash !== undefined && <FormClash clash={clash} />}
      <FoundDraft names={['settings-words']} />
      <Field
        label={say('whisperModel')}
        hint={say(here ? 'whisperModelHint' : 'hereOnly')}
        problem={placeProblem('whisperModel')}
        disabled={!here}
        value={fields.whisperModel}
        spellCheck={false}
        maxLength={1000}
        onChange={(whisperModel) => change({ whisperModel })}
      />
      <Field
        label={say('whisperPath')}
        hint={say(here ? 'whisperPathHint' : 'hereOnly')}
        problem={placeProblem('whisperPath')}
        disabled={!here}
        value={fields.whisperPath}
        spellCheck={false}
        maxLength={1000}
        onChange={(whisperPath) => change({ whisperPath })}
      />
      <p role="status" className={engine.data?.why != null && engine.data.why !== 'off' ? 'problem' : 'soft'}>
        {engine.data?.available && say('engineReady', { program: engine.data.program })}
        {engine.data?.why != null && engine.data.why !== 'off' && say(`engine_${engine.data.why}`)}
      </p>
      <SaveBar dirty={draft !== undefined && clash === undefined} busy={save.isPending} onRevert={dropDraft} />
    </form>
  );
}
