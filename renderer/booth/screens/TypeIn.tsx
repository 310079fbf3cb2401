import { type ReactNode, useRef } from 'react';
import { useBooth } from '../view.ts';
import { Keyboard } from './Keyboard.tsx';
import { type KeyboardKind, typeKey, wantsCapital } from './keyboard-layouts.ts';

export interface TypeInProps {
  label: string;
  value: string;
  limit: number;
  kind?: KeyboardKind;
  onChange: (value: string) => void;
  onEnter: () => void;
}

/** One field, and the keys to fill it: its box and its keyboard stand in different places of the screen. */
export function useTypeIn({ label, value, limit, kind = 'name', onChange, onEnter }: TypeInProps): {
  field: ReactNode;
  keyboard: ReactNode;
} {
  const { mode } = useBooth();
  const input = useRef<HTMLInputElement>(null);

  function onKey(key: string): void {
    const box = input.current;
    const focused = document.activeElement === box;
    const from = focused ? (box?.selectionStart ?? value.length) : value.length;
    const to = focused ? (box?.selectionEnd ?? value.length) : value.length;
    const typed = typeKey(value, from, to, key);
    if (typed.value.length > limit) return;
    onChange(typed.value);
    requestAnimationFrame(() => box?.setSelectionRange(typed.caret, typed.caret));
  }

  return {
    field: (
      <label className="field">
        <span className="field-label">{label}</span>
        <input
          ref={input}
          value={value}
          maxLength={limit}
          inputMode="none"
          dir="auto"
          autoComplete="off"
          autoCorrect="off"
          spellCheck={false}
          data-active=""
          onChange={(event) => onChange(event.target.value)}
          onKeyDown={(event) => {
            if (event.key === 'Enter' && !event.repeat) onEnter();
          }}
        />
      </label>
    ),
    keyboard: mode !== 'button' && (
      <Keyboard kind={kind} capital={kind === 'name' && wantsCapital(value)} onKey={onKey} />
    ),
  };
}
