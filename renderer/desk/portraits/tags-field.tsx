import { useId, useState } from 'react';
import { useDesk } from '../desk-context.ts';
import { leaveOnEscape } from '../parts/leave.ts';
import { addTags } from './draft.ts';

/** Tags as small labels; a comma or Enter ends one, Backspace in the empty field takes the last one back. */
export function TagsField({ tags, onChange }: { tags: string[]; onChange(tags: string[]): void }) {
  const { say } = useDesk();
  const id = useId();
  const [typed, setTyped] = useState('');
  const full = tags.length >= 20;
  const add = () => {
    if (typed.trim() !== '') onChange(addTags(tags, typed));
    setTyped('');
  };
  return (
    <div className="field">
      <label htmlFor={id}>{say('tags')}</label>
      <div className="tags">
        {tags.map((tag) => (
          <span key={tag} className="tag">
            {tag}
            <button
              type="button"
              aria-label={say('tagRemove', { tag })}
              onClick={() => onChange(tags.filter((one) => one !== tag))}
            >
              ✕
            </button>
          </span>
        ))}
        <input
          id={id}
          value={typed}
          maxLength={200}
          placeholder={say('tagAdd')}
          disabled={full}
          aria-describedby={`${id}-hint`}
          onChange={(event) => {
            const text = event.target.value;
            if (!/[,;]/.test(text)) return setTyped(text);
            onChange(addTags(tags, text));
            setTyped('');
          }}
          onBlur={add}
          onKeyDown={(event) => {
            leaveOnEscape(event);
            if (event.key === 'Enter') {
              event.preventDefault();
              add();
            }
            if (event.key === 'Backspace' && typed === '') onChange(tags.slice(0, -1));
          }}
        />
      </div>
      <p className="hint" id={`${id}-hint`}>
        {full ? say('tagTooMany') : ''}
      </p>
    </div>
  );
}
