import { useEffect, useRef, useState } from 'react';
import SimpleKeyboard from 'react-simple-keyboard';
import 'react-simple-keyboard/build/css/index.css';
import type { Language } from '../../../shared/domain/language.ts';
import './keyboard.css';
import { type KeyboardKind, keyboardLayout } from './keyboard-layouts.ts';

export interface KeyboardProps {
  language: Language;
  kind?: KeyboardKind;
  /** Begins with capitals. */
  capital: boolean;
  /** What the whole and the keys without a letter are called. */
  words: { keyboard: string; space: string; capitals: string; delete: string };
  /** `{bksp}`, `{space}`, or the character itself. */
  onKey: (key: string) => void;
}

/** Letters for those without a keyboard. It leaves the focus where it is, so that both kinds of keys can be mixed. */
export function Keyboard({ language, kind = 'name', capital, words, onKey }: KeyboardProps) {
  const [shift, setShift] = useState<boolean | null>(null);
  const box = useRef<HTMLElement>(null);
  const upper = shift ?? capital;

  // The keys are for fingers: who tabs has keys of their own. simple-keyboard draws anew at every change of layer.
  useEffect(() => {
    const keys = box.current?.querySelectorAll<HTMLElement>('.hg-button') ?? [];
    const names: Record<string, string> = { '{bksp}': words.delete, '{shift}': words.capitals };
    for (const key of keys) {
      key.tabIndex = -1;
      const name = names[key.dataset.skbtn ?? ''];
      if (name !== undefined) key.setAttribute('aria-label', name);
    }
  });

  return (
    <section ref={box} className="keyboard" aria-label={words.keyboard} data-typing="">
      <SimpleKeyboard
        layout={keyboardLayout(language, kind)}
        layoutName={upper ? 'shift' : 'default'}
        display={{ '{bksp}': '⌫', '{shift}': '⇧', '{space}': words.space }}
        useButtonTag
        // It listens to clicks alone, which come of the booth's own presses; a key that is held does nothing twice.
        useMouseEvents
        preventMouseDownDefault
        disableButtonHold
        onKeyPress={(key) => {
          setShift(key === '{shift}' ? !upper : null);
          if (key !== '{shift}') onKey(key);
        }}
      />
    </section>
  );
}
