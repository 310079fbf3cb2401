import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useId } from 'react';
import type { ConsentDetail } from '../../../shared/contract/authorisation.ts';
import {
  type HearsayMethod,
  hearsayMethods,
  type NameChoice,
  nameChoices,
  type Purpose,
  purposes,
} from '../../../shared/domain/consent.ts';
import { Button } from '../../ui/Button.tsx';
import { useDesk } from '../desk-context.ts';
import { FoundDraft } from '../drafts/found-draft.tsx';
import { useFormDraft } from '../drafts/use-form-draft.tsx';
import { Dialog } from '../parts/dialog.tsx';
import { Field } from '../parts/field.tsx';
import { Trouble } from '../parts/trouble.tsx';
import { codeOf } from '../problems.ts';
import { methodKeys, purposeKeys } from './purposes.ts';
import { useConsent, useRefresh } from './queries.ts';

const nameLabels = {
  name: 'nameShownName',
  pseudonym: 'nameShownOther',
  anonymous: 'nameShownAnonymous',
} as const satisfies Record<NameChoice, string>;

/** A host writes down what the person told them. Nothing is ticked beforehand, here either. */
export function RecordDialog({ id, onClose }: { id: string; onClose(): void }) {
  const { say } = useDesk();
  const consent = useConsent(id);
  return (
    <Dialog title={say('consentRecordTitle')} onClose={onClose}>
      {consent.data === undefined ? (
        consent.isError ? (
          <Trouble error={consent.error} onRetry={() => void consent.refetch()} />
        ) : (
          <p>{say('loading')}</p>
        )
      ) : (
        <RecordForm id={id} detail={consent.data} onClose={onClose} />
      )}
    </Dialog>
  );
}

interface Said {
  chosen: Purpose[];
  nameShown: NameChoice | null;
  pseudonym: string;
  until: string;
  method: HearsayMethod | null;
  note: string;
  adult: boolean;
}
const nothingSaid: Said = {
  chosen: [],
  nameShown: null,
  pseudonym: '',
  until: '',
  method: null,
  note: '',
  adult: false,
};

function RecordForm({ id, detail, onClose }: { id: string; detail: ConsentDetail; onClose(): void }) {
  const { api, say, tell, tellProblem, format } = useDesk();
  const refresh = useRefresh();
  const group = useId();
  const draftName = `record-${id}`;
  const { fields, write, drop } = useFormDraft(draftName, nothingSaid);
  const { chosen, nameShown, pseudonym, until, method, note, adult } = fields;
  const { text, lastDay, offered } = detail;
  // Nobody said in the booth that they are of age.
  const fromElsewhere = detail.scope === null;
  const named = nameShown !== null && (nameShown !== 'pseudonym' || pseudonym.trim() !== '');
  const whole =
    text !== null && (adult || !fromElsewhere) && chosen.length > 0 && named && method !== null && note.trim() !== '';

  const record = useMutation({
    mutationFn: (input: Parameters<typeof api.consent.record>[0]) => api.consent.record(input),
    async onSuccess() {
      drop();
      tell({ text: say('consentRecorded') });
      await refresh();
      onClose();
    },
    onError(error) {
      const code = codeOf(error);
      if (code === 'UNKNOWN_TEXT') tell({ text: say('consentTextUnknown'), tone: 'bad' });
      else if (code === 'NOT_FOUND') tell({ text: say('portraitGone'), tone: 'bad' });
      else tellProblem(error);
    },
  });

  function submit(event: FormEvent) {
    event.preventDefault();
    if (!whole || text === null || nameShown === null || method === null) return;
    const choices = {
      ...text,
      purposes: chosen,
      nameShown,
      pseudonym: nameShown === 'pseudonym' ? pseudonym.trim() : '',
      until: until === '' ? null : until,
      contact: '',
      answeredAt: format.now(),
    };
    record.mutate({ id, choices, method, note: note.trim(), adult });
  }

  return (
    <form className="form" onSubmit={submit} noValidate>
      <FoundDraft names={[draftName]} />
      <p>{say('consentRecordWhy')}</p>
      {fromElsewhere && (
        <div className="checks">
          <label>
            <input type="checkbox" checked={adult} onChange={(box) => write({ adult: box.target.checked })} />
            {say('consentRecordAdult')}
          </label>
          <p className="hint">{say('consentRecordMinor')}</p>
        </div>
      )}
      <fieldset className="checks">
        <legend>{say('consentRecordPurposes')}</legend>
        {purposes
          .filter((one) => offered.includes(one))
          .map((one) => (
            <label key={one}>
              <input
                type="checkbox"
                checked={chosen.includes(one)}
                onChange={(box) =>
                  write({
                    chosen: purposes.filter((other) => (other === one ? box.target.checked : chosen.includes(other))),
                  })
                }
              />
              {say(purposeKeys[one])}
            </label>
          ))}
        <p className="hint">{say('consentRecordNothing')}</p>
      </fieldset>
      <fieldset className="checks">
        <legend>{say('consentRecordName')}</legend>
        {nameChoices.map((one) => (
          <label key={one}>
            <input
              type="radio"
              name={`${group}-name`}
              checked={nameShown === one}
              onChange={() => write({ nameShown: one })}
            />
            {say(nameLabels[one])}
          </label>
        ))}
      </fieldset>
      {nameShown === 'pseudonym' && (
        <Field
          label={say('consentRecordPseudonym')}
          value={pseudonym}
          maxLength={80}
          onChange={(pseudonym) => write({ pseudonym })}
        />
      )}
      <fieldset className="checks">
        <legend>{say('consentRecordMethod')}</legend>
        {hearsayMethods.map((one) => (
          <label key={one}>
            <input
              type="radio"
              name={`${group}-method`}
              checked={method === one}
              onChange={() => write({ method: one })}
            />
            {say(methodKeys[one])}
          </label>
        ))}
      </fieldset>
      <Field label={say('consentRecordNote')} value={note} maxLength={500} onChange={(note) => write({ note })} />
      <Field
        label={say('consentRecordUntil')}
        hint={say('consentRecordUntilHint', { day: format.day(`${lastDay}T12:00:00Z`) })}
        type="date"
        max={lastDay}
        value={until}
        onChange={(until) => write({ until })}
      />
      <div className="dialog-foot">
        <Button
          onClick={() => {
            drop();
            onClose();
          }}
        >
          {say('cancel')}
        </Button>
        <Button look="main" type="submit" disabled={!whole || record.isPending}>
          {say('consentRecordGo')}
        </Button>
      </div>
    </form>
  );
}
