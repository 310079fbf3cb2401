import { useRef, useState } from 'react';
import type { ConsentAct, ConsentDetail } from '../../../shared/contract/authorisation.ts';
import type { PortraitDetail } from '../../../shared/contract/library.ts';
import { purposes } from '../../../shared/domain/consent.ts';
import type { Resolution } from '../../../shared/domain/evidence.ts';
import { Button } from '../../ui/Button.tsx';
import { useDesk } from '../desk-context.ts';
import { Trouble } from '../parts/trouble.tsx';
import { useSingleOff } from '../portraits/use-aim.ts';
import { usePart } from '../portraits/use-part.ts';
import { useCopyWords } from './copies.ts';
import { methodKeys, purposeKeys } from './purposes.ts';
import { useConsent } from './queries.ts';
import { RecordDialog } from './record-dialog.tsx';
import { WithdrawDialog } from './withdraw-dialog.tsx';

const resolutionKeys = {
  undone: 'actResolutionUndone',
  confirmed: 'actResolutionConfirmed',
  ended: 'actResolutionEnded',
} as const satisfies Record<Resolution, string>;

const consentPart = ['consent'] as const;

/** What the person allows, at a glance; the evidence; and what a host can do at their wish. */
export function ConsentPanel({ portrait }: { portrait: PortraitDetail }) {
  const { say } = useDesk();
  const { id, state } = portrait;
  const consent = useConsent(id);
  const off = useSingleOff();
  const [open, setOpen] = useState<'record' | 'withdraw' | null>(null);
  const alive = state !== 'withdrawn' && state !== 'erased';
  const { data } = consent;
  const record = useRef<HTMLButtonElement>(null);
  usePart(id, consentPart, data !== undefined, () => {
    record.current?.scrollIntoView({ block: 'nearest' });
    record.current?.focus();
  });
  return (
    <section className="consent" aria-labelledby={`consent-${id}`}>
      <h3 id={`consent-${id}`}>{say('consentOne')}</h3>
      {data === undefined ? (
        consent.isError ? (
          <Trouble error={consent.error} onRetry={() => void consent.refetch()} />
        ) : (
          <p>{say('loading')}</p>
        )
      ) : (
        <>
          <Scope detail={data} />
          <Handed detail={data} />
          <details hidden={data.acts.length === 0}>
            <summary>{say('consentActs')}</summary>
            <ol className="consent-acts">
              {data.acts.map((act) => (
                <Act key={act.seq} act={act} />
              ))}
            </ol>
          </details>
          <div className="consent-buttons">
            {data.evidenceUrl !== null && (
              <a
                className="button button-quiet"
                href={data.evidenceUrl}
                target="_blank"
                rel="noreferrer"
                title={say('consentEvidenceHint')}
              >
                {say('consentEvidence')}
              </a>
            )}
            {alive && (
              <>
                <Button ref={record} disabled={off} onClick={() => setOpen('record')}>
                  {say('consentRecord')}
                </Button>
                <Button disabled={off} onClick={() => setOpen('withdraw')}>
                  {say('consentWithdraw')}
                </Button>
              </>
            )}
          </div>
          {open === 'record' && <RecordDialog id={id} onClose={() => setOpen(null)} />}
          {open === 'withdraw' && (
            <WithdrawDialog id={id} allowed={data.scope?.purposes ?? []} onClose={() => setOpen(null)} />
          )}
        </>
      )}
    </section>
  );
}

function Scope({ detail: { scope, offered } }: { detail: ConsentDetail }) {
  const { say, format } = useDesk();
  if (scope === null) return <p className="consent-unsaid">{say('consentImported')}</p>;
  const { nameShown, pseudonym, until, ageBand, guardians } = scope;
  const name =
    nameShown === 'pseudonym'
      ? say('nameShownPseudonym', { name: pseudonym })
      : nameShown === null
        ? null
        : say(nameShown === 'name' ? 'nameShownName' : 'nameShownAnonymous');
  const more = [
    name,
    until === null ? null : say('consentUntil', { day: format.day(`${until}T12:00:00Z`) }),
    ageBand === 'minor' ? say('consentMinor', { n: guardians }) : null,
  ].filter((part) => part !== null);
  return (
    <>
      {scope.purposes === null ? (
        <p className="consent-unsaid">{say('consentUnsaid')}</p>
      ) : (
        <ul className="consent-scope">
          {purposes
            .filter((one) => offered.includes(one) || scope.purposes?.includes(one) || scope.withdrawn.includes(one))
            .map((one) => {
              const allowed = scope.purposes?.includes(one) === true;
              const word = allowed
                ? 'consentAllowed'
                : scope.withdrawn.includes(one)
                  ? 'consentTakenBack'
                  : 'consentRefused';
              return (
                <li key={one} className={allowed ? 'consent-yes' : 'consent-no'}>
                  <span aria-hidden="true">{allowed ? '✓' : '–'}</span>
                  <span>{say(purposeKeys[one])}</span>
                  <span className={word === 'consentTakenBack' ? 'soft' : 'visually-hidden'}>{say(word)}</span>
                </li>
              );
            })}
        </ul>
      )}
      {more.length > 0 && <p className="soft">{more.join(' · ')}</p>}
    </>
  );
}

function Handed({ detail: { handedOver } }: { detail: ConsentDetail }) {
  const { say } = useDesk();
  const wordsOf = useCopyWords();
  if (handedOver.length === 0) return null;
  return (
    <div>
      <h4>{say('consentHandedOver')}</h4>
      <ul>
        {handedOver.map((copy) => {
          const { what, where } = wordsOf(copy);
          return (
            <li key={copy.copy}>
              {what} <span className="soft">{where}</span>
            </li>
          );
        })}
      </ul>
    </div>
  );
}

function Act({ act }: { act: ConsentAct }) {
  const { say, format } = useDesk();
  const list = act.purposes.map((one) => say(purposeKeys[one])).join(', ');
  return (
    <li>
      <span>{sentence()}</span>
      <span className="soft">
        {format.moment(act.at)}
        {act.note !== '' && ` · ${act.note}`}
      </span>
    </li>
  );

  function sentence(): string {
    if (act.kind === 'erasure') return say('actErasure');
    if (act.kind === 'correction') return say('actCorrection');
    if (act.how !== null) return say(resolutionKeys[act.how], { purposes: list });
    if (act.by === null) return say('actGone');
    if (act.kind === 'withdrawal' && act.by === 'site') return say('actWithdrawalSite');
    if (act.kind === 'record') return say('actRecord');
    if (act.kind === 'withdrawal') return act.all ? say('actWithdrawalAll') : say('actWithdrawal', { purposes: list });
    if (act.method !== null) {
      return say('actChoicesStaff', { method: say(methodKeys[act.method]).toLocaleLowerCase(), purposes: list });
    }
    return say('actChoices', { purposes: list });
  }
}
