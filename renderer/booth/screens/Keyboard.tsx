import { useEffect, useRef, useState } from 'react';
import SimpleKeyboard from 'react-simple-keyboard';
import 'react-simple-keyboard/build/css/index.css';
import { useBooth } from '../view.ts';
import './keyboard.css';
import { type KeyboardKind, keyboardLayout } from './keyboard-layouts.ts';

export interface KeyboardProps {
  kind?: KeyboardKind;
  /** Begins with capitals. */
  capital: boolean;
  /** `{bksp}`, `{space}`, or the character itself. */
  onKey: (key: string) => void;
}

/** Letters for those without a keyboard. It leaves the focus where it is, so that both kinds of keys can be mixed. */
export function Keyboard({ kind = 'name', capital, onKey }: KeyboardProps) {
  const { visit, say } = useBooth();
  const [shift, setShift] = useState<boolean | null>(null);
  const [more, setMore] = useState(false);
  const box = useRef<HTMLElement>(null);
  const upper = shift ?? capital;

  // The keys are for fingers: who tabs has keys of their own. simple-keyboard draws anew at every change of layer.
  useEffect(() => {
    const keys = box.current?.querySelectorAll<HTMLElement>('.hg-button') ?? [];
    const names: Record<string, string> = {
      '{bksp}': say('name.delete'),
      '{shift}': say('name.capitals'),
      '{more}': say('name.more'),
      '{letters}': say('name.letters'),
    };
    for (const key of keys) {
      key.tabIndex = -1;
      const name = names[key.dataset.skbtn ?? ''];
      if (name !== undefined) key.setAttribute('aria-label', name);
    }
  });

  return (
    <section ref={box} className="keyboard" aria-label={say('name.keyboard')} data-typing="">
      <SimpleKeyboard
        layout={keyboardLayout(visit.language, kind)}
        layoutName={more ? (upper ? 'moreShift' : 'more') : upper ? 'shift' : 'default'}
        display={{ '{bksp}': '⌫', '{shift}': '⇧', '{space}': say('name.space'), '{more}': '123 œ', '{letters}': 'abc' }}
        useButtonTag
        // It listens to clicks alone, which come of the booth's own presses; a key that is held does nothing twice.
        useMouseEvents
        preventMouseDownDefault
        disableButtonHold
        onKeyPress={(key) => {
          const layer = key === '{shift}' || key === '{more}' || key === '{letters}';
          setShift(key === '{shift}' ? !upper : layer ? shift : null);
          // One rare letter is followed by plain ones, a digit by digits.
          setMore(key === '{more}' || (more && key !== '{letters}' && !/^\p{L}$/u.test(key)));
          if (!layer) onKey(key);
        }}
      />
    </section>
  );
}
