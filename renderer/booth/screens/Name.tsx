import { useRef, useState } from 'react';
import { nameLimit } from '../../../shared/domain/portrait.ts';
import { Button } from '../../ui/Button.tsx';
import { useBooth } from '../view.ts';
import { Keyboard } from './Keyboard.tsx';
import { typeKey, wantsCapital } from './keyboard-layouts.ts';
import { Screen } from './Screen.tsx';

const fields = ['firstName', 'trade'] as const;
type Field = (typeof fields)[number];

export function Name() {
  const { visit, act, say, mode } = useBooth();
  const [active, setActive] = useState<Field>('firstName');
  const inputs = useRef<Partial<Record<Field, HTMLInputElement | null>>>({});
  const { speaker } = visit;
  const told = speaker.firstName.trim() !== '' || speaker.trade.trim() !== '';
  const words = { firstName: say('name.first'), trade: say('name.trade') };
  const value = speaker[active];

  function onKey(key: string): void {
    const input = inputs.current[active];
    const focused = document.activeElement === input;
    const from = focused ? (input?.selectionStart ?? value.length) : value.length;
    const to = focused ? (input?.selectionEnd ?? value.length) : value.length;
    const typed = typeKey(value, from, to, key);
    if (typed.value.length > nameLimit) return;
    act({ type: 'TELL', field: active, value: typed.value });
    requestAnimationFrame(() => input?.setSelectionRange(typed.caret, typed.caret));
  }

  function next(field: Field): void {
    const other = fields[fields.indexOf(field) + 1];
    if (other === undefined) act({ type: 'NEXT' });
    else inputs.current[other]?.focus();
  }

  return (
    <Screen
      name="name"
      back
      title={say('name.title')}
      actions={
        <>
          {mode !== 'button' && (
            <Keyboard capital={active === 'firstName' ? wantsCapital(value) : value === ''} onKey={onKey} />
          )}
          <Button look="main" data-choice onClick={() => act({ type: 'NEXT' })}>
            {told ? say('nav.next') : say('nav.skip')}
          </Button>
        </>
      }
    >
      <p className="lead">{say('name.text')}</p>
      <div className="fields">
        {fields.map((field) => (
          <label key={field} className="field">
            <span className="field-label">{words[field]}</span>
            <input
              ref={(input) => {
                inputs.current[field] = input;
              }}
              value={speaker[field]}
              maxLength={nameLimit}
              inputMode="none"
              dir="auto"
              autoComplete="off"
              autoCorrect="off"
              spellCheck={false}
              enterKeyHint="next"
              {...(field === active && { 'data-active': '' })}
              onFocus={() => setActive(field)}
              onChange={(event) => act({ type: 'TELL', field, value: event.target.value })}
              onKeyDown={(event) => {
                if (event.key === 'Enter' && !event.repeat) next(field);
              }}
            />
          </label>
        ))}
      </div>
    </Screen>
  );
}
