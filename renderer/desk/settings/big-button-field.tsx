import { useEffect, useState } from 'react';
import { Button } from '../../ui/Button.tsx';
import { useDesk } from '../desk-context.ts';

/** Keys that belong to the system or lead out of the field; a big button that sends one of them cannot be used. */
const refused = ['Tab', 'Escape', 'MetaLeft', 'MetaRight', 'AltLeft', 'AltRight'];
const mostKeys = 12;

/** The keys of the big button. One presses it, and the desk learns what it sends. */
export function BigButtonField({ keys, onChange }: { keys: string[]; onChange(keys: string[]): void }) {
  const { say } = useDesk();
  const [learning, setLearning] = useState(false);
  const [told, setTold] = useState('');

  useEffect(() => {
    if (!learning) return;
    const learn = (event: KeyboardEvent) => {
      event.preventDefault();
      event.stopPropagation();
      setLearning(false);
      if (refused.includes(event.code) || event.code === '') return setTold('');
      if (keys.includes(event.code)) return setTold(say('boothButtonKnown'));
      onChange([...keys, event.code]);
      setTold(say('boothButtonAdded', { key: event.code }));
    };
    // First in line, before the desk's own keys.
    addEventListener('keydown', learn, { capture: true });
    return () => removeEventListener('keydown', learn, { capture: true });
  }, [learning, keys, onChange, say]);

  return (
    <fieldset className="field">
      <legend>{say('boothButton')}</legend>
      <p className="hint">{say('boothButtonHint')}</p>
      <ul className="tags">
        {keys.map((key) => (
          <li key={key} className="tag">
            <kbd>{key}</kbd>
            <button
              type="button"
              aria-label={say('boothButtonRemove', { key })}
              onClick={() => onChange(keys.filter((one) => one !== key))}
            >
              ✕
            </button>
          </li>
        ))}
      </ul>
      {keys.length === 0 && <p>{say('boothButtonNone')}</p>}
      <div className="learn">
        <Button look="equal" disabled={learning || keys.length >= mostKeys} onClick={() => setLearning(true)}>
          {say('boothButtonLearn')}
        </Button>
        <span role="status">{learning ? say('boothButtonPress') : told}</span>
      </div>
    </fieldset>
  );
}
