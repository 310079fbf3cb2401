import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import type { HandedOverCopy } from '../../../shared/contract/authorisation.ts';
import type { Api } from '../../api.ts';
import { Button } from '../../ui/Button.tsx';
import { useDesk } from '../desk-context.ts';
import { Dialog } from '../parts/dialog.tsx';
import { placeHash } from '../place.ts';
import { codeOf } from '../problems.ts';
import { useCopyWords } from './copies.ts';
import { purposeKeys } from './purposes.ts';
import { useRefresh } from './queries.ts';

type FollowUp = Awaited<ReturnType<Api['consent']['overview']>>['followUps'][number];

/** Withdrawals of which a copy is still somewhere: what a host has to see to, one copy at a time. */
export function FollowUps({ followUps }: { followUps: readonly FollowUp[] }) {
  const { say } = useDesk();
  const [asked, setAsked] = useState<{ id: string; copy: HandedOverCopy }>();
  return (
    <section className="queue-part" aria-labelledby="consent-follow">
      <h2 id="consent-follow">{say('consentFollow')}</h2>
      {followUps.length === 0 ? (
        <p className="soft">{say('consentFollowNone')}</p>
      ) : (
        <>
          <p className="soft">{say('consentFollowWhy')}</p>
          <ul className="follow-list">
            {followUps.map((one) => (
              <Item key={one.id} followUp={one} onDone={(copy) => setAsked({ id: one.id, copy })} />
            ))}
          </ul>
        </>
      )}
      {asked !== undefined && <SettleDialog {...asked} onClose={() => setAsked(undefined)} />}
    </section>
  );
}

function Item({ followUp, onDone }: { followUp: FollowUp; onDone(copy: HandedOverCopy): void }) {
  const { say, format } = useDesk();
  const wordsOf = useCopyWords();
  const { code, since, purposes, urls, handedOver } = followUp;
  const uses = purposes.map((one) => say(purposeKeys[one])).join(', ');
  return (
    <li className="follow">
      <p className="follow-head">
        <span className="mark">{code ?? say('consentNoCode')}</span>
        <span>{say('consentFollowSince', { day: format.day(since) })}</span>
        {uses !== '' && <span className="soft">{say('consentFollowUses', { uses })}</span>}
      </p>
      {handedOver.map((copy) => {
        const { what, where } = wordsOf(copy);
        return (
          <div key={copy.copy} className="follow-copy">
            <p>
              <strong>{what}</strong>
              <span className="soft">{where}</span>
            </p>
            <Button aria-label={say('consentCopyDoneOf', { what, where })} onClick={() => onDone(copy)}>
              {say('consentCopyDone')}
            </Button>
          </div>
        );
      })}
      {(urls.length > 0 || handedOver.length === 0) && (
        <div className="follow-copy">
          <p>
            <strong>{say('consentFollowSite')}</strong>
            {urls.map((url) => (
              <a key={url} href={url} target="_blank" rel="noreferrer">
                {url}
              </a>
            ))}
          </p>
          <a className="button button-quiet" href={placeHash({ screen: 'queue' })}>
            {say('consentFollowQueue')}
          </a>
        </div>
      )}
    </li>
  );
}

/** It is for good, and goes into the journal: asked once more. */
function SettleDialog({ id, copy, onClose }: { id: string; copy: HandedOverCopy; onClose(): void }) {
  const { api, say, tell, tellProblem } = useDesk();
  const refresh = useRefresh();
  const { what, where } = useCopyWords()(copy);
  const settle = useMutation({
    mutationFn: () => api.consent.settleCopies({ id, copy: copy.copy }),
    onSuccess: () => tell({ text: say('consentCopySettled') }),
    onError(error) {
      // Somebody else was quicker: the list then says so.
      if (codeOf(error) === 'NOT_FOUND') tell({ text: say('consentCopyGone') });
      else tellProblem(error);
    },
    async onSettled() {
      await refresh();
      onClose();
    },
  });
  return (
    <Dialog title={say('consentCopyAsk')} onClose={onClose}>
      <p>
        <strong>{what}</strong>
        <br />
        {where}
      </p>
      <p className="soft">{say('consentCopyAskWhy')}</p>
      <div className="dialog-foot">
        <Button onClick={onClose}>{say('cancel')}</Button>
        <Button look="main" disabled={settle.isPending} onClick={() => settle.mutate()}>
          {say('consentCopyDone')}
        </Button>
      </div>
    </Dialog>
  );
}
