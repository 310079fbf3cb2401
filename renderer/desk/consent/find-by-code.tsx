import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { Button } from '../../ui/Button.tsx';
import { useDesk } from '../desk-context.ts';
import { Field } from '../parts/field.tsx';
import { placeHash } from '../place.ts';
import { stateKeys } from '../portraits/marks.ts';
import { codeOf } from '../problems.ts';

/** Somebody is here with their ticket: their portrait, and everything kept about them to take away. */
export function FindByCode() {
  const { api, say, tell, tellProblem } = useDesk();
  const [code, setCode] = useState('');
  const find = useMutation({
    mutationFn: (typed: string) => api.consent.find({ code: typed }),
    onError(error) {
      if (codeOf(error) !== 'NOT_FOUND') tellProblem(error);
    },
  });
  const access = useMutation({
    mutationFn: (id: string) => api.consent.access({ id }),
    onSuccess({ url }) {
      const link = document.createElement('a');
      link.href = url;
      link.download = '';
      link.click();
      tell({ text: say('consentAccessDone') });
    },
    onError: tellProblem,
  });
  const found = find.data;
  const gone = found?.state === 'erased' || found?.state === 'withdrawn';

  function submit(event: FormEvent) {
    event.preventDefault();
    if (code.trim() !== '') find.mutate(code.trim());
  }

  return (
    <section className="queue-part" aria-label={say('consentFind')}>
      <form className="consent-find" onSubmit={submit} noValidate>
        <Field
          label={say('consentFind')}
          hint={say('consentFindHint')}
          value={code}
          maxLength={20}
          autoComplete="off"
          autoCapitalize="characters"
          spellCheck={false}
          problem={find.isError && codeOf(find.error) === 'NOT_FOUND' ? say('consentFindNone') : undefined}
          onChange={(typed) => {
            setCode(typed);
            find.reset();
          }}
        />
        <Button type="submit" look="equal" disabled={code.trim() === '' || find.isPending}>
          {say('consentFindGo')}
        </Button>
      </form>
      <div role="status">
        {found !== undefined && (
          <div className="consent-found">
            <p>{say('consentFound', { title: found.title || say('noName'), state: say(stateKeys[found.state]) })}</p>
            {!gone && (
              <div className="consent-buttons">
                <a className="button button-quiet" href={placeHash({ screen: 'portraits', view: 'all', id: found.id })}>
                  {say('consentOpen')}
                </a>
                <Button disabled={access.isPending} onClick={() => access.mutate(found.id)}>
                  {say('consentAccess')}
                </Button>
                <p className="hint">{say('consentAccessHint')}</p>
              </div>
            )}
          </div>
        )}
      </div>
    </section>
  );
}
