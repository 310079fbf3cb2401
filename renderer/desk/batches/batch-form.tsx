import { type FormEvent, useId, useState } from 'react';
import type { BatchDetail, BatchFields } from '../../../shared/contract/batches.ts';
import { batchPurposes } from '../../../shared/domain/batch.ts';
import { useDesk, useKey } from '../desk-context.ts';
import { FoundDraft } from '../drafts/found-draft.tsx';
import { FormClash, useStoredForm } from '../drafts/use-form-draft.tsx';
import { Field } from '../parts/field.tsx';
import { leaveOnEscape } from '../parts/leave.ts';
import { SaveBar } from '../parts/save-bar.tsx';
import { fieldsOf, isFeedUrl, sameFields } from './fields.ts';
import { useBatchChange } from './queries.ts';

/** What a batch is called and made for. What is typed is kept until it is saved, wherever one goes meanwhile. */
export function BatchForm({ batch }: { batch: BatchDetail }) {
  const { api, say, tell } = useDesk();
  const id = useId();
  const change = useBatchChange(batch.id);
  const [asked, setAsked] = useState(false);
  const stored = fieldsOf(batch);
  const name = `batch-${batch.id}`;
  const { draft, set: setDraft, drop: dropDraft, clash } = useStoredForm<BatchFields>(name, stored);
  const fields = draft ?? stored;
  const dirty = draft !== undefined && !sameFields(draft, stored);
  const write = (part: Partial<BatchFields>) => setDraft({ ...fields, ...part });
  const nameMissing = fields.name.trim() === '';
  const urlBad = !isFeedUrl(fields.feedUrl);

  function save(event?: FormEvent) {
    event?.preventDefault();
    setAsked(true);
    if (clash !== undefined || nameMissing || urlBad || !dirty || change.isPending) return;
    change.mutate(({ revision }) => api.batches.save({ id: batch.id, revision, ...fields }), {
      onSuccess() {
        dropDraft();
        tell({ text: say('batchSaved') });
      },
    });
  }
  useKey('save', () => save());
  return (
    <form className="form" onSubmit={save} noValidate>
      {clash !== undefined && <FormClash clash={clash} />}
      <FoundDraft names={[name]} />
      <Field
        label={say('batchName')}
        value={fields.name}
        maxLength={80}
        onChange={(name) => write({ name })}
        onKeyDown={leaveOnEscape}
        problem={asked && nameMissing ? say('batchNameMissing') : undefined}
      />
      <div className="field">
        <label htmlFor={`${id}-text`}>{say('batchDescription')}</label>
        <textarea
          id={`${id}-text`}
          rows={3}
          maxLength={4000}
          value={fields.description}
          aria-describedby={`${id}-text-hint`}
          onChange={(event) => write({ description: event.target.value })}
          onKeyDown={leaveOnEscape}
        />
        <p className="hint" id={`${id}-text-hint`}>
          {say('batchDescriptionHint')}
        </p>
      </div>
      <div className="field">
        <label htmlFor={`${id}-purpose`}>{say('batchPurpose')}</label>
        <select
          id={`${id}-purpose`}
          value={fields.purpose}
          aria-describedby={`${id}-purpose-hint`}
          onChange={(event) => write({ purpose: event.target.value as BatchFields['purpose'] })}
        >
          {batchPurposes.map((purpose) => (
            <option key={purpose} value={purpose}>
              {say(`batchPurpose_${purpose}`)}
            </option>
          ))}
        </select>
        <p className="hint" id={`${id}-purpose-hint`}>
          {say('batchPurposeHint')}
        </p>
      </div>
      <div className="checks">
        <label>
          <input
            type="checkbox"
            checked={fields.needsTranscript}
            onChange={(event) => write({ needsTranscript: event.target.checked })}
          />
          {say('batchNeedsTranscript')}
        </label>
      </div>
      <Field
        label={say('batchFeedUrl')}
        value={fields.feedUrl}
        type="url"
        inputMode="url"
        maxLength={500}
        hint={say('batchFeedUrlHint')}
        onChange={(feedUrl) => write({ feedUrl: feedUrl.trim() })}
        onKeyDown={leaveOnEscape}
        problem={asked && urlBad ? say('batchFeedUrlBad') : undefined}
      />
      {dirty && clash === undefined && <SaveBar dirty={dirty} busy={change.isPending} onRevert={dropDraft} />}
    </form>
  );
}
