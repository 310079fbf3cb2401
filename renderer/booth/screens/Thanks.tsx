import { readableAddress } from '../../../shared/i18n/ticket.ts';
import { Button } from '../../ui/Button.tsx';
import { Ring } from '../../ui/Ring.tsx';
import { useBooth } from '../view.ts';
import { PaperTicket } from './PaperTicket.tsx';
import { Qr } from './Qr.tsx';
import { ringOf } from './Review.tsx';
import { Screen } from './Screen.tsx';

/** The visitor's voice is the cover; in it stands the code they take home, and beside it the address it opens. */
export function Thanks() {
  const { config, visit, matches, act, say } = useBooth();
  const { code, ticketUrl, finished, speaker, printing, language } = visit;
  const consent = config?.consent;
  const name = speaker.firstName.trim();
  const contact = consent?.contact ?? '';
  const busy = matches({ visit: { thanks: 'printing' } });
  const printable = code !== null && consent?.ticketPrinter === true;
  const paper = printing === 'printed' ? say('thanks.printed') : printing === null ? '' : say('thanks.noPrinter');
  return (
    <Screen
      name="thanks"
      ground="panel"
      abort={false}
      title={name === '' ? say('thanks.title') : say('thanks.named', { name })}
      visual={
        <>
          <p className="visually-hidden">{say('thanks.cover')}</p>
          <div className="ticket-shown">
            <Ring values={ringOf(finished?.peaks ?? [])} className="ring-cover">
              {code !== null && (
                <p className="code">
                  <span className="ring-soft">{say('thanks.code')}</span>
                  <strong className="tabular">
                    {/* A minus sign would be read; a letter at a time is what has to be heard. */}
                    <span aria-hidden="true">{code.replace('-', '\u2011')}</span>
                    <span className="visually-hidden">{code.split('').join(' ')}</span>
                  </strong>
                </p>
              )}
            </Ring>
            {ticketUrl !== null && (
              <figure className="ticket-phone">
                <Qr text={ticketUrl} label={say('thanks.phone')} />
                <figcaption>{readableAddress(ticketUrl)}</figcaption>
              </figure>
            )}
          </div>
        </>
      }
      actions={
        <>
          {printable && (
            <p className="hint" role="status">
              {busy ? say('thanks.printing') : paper}
            </p>
          )}
          <div className="pair">
            {printable && (
              <Button look="equal" data-choice disabled={busy} onClick={() => act({ type: 'PRINT' })}>
                {say('thanks.print')}
              </Button>
            )}
            <Button look="main" data-choice onClick={() => act({ type: 'NEXT' })}>
              {say('thanks.done')}
            </Button>
          </div>
        </>
      }
    >
      {code === null ? (
        <p className="lead">{say('thanks.later')}</p>
      ) : (
        <p className="lead">
          {ticketUrl === null ? say('thanks.photo') : say('thanks.phone')}{' '}
          {contact === '' ? say('thanks.team') : say('thanks.letter', { contact })}
        </p>
      )}
      {printable && config !== null && (
        <PaperTicket
          content={{ language, event: config.event, code, url: ticketUrl, contact, until: consent?.until ?? null }}
        />
      )}
    </Screen>
  );
}
