import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { Button } from '../../ui/Button.tsx';
import { useDesk } from '../desk-context.ts';
import { Dialog } from '../parts/dialog.tsx';
import { useSingleOff } from '../portraits/use-aim.ts';
import { codeOf } from '../problems.ts';
import { useConsent, useRefresh } from './queries.ts';

type Way = 'confirm' | 'undo';

const noon = (day: string) => `${day}T12:00:00Z`;

/** Somebody entered this portrait's code on a site: what follows, until when, and the two ways to end it before. */
export function PendingBanner({ id }: { id: string }) {
  const { say, format } = useDesk();
  const off = useSingleOff();
  const pending = useConsent(id).data?.pending ?? null;
  const [open, setOpen] = useState<Way | null>(null);
  if (pending === null) return null;
  return (
    <>
      <section className="banner banner-warn" aria-label={say('pendingTitle')}>
        <div className="banner-words">
          <p>
            <strong>
              {say('pendingText', {
                site: pending.site,
                day: format.day(pending.heardAt),
                end: format.day(noon(pending.eraseOn)),
              })}
            </strong>
          </p>
          <p className="soft">{say('pendingMeanwhile')}</p>
        </div>
        <div className="banner-acts">
          <Button disabled={off} onClick={() => setOpen('undo')}>
            {say('pendingUndo')}
          </Button>
          <Button disabled={off} onClick={() => setOpen('confirm')}>
            {say('pendingConfirm')}
          </Button>
        </div>
      </section>
      {open !== null && <EndDialog id={id} way={open} onClose={() => setOpen(null)} />}
    </>
  );
}

/** Neither way is taken by one press: the one cannot be had back, and the other goes against what somebody typed. */
function EndDialog({ id, way, onClose }: { id: string; way: Way; onClose(): void }) {
  const { api, say, tell, tellProblem } = useDesk();
  const refresh = useRefresh();
  const undo = way === 'undo';
  const end = useMutation({
    async mutationFn() {
      await (undo ? api.consent.undoWithdrawal({ id }) : api.consent.confirmWithdrawal({ id }));
    },
    async onSuccess() {
      tell({ text: say(undo ? 'pendingUndone' : 'consentWithdrawnAll') });
      await refresh();
      onClose();
    },
    async onError(error) {
      if (codeOf(error) !== 'NOT_FOUND') return tellProblem(error);
      tell({ text: say('pendingGone'), tone: 'bad' });
      await refresh();
      onClose();
    },
  });
  return (
    <Dialog title={say(undo ? 'pendingUndoTitle' : 'pendingConfirmTitle')} onClose={onClose}>
      <p>{say(undo ? 'pendingUndoWhy' : 'consentWithdrawAllWhy')}</p>
      <div className="dialog-foot">
        <Button onClick={onClose}>{say('pendingKeep')}</Button>
        <Button look="equal" disabled={end.isPending} onClick={() => end.mutate()}>
          {say(undo ? 'pendingUndo' : 'pendingConfirm')}
        </Button>
      </div>
    </Dialog>
  );
}
