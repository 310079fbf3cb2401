import { fullDay } from '../../../shared/i18n/dates.ts';
import { readableAddress } from '../../../shared/i18n/ticket.ts';
import { Button } from '../../ui/Button.tsx';
import { useBooth } from '../view.ts';
import { Screen } from './Screen.tsx';
import { usePurposeWords } from './texts.ts';

/** What became of a portrait, in words, and what is allowed of it; each use can be taken back. */
export function Ticket() {
  const { visit, act, say } = useBooth();
  const labelOf = usePurposeWords();
  const { ticket, language, refusal } = visit;
  if (ticket === null) return null;
  const { state, recordedOn, nameShown, urls, purposes } = ticket;
  const over = state === 'withdrawn' || state === 'notKept';
  const only = purposes.length === 1;
  return (
    <Screen
      name="ticket"
      back
      title={say(`ticket.${state}`)}
      actions={
        <div className="pair">
          {state !== 'withdrawn' && (
            <Button look="equal" data-choice onClick={() => act({ type: 'WITHDRAW', purposes: 'all' })}>
              {say('ticket.withdrawAll')}
            </Button>
          )}
          <Button look="main" data-choice onClick={() => act({ type: 'NEXT' })}>
            {say('ticket.done')}
          </Button>
        </div>
      }
    >
      <p className="lead">
        {say('ticket.recorded', { day: fullDay(recordedOn, language) })}{' '}
        {nameShown === '' ? say('ticket.unnamed') : say('ticket.as', { name: nameShown })}{' '}
        {!over && urls.length === 0 && say('ticket.notYet')}
      </p>
      {urls.length > 0 && (
        <div className="ticket-where">
          <p>{say('ticket.where')}</p>
          {urls.map((url) => (
            <p key={url} className="ticket-url">
              {readableAddress(url)}
            </p>
          ))}
        </div>
      )}
      {refusal !== null && (
        <p className="note" role="status">
          {say('code.silent')}
        </p>
      )}
      {purposes.length > 0 && state !== 'withdrawn' && (
        <ul className="uses" aria-label={say('ticket.allowed')}>
          {purposes.map((purpose) => {
            const { label } = labelOf(purpose);
            return (
              <li key={purpose} className="use">
                <span className="use-name">{label}</span>
                {!only && (
                  <Button
                    data-choice
                    aria-label={say('ticket.withdrawOne', { purpose: label })}
                    onClick={() => act({ type: 'WITHDRAW', purposes: [purpose] })}
                  >
                    {say('ticket.withdraw')}
                  </Button>
                )}
              </li>
            );
          })}
        </ul>
      )}
    </Screen>
  );
}
