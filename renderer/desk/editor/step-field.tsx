import { type KeyboardEvent, useId, useRef, useState } from 'react';

export interface StepFieldProps {
  label: string;
  unit?: string | undefined;
  value: number;
  text(value: number): string;
  parse(typed: string): number | null;
  /** The value after a key, or undefined when the key is not for it. */
  step(value: number, key: string, shift: boolean): number | undefined;
  /** What is said of what cannot be read. */
  problem: string;
  disabled?: boolean | undefined;
  /** Small changes by key are `more` to come. */
  onChange(value: number, more: boolean): void;
}

/** A number one types or steps with the arrows. What is typed counts on Enter or on leaving; Escape takes it back. */
export function StepField({ label, unit, value, text, parse, step, problem, disabled, onChange }: StepFieldProps) {
  const id = useId();
  const [typed, setTyped] = useState<string>();
  const escaped = useRef(false);
  const bad = typed !== undefined && parse(typed) === null;

  function take(): boolean {
    if (typed === undefined) return true;
    const wanted = parse(typed);
    if (wanted === null) return false;
    setTyped(undefined);
    onChange(wanted, false);
    return true;
  }
  function press(event: KeyboardEvent<HTMLInputElement>) {
    if (event.key === 'Escape') {
      escaped.current = true;
      event.currentTarget.blur();
      return;
    }
    if (event.key === 'Enter') {
      take();
      event.preventDefault();
      return;
    }
    // ← and → walk in what is written.
    if (event.key === 'ArrowLeft' || event.key === 'ArrowRight') return;
    const wanted = step((typed === undefined ? null : parse(typed)) ?? value, event.key, event.shiftKey);
    if (wanted === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    setTyped(undefined);
    onChange(wanted, true);
  }
  return (
    <div className="step-field">
      <label htmlFor={id}>{label}</label>
      <span className="step-field-box">
        <input
          id={id}
          className="tabular"
          type="text"
          inputMode="decimal"
          autoComplete="off"
          disabled={disabled}
          value={typed ?? text(value)}
          aria-invalid={bad}
          aria-describedby={`${id}-problem`}
          onChange={(event) => setTyped(event.target.value)}
          onFocus={(event) => event.target.select()}
          onBlur={() => {
            if (escaped.current || !take()) setTyped(undefined);
            escaped.current = false;
          }}
          onKeyDown={press}
        />
        {unit !== undefined && (
          <span className="step-field-unit" aria-hidden="true">
            {unit}
          </span>
        )}
      </span>
      <p className="problem" id={`${id}-problem`} aria-live="polite">
        {bad && problem}
      </p>
    </div>
  );
}
