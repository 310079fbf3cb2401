import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useId, useState } from 'react';
import { type Purpose, purposes } from '../../../shared/domain/consent.ts';
import { Button } from '../../ui/Button.tsx';
import { useDesk } from '../desk-context.ts';
import { Dialog } from '../parts/dialog.tsx';
import { codeOf } from '../problems.ts';
import { purposeKeys } from './purposes.ts';
import { useRefresh } from './queries.ts';

export interface WithdrawDialogProps {
  id: string;
  /** What is allowed now. */
  allowed: readonly Purpose[];
  onClose(): void;
}

/** The whole of it or some uses; nothing happens before both were read and chosen. */
export function WithdrawDialog({ id, allowed, onClose }: WithdrawDialogProps) {
  const { api, say, tell, tellProblem } = useDesk();
  const refresh = useRefresh();
  const group = useId();
  const [how, setHow] = useState<'all' | 'part' | null>(null);
  const [gone, setGone] = useState<Purpose[]>([]);
  const part = allowed.length > 1;
  const ready = how === 'all' || (how === 'part' && gone.length > 0);

  const withdraw = useMutation({
    mutationFn: (wanted: 'all' | Purpose[]) => api.consent.withdraw({ id, purposes: wanted }),
    async onSuccess({ whole }) {
      tell({ text: say(whole ? 'consentWithdrawnAll' : 'consentWithdrawnPart') });
      await refresh();
      onClose();
    },
    onError(error) {
      if (codeOf(error) === 'NOT_FOUND') tell({ text: say('portraitGone'), tone: 'bad' });
      else tellProblem(error);
    },
  });

  function submit(event: FormEvent) {
    event.preventDefault();
    if (ready) withdraw.mutate(how === 'all' ? 'all' : gone);
  }

  return (
    <Dialog title={say('consentWithdrawTitle')} onClose={onClose}>
      <form className="form" onSubmit={submit} noValidate>
        <p>{say('consentWithdrawWhy')}</p>
        <fieldset className="checks consent-ways">
          <legend className="visually-hidden">{say('consentWithdrawTitle')}</legend>
          {part && (
            <label>
              <input type="radio" name={group} checked={how === 'part'} onChange={() => setHow('part')} />
              {say('consentWithdrawPart')}
            </label>
          )}
          {part && how === 'part' && (
            <div className="consent-parts">
              {purposes
                .filter((one) => allowed.includes(one))
                .map((one) => (
                  <label key={one}>
                    <input
                      type="checkbox"
                      checked={gone.includes(one)}
                      onChange={(box) =>
                        setGone(purposes.filter((other) => (other === one ? box.target.checked : gone.includes(other))))
                      }
                    />
                    {say(purposeKeys[one])}
                  </label>
                ))}
            </div>
          )}
          <label>
            <input type="radio" name={group} checked={how === 'all'} onChange={() => setHow('all')} />
            {say('consentWithdrawAll')}
          </label>
          {(how === 'all' || gone.length === allowed.length) && (
            <p className="problem">{say('consentWithdrawAllWhy')}</p>
          )}
        </fieldset>
        <div className="dialog-foot">
          <Button onClick={onClose}>{say('cancel')}</Button>
          <Button look="equal" type="submit" disabled={!ready || withdraw.isPending}>
            {say(how === 'part' && gone.length < allowed.length ? 'consentWithdrawPartGo' : 'consentWithdrawGo')}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
