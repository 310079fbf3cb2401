import { useRef, useState } from 'react';
import type { PortraitDetail } from '../../../shared/contract/library.ts';
import { mayMove, type PortraitState } from '../../../shared/domain/portrait.ts';
import { Button } from '../../ui/Button.tsx';
import { AddToBatch } from '../batches/add-to-batch.tsx';
import { RecordDialog } from '../consent/record-dialog.tsx';
import { useDesk, useKey } from '../desk-context.ts';
import { codeOf, dataOf } from '../problems.ts';
import { WordsNotSaved } from '../words/saving.ts';
import { LeftList } from './left-list.tsx';
import { nameOf, stateKeys } from './marks.ts';
import { PublishDialog } from './publish-dialog.tsx';
import { useAiming } from './use-aim.ts';
import { type Decision, useDecide } from './use-changes.ts';

const unsavedKeys = { found: 'draftWaits', clash: 'wordsClash', failed: 'wordsUnsaved' } as const;

export interface DecideBarProps {
  portrait: PortraitDetail;
  /** The portrait was approved or rejected: on to the next; answers whether there is one. */
  onDecided(id: string): boolean;
  onChoose(id: string): void;
  /** How often a key was pressed whose act had nothing to go to. */
  pressed: number;
}

/** What can be done with the portrait now, each with its key; nothing is offered that would be refused. */
export function DecideBar({ portrait, onDecided, onChoose, pressed }: DecideBarProps) {
  const { say, tell, tellProblem, player } = useDesk();
  const decide = useDecide();
  const [recording, setRecording] = useState(false);
  const [asked, setAsked] = useState(false);
  const [publishing, setPublishing] = useState(false);
  const [adding, setAdding] = useState(false);
  const attest = useRef<HTMLButtonElement>(null);
  const { id, state } = portrait;
  const mayApprove = state === 'toReview';
  const mayReject = mayMove(state, 'rejected');
  const mayRestore = mayMove(state, 'toReview');
  const mayPublish = state === 'approved' || state === 'published';
  const needsWord = mayApprove && !portrait.confirmed;
  const { aim, single, at, singleAt } = useAiming();
  const left = single.kind === 'none' && single.why === 'left';
  const ticked = aim.kind === 'many';
  const name = nameOf(portrait, say);

  function onError(error: unknown) {
    const code = codeOf(error);
    if (error instanceof WordsNotSaved) return tell({ text: say(unsavedKeys[error.why]), tone: 'bad' });
    if (code === 'STALE') return tell({ text: say('staleChange'), tone: 'bad' });
    if (code === 'NOT_FOUND') return tell({ text: say('portraitGone'), tone: 'bad' });
    if (code === 'NEEDS_CONSENT') return setAsked(true);
    if (code === 'WRONG_STATE') {
      const now = stateKeys[dataOf(error, 'state') as PortraitState];
      return tell({ text: say('wrongState', { state: say(now) }), tone: 'bad' });
    }
    tellProblem(error);
  }

  /** The promise outlives this bar, which leaves with its portrait; a callback given to `mutate` would not be heard. */
  async function settle(target: PortraitDetail, decision: Decision): Promise<PortraitDetail | undefined> {
    try {
      return await decide.mutateAsync({ portrait: target, decision });
    } catch (error) {
      onError(error);
      return undefined;
    }
  }

  async function run(decision: Decision, text: string, back: Decision | null) {
    if (decide.isPending || !(decision.to === 'toReview' ? singleAt(id) : at(id))) return;
    const changed = await settle(portrait, decision);
    if (changed === undefined) return;
    const undo = async () => {
      if (back === null || (await settle(changed, back)) === undefined) return;
      tell({ text: say('undone') });
      onChoose(id);
    };
    tell({ text, ...(back !== null && { undo: () => void undo() }) });
    if (decision.to !== 'approved' && decision.to !== 'rejected') return;
    const left = onDecided(id);
    setGone(left);
    if (left && eager.current) player.playNext();
    eager.current = false;
    hasGone.current = left;
  }
  // A hand that is quicker than the studio means the next portrait already.
  const eager = useRef(false);
  // Known at once, and told to the keys with the next picture.
  const hasGone = useRef(false);
  const [gone, setGone] = useState(false);
  const leaving = decide.isPending && decide.variables?.decision.to !== 'toReview';
  function playNext() {
    if (hasGone.current) player.playNext();
    else eager.current = true;
  }
  useKey('play', leaving || gone ? playNext : undefined, 1);

  function approve() {
    if (!at(id)) return;
    if (needsWord) {
      setAsked(true);
      attest.current?.focus();
      return;
    }
    void run({ to: 'approved' }, say('approved', { name }), { to: 'toReview' });
  }
  const add = () => {
    if (at(id)) setAdding(true);
  };
  const reject = () =>
    void run({ to: 'rejected' }, say('rejected', { name }), {
      to: state === 'approved' ? 'approvedAgain' : 'toReview',
    });
  const restore = () => void run({ to: 'toReview' }, say('restored', { name }), null);
  const publish = () => {
    if (!singleAt(id)) return;
    if (mayPublish) setPublishing(true);
    else tell({ text: say('publishNeedsApproval') });
  };

  useKey('approve', mayApprove ? approve : undefined);
  useKey('reject', mayReject ? reject : undefined);
  useKey('undo', mayRestore ? restore : undefined);
  const mayAdd = state !== 'withdrawn' && state !== 'rejected';
  useKey('addToBatch', mayAdd ? add : undefined);
  useKey('publish', state === 'withdrawn' ? undefined : publish);

  return (
    <footer className="decide">
      {state === 'withdrawn' && <p className="decide-why">{say('withdrawnWhy')}</p>}
      {left && <LeftList key={pressed} id={id} />}
      {ticked && <p className="decide-why">{say('aimTicked', { n: aim.ids.length })}</p>}
      {needsWord && (
        <div className="attest">
          <p className={asked ? 'attest-asked' : 'soft'} role="status">
            {say('attestConsent')} {say('attestConsentHow')}
          </p>
          <Button ref={attest} disabled={left} onClick={() => setRecording(true)}>
            {say('consentRecord')}
          </Button>
        </div>
      )}
      <fieldset className="decide-buttons" disabled={decide.isPending || left}>
        <legend className="visually-hidden">{say('actions')}</legend>
        {mayAdd && (
          <Button keyName="B" disabled={ticked} onClick={add}>
            {say('addToBatch')}
          </Button>
        )}
        {mayRestore && (
          <Button keyName="U" onClick={restore}>
            {say('restore')}
          </Button>
        )}
        {mayReject && (
          <Button keyName="R" disabled={ticked} onClick={reject}>
            {say('reject')}
          </Button>
        )}
        {mayApprove && (
          <Button look="main" className="button-good" disabled={ticked} keyName={say('keyEnter')} onClick={approve}>
            {say('approveNext')}
          </Button>
        )}
        {mayPublish && (
          <Button look="main" keyName="P" onClick={publish}>
            {say('publish')}
          </Button>
        )}
      </fieldset>
      {adding && <AddToBatch portraitIds={[portrait.id]} onClose={() => setAdding(false)} />}
      {recording && <RecordDialog id={id} onClose={() => setRecording(false)} />}
      {publishing && <PublishDialog portrait={portrait} onClose={() => setPublishing(false)} />}
    </footer>
  );
}
