import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useId, useState } from 'react';
import type { Destination } from '../../../shared/contract/delivery.ts';
import { type Purpose, purposes } from '../../../shared/domain/consent.ts';
import { reachOf } from '../../../shared/domain/plain.ts';
import { Button } from '../../ui/Button.tsx';
import { purposeKeys } from '../consent/purposes.ts';
import { useDesk } from '../desk-context.ts';
import { FoundDraft } from '../drafts/found-draft.tsx';
import { FormClash, useStoredForm } from '../drafts/use-form-draft.tsx';
import { Field } from '../parts/field.tsx';
import { SaveBar } from '../parts/save-bar.tsx';
import { readSiteUrl } from './figures.ts';
import { PlainWarning } from './plain-warning.tsx';
import { RemoveDestination } from './remove-destination.tsx';
import { TestResult } from './test-result.tsx';

interface Fields {
  name: string;
  url: string;
  user: string;
  password: string;
  purpose: Purpose;
  plain: boolean;
}

export interface DestinationFormProps {
  /** Undefined: a new one. */
  destination: Destination | undefined;
  onSaved(id: string): void;
  onGone(): void;
}

/** A WordPress site: where it is, who publishes, and whether it lets us. */
export function DestinationForm({ destination, onSaved, onGone }: DestinationFormProps) {
  const { api, say, tell, tellProblem } = useDesk();
  const queries = useQueryClient();
  const stored: Fields = {
    name: destination?.name ?? '',
    url: destination?.url ?? '',
    user: destination?.user ?? '',
    password: '',
    purpose: destination?.purpose ?? ('site' as const),
    plain: destination?.plainAccepted ?? false,
  };
  const name = `destination-${destination?.id ?? 'new'}`;
  const { draft, set: setDraft, drop: dropDraft, clash } = useStoredForm<Fields>(name, stored);
  const fields = draft ?? stored;
  const [asked, setAsked] = useState(false);
  const purposeId = useId();
  const url = readSiteUrl(fields.url);
  const needed = (text: string) => (asked && text.trim() === '' ? say('fieldNeeded') : undefined);
  const reach = url === undefined ? 'encrypted' : reachOf(url);
  const mayGo = reach === 'encrypted' || reach === 'own' || (reach === 'near' && fields.plain === true);
  const noPassword = fields.password === '' && destination?.hasPassword !== true;
  const complete = fields.name.trim() !== '' && url !== undefined && fields.user.trim() !== '' && !noPassword && mayGo;

  const call = () => ({
    kind: 'wordpress' as const,
    name: fields.name.trim(),
    url: url ?? '',
    user: fields.user.trim(),
    purpose: fields.purpose,
    plainAccepted: reach === 'near' && fields.plain === true,
    ...(destination !== undefined && { id: destination.id }),
    // Application passwords are shown in groups of four; WordPress takes them with or without the spaces.
    ...(fields.password !== '' && { password: fields.password.trim() }),
  });
  const test = useMutation({ mutationFn: () => api.delivery.testDestination(call()), onError: tellProblem });
  const save = useMutation({
    mutationFn: () => api.delivery.saveDestination(call()),
    onSuccess(saved) {
      dropDraft();
      void queries.invalidateQueries({ queryKey: ['destinations'] });
      tell({ text: say('destinationSaved') });
      onSaved(saved.id);
    },
    onError: tellProblem,
  });

  const change = (part: Partial<Fields>) => {
    test.reset();
    setDraft({ ...fields, ...part });
  };
  function withComplete(run: () => void) {
    setAsked(true);
    if (complete) run();
  }
  function submit(event: FormEvent) {
    event.preventDefault();
    withComplete(() => save.mutate());
  }
  return (
    <form className="form" onSubmit={submit} noValidate>
      {clash !== undefined && <FormClash clash={clash} />}
      <FoundDraft names={[name]} />
      <Field
        label={say('destinationName')}
        hint={say('destinationNameHint')}
        value={fields.name}
        maxLength={80}
        problem={needed(fields.name)}
        onChange={(name) => change({ name })}
      />
      <Field
        label={say('destinationUrl')}
        hint={say('destinationUrlHint')}
        value={fields.url}
        inputMode="url"
        autoComplete="off"
        spellCheck={false}
        maxLength={500}
        problem={urlProblem()}
        onBlur={() => url !== undefined && url !== fields.url && change({ url })}
        onChange={(typed) => change({ url: typed, plain: false })}
      />
      {reach === 'near' && <PlainWarning accepted={fields.plain === true} onChange={(plain) => change({ plain })} />}
      <Field
        label={say('destinationUser')}
        value={fields.user}
        autoComplete="off"
        spellCheck={false}
        maxLength={80}
        problem={needed(fields.user)}
        onChange={(user) => change({ user })}
      />
      <div className="explain">
        <p>{say('destinationPasswordWhat')}</p>
        <p>{say('destinationPasswordHow')}</p>
      </div>
      <Field
        label={say('destinationPassword')}
        hint={destination?.hasPassword ? say('destinationPasswordKept') : undefined}
        type="password"
        value={fields.password}
        autoComplete="new-password"
        maxLength={200}
        problem={noPassword ? needed('') : undefined}
        onChange={(password) => change({ password })}
      />
      <div className="field">
        <label htmlFor={purposeId}>{say('destinationPurpose')}</label>
        <select
          id={purposeId}
          value={fields.purpose}
          aria-describedby={`${purposeId}-hint`}
          onChange={(event) => {
            const purpose = purposes.find((one) => one === event.target.value);
            if (purpose !== undefined) change({ purpose });
          }}
        >
          {purposes.map((purpose) => (
            <option key={purpose} value={purpose}>
              {say(purposeKeys[purpose])}
            </option>
          ))}
        </select>
        <p className="hint" id={`${purposeId}-hint`}>
          {say('destinationPurposeHint')}
        </p>
      </div>
      <div className="test">
        <Button look="equal" disabled={test.isPending} onClick={() => withComplete(() => test.mutate())}>
          {say('destinationTest')}
        </Button>
        <TestResult
          pending={test.isPending}
          result={test.data}
          onTake={(address) => change({ url: address, plain: false })}
        />
      </div>
      <SaveBar dirty={draft !== undefined && clash === undefined} busy={save.isPending} onRevert={dropDraft} />
      {destination !== undefined && <RemoveDestination destination={destination} onGone={onGone} />}
    </form>
  );

  function urlProblem(): string | undefined {
    if (url === undefined)
      return asked ? say(fields.url.trim() === '' ? 'fieldNeeded' : 'destinationUrlBad') : undefined;
    return reach === 'public' ? say('destinationPlainPublic') : undefined;
  }
}
