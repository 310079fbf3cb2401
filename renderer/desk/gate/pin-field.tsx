import { useId, useRef } from 'react';
import { useDesk } from '../desk-context.ts';
import { digitsOf, longestPin } from './pin.ts';

export interface PinFieldProps {
  label: string;
  value: string;
  onChange(pin: string): void;
  /** Said under the field and tied to it. */
  problem?: string | undefined;
  disabled?: boolean;
}

/** A PIN: typed on a keyboard, or touched on the pad. The digits are shown as dots. */
export function PinField({ label, value, onChange, problem, disabled = false }: PinFieldProps) {
  const { say } = useDesk();
  const id = useId();
  const field = useRef<HTMLInputElement>(null);
  const touch = (digit: string) => onChange(digitsOf(value + digit));
  return (
    <div className="pin">
      <label htmlFor={id}>{label}</label>
      <input
        ref={field}
        id={id}
        // biome-ignore lint/a11y/noAutofocus: the PIN is the one thing this screen is for
        autoFocus
        type="password"
        inputMode="numeric"
        autoComplete="off"
        value={value}
        maxLength={longestPin}
        disabled={disabled}
        aria-invalid={problem !== undefined}
        aria-describedby={`${id}-problem`}
        onChange={(event) => onChange(digitsOf(event.target.value))}
      />
      <p id={`${id}-problem`} className="pin-problem" role="status">
        {problem}
      </p>
      <fieldset className="pin-pad" disabled={disabled}>
        <legend className="visually-hidden">{label}</legend>
        {['1', '2', '3', '4', '5', '6', '7', '8', '9'].map((digit) => (
          <button key={digit} type="button" tabIndex={-1} onClick={() => touch(digit)}>
            {digit}
          </button>
        ))}
        <span />
        <button type="button" tabIndex={-1} onClick={() => touch('0')}>
          0
        </button>
        <button type="button" tabIndex={-1} aria-label={say('pinErase')} onClick={() => onChange(value.slice(0, -1))}>
          ⌫
        </button>
      </fieldset>
    </div>
  );
}
