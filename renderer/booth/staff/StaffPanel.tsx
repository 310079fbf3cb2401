import { useEffect, useRef, useState } from 'react';
import '../../../shared/bridge.ts';
import { createApi, settled } from '../../api.ts';
import { Button } from '../../ui/Button.tsx';
import { useBooth } from '../view.ts';
import './staff.css';

/** Left alone for this long, the panel closes: the next visitor must not find it. */
const idleMs = 30_000;
/** With a way back to the booth, since it opens in the booth's own window. */
const deskAddress = '/desk?booth';
const longestPin = 12;
const digits = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '0'];

/** PIN pad, then what only the staff may do here: give the screen back (with Electron), or open the desk. */
export function StaffPanel({ onClose }: { onClose: () => void }) {
  const { say } = useBooth();
  const dialog = useRef<HTMLDialogElement>(null);
  const [pin, setPin] = useState('');
  const [token, setToken] = useState<string>();
  const [note, setNote] = useState('');

  useEffect(() => {
    if (dialog.current?.open === false) dialog.current.showModal();
  }, []);
  // biome-ignore lint/correctness/useExhaustiveDependencies: every digit and every answer starts the wait anew
  useEffect(() => {
    const timer = setTimeout(onClose, idleMs);
    return () => clearTimeout(timer);
  }, [pin, token, note, onClose]);

  async function signIn() {
    const { error, data, isDefined } = await settled(createApi().staff.signIn({ pin }));
    setPin('');
    if (data !== undefined) return setToken(data.token);
    if (!isDefined) return setNote(say('staff.silent'));
    // The desk is where the first PIN is chosen.
    if (error.code === 'NOT_SET_UP') return window.location.assign(deskAddress);
    // The other refusals are those of the network, where this panel is never shown.
    const seconds = 'waitSeconds' in error.data ? Math.ceil(Number(error.data.waitSeconds)) : 0;
    setNote(seconds > 0 ? say('staff.wait', { n: seconds }) : say('staff.wrong'));
  }

  return (
    <dialog
      ref={dialog}
      className="dialog staff-panel"
      aria-labelledby="staff-title"
      data-overlay="staff"
      onClose={onClose}
      onKeyDown={(event) => {
        if (/^\d$/.test(event.key) && token === undefined)
          setPin((before) => (before + event.key).slice(0, longestPin));
        if (event.key === 'Backspace') setPin((before) => before.slice(0, -1));
      }}
    >
      <h2 id="staff-title">{say('staff.title')}</h2>
      {token === undefined ? (
        <>
          <p className="staff-pin tabular" role="status">
            <span aria-hidden="true">{'•'.repeat(pin.length) || ' '}</span>
            <span className="visually-hidden">{say('staff.digits', { n: pin.length })}</span>
          </p>
          <p role="status">{note}</p>
          <fieldset className="staff-pad" data-typing="">
            <legend className="visually-hidden">{say('staff.pin')}</legend>
            {digits.map((digit) => (
              <Button
                key={digit}
                look="equal"
                onClick={() => {
                  setNote('');
                  setPin((before) => (before + digit).slice(0, longestPin));
                }}
              >
                {digit}
              </Button>
            ))}
            <Button
              look="equal"
              aria-label={say('staff.digit')}
              onClick={() => setPin((before) => before.slice(0, -1))}
            >
              ⌫
            </Button>
          </fieldset>
          <div className="pair">
            <Button look="equal" onClick={onClose}>
              {say('staff.close')}
            </Button>
            <Button look="main" disabled={pin.length < 4} onClick={signIn}>
              {say('staff.open')}
            </Button>
          </div>
        </>
      ) : (
        <div className="staff-choices">
          {window.phonomaton !== undefined && (
            <Button look="main" onClick={() => void window.phonomaton?.leaveKiosk(token).then(onClose)}>
              {say('staff.leave')}
            </Button>
          )}
          <Button look="equal" onClick={() => window.location.assign(deskAddress)}>
            {say('staff.desk')}
          </Button>
          <Button look="equal" onClick={onClose}>
            {say('staff.close')}
          </Button>
        </div>
      )}
    </dialog>
  );
}
