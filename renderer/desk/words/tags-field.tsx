import { useQuery } from '@tanstack/react-query';
import { type KeyboardEvent, type Ref, useId, useState } from 'react';
import { completeTags, mostTags } from '../../../shared/domain/tags.ts';
import { useDesk } from '../desk-context.ts';
import { useDraft } from '../drafts/drafts.ts';
import { addTags } from './draft.ts';

/** Every tag of the library with its use; read again whenever portraits change. */
export function useTags() {
  const { api } = useDesk();
  return useQuery({ queryKey: ['portraits', 'tags'], queryFn: () => api.words.tags({}), select: ({ tags }) => tags });
}

export interface TagsFieldProps {
  tags: string[];
  field?: Ref<HTMLInputElement>;
  /** Names the draft of what is being typed; without one it lives in the field alone. */
  draft?: string;
  onChange(tags: string[]): void;
}

/**
 * Tags as small labels. What is typed is completed from the tags in use; ↓ chooses, Enter or a comma ends one, Backspace
 * in the empty field takes the last one back.
 */
export function TagsField({ tags, field, draft = '', onChange }: TagsFieldProps) {
  const { say, drafts } = useDesk();
  const id = useId();
  const known = useTags().data ?? [];
  const [here, setHere] = useState('');
  const [held = '', hold, drop] = useDraft<string>(drafts, draft);
  const typed = draft === '' ? here : held;
  function setTyped(text: string): void {
    if (draft === '') setHere(text);
    else if (text === '') drop();
    else hold(text);
  }
  const [open, setOpen] = useState(false);
  const [chosen, setChosen] = useState(-1);
  const full = tags.length >= mostTags;
  const offers = open && !full ? completeTags(known, typed, tags) : [];
  const at = Math.min(chosen, offers.length - 1);

  function put(text: string): void {
    if (text.trim() !== '') onChange(addTags(tags, text));
    setTyped('');
    setChosen(-1);
    setOpen(false);
  }
  function type(text: string): void {
    if (/[,;]/.test(text)) {
      put(text);
      return;
    }
    setTyped(text);
    setChosen(-1);
    setOpen(text.trim() !== '');
  }
  function press(event: KeyboardEvent<HTMLInputElement>): void {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === 'Escape') {
      if (offers.length > 0) setOpen(false);
      else event.currentTarget.blur();
    } else if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      if (!open) setOpen(true);
      const count = open ? offers.length : completeTags(known, typed, tags).length;
      if (count === 0) return;
      const by = event.key === 'ArrowDown' ? 1 : -1;
      setChosen(at < 0 ? (by > 0 ? 0 : count - 1) : (at + by + count) % count);
    } else if (event.key === 'Enter') {
      // In an empty field it sends the form, like every other field's.
      if (typed.trim() === '' && at < 0) return;
      event.preventDefault();
      put(offers[at] ?? typed);
    } else if (event.key === 'Backspace' && typed === '') {
      onChange(tags.slice(0, -1));
    }
  }

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
          ref={field}
          id={id}
          role="combobox"
          aria-expanded={offers.length > 0}
          aria-controls={`${id}-offers`}
          aria-activedescendant={at >= 0 ? `${id}-offer-${at}` : undefined}
          aria-autocomplete="list"
          autoComplete="off"
          value={typed}
          maxLength={200}
          placeholder={say('tagAdd')}
          disabled={full}
          aria-describedby={`${id}-hint`}
          onChange={(event) => type(event.target.value)}
          onBlur={() => typed !== '' && put(typed)}
          onKeyDown={press}
        />
        <div
          className="tag-offers"
          id={`${id}-offers`}
          role="listbox"
          aria-label={say('tagSuggestions')}
          hidden={offers.length === 0}
        >
          {offers.map((name, index) => (
            // biome-ignore lint/a11y/useKeyWithClickEvents: the field keeps the focus and answers the keys
            <div
              key={name}
              id={`${id}-offer-${index}`}
              role="option"
              tabIndex={-1}
              aria-selected={index === at}
              // Before the field loses the focus, and with it what is typed.
              onPointerDown={(event) => event.preventDefault()}
              onClick={() => put(name)}
            >
              {name}
              <span className="soft tabular">{known.find((tag) => tag.name === name)?.count}</span>
            </div>
          ))}
        </div>
      </div>
      <p className="hint" id={`${id}-hint`} aria-live="polite">
        {full ? say('tagTooMany') : offers.length > 0 ? say('tagsKnown', { n: offers.length }) : ''}
      </p>
    </div>
  );
}
